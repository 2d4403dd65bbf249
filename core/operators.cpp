// Arithmetic and comparison of any two values.
//
// Order of attempts, as the language has it: the right operand's reflected method first where its class is a proper
// subclass of the left's and overrides it; then the left's method; then the right's, where the classes differ.
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

struct OpNames {
  Str* WellKnownNames::* forward;
  Str* WellKnownNames::* reflected;
  Str* WellKnownNames::* inplace;
  const char* symbol;
};

// By BinaryOp.
constexpr OpNames kBinary[] = {
    {&WellKnownNames::__add__, &WellKnownNames::__radd__, &WellKnownNames::__iadd__, "+"},
    {&WellKnownNames::__sub__, &WellKnownNames::__rsub__, &WellKnownNames::__isub__, "-"},
    {&WellKnownNames::__mul__, &WellKnownNames::__rmul__, &WellKnownNames::__imul__, "*"},
    {&WellKnownNames::__truediv__, &WellKnownNames::__rtruediv__, &WellKnownNames::__itruediv__, "/"},
    {&WellKnownNames::__floordiv__, &WellKnownNames::__rfloordiv__, &WellKnownNames::__ifloordiv__, "//"},
    {&WellKnownNames::__mod__, &WellKnownNames::__rmod__, &WellKnownNames::__imod__, "%"},
    {&WellKnownNames::__pow__, &WellKnownNames::__rpow__, &WellKnownNames::__ipow__, "** or pow()"},
    {&WellKnownNames::__lshift__, &WellKnownNames::__rlshift__, &WellKnownNames::__ilshift__, "<<"},
    {&WellKnownNames::__rshift__, &WellKnownNames::__rrshift__, &WellKnownNames::__irshift__, ">>"},
    {&WellKnownNames::__and__, &WellKnownNames::__rand__, &WellKnownNames::__iand__, "&"},
    {&WellKnownNames::__or__, &WellKnownNames::__ror__, &WellKnownNames::__ior__, "|"},
    {&WellKnownNames::__xor__, &WellKnownNames::__rxor__, &WellKnownNames::__ixor__, "^"},
    {&WellKnownNames::__matmul__, &WellKnownNames::__rmatmul__, &WellKnownNames::__imatmul__, "@"},
};

const OpNames& names_of(BinaryOp op) { return kBinary[static_cast<std::size_t>(op)]; }

bool is_builtin_method(Value v) { return v.is_empty() || is_kind(v, Kind::native_function); }

// One side's attempt; `self` is left, or right when reflected.
Value try_binary(Mutator& m, BinaryOp op, Type* cls, Value left, Value right, bool reflected) {
  Value self = reflected ? right : left;
  Value other = reflected ? left : right;
  if (is_heap_type(cls)) {
    const OpNames& names = names_of(op);
    Value f = lookup_type(m, cls, m.runtime->names.*(reflected ? names.reflected : names.forward));
    if (!is_builtin_method(f)) return call_found(m, f, {self, other});
  }
  if (cls->slots->binary == nullptr) return Value::not_implemented();
  if (cls->has_type_flag(kValueType)) return cls->slots->binary(m, op, unboxed(left), unboxed(right), reflected);
  return cls->slots->binary(m, op, left, right, reflected);
}

// The right operand goes first: its class refines the left's and has a reflected method of its own.
bool right_goes_first(Mutator& m, BinaryOp op, Type* left, Type* right) {
  if (!is_heap_type(right) || !is_subtype(right, left)) return false;
  Str* reflected = m.runtime->names.*(names_of(op).reflected);
  Value r = lookup_type(m, right, reflected);
  return !is_builtin_method(r) && r != lookup_type(m, left, reflected);
}

Value binary_attempts(Mutator& m, BinaryOp op, Value left, Value right) {
  Type* lt = type_of(m, left);
  Type* rt = type_of(m, right);
  if (lt == rt) return try_binary(m, op, lt, left, right, false);
  const bool right_first = right_goes_first(m, op, lt, rt);
  if (right_first) {
    Value v = try_binary(m, op, rt, left, right, true);
    if (!v.is_not_implemented()) return v;
  }
  Value v = try_binary(m, op, lt, left, right, false);
  if (!v.is_not_implemented() || right_first) return v;
  return try_binary(m, op, rt, left, right, true);
}

const char* sequence_name(Value v) {
  if (!v.is_object()) return nullptr;
  switch (v.as_object()->kind) {
    case Kind::str:
      return "str";
    case Kind::bytes:
      return "bytes";
    case Kind::list:
      return "list";
    case Kind::tuple:
      return "tuple";
    default:
      return nullptr;
  }
}

