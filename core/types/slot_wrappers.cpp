// The dunder methods that a builtin class's slots imply: int.__add__ from binary, list.__len__ from length ...
#include <string_view>

#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

const TypeSlots& slots_of(Mutator& m, Value v) { return *type_of(m, v)->slots; }
Value none_or_empty(bool ok) { return ok ? Value::none() : Value(); }
Value bool_or_empty(int r) { return r < 0 ? Value() : Value::boolean(r != 0); }

Value wrap_repr(Mutator& m, const CallArgs& a) { return slots_of(m, a[0]).repr(m, a[0]); }
Value wrap_str(Mutator& m, const CallArgs& a) { return slots_of(m, a[0]).str(m, a[0]); }
Value wrap_hash(Mutator& m, const CallArgs& a) {
  std::int64_t h;
  return slots_of(m, a[0]).hash(m, a[0], &h) ? make_int(m, h) : Value();
}
template <CompareOp op>
Value wrap_compare(Mutator& m, const CallArgs& a) {
  return slots_of(m, a[0]).compare(m, op, a[0], a[1]);
}
template <BinaryOp op>
Value wrap_binary(Mutator& m, const CallArgs& a) {
  return slots_of(m, a[0]).binary(m, op, a[0], a[1], false);
}
template <BinaryOp op>
Value wrap_reflected(Mutator& m, const CallArgs& a) {
  return slots_of(m, a[0]).binary(m, op, a[1], a[0], true);
}
template <BinaryOp op>
Value wrap_inplace(Mutator& m, const CallArgs& a) {
  return slots_of(m, a[0]).inplace(m, op, a[0], a[1]);
}
template <UnaryOp op>
Value wrap_unary(Mutator& m, const CallArgs& a) {
  return slots_of(m, a[0]).unary(m, op, a[0]);
}
Value wrap_bool(Mutator& m, const CallArgs& a) { return bool_or_empty(slots_of(m, a[0]).truth(m, a[0])); }
Value wrap_len(Mutator& m, const CallArgs& a) {
  const std::int64_t n = slots_of(m, a[0]).length(m, a[0]);
  return n < 0 ? Value() : make_int(m, n);
}
Value wrap_getitem(Mutator& m, const CallArgs& a) { return slots_of(m, a[0]).get_item(m, a[0], a[1]); }
Value wrap_setitem(Mutator& m, const CallArgs& a) {
  return none_or_empty(slots_of(m, a[0]).set_item(m, a[0], a[1], a[2]));
}
Value wrap_delitem(Mutator& m, const CallArgs& a) {
  return none_or_empty(slots_of(m, a[0]).set_item(m, a[0], a[1], Value()));
}
Value wrap_contains(Mutator& m, const CallArgs& a) { return bool_or_empty(slots_of(m, a[0]).contains(m, a[0], a[1])); }
Value wrap_iter(Mutator& m, const CallArgs& a) { return slots_of(m, a[0]).iter(m, a[0]); }
Value wrap_next(Mutator& m, const CallArgs& a) {
  Value v = slots_of(m, a[0]).next(m, a[0]);
  return v.is_empty() && !m.has_exception() ? raise_stop_iteration(m, Value::none()) : v;
}
Value wrap_call(Mutator& m, const CallArgs& a) { return slots_of(m, a[0]).call(m, a[0], a.rest()); }

Str* name_argument(Mutator& m, Value v) {
  if (is_kind(v, Kind::str)) return intern(m, v.as<Str>());
  raise_type_error(m, "attribute name must be string, not '" + class_name_of(m, v) + "'");
  return nullptr;
}
Value wrap_getattribute(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  if (name == nullptr) return Value();
  Value v = slots_of(m, a[0]).get_attr(m, a[0], name);
  return v.is_empty() && !m.has_exception() ? raise_no_attribute(m, a[0], name) : v;
}
Value wrap_setattr(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  return none_or_empty(name != nullptr && slots_of(m, a[0]).set_attr(m, a[0], name, a[2]));
}
Value wrap_delattr(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  return none_or_empty(name != nullptr && slots_of(m, a[0]).set_attr(m, a[0], name, Value()));
}
Value wrap_get(Mutator& m, const CallArgs& a) {
  Value instance = a[1].is_none() ? Value() : a[1];
  Type* owner = nullptr;
  if (a.positional > 2 && is_kind(a[2], Kind::type)) owner = a[2].as<Type>();
  if (instance.is_empty() && owner == nullptr) return raise_type_error(m, "__get__(None, None) is invalid");
  if (owner == nullptr) owner = type_of(m, instance);
  return bind_found(m, a[0], instance, owner);
}
Value wrap_set(Mutator& m, const CallArgs& a) {
  return none_or_empty(slots_of(m, a[0]).descriptor_set(m, a[0], a[1], a[2]));
}
Value wrap_delete(Mutator& m, const CallArgs& a) {
  return none_or_empty(slots_of(m, a[0]).descriptor_set(m, a[0], a[1], Value()));
}
Value wrap_init(Mutator& m, const CallArgs& a) { return none_or_empty(slots_of(m, a[0]).init(m, a[0], a.rest())); }

