// Interned names that the runtime itself looks up.
#pragma once

namespace turnstile {

struct Str;

// clang-format off
#define TURNSTILE_NAMES(X)                                                                                           \
  X(__init__) X(__new__) X(__class__) X(__dict__) X(__name__) X(__qualname__) X(__module__) X(__doc__) X(__bases__)  \
  X(__mro__) X(__call__) X(__repr__) X(__str__) X(__hash__) X(__eq__) X(__ne__) X(__lt__) X(__le__) X(__gt__)        \
  X(__ge__) X(__bool__) X(__len__) X(__length_hint__) X(__getitem__) X(__setitem__) X(__delitem__) X(__contains__)   \
  X(__iter__) X(__next__) X(__reversed__) X(__enter__) X(__exit__) X(__getattr__) X(__getattribute__)                \
  X(__setattr__) X(__delattr__) X(__get__) X(__set__) X(__delete__) X(__set_name__) X(__init_subclass__)             \
  X(__add__) X(__radd__) X(__iadd__) X(__sub__) X(__rsub__) X(__isub__) X(__mul__) X(__rmul__) X(__imul__)           \
  X(__truediv__) X(__rtruediv__) X(__itruediv__) X(__floordiv__) X(__rfloordiv__) X(__ifloordiv__) X(__mod__)        \
  X(__rmod__) X(__imod__) X(__pow__) X(__rpow__) X(__ipow__) X(__lshift__) X(__rlshift__) X(__ilshift__)             \
  X(__rshift__) X(__rrshift__) X(__irshift__) X(__and__) X(__rand__) X(__iand__) X(__or__) X(__ror__) X(__ior__)     \
  X(__xor__) X(__rxor__) X(__ixor__) X(__matmul__) X(__rmatmul__) X(__imatmul__) X(__divmod__) X(__rdivmod__)        \
  X(__neg__) X(__pos__) X(__invert__) X(__abs__) X(__int__) X(__float__) X(__index__) X(__round__) X(__trunc__)      \
  X(__floor__) X(__ceil__) X(__bytes__) X(__format__) X(__dir__) X(__missing__) X(__instancecheck__)  \
  X(__subclasscheck__) X(__class_getitem__) X(__slots__) X(__annotations__) X(__builtins__) X(__file__) X(__main__)  \
  X(__path__) X(__package__) X(__all__) X(__import__) X(__build_class__) X(__debug__) X(__closure__) X(__code__)     \
  X(__defaults__) X(__kwdefaults__) X(__globals__) X(__wrapped__) X(__self__) X(__cause__)               \
  X(__context__) X(__traceback__) X(__suppress_context__) X(__notes__) X(__prepare__) X(__mro_entries__)             \
  X(__weakref__) X(__reduce__) X(__sizeof__) X(__subclasses__) X(__base__) X(__del__) X(__loader__) X(__spec__)      \
  X(args) X(value) X(code) X(name) X(obj) X(path) X(msg) X(filename) X(lineno) X(offset) X(text) X(metaclass) X(self) \
  X(key) X(reverse) X(sep) X(end) X(file) X(flush) X(write) X(keys) X(send) X(close) X(start) X(stop) X(step)        \
  X(fget) X(fset) X(fdel) X(encoding) X(errors) X(strict) X(target) X(daemon) X(kwargs) X(blocking) X(timeout)       \
  X(with_traceback) X(add_note) X(strerror)
// clang-format on

struct WellKnownNames {
#define TURNSTILE_DECLARE(name) Str* name;
  TURNSTILE_NAMES(TURNSTILE_DECLARE)
#undef TURNSTILE_DECLARE
  Str* throw_name;    // "throw"
  Str* errno_name;    // "errno", a macro in C
  Str* default_name;  // "default"
};

}  // namespace turnstile
