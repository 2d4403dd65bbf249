"""Names for annotations. Nothing is checked when the program runs."""

import collections
import collections.abc
from abc import ABCMeta
from types import GenericAlias


class _Form:
    # Any, Union ...: may be subscripted, prints as typing.X
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _make(self._name, parameters)

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def _shown(value):
    if isinstance(value, GenericAlias):
        return repr(value)
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ == "builtins" else f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    return repr(value)


class _Subscripted:
    def __init__(self, name, origin, args):
        self._name, self.__origin__, self.__args__ = name, origin, args

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            for one in (arg,) if isinstance(arg, TypeVar) else getattr(arg, "__parameters__", ()):
                if one not in found:
                    found.append(one)
        return tuple(found)

    def __repr__(self):
        args = self.__args__
        if self.__origin__ is Union and len(args) == 2 and type(None) in args:
            other = args[0] if args[1] is type(None) else args[1]
            return f"typing.Optional[{_shown(other)}]"
        if self._name == "Callable" and args:
            if args[0] is ...:
                return f"typing.Callable[..., {_shown(args[-1])}]"
            return f"typing.Callable[[{', '.join(map(_shown, args[:-1]))}], {_shown(args[-1])}]"
        if self._name is None:
            return f"{_shown(self.__origin__)}[{', '.join(map(_shown, args))}]"
        return f"typing.{self._name}[{', '.join(['None' if a is type(None) and self._name != 'Union' else _shown(a) for a in args])}]"

    def __eq__(self, other):
        if not isinstance(other, _Subscripted) or self.__origin__ is not other.__origin__:
            return NotImplemented
        if self.__origin__ is Union:
            return set(self.__args__) == set(other.__args__)
        return self.__args__ == other.__args__

    def __hash__(self):
        return hash((self._name, frozenset(self.__args__)))

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        values = dict(zip(self.__parameters__, parameters))
        return _Subscripted(self._name, self.__origin__, tuple([values.get(arg, arg) for arg in self.__args__]))

    def __call__(self, *args, **kwds):
        return self.__origin__(*args, **kwds)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if isinstance(self.__origin__, type) else ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if self.__origin__ is Union:
            return any(issubclass(cls, member) for member in self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")


def _plain(value):
    return type(None) if value is None else ForwardRef(value) if isinstance(value, str) else value


class ForwardRef:
    def __init__(self, arg):
        self.__forward_arg__ = arg

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)


def _make(name, parameters):
    form = globals()[name]
    if name == "Literal":
        return _Subscripted(name, form, parameters)
    if name == "Annotated":
        return _Subscripted(name, form, (_plain(parameters[0]), *parameters[1:]))
    parameters = tuple([_plain(p) for p in parameters])
    if name == "Optional":
        return Union[parameters[0], None]
    if name == "Union":
        flat = []
        for p in parameters:
            for one in p.__args__ if isinstance(p, _Subscripted) and p.__origin__ is Union else (p,):
                if one not in flat:
                    flat.append(one)
        return flat[0] if len(flat) == 1 else _Subscripted(name, Union, tuple(flat))
    return _Subscripted(name, form, parameters)


class _AnyMeta(type):
    def __repr__(cls):
        return "typing.Any"

    def __instancecheck__(cls, obj):
        raise TypeError("typing.Any cannot be used with isinstance()")


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


Union, Optional, Literal, Final, ClassVar = (_Form(name) for name in ("Union", "Optional", "Literal", "Final", "ClassVar"))
NoReturn, Never, Self, LiteralString, Annotated, TypeAlias, Concatenate, TypeGuard, Unpack, Required, NotRequired = (
    _Form(name) for name in ("NoReturn", "Never", "Self", "LiteralString", "Annotated", "TypeAlias", "Concatenate",
                             "TypeGuard", "Unpack", "Required", "NotRequired"))


class _Alias:
    # List, Dict ...: another name of a class
    def __init__(self, origin, name):
        self.__origin__, self._name = origin, name

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, parameters):
        if self._name == "Callable":
            arguments, result = parameters
            arguments = (arguments,) if arguments is ... or isinstance(arguments, TypeVar) else tuple(arguments)
            parameters = (*arguments, result)
        elif not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Subscripted(self._name, self.__origin__, tuple([_plain(p) for p in parameters]))

    def __call__(self, *args, **kwds):
        return self.__origin__(*args, **kwds)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


List, Dict, Set, FrozenSet, Tuple, Type = (_Alias(cls, name) for cls, name in (
    (list, "List"), (dict, "Dict"), (set, "Set"), (frozenset, "FrozenSet"), (tuple, "Tuple"), (type, "Type")))
