"""Enumerations."""

from types import DynamicClassAttribute, MappingProxyType

__all__ = ["Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "EnumMeta", "EnumType", "auto", "unique", "member",
           "nonmember", "property"]

_property = property


class auto:
    # Gets its value when the class is made; what the body computes of it until then is computed later.
    def __init__(self, value=None):
        self.value = value

    def __or__(self, other):
        return _Later(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Later(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Later(lambda a, b: a ^ b, self, other)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def resolve(self):
        return self.value


class _Later(auto):
    def __init__(self, operation, left, right):
        self.operation, self.left, self.right = operation, left, right

    def resolve(self):
        return self.operation(*[part.resolve() if isinstance(part, auto) else part for part in (self.left, self.right)])


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


def _is_special(name):
    return name.startswith("__") and name.endswith("__")


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_descriptor(value):
    cls = type(value)
    return hasattr(cls, "__get__") or hasattr(cls, "__set__") or hasattr(cls, "__delete__")


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        return {}

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __new__(metacls, name, bases, namespace, *, boundary=None, **kwds):
        if not any(isinstance(base, EnumType) for base in bases):
            return super().__new__(metacls, name, bases, namespace, **kwds)
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f"<enum {name!r}> cannot extend {base!r}")
        ignored = namespace.get("_ignore_", ())
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        members = {}
        body = {}
        for key, value in namespace.items():
            if key in ignored or key == "_ignore_":
                continue
            if isinstance(value, nonmember):
                body[key] = value.value
            elif isinstance(value, member):
                members[key] = value.value
            elif _is_special(key) or _is_sunder(key) or key.startswith(f"_{name}__") or _is_descriptor(value):
                body[key] = value
            else:
                members[key] = value
        if "mro" in members:
            raise ValueError("invalid enum member name(s) 'mro'")
        data_type = object
        for base in bases:
            for candidate in base.__mro__:
                if candidate in (int, str, float, bytes, tuple):
                    data_type = candidate
                elif not isinstance(candidate, EnumType) and candidate is not object and \
                        "__new__" in candidate.__dict__:
                    data_type = candidate
                else:
                    continue
                break
        body["_member_map_"] = {}
        body["_member_names_"] = []
        body["_value2member_map_"] = {}
        body["_member_type_"] = data_type
        own_new = body.pop("__new__", None)
        cls = super().__new__(metacls, name, bases, body, **kwds)
        if own_new is None:
            for base in cls.__mro__[1:]:
                if "_new_member_" in base.__dict__ and base.__dict__["_new_member_"] is not None:
                    own_new = base.__dict__["_new_member_"]
                    break
        cls._new_member_ = own_new
        type.__setattr__(cls, "__new__", Enum.__new__)  # looks members up; the data type's makes values
        for shown in ("__repr__", "__str__", "__format__"):
            # Not the data type's, which comes first among the bases.
            for base in cls.__mro__:
                if isinstance(base, EnumType) and shown in base.__dict__:
                    if shown not in body:
                        type.__setattr__(cls, shown, base.__dict__[shown])
                    break
        generate = cls._generate_next_value_
        last_values = []
        for key, value in members.items():
            if isinstance(value, _Later):
                value = value.resolve()
            elif isinstance(value, auto):
                pending = value
                value = value.value if value.value is not None else generate(key, 1, len(last_values), last_values[:])
                pending.value = value
            elif isinstance(value, tuple) and any(isinstance(part, auto) for part in value):
                value = tuple([generate(key, 1, len(last_values), last_values[:]) if isinstance(part, auto) else part
                               for part in value])
            cls._add_member(key, value, own_new, data_type)
            last_values.append(cls._member_map_[key]._value_)
        return cls

    def __init__(cls, name, bases, namespace, **kwds):
        pass

    def _add_member(cls, name, value, own_new, data_type):
        arguments = value if isinstance(value, tuple) else (value,)
        if data_type is tuple:
            arguments = (arguments,)
        if own_new is not None:
            new = own_new.__func__ if isinstance(own_new, staticmethod) else own_new
            self = new(cls, *arguments)
        elif data_type is object:
            self = object.__new__(cls)
        else:
            self = data_type.__new__(cls, *arguments)
        if not hasattr(self, "_value_"):
            if data_type is object or own_new is not None and data_type is object:
                self._value_ = value
            else:
                try:
                    self._value_ = data_type(*arguments)
                except Exception:
                    self._value_ = value
        value = self._value_
        for known in cls._member_map_.values():
            if known._value_ == value:
                cls._member_map_[name] = known
                type.__setattr__(cls, name, known)
                return
        self._name_ = name
        self.__objclass__ = cls
        self._sort_order_ = len(cls._member_names_)
        self.__init__(*arguments)
        if not (isinstance(self, Flag) and (value == 0 or value & (value - 1))):
            cls._member_names_.append(name)
        cls._member_map_[name] = self
        type.__setattr__(cls, name, self)
        try:
            cls._value2member_map_[value] = self
        except TypeError:
            pass

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        if names is None:
            return cls.__new__(cls, value)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (list, tuple)) and names and isinstance(names[0], str):
            last = []
            pairs = []
            for at, key in enumerate(names):
                generated = cls._generate_next_value_(key, start, at, last[:])
                last.append(generated)
                pairs.append((key, generated))
        else:
            pairs = list(names.items()) if hasattr(names, "items") else [tuple(item) for item in names]
        bases = (cls,) if type is None else (type, cls)
        body = dict(pairs)
        body["__module__"] = module or "__main__"
        body["__qualname__"] = qualname or value
        return cls.__class__.__new__(cls.__class__, value, bases, body)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError("unsupported operand type(s) for 'in': "
                            f"{type(member).__qualname__!r} and {cls.__class__.__qualname__!r}")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    @property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if isinstance(cls, type) and Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    def __dir__(cls):
        return ["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
                "__members__", "__module__", "__name__", "__qualname__"] + cls._member_names_


