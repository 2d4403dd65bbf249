"""Functions that act on functions."""

from _thread import RLock as _RLock
from types import GenericAlias as _GenericAlias, MethodType as _MethodType

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
           "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod",
           "cached_property"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)
_nothing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        value = getattr(wrapped, name, _nothing)
        if value is not _nothing:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


def reduce(function, iterable, initial=_nothing, /):
    iterator = iter(iterable)
    if initial is _nothing:
        for initial in iterator:
            break
        else:
            raise TypeError("reduce() of empty iterable with no initial value")
    for item in iterator:
        initial = function(initial, item)
    return initial


class partial:
    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __init__(self, *args, **keywords):
        pass

    def __call__(self, /, *args, **keywords):
        if keywords or self.keywords:
            return self.func(*self.args, *args, **{**self.keywords, **keywords})
        return self.func(*self.args, *args)

    def __repr__(self):
        shown = [repr(self.func), *map(repr, self.args), *[f"{k}={v!r}" for k, v in self.keywords.items()]]
        name = "functools.partial" if type(self) is partial else type(self).__qualname__
        return f"{name}({', '.join(shown)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        get = getattr(type(self.func), "__get__", None)
        bound = self.func if get is None else get(self.func, obj, cls)
        if obj is None and bound is self.func:
            args, keywords, func = self.args, self.keywords, self.func

            def method(cls_or_self, /, *more, **extra):
                return func(cls_or_self, *args, *more, **{**keywords, **extra})
            return method
        return partial(bound, *self.args, **self.keywords)


class _Ordered:
    __slots__ = ("obj", "_compare")
    __hash__ = None

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0


def cmp_to_key(mycmp):
    return lambda obj: _Ordered(obj, mycmp)


def _derive(name, root, from_less):
    # How each comparison follows from the one that the class defines, with == where that is needed.
    def compare(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        return from_less(self, other, answer)
    compare.__name__ = name
    compare.__qualname__ = name
    return compare


_DERIVED = {
    "__lt__": {"__gt__": lambda a, b, lt: not lt and a != b,
               "__le__": lambda a, b, lt: lt or a == b,
               "__ge__": lambda a, b, lt: not lt},
    "__le__": {"__ge__": lambda a, b, le: not le or a == b,
               "__lt__": lambda a, b, le: le and a != b,
               "__gt__": lambda a, b, le: not le},
    "__gt__": {"__lt__": lambda a, b, gt: not (gt or a == b),
               "__ge__": lambda a, b, gt: gt or a == b,
               "__le__": lambda a, b, gt: not gt},
    "__ge__": {"__le__": lambda a, b, ge: not ge or a == b,
               "__gt__": lambda a, b, ge: ge and a != b,
               "__lt__": lambda a, b, ge: not ge},
}


def total_ordering(cls):
    defined = {name for name in _DERIVED if getattr(cls, name, None) is not getattr(object, name, None)}
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for root in ("__lt__", "__le__", "__gt__", "__ge__"):
        if root in defined:
            break
    for name, rule in _DERIVED[root].items():
        if name not in defined:
            setattr(cls, name, _derive(name, root, rule))
    return cls


class _CacheInfo(tuple):
    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % tuple(self)


class _Key(list):
    # A key with its hash, which is asked for several times.
    __slots__ = ("_hash",)

    def __init__(self, parts):
        self.extend(parts)
        self._hash = hash(parts)

    def __hash__(self):
        return self._hash


_MARK = (object(),)


def _make_key(args, kwargs, typed):
    if not kwargs and not typed:
        if len(args) == 1 and type(args[0]) in (int, str):
            return args[0]
        return args if args.__class__ is tuple else tuple(args)
    parts = args
    if kwargs:
        parts += _MARK
        for item in kwargs.items():
            parts += item
    if typed:
        parts += tuple([type(value) for value in args]) + tuple([type(value) for value in kwargs.values()])
    return parts


class _lru_cache_wrapper:
    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._lock = _RLock()
        self._found = {}  # the entry used last is the last one
        self._hits = self._misses = 0
        update_wrapper(self, function)

    def __call__(self, /, *args, **kwargs):
        maxsize = self._maxsize
        if maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwargs)
        key = _make_key(args, kwargs, self._typed)
        found = self._found
        with self._lock:
            result = found.get(key, _nothing)
            if result is not _nothing:
                self._hits += 1
                if maxsize is not None:
                    del found[key]
                    found[key] = result
                return result
            self._misses += 1
        result = self._function(*args, **kwargs)
        with self._lock:
            if key not in found:
                if maxsize is not None and len(found) >= maxsize:
                    del found[next(iter(found))]
                found[key] = result
        return result

    def __get__(self, obj, cls=None):
        return self if obj is None else _MethodType(self, obj)

    def __repr__(self):
        return f"<functools._lru_cache_wrapper object at {id(self):#x}>"

    def cache_info(self):
        with self._lock:
            return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._found))

    def cache_clear(self):
        with self._lock:
            self._found.clear()
            self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}


def lru_cache(maxsize=128, typed=False):
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _lru_cache_wrapper(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _lru_cache_wrapper(function, maxsize, typed)


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = _RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        values = instance.__dict__
        value = values.get(self.attrname, _nothing)
        if value is _nothing:
            with self.lock:
                value = values.get(self.attrname, _nothing)
                if value is _nothing:
                    value = values[self.attrname] = self.func(instance)
        return value

    __class_getitem__ = classmethod(_GenericAlias)


def singledispatch(func):
    registry = {}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        best = None
        for base in registry:
            if base is not object and issubclass(cls, base) and (best is None or issubclass(base, best)):
                best = base
        return registry[object if best is None else best]

    def register(cls, function=None):
        if function is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            function = cls
            annotations = list(getattr(function, "__annotations__", {}).items())
            if not annotations:
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` "
                                "or plain `@register` on an annotated function.")
            cls = annotations[0][1]
        for one in getattr(cls, "__args__", (cls,)):
            registry[one] = function
        return function

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f"{getattr(func, '__name__', 'singledispatch function')} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kwargs)

    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        update_wrapper(method, self.func)
        method.register = self.register
        return method