Deque = _Alias(collections.deque, "Deque")
DefaultDict = _Alias(collections.defaultdict, "DefaultDict")
OrderedDict = _Alias(collections.OrderedDict, "OrderedDict")
Counter = _Alias(collections.Counter, "Counter")
ChainMap = _Alias(collections.ChainMap, "ChainMap")
for _name in ("Hashable", "Iterable", "Iterator", "Reversible", "Sized", "Container", "Collection", "Callable", "Mapping",
              "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence", "MutableSequence",
              "ByteString", "MutableSet", "Generator", "Awaitable"):
    globals()[_name] = _Alias(getattr(collections.abc, _name), _name)
AbstractSet = _Alias(collections.abc.Set, "AbstractSet")
Text = str
AnyStr = None
TYPE_CHECKING = False


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__, self.__contravariant__ = covariant, contravariant

    def __repr__(self):
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    args = kwargs = None


class TypeVarTuple(TypeVar):
    def __repr__(self):
        return self.__name__

    def __iter__(self):
        yield self


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    __slots__ = ()

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        if cls is Generic:
            return _Subscripted("Generic", Generic, parameters)
        return _Subscripted(None, cls, tuple([_plain(p) for p in parameters]))


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if cls.__dict__.get("_is_protocol", False):
            if not cls.__dict__.get("_runtime", False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            return all(hasattr(instance, name) for name in cls._names())
        return super().__instancecheck__(instance)

    def _names(cls):
        names = set(cls.__dict__.get("__annotations__", ()))
        for name in cls.__dict__:
            if not name.startswith("_") or name in ("__call__", "__len__", "__iter__", "__next__", "__enter__",
                                                    "__exit__", "__getitem__", "__contains__"):
                names.add(name)
        return names - {"register"}


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()

    def __init_subclass__(cls, **kwds):
        super().__init_subclass__(**kwds)
        cls._is_protocol = any(base is Protocol for base in cls.__bases__)


def runtime_checkable(cls):
    cls._runtime = True
    return cls


class SupportsInt(Protocol):
    def __int__(self): ...


class SupportsFloat(Protocol):
    def __float__(self): ...


class SupportsAbs(Protocol):
    def __abs__(self): ...


class SupportsIndex(Protocol):
    def __index__(self): ...


def cast(typ, val):
    return val


def overload(func):
    def refuse(*args, **kwds):
        raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                                  "outside a stub module should always be followed by an implementation that is not "
                                  "@overload-ed.")
    return refuse


def final(f):
    return f


def no_type_check(arg):
    return arg


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    return obj


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for owner in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        names = globalns or getattr(owner, "__globals__", None)
        if names is None:
            import sys
            names = vars(sys.modules.get(getattr(owner, "__module__", None), sys))
        for name, value in getattr(owner, "__annotations__", {}).items():
            if isinstance(value, str):
                value = eval(value, names, localns or {})
            hints[name] = type(None) if value is None else value
    return hints


def get_origin(tp):
    if isinstance(tp, (_Subscripted, GenericAlias)):
        return tp.__origin__
    if isinstance(tp, _Alias):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    args = getattr(tp, "__args__", ())
    if isinstance(tp, _Subscripted) and tp._name == "Callable" and args and args[0] is not ...:
        return list(args[:-1]), args[-1]
    return args


def NewType(name, tp):
    return _NewType(name, tp)


class _NewType:
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"__main__.{self.__name__}"


class _NamedTupleMeta(type):
    def __new__(meta, name, bases, namespace):
        types = namespace.get("__annotations__", {})
        defaults = []
        for field in types:
            if field in namespace:
                defaults.append(namespace[field])
            elif defaults:
                raise TypeError(f"non-default namedtuple field {field} cannot follow default field{'s' if len(defaults) > 1 else ''} "
                                f"{', '.join([f for f in types if f in namespace])}")
        cls = collections.namedtuple(name, list(types), defaults=defaults, module=namespace["__module__"])
        cls.__annotations__ = dict(types)
        for key, value in namespace.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in types and key not in ("__module__", "__qualname__", "__annotations__", "__classcell__", "__orig_bases__"):
                setattr(cls, key, value)
        return cls


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})


def NamedTuple(typename, fields=(), /, **kwargs):
    fields = list(fields) or list(kwargs.items())
    cls = collections.namedtuple(typename, [name for name, _ in fields])
    cls.__annotations__ = dict(fields)
    return cls


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(meta, name, bases, namespace, total=True):
        cls = type.__new__(_TypedDictMeta, name, (dict,), namespace)
        annotations = {}
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
        annotations.update(namespace.get("__annotations__", {}))
        cls.__annotations__ = annotations
        cls.__total__ = total
        return cls

    def __call__(cls, *args, **kwds):
        return dict(*args, **kwds)


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (dict,), {})


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or kwargs)}, total=total)


TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


class IO(Generic):
    pass


TextIO = BinaryIO = IO
Pattern = Match = _Form("Pattern")
