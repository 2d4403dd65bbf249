// Operators by class: methods of classes made in Python first, then the slots of the builtin base.
#include "core/exceptions.h"
#include "core/objects/iterators.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

struct BinaryNames {
  const char* symbol;
  const char* inplace_symbol;
  Str* WellKnownNames::*method;
  Str* WellKnownNames::*reflected;
  Str* WellKnownNames::*inplace;
};

// In the order of BinaryOp.
constexpr BinaryNames kBinary[] = {
    {"+", "+=", &WellKnownNames::__add__, &WellKnownNames::__radd__, &WellKnownNames::__iadd__},
    {"-", "-=", &WellKnownNames::__sub__, &WellKnownNames::__rsub__, &WellKnownNames::__isub__},
    {"*", "*=", &WellKnownNames::__mul__, &WellKnownNames::__rmul__, &WellKnownNames::__imul__},
    {"/", "/=", &WellKnownNames::__truediv__, &WellKnownNames::__rtruediv__, &WellKnownNames::__itruediv__},
    {"//", "//=", &WellKnownNames::__floordiv__, &WellKnownNames::__rfloordiv__, &WellKnownNames::__ifloordiv__},
    {"%", "%=", &WellKnownNames::__mod__, &WellKnownNames::__rmod__, &WellKnownNames::__imod__},
    {"** or pow()", "**=", &WellKnownNames::__pow__, &WellKnownNames::__rpow__, &WellKnownNames::__ipow__},
    {"<<", "<<=", &WellKnownNames::__lshift__, &WellKnownNames::__rlshift__, &WellKnownNames::__ilshift__},
    {">>", ">>=", &WellKnownNames::__rshift__, &WellKnownNames::__rrshift__, &WellKnownNames::__irshift__},
    {"&", "&=", &WellKnownNames::__and__, &WellKnownNames::__rand__, &WellKnownNames::__iand__},
    {"|", "|=", &WellKnownNames::__or__, &WellKnownNames::__ror__, &WellKnownNames::__ior__},
    {"^", "^=", &WellKnownNames::__xor__, &WellKnownNames::__rxor__, &WellKnownNames::__ixor__},
    {"@", "@=", &WellKnownNames::__matmul__, &WellKnownNames::__rmatmul__, &WellKnownNames::__imatmul__},
};

Value override_of(Mutator& m, Type* cls, Str* name) {
  return is_heap_type(cls) ? lookup_override(m, cls, name) : Value();
}

Value try_binary(Mutator& m, BinaryOp op, Type* cls, Value left, Value right, bool reflected) {
  const BinaryNames& names = kBinary[static_cast<int>(op)];
  Value method = override_of(m, cls, m.runtime->names.*(reflected ? names.reflected : names.method));
  if (method.is_none()) return Value::not_implemented();
  if (!method.is_empty()) return reflected ? call_found(m, method, {right, left}) : call_found(m, method, {left, right});
  if (cls->slots->binary == nullptr) return Value::not_implemented();
  return cls->slots->binary(m, op, left, right, reflected);
}

Value raise_unsupported(Mutator& m, const char* symbol, Value left, Value right) {
  return raise_type_error(m, "unsupported operand type(s) for " + std::string(symbol) + ": '" + class_name_of(m, left) +
                                 "' and '" + class_name_of(m, right) + "'");
}

Value binary_or_unsupported(Mutator& m, BinaryOp op, Value left, Value right, const char* symbol) {
  Type* lt = type_of(m, left);
  Type* rt = type_of(m, right);
  const BinaryNames& names = kBinary[static_cast<int>(op)];
  bool right_tried = false;
  if (lt != rt && is_subtype(rt, lt)) {
    // The right operand's class refines the left's: it goes first if it has a reflected method of its own.
    Value mine = override_of(m, rt, m.runtime->names.*names.reflected);
    if (!mine.is_empty() && mine != override_of(m, lt, m.runtime->names.*names.reflected)) {
      Value v = try_binary(m, op, rt, left, right, true);
      if (!v.is_not_implemented()) return v;
      right_tried = true;
    }
  }
  Value v = try_binary(m, op, lt, left, right, false);
  if (!v.is_not_implemented()) return v;
  if (lt != rt && !right_tried) {
    v = try_binary(m, op, rt, left, right, true);
    if (!v.is_not_implemented()) return v;
  }
  return raise_unsupported(m, symbol, left, right);
}

}  // namespace