Value raise_unsupported(Mutator& m, BinaryOp op, Value left, Value right, bool in_place) {
  // Sequences that nobody could join or repeat say so themselves.
  const char* sequence = sequence_name(left);
  if (op == BinaryOp::add && sequence != nullptr) {
    if (is_kind(left, Kind::bytes)) return raise_type_error(m, "can't concat " + class_name_of(m, right) + " to bytes");
    return raise_type_error(m, std::string("can only concatenate ") + sequence + " (not \"" + class_name_of(m, right) +
                                   "\") to " + sequence);
  }
  if (op == BinaryOp::mul && (sequence != nullptr || sequence_name(right) != nullptr)) {
    return raise_type_error(
        m, "can't multiply sequence by non-int of type '" + class_name_of(m, sequence != nullptr ? right : left) + "'");
  }
  std::string symbol = names_of(op).symbol;
  if (in_place) symbol = op == BinaryOp::pow ? "**=" : symbol + "=";
  return raise_type_error(m, "unsupported operand type(s) for " + symbol + ": '" + class_name_of(m, left) + "' and '" +
                                 class_name_of(m, right) + "'");
}

bool is_integral(Value v) { return v.is_int() || v.is_bool() || (is_kind(v, Kind::big_int)); }

}  // namespace

Value binary_op(Mutator& m, BinaryOp op, Value left, Value right) {
  if (left.is_int() && right.is_int() && op != BinaryOp::mat_mul) return int_binary(m, op, left, right);
  if (native_stack_exhausted(m, " while calling a Python object")) return Value();
  Value v = binary_attempts(m, op, left, right);
  return v.is_not_implemented() ? raise_unsupported(m, op, left, right, false) : v;
}

Value inplace_op(Mutator& m, BinaryOp op, Value left, Value right) {
  Type* cls = type_of(m, left);
  Value v = Value::not_implemented();
  Value f = is_heap_type(cls) ? lookup_type(m, cls, m.runtime->names.*(names_of(op).inplace)) : Value();
  if (!is_builtin_method(f)) {
    v = call_found(m, f, {left, right});
  } else if (cls->slots->inplace != nullptr) {
    v = cls->slots->inplace(m, op, left, right);
  }
  if (!v.is_not_implemented()) return v;
  v = binary_attempts(m, op, left, right);
  return v.is_not_implemented() ? raise_unsupported(m, op, left, right, true) : v;
}

Value unary_op(Mutator& m, UnaryOp op, Value operand) {
  Type* cls = type_of(m, operand);
  const WellKnownNames& names = m.runtime->names;
  if (is_heap_type(cls)) {
    Str* name = op == UnaryOp::neg ? names.__neg__ : op == UnaryOp::pos ? names.__pos__ : names.__invert__;
    Value f = lookup_type(m, cls, name);
    if (!is_builtin_method(f)) return call_found(m, f, {operand});
  }
  Value v = cls->slots->unary == nullptr ? Value::not_implemented() : cls->slots->unary(m, op, operand);
  if (!v.is_not_implemented()) return v;
  const char* symbol = op == UnaryOp::neg ? "-" : op == UnaryOp::pos ? "+" : "~";
  return raise_type_error(m, std::string("bad operand type for unary ") + symbol + ": '" + type_name(cls) + "'");
}

namespace {

// By CompareOp.
constexpr Str* WellKnownNames::* kCompareNames[] = {&WellKnownNames::__lt__, &WellKnownNames::__le__,
                                                    &WellKnownNames::__eq__, &WellKnownNames::__ne__,
                                                    &WellKnownNames::__gt__, &WellKnownNames::__ge__};
constexpr CompareOp kSwapped[] = {CompareOp::gt, CompareOp::ge, CompareOp::eq,
                                  CompareOp::ne, CompareOp::lt, CompareOp::le};
constexpr const char* kCompareSymbols[] = {"<", "<=", "==", "!=", ">", ">="};

// self op other by self's class; NotImplemented where it does not know.
Value try_compare(Mutator& m, CompareOp op, Type* cls, Value self, Value other) {
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.*kCompareNames[static_cast<std::size_t>(op)]);
    if (!is_builtin_method(f)) return call_found(m, f, {self, other});
    // object.__ne__ is the opposite of whatever __eq__ says.
    if (op == CompareOp::ne && is_kind(f, Kind::native_function) &&
        f.as<NativeFunction>()->owner == m.runtime->types.object) {
      Value eq = lookup_type(m, cls, m.runtime->names.__eq__);
      if (!is_builtin_method(eq)) {
        Value r = call_found(m, eq, {self, other});
        if (r.is_empty() || r.is_not_implemented()) return r;
        const int t = truth(m, r);
        return t < 0 ? Value() : Value::boolean(t == 0);
      }
    }
    // A builtin's comparison that the class took over from another builtin (`__eq__ = object.__eq__`).
    if (is_kind(f, Kind::native_function) && f.as<NativeFunction>()->owner == m.runtime->types.object &&
        cls->slots != m.runtime->types.object->slots) {
      return call_found(m, f, {self, other});
    }
  }
  if (cls->slots->compare == nullptr) return Value::not_implemented();
  if (cls->has_type_flag(kValueType)) other = unboxed(other);
  Value v = cls->slots->compare(m, op, self, other);
  if (op == CompareOp::ne && v.is_not_implemented()) {
    v = cls->slots->compare(m, CompareOp::eq, self, other);
    if (v.is_bool()) v = Value::boolean(v.is_false());
  }
  return v;
}