Value wrap_new(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[0], Kind::type)) {
    return raise_type_error(m, "__new__(X): X is not a type object (" + class_name_of(m, a[0]) + ")");
  }
  auto* cls = a[0].as<Type>();
  if (cls->slots->new_object == nullptr) return raise_type_error(m, "cannot create '" + type_name(cls) + "' instances");
  return cls->slots->new_object(m, cls, a.rest());
}

const NativeDef kRepr{"__repr__", wrap_repr, 1, 1};
const NativeDef kStr{"__str__", wrap_str, 1, 1};
const NativeDef kHash{"__hash__", wrap_hash, 1, 1};
const NativeDef kCompare[] = {
    {"__lt__", wrap_compare<CompareOp::lt>, 2, 2}, {"__le__", wrap_compare<CompareOp::le>, 2, 2},
    {"__eq__", wrap_compare<CompareOp::eq>, 2, 2}, {"__ne__", wrap_compare<CompareOp::ne>, 2, 2},
    {"__gt__", wrap_compare<CompareOp::gt>, 2, 2}, {"__ge__", wrap_compare<CompareOp::ge>, 2, 2}};

struct BinaryNames {
  BinaryOp op;
  NativeDef forward, reflected, inplace;
};
#define TURNSTILE_BINARY(op, name)                         \
  {BinaryOp::op,                                           \
   {"__" #name "__", wrap_binary<BinaryOp::op>, 2, 2},     \
   {"__r" #name "__", wrap_reflected<BinaryOp::op>, 2, 2}, \
   {"__i" #name "__", wrap_inplace<BinaryOp::op>, 2, 2}}
const BinaryNames kBinary[] = {
    TURNSTILE_BINARY(add, add),
    TURNSTILE_BINARY(sub, sub),
    TURNSTILE_BINARY(mul, mul),
    TURNSTILE_BINARY(true_div, truediv),
    TURNSTILE_BINARY(floor_div, floordiv),
    TURNSTILE_BINARY(mod, mod),
    TURNSTILE_BINARY(pow, pow),
    TURNSTILE_BINARY(lshift, lshift),
    TURNSTILE_BINARY(rshift, rshift),
    TURNSTILE_BINARY(bit_and, and),
    TURNSTILE_BINARY(bit_or, or),
    TURNSTILE_BINARY(bit_xor, xor),
};
#undef TURNSTILE_BINARY

constexpr unsigned bit(BinaryOp op) { return 1u << static_cast<unsigned>(op); }
constexpr unsigned kArithmetic = bit(BinaryOp::add) | bit(BinaryOp::sub) | bit(BinaryOp::mul) |
                                 bit(BinaryOp::true_div) | bit(BinaryOp::floor_div) | bit(BinaryOp::mod) |
                                 bit(BinaryOp::pow);
constexpr unsigned kBitwise = bit(BinaryOp::bit_and) | bit(BinaryOp::bit_or) | bit(BinaryOp::bit_xor);
constexpr unsigned kShifts = bit(BinaryOp::lshift) | bit(BinaryOp::rshift);
constexpr unsigned kSequence = bit(BinaryOp::add) | bit(BinaryOp::mul);
constexpr unsigned kSetOps = kBitwise | bit(BinaryOp::sub);

// The slots take any operator; which of them the class really has is known by its name.
struct Supported {
  std::string_view cls;
  unsigned forward, reflected, inplace;
};
constexpr Supported kSupported[] = {
    {"int", kArithmetic | kBitwise | kShifts, kArithmetic | kBitwise | kShifts, 0},
    {"bool", kBitwise, kBitwise, 0},
    {"float", kArithmetic, kArithmetic, 0},
    {"str", kSequence | bit(BinaryOp::mod), bit(BinaryOp::mul) | bit(BinaryOp::mod), 0},
    {"bytes", kSequence | bit(BinaryOp::mod), bit(BinaryOp::mul) | bit(BinaryOp::mod), 0},
    {"tuple", kSequence, bit(BinaryOp::mul), 0},
    {"list", kSequence, bit(BinaryOp::mul), kSequence},
    {"dict", bit(BinaryOp::bit_or), bit(BinaryOp::bit_or), bit(BinaryOp::bit_or)},
    {"set", kSetOps, kSetOps, kSetOps},
    {"frozenset", kSetOps, kSetOps, 0},
    {"dict_keys", kSetOps, kSetOps, 0},
    {"dict_items", kSetOps, kSetOps, 0},
    {"type", bit(BinaryOp::bit_or), bit(BinaryOp::bit_or), 0},
};

void add_binary_wrappers(Mutator& m, Type* cls, const TypeSlots& declared,
                         bool (*absent)(Mutator&, Type*, const NativeDef&)) {
  const std::string name = type_name(cls);
  for (const Supported& s : kSupported) {
    if (s.cls != name) continue;
    for (const BinaryNames& b : kBinary) {
      if ((s.forward & bit(b.op)) != 0 && absent(m, cls, b.forward))
        add_native(m, cls, b.forward, NativeRole::slot_wrapper);
      if ((s.reflected & bit(b.op)) != 0 && absent(m, cls, b.reflected)) {
        add_native(m, cls, b.reflected, NativeRole::slot_wrapper);
      }
      if ((s.inplace & bit(b.op)) != 0 && declared.inplace != nullptr && absent(m, cls, b.inplace)) {
        add_native(m, cls, b.inplace, NativeRole::slot_wrapper);
      }
    }
  }
}

const NativeDef kNew{"__new__", wrap_new, 1, -1, true};

bool absent(Mutator& m, Type* cls, const NativeDef& def) {
  return dict_get_name(cls->dict, intern(m, def.name)).is_empty();
}

}  // namespace

void add_slot_wrappers(Mutator& m, Type* cls, const TypeSlots& s) {
  const auto add = [&](bool wanted, const NativeDef& def) {
    if (wanted && absent(m, cls, def)) add_native(m, cls, def, NativeRole::slot_wrapper);
  };
  static const NativeDef kNeg{"__neg__", wrap_unary<UnaryOp::neg>, 1, 1};
  static const NativeDef kPos{"__pos__", wrap_unary<UnaryOp::pos>, 1, 1};
  static const NativeDef kInvert{"__invert__", wrap_unary<UnaryOp::invert>, 1, 1};
  static const NativeDef kBool{"__bool__", wrap_bool, 1, 1};
  static const NativeDef kLen{"__len__", wrap_len, 1, 1};
  static const NativeDef kGetItem{"__getitem__", wrap_getitem, 2, 2};
  static const NativeDef kSetItem{"__setitem__", wrap_setitem, 3, 3};
  static const NativeDef kDelItem{"__delitem__", wrap_delitem, 2, 2};
  static const NativeDef kContains{"__contains__", wrap_contains, 2, 2};
  static const NativeDef kIter{"__iter__", wrap_iter, 1, 1};
  static const NativeDef kNext{"__next__", wrap_next, 1, 1};
  static const NativeDef kCall{"__call__", wrap_call, 1, -1, true};
  static const NativeDef kGetAttribute{"__getattribute__", wrap_getattribute, 2, 2};
  static const NativeDef kSetAttr{"__setattr__", wrap_setattr, 3, 3};
  static const NativeDef kDelAttr{"__delattr__", wrap_delattr, 2, 2};
  static const NativeDef kGet{"__get__", wrap_get, 2, 3};
  static const NativeDef kSet{"__set__", wrap_set, 3, 3};
  static const NativeDef kDelete{"__delete__", wrap_delete, 2, 2};
  static const NativeDef kInit{"__init__", wrap_init, 1, -1, true};
  const bool number = s.unary != nullptr;
  add(s.repr != nullptr, kRepr);
  add(s.str != nullptr, kStr);
  add(s.hash != nullptr, kHash);
  if (s.compare != nullptr) {
    for (const NativeDef& def : kCompare) add(true, def);
  }
  if (s.compare != nullptr && s.hash == nullptr) dict_set_name(m, cls->dict, intern(m, "__hash__"), Value::none());
  if (s.binary != nullptr) add_binary_wrappers(m, cls, s, absent);
  add(number, kNeg);
  add(number, kPos);
  add(number && type_name(cls) != "float", kInvert);
  add(s.truth != nullptr && s.length == nullptr, kBool);
  add(s.length != nullptr, kLen);
  add(s.get_item != nullptr && cls != m.runtime->types.type, kGetItem);  // X[...] of classes is no method of type
  add(s.set_item != nullptr, kSetItem);
  add(s.set_item != nullptr, kDelItem);
  add(s.contains != nullptr, kContains);
  add(s.iter != nullptr, kIter);
  add(s.next != nullptr, kNext);
  add(s.call != nullptr, kCall);
  add(s.get_attr != nullptr, kGetAttribute);
  add(s.set_attr != nullptr, kSetAttr);
  add(s.set_attr != nullptr, kDelAttr);
  add(s.descriptor_get != nullptr, kGet);
  add(s.descriptor_set != nullptr, kSet);
  add(s.descriptor_set != nullptr, kDelete);
  add(s.init != nullptr, kInit);
  if (s.new_object != nullptr && absent(m, cls, kNew)) {
    Value f = make_native_function(m, &kNew, cls);
    f.as<NativeFunction>()->sub = static_cast<std::uint8_t>(NativeRole::constructor);
    dict_set_name(m, cls->dict, intern(m, "__new__"), make_static_method(m, f));
  }
}

}  // namespace turnstile