Value binary_op(Mutator& m, BinaryOp op, Value left, Value right) {
  if (left.is_int() && right.is_int()) return int_binary(m, op, left, right);
  return binary_or_unsupported(m, op, left, right, kBinary[static_cast<int>(op)].symbol);
}

Value inplace_op(Mutator& m, BinaryOp op, Value left, Value right) {
  const BinaryNames& names = kBinary[static_cast<int>(op)];
  if (left.is_object()) {
    Type* cls = type_of(m, left);
    Value method = override_of(m, cls, m.runtime->names.*names.inplace);
    Value v = Value::not_implemented();
    if (!method.is_empty()) {
      v = call_found(m, method, {left, right});
    } else if (cls->slots->inplace != nullptr) {
      v = cls->slots->inplace(m, op, left, right);
    }
    if (!v.is_not_implemented()) return v;
  }
  return binary_or_unsupported(m, op, left, right, names.inplace_symbol);
}

Value unary_op(Mutator& m, UnaryOp op, Value operand) {
  const WellKnownNames& names = m.runtime->names;
  Type* cls = type_of(m, operand);
  Str* name = op == UnaryOp::neg ? names.__neg__ : op == UnaryOp::pos ? names.__pos__ : names.__invert__;
  Value method = override_of(m, cls, name);
  if (!method.is_empty()) return call_found(m, method, {operand});
  if (cls->slots->unary != nullptr) return cls->slots->unary(m, op, operand);
  const char* symbol = op == UnaryOp::neg ? "-" : op == UnaryOp::pos ? "+" : "~";
  return raise_type_error(m, std::string("bad operand type for unary ") + symbol + ": '" + class_name_of(m, operand) + "'");
}

namespace {

constexpr const char* kCompareSymbols[] = {"<", "<=", "==", "!=", ">", ">="};
constexpr CompareOp kSwapped[] = {CompareOp::gt, CompareOp::ge, CompareOp::eq, CompareOp::ne, CompareOp::lt, CompareOp::le};
constexpr Str* WellKnownNames::*kCompareNames[] = {&WellKnownNames::__lt__, &WellKnownNames::__le__, &WellKnownNames::__eq__,
                                                   &WellKnownNames::__ne__, &WellKnownNames::__gt__, &WellKnownNames::__ge__};

Value try_compare(Mutator& m, CompareOp op, Type* cls, Value self, Value other) {
  const WellKnownNames& names = m.runtime->names;
  if (is_heap_type(cls)) {
    Value method = lookup_override(m, cls, names.*kCompareNames[static_cast<int>(op)]);
    if (method.is_none()) return Value::not_implemented();
    if (!method.is_empty()) return call_found(m, method, {self, other});
    if (op == CompareOp::ne) {
      // object.__ne__ inverts __eq__.
      method = lookup_override(m, cls, names.__eq__);
      if (!method.is_empty() && !method.is_none()) {
        Value equal = call_found(m, method, {self, other});
        if (equal.is_empty() || equal.is_not_implemented()) return equal;
        const int t = truth(m, equal);
        return t < 0 ? Value() : Value::boolean(t == 0);
      }
    }
  }
  if (cls->slots->compare == nullptr) return Value::not_implemented();
  return cls->slots->compare(m, op, self, other);
}

}  // namespace

