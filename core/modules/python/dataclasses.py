"""Classes made of their fields."""

import copy as _copy
import sys as _sys
from types import GenericAlias, MappingProxyType

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    pass


MISSING = _Missing()


class _KwOnly:
    pass


KW_ONLY = _KwOnly()


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return f"dataclasses.InitVar[{getattr(self.type, '__name__', repr(self.type))}]"


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return (f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
                f"default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},"
                f"compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r})")

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(annotation):
    if isinstance(annotation, str):
        return annotation.split("[")[0].strip() in ("ClassVar", "typing.ClassVar")
    typing = _sys.modules.get("typing")
    return typing is not None and (annotation is typing.ClassVar or
                                   getattr(annotation, "__origin__", None) is typing.ClassVar)


def _is_init_var(annotation):
    if isinstance(annotation, str):
        return annotation.split("[")[0].strip() in ("InitVar", "dataclasses.InitVar")
    return annotation is InitVar or isinstance(annotation, InitVar)


def _collect(cls, kw_only):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update(base.__dict__.get("__dataclass_fields__", {}))
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or (isinstance(annotation, str) and annotation in ("KW_ONLY", "dataclasses.KW_ONLY")):
            kw_only = True
            continue
        default = getattr(cls, name, MISSING)
        if isinstance(default, Field):
            item = default
        else:
            item = Field(default, MISSING, True, True, None, True, None, MISSING)
        item.name, item.type = name, annotation
        item._field_type = "class" if _is_class_var(annotation) else "init" if _is_init_var(annotation) else "field"
        if item._field_type != "field" and item.default_factory is not MISSING:
            raise TypeError(f"field {name} cannot have a default factory")
        if item.kw_only is MISSING:
            item.kw_only = kw_only
        if item._field_type == "field" and item.default.__class__.__hash__ is None:
            raise ValueError(f"mutable default {type(item.default)} for field {name} is not allowed: use default_factory")
        if isinstance(default, Field):
            if item.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, item.default)
        fields[name] = item
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return fields


