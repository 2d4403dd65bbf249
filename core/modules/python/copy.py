"""Shallow and deep copies."""

from _collections import deque as _deque


class Error(Exception):
    pass


error = Error


def _same(x):
    return x is None or x is NotImplemented or x is Ellipsis or isinstance(x, type) or \
        type(x) in (int, float, bool, str, bytes, range, frozenset, type(copy), type(len), property)


def _is_module_like(x):
    return type(x).__name__ in ("module", "lock", "RLock", "generator")


def copy(x):
    cls = type(x)
    if _same(x) or cls is tuple or cls is slice:
        return x
    if cls is list or cls is dict or cls is set or cls is bytearray:
        return x.copy()
    hook = getattr(cls, "__copy__", None)
    if hook is not None:
        return hook(x)
    return _rebuild(x, lambda value: value)


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    known = memo.get(id(x), memo)
    if known is not memo:
        return known
    cls = type(x)
    if _same(x):
        return x
    hook = getattr(cls, "__deepcopy__", None)
    if hook is not None:
        result = hook(x, memo)
    elif cls is list:
        result = memo[id(x)] = []
        for item in x:
            result.append(deepcopy(item, memo))
    elif cls is dict:
        result = memo[id(x)] = {}
        for key, value in x.items():
            result[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is set:
        result = {deepcopy(item, memo) for item in x}
    elif cls is bytearray:
        result = x.copy()
    elif cls is slice:
        result = slice(*[deepcopy(part, memo) for part in (x.start, x.stop, x.step)])
    elif cls is tuple:
        parts = [deepcopy(item, memo) for item in x]
        known = memo.get(id(x), memo)
        if known is not memo:
            return known
        changed = any(new is not old for new, old in zip(parts, x))
        result = tuple(parts) if changed else x
    elif cls.__name__ == "method" and hasattr(x, "__func__"):
        result = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        result = _rebuild(x, lambda value: deepcopy(value, memo), memo)
    if result is not x:
        memo[id(x)] = result
        memo.setdefault(id(memo), []).append(x)
    return result


def _rebuild(x, convert, memo=None):
    cls = type(x)
    if _is_module_like(x):
        raise TypeError(f"cannot pickle '{cls.__module__ + '.' if cls.__module__ != 'builtins' else ''}{cls.__name__}' object")
    reduce = getattr(cls, "__reduce__", None)
    if reduce is not None and reduce is not getattr(object, "__reduce__", None):
        made = reduce(x)
        if isinstance(made, str):
            return x
        return made[0](*[convert(argument) for argument in made[1]])
    if isinstance(x, BaseException):
        result = cls.__new__(cls, *[convert(argument) for argument in x.args])
        result.args = tuple([convert(argument) for argument in x.args])
    elif isinstance(x, tuple):
        result = tuple.__new__(cls, [convert(item) for item in x])
    elif isinstance(x, frozenset):
        result = frozenset.__new__(cls, [convert(item) for item in x])
    elif isinstance(x, (int, float, str, bytes)):
        for base in (int, float, str, bytes):
            if isinstance(x, base):
                result = base.__new__(cls, base(x))
    else:
        arguments = getattr(cls, "__getnewargs__", None)
        result = cls.__new__(cls, *(arguments(x) if arguments is not None else ()))
    is_deque = isinstance(x, _deque)
    if is_deque:
        _deque.__init__(result, (), x.maxlen)
    if memo is not None:
        memo[id(x)] = result
    if isinstance(x, list) or is_deque:
        result.extend([convert(item) for item in x])
    elif isinstance(x, dict):
        for key, value in list(x.items()):
            dict.__setitem__(result, convert(key), convert(value))
    elif isinstance(x, set):
        result.update([convert(item) for item in x])
    get_state = getattr(cls, "__getstate__", None)
    if get_state is not None and get_state is not getattr(object, "__getstate__", None):
        state = get_state(x)
    else:
        state = getattr(x, "__dict__", None)
    slots = {}
    for base in cls.__mro__:
        names = base.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name not in ("__dict__", "__weakref__") and hasattr(x, name) and not (state and name in state):
                slots[name] = getattr(x, name)
    if state:
        state = convert(state)
        set_state = getattr(cls, "__setstate__", None)
        if set_state is not None:
            set_state(result, state)
        else:
            result.__dict__.update(state)
    for name, value in slots.items():
        setattr(result, name, convert(value))
    return result