Value compare_op(Mutator& m, CompareOp op, Value left, Value right) {
  if (native_stack_exhausted(m, " in comparison")) return Value();
  Type* lt = type_of(m, left);
  Type* rt = type_of(m, right);
  const CompareOp swapped = kSwapped[static_cast<int>(op)];
  bool right_tried = false;
  if (lt != rt && is_heap_type(rt) && is_subtype(rt, lt) &&
      !lookup_override(m, rt, m.runtime->names.*kCompareNames[static_cast<int>(swapped)]).is_empty()) {
    Value v = try_compare(m, swapped, rt, right, left);
    if (!v.is_not_implemented()) return v;
    right_tried = true;
  }
  Value v = try_compare(m, op, lt, left, right);
  if (!v.is_not_implemented()) return v;
  if (!right_tried) {
    v = try_compare(m, swapped, rt, right, left);
    if (!v.is_not_implemented()) return v;
  }
  if (op == CompareOp::eq) return Value::boolean(left == right);
  if (op == CompareOp::ne) return Value::boolean(left != right);
  return raise_type_error(m, std::string("'") + kCompareSymbols[static_cast<int>(op)] +
                                 "' not supported between instances of '" + class_name_of(m, left) + "' and '" +
                                 class_name_of(m, right) + "'");
}

int values_equal(Mutator& m, Value left, Value right) {
  if (left == right && !left.is_double()) return 1;
  if (left.is_int() && right.is_int()) return 0;
  if (is_kind(left, Kind::str) && is_kind(right, Kind::str)) return str_equal(left.as<Str>(), right.as<Str>());
  // A NaN is one object where it is the same value; containers find it by identity.
  if (left == right) return 1;
  return compare_truth(m, CompareOp::eq, left, right);
}

int compare_truth(Mutator& m, CompareOp op, Value left, Value right) {
  Value v = compare_op(m, op, left, right);
  if (v.is_empty()) return -1;
  return v.is_bool() ? v.is_true() : truth(m, v);
}

int truth(Mutator& m, Value v) {
  if (v.is_bool()) return v.is_true();
  if (v.is_int()) return v.as_int() != 0;
  if (v.is_none()) return 0;
  if (v.is_double()) return v.as_double() != 0;
  if (!v.is_object()) return 1;
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value method = lookup_override(m, cls, m.runtime->names.__bool__);
    if (!method.is_empty()) {
      Value result = call_found(m, method, {v});
      if (result.is_empty()) return -1;
      if (result.is_bool()) return result.is_true();
      raise_type_error(m, "__bool__ should return bool, returned " + class_name_of(m, result));
      return -1;
    }
    if (!lookup_override(m, cls, m.runtime->names.__len__).is_empty()) {
      const std::int64_t n = length(m, v);
      return n < 0 ? -1 : n != 0;
    }
  }
  if (cls->slots->truth != nullptr) return cls->slots->truth(m, v);
  if (cls->slots->length == nullptr) return 1;
  const std::int64_t n = cls->slots->length(m, v);
  return n < 0 ? -1 : n != 0;
}

bool hash_value(Mutator& m, Value v, std::int64_t* out) {
  if (is_kind(v, Kind::str)) {
    *out = static_cast<std::int64_t>(hash_str(v.as<Str>()));
    return true;
  }
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value method = lookup_override(m, cls, m.runtime->names.__hash__);
    if (method.is_none()) {
      raise_type_error(m, "unhashable type: '" + type_name(cls) + "'");
      return false;
    }
    if (!method.is_empty()) {
      Value result = call_found(m, method, {v});
      if (result.is_empty()) return false;
      if (!is_any_int(result) && !result.is_bool()) {
        raise_type_error(m, "__hash__ method should return an integer");
        return false;
      }
      std::int64_t h;
      if (!int_to_int64(result, &h)) return hash_value(m, result, out);
      *out = h == -1 ? -2 : h;
      return true;
    }
  }
  if (cls->slots->hash == nullptr) {
    raise_type_error(m, "unhashable type: '" + type_name(cls) + "'");
    return false;
  }
  return cls->slots->hash(m, v, out);
}

}  // namespace turnstile