def _make_init(cls, fields, frozen):
    values = {"_missing": MISSING, "_set": object.__setattr__}
    positional, keywords, body = [], [], []
    seen_default = False
    for f in fields:
        has_default = f.default is not MISSING or f.default_factory is not MISSING
        if f.init:
            if not f.kw_only:
                if has_default:
                    seen_default = True
                elif seen_default:
                    raise TypeError(f"non-default argument {f.name!r} follows default argument")
            parameter = f.name
            if f.default is not MISSING:
                values[f"_default_{f.name}"] = f.default
                parameter += f"=_default_{f.name}"
            elif f.default_factory is not MISSING:
                parameter += "=_missing"
            (keywords if f.kw_only else positional).append(parameter)
        if f._field_type != "field":
            continue
        value = f.name
        if f.default_factory is not MISSING:
            values[f"_factory_{f.name}"] = f.default_factory
            value = f"_factory_{f.name}()" if not f.init else f"_factory_{f.name}() if {f.name} is _missing else {f.name}"
        elif not f.init:
            continue
        body.append(f"  _set(self, {f.name!r}, {value})" if frozen else f"  self.{f.name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(f"  self.__post_init__({', '.join([f.name for f in fields if f._field_type == 'init'])})")
    if keywords:
        keywords.insert(0, "*")
    source = f"def __init__({', '.join(['self', *positional, *keywords])}):\n" + "\n".join(body or ["  pass"])
    exec(source, values)
    init = values["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {f.name: f.type for f in fields if f.init}
    init.__annotations__["return"] = None
    return init


def _refuse(cls, name):
    raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}")


def _set_new(cls, name, value):
    value.__qualname__ = f"{cls.__qualname__}.{name}"
    value.__name__ = name
    setattr(cls, name, value)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    for base in cls.__mro__[1:]:
        parameters = base.__dict__.get("__dataclass_params__")
        if parameters is not None and parameters["frozen"] != frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one" if frozen else
                            "cannot inherit non-frozen dataclass from a frozen one")
    every = _collect(cls, kw_only)
    cls.__dataclass_fields__ = every
    cls.__dataclass_params__ = {"init": init, "repr": repr, "eq": eq, "order": order, "unsafe_hash": unsafe_hash,
                                "frozen": frozen}
    listed = [f for f in every.values() if f._field_type != "class"]
    real = [f for f in listed if f._field_type == "field"]
    if init:
        cls.__init__ = _make_init(cls, listed, frozen)
    if repr and "__repr__" not in cls.__dict__:
        shown = [f.name for f in real if f.repr]
        running = set()

        def __repr__(self):
            if id(self) in running:
                return "..."
            running.add(id(self))
            try:
                return self.__class__.__qualname__ + f"({', '.join([f'{n}={getattr(self, n)!r}' for n in shown])})"
            finally:
                running.discard(id(self))
        _set_new(cls, "__repr__", __repr__)
    compared = [f.name for f in real if f.compare]
    has_hash = "__hash__" in cls.__dict__ and not (cls.__dict__["__hash__"] is None and "__eq__" in cls.__dict__)
    if eq and "__eq__" not in cls.__dict__:
        def __eq__(self, other):
            if other.__class__ is self.__class__:
                return tuple([getattr(self, n) for n in compared]) == tuple([getattr(other, n) for n in compared])
            return NotImplemented
        _set_new(cls, "__eq__", __eq__)
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")

        def comparison(name, compare):
            def method(self, other):
                if other.__class__ is self.__class__:
                    return compare(tuple([getattr(self, n) for n in compared]), tuple([getattr(other, n) for n in compared]))
                return NotImplemented
            if name in cls.__dict__:
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                                "Consider using functools.total_ordering")
            _set_new(cls, name, method)
        comparison("__lt__", lambda a, b: a < b)
        comparison("__le__", lambda a, b: a <= b)
        comparison("__gt__", lambda a, b: a > b)
        comparison("__ge__", lambda a, b: a >= b)
    if frozen:
        names = {f.name for f in real}

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            super(cls, self).__delattr__(name)
        for method in (__setattr__, __delattr__):
            if method.__name__ in cls.__dict__:
                _refuse(cls, method.__name__)
            _set_new(cls, method.__name__, method)
    if unsafe_hash or (eq and frozen and not has_hash):
        if unsafe_hash and has_hash:
            _refuse(cls, "__hash__")
        hashed = [f.name for f in real if (f.compare if f.hash is None else f.hash)]

        def __hash__(self):
            return hash(tuple([getattr(self, n) for n in hashed]))
        _set_new(cls, "__hash__", __hash__)
    elif eq and not has_hash:
        cls.__hash__ = None
    if cls.__doc__ is None:
        parameters = []
        for f in listed:
            if f.init:
                text = f"{f.name}: {getattr(f.type, '__name__', None) or f.type!r}" if isinstance(f.type, type) else \
                    f"{f.name}: {f.type!r}" if isinstance(f.type, str) else f"{f.name}: {f.type}"
                if f.default is not MISSING:
                    text += f" = {f.default!r}"
                elif f.default_factory is not MISSING:
                    text += " = <factory>"
                parameters.append(text)
        cls.__doc__ = f"{cls.__name__}({', '.join(parameters)})"
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in listed if f.init and not f.kw_only])
    if slots:
        if "__slots__" in cls.__dict__:
            raise TypeError(f"{cls.__name__} already specifies __slots__")
        body = dict(cls.__dict__)
        inherited = set()
        for base in cls.__mro__[1:-1]:
            inherited.update(base.__dict__.get("__slots__", ()))
        body["__slots__"] = tuple([f.name for f in real if f.name not in inherited])
        for f in real:
            body.pop(f.name, None)
        body.pop("__dict__", None)
        body.pop("__weakref__", None)
        qualname = cls.__qualname__
        cls = type(cls)(cls.__name__, cls.__bases__, body)
        cls.__qualname__ = qualname
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        every = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in every.values() if f._field_type == "field"])


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) and not isinstance(obj, GenericAlias) else type(obj)
    return hasattr(cls, "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def _convert(obj, make, nested):
    if _is_instance(obj):
        return make([(f.name, _convert(getattr(obj, f.name), nested, nested)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_convert(v, nested, nested) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_convert(v, nested, nested) for v in obj])
    if isinstance(obj, dict):
        return type(obj)([(_convert(k, nested, nested), _convert(v, nested, nested)) for k, v in obj.items()])
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, dict_factory, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def make(pairs):
        return tuple_factory([value for _, value in pairs])
    return _convert(obj, make, make)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in obj.__dataclass_fields__.values():
        if f._field_type == "class":
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if f.name not in changes:
            if f._field_type == "init" and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = "typing.Any"
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                body[item[0]] = item[2]
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, body), **options)