bool overrides_comparison(Mutator& m, CompareOp op, Type* cls) {
  return is_heap_type(cls) &&
         !is_builtin_method(lookup_type(m, cls, m.runtime->names.*kCompareNames[static_cast<std::size_t>(op)]));
}

}  // namespace

Value compare_op(Mutator& m, CompareOp op, Value left, Value right) {
  const RecursionScope scope(m, " in comparison");
  if (!scope) return Value();
  Type* lt = type_of(m, left);
  Type* rt = type_of(m, right);
  const CompareOp swapped = kSwapped[static_cast<std::size_t>(op)];
  const bool right_first =
      lt != rt && is_subtype(rt, lt) && (overrides_comparison(m, swapped, rt) || !is_heap_type(rt));
  if (right_first) {
    Value v = try_compare(m, swapped, rt, right, left);
    if (!v.is_not_implemented()) return v;
  }
  Value v = try_compare(m, op, lt, left, right);
  if (!v.is_not_implemented()) return v;
  if (!right_first) {
    v = try_compare(m, swapped, rt, right, left);
    if (!v.is_not_implemented()) return v;
  }
  if (op == CompareOp::eq) return Value::boolean(left == right);
  if (op == CompareOp::ne) return Value::boolean(left != right);
  return raise_type_error(m, std::string("'") + kCompareSymbols[static_cast<std::size_t>(op)] +
                                 "' not supported between instances of '" + type_name(lt) + "' and '" + type_name(rt) +
                                 "'");
}

int compare_truth(Mutator& m, CompareOp op, Value left, Value right) {
  if (is_integral(left) && is_integral(right)) {
    const int order = int_compare(left, right);
    switch (op) {
      case CompareOp::lt:
        return order < 0;
      case CompareOp::le:
        return order <= 0;
      case CompareOp::eq:
        return order == 0;
      case CompareOp::ne:
        return order != 0;
      case CompareOp::gt:
        return order > 0;
      default:
        return order >= 0;
    }
  }
  Value v = compare_op(m, op, left, right);
  return v.is_empty() ? -1 : truth(m, v);
}

int values_equal(Mutator& m, Value left, Value right) {
  if (left == right) return 1;  // identity: a NaN equals itself here, as containers see it
  return compare_truth(m, CompareOp::eq, left, right);
}

int truth(Mutator& m, Value v) {
  if (v.is_bool()) return v.is_true() ? 1 : 0;
  if (v.is_int()) return v.as_int() != 0 ? 1 : 0;
  if (v.is_none()) return 0;
  if (v.is_double()) return v.as_double() != 0.0 ? 1 : 0;
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__bool__);
    if (!is_builtin_method(f)) {
      Value r = call_found(m, f, {v});
      if (r.is_empty()) return -1;
      if (r.is_bool()) return r.is_true() ? 1 : 0;
      raise_type_error(m, "__bool__ should return bool, returned " + class_name_of(m, r));
      return -1;
    }
    f = lookup_type(m, cls, m.runtime->names.__len__);
    if (!is_builtin_method(f)) {
      const std::int64_t n = length(m, v);
      return n < 0 ? -1 : n != 0 ? 1 : 0;
    }
  }
  if (cls->slots->truth != nullptr) return cls->slots->truth(m, v);
  if (cls->slots->length != nullptr) {
    const std::int64_t n = cls->slots->length(m, v);
    return n < 0 ? -1 : n != 0 ? 1 : 0;
  }
  return 1;
}

bool hash_value(Mutator& m, Value v, std::int64_t* out) {
  Type* cls = type_of(m, v);
  if (is_heap_type(cls) && cls->has_type_flag(kOverridesEq)) {
    Value f = lookup_type(m, cls, m.runtime->names.__hash__);
    if (f.is_none()) {
      raise_type_error(m, "unhashable type: '" + type_name(cls) + "'");
      return false;
    }
    Value r = call_found(m, f, {v});
    if (r.is_empty()) return false;
    if (!is_integral(r)) {
      raise_type_error(m, "__hash__ method should return an integer");
      return false;
    }
    // A large int is reduced as its own hash is; a small one stands for itself.
    std::int64_t h;
    if (!int_to_int64(r, &h) && !hash_value(m, r, &h)) return false;
    *out = h == -1 ? -2 : h;
    return true;
  }
  if (cls->slots->hash == nullptr) {
    raise_type_error(m, "unhashable type: '" + type_name(cls) + "'");
    return false;
  }
  if (native_stack_exhausted(m)) return false;
  if (!cls->slots->hash(m, v, out)) return false;
  if (*out == -1) *out = -2;
  return true;
}

}  // namespace turnstile