EnumMeta = EnumType
Flag = None


class Enum(metaclass=EnumType):
    _member_map_ = {}
    _member_names_ = []
    _value2member_map_ = {}
    _new_member_ = None

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            found = cls._value2member_map_.get(value)
        except TypeError:
            found = None
        if found is None:
            for known in cls._member_map_.values():
                if known._value_ == value:
                    found = known
                    break
        if found is not None:
            return found
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        if found is None:
            if not cls._member_map_:
                raise TypeError(f"{cls!r} has no members")
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        raise TypeError(f"error in {cls.__name__}._missing_: returned {found!r} instead of None or a valid member")

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return True if self is other else NotImplemented

    def __reduce__(self):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @_property
    def name(self):
        return self._name_

    @_property
    def value(self):
        return self._value_


class IntEnum(int, Enum):
    __hash__ = int.__hash__
    __eq__ = int.__eq__

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return int.__format__(self, format_spec)


class StrEnum(str, Enum):
    __hash__ = str.__hash__
    __eq__ = str.__eq__

    def __str__(self):
        return str.__str__(self)

    def __format__(self, format_spec):
        return str.__format__(self, format_spec)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 1 << max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        every = 0
        for known in cls._member_map_.values():
            every |= known._value_
        if value < 0:
            value &= every
        if value & ~every:
            if not issubclass(cls, int):
                width = max(value.bit_length(), every.bit_length())
                raise ValueError(f"{cls!r} invalid value {value!r}\n    given 0b0 {value:0{width}b}\n"
                                 f"  allowed 0b0 {every:0{width}b}")
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        self = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        self._value_ = value
        names = [known._name_ for known in cls if known._value_ & value]
        self._name_ = "|".join(names) or None
        self.__objclass__ = cls
        cls._value2member_map_[value] = self
        return self

    def __repr__(self):
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {self._value_!r}>"
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __iter__(self):
        return iter([known for known in self.__class__ if known._value_ & self._value_])

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                            f"{self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def _number(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if isinstance(self, int) and isinstance(other, int):
            return other
        return None

    def __or__(self, other):
        number = self._number(other)
        return NotImplemented if number is None else self.__class__(self._value_ | number)

    def __and__(self, other):
        number = self._number(other)
        return NotImplemented if number is None else self.__class__(self._value_ & number)

    def __xor__(self, other):
        number = self._number(other)
        return NotImplemented if number is None else self.__class__(self._value_ ^ number)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        every = 0
        for known in self.__class__:
            every |= known._value_
        return self.__class__(every & ~self._value_)


class IntFlag(int, Flag):
    def __str__(self):
        return int.__repr__(self)

    __hash__ = int.__hash__
    __eq__ = int.__eq__
    __or__, __and__, __xor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __ror__, __rand__, __rxor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __invert__ = Flag.__invert__
    __repr__ = Flag.__repr__
    __bool__ = Flag.__bool__

    def __format__(self, format_spec):
        return int.__format__(self, format_spec)


def unique(enumeration):
    duplicates = [f"{name} -> {known.name}" for name, known in enumeration.__members__.items() if name != known.name]
    if duplicates:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(duplicates)}")
    return enumeration


property = DynamicClassAttribute
