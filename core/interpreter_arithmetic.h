// Arithmetic and comparisons on inline ints and doubles, without calls. Empty: take the general path.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/bytecode.h"
#include "core/objects/containers.h"
#include "core/objects/iterators.h"
#include "core/objects/text.h"
#include "core/value.h"

namespace turnstile {

inline Value int_or_empty(std::int64_t i) { return Value::fits_int(i) ? Value::small_int(i) : Value(); }

/// Both operands as doubles where one is a double and the other a double or inline int.
inline bool as_doubles(Value left, Value right, double* a, double* b) {
  if (left.is_double()) {
    *a = left.as_double();
    if (right.is_double()) {
      *b = right.as_double();
      return true;
    }
    if (!right.is_int()) return false;
    *b = static_cast<double>(right.as_int());
    return true;
  }
  if (!right.is_double() || !left.is_int()) return false;
  *a = static_cast<double>(left.as_int());
  *b = right.as_double();
  return true;
}

inline Value fast_add(Value left, Value right) {
  if (left.is_int() && right.is_int()) return int_or_empty(left.as_int() + right.as_int());
  double a, b;
  return as_doubles(left, right, &a, &b) ? Value::number(a + b) : Value();
}

inline Value fast_sub(Value left, Value right) {
  if (left.is_int() && right.is_int()) return int_or_empty(left.as_int() - right.as_int());
  double a, b;
  return as_doubles(left, right, &a, &b) ? Value::number(a - b) : Value();
}

inline Value fast_mul(Value left, Value right) {
  if (left.is_int() && right.is_int()) {
    std::int64_t product;
    if (__builtin_mul_overflow(left.as_int(), right.as_int(), &product)) return Value();
    return int_or_empty(product);
  }
  double a, b;
  return as_doubles(left, right, &a, &b) ? Value::number(a * b) : Value();
}

inline Value fast_true_div(Value left, Value right) {
  if (left.is_int() && right.is_int()) {
    if (right.as_int() == 0) return Value();
    return Value::number(static_cast<double>(left.as_int()) / static_cast<double>(right.as_int()));  // exact below 2^53
  }
  double a, b;
  return as_doubles(left, right, &a, &b) && b != 0.0 ? Value::number(a / b) : Value();
}

inline Value fast_floor_div(Value left, Value right) {
  if (!left.is_int() || !right.is_int() || right.as_int() == 0) return Value();
  const std::int64_t a = left.as_int();
  const std::int64_t b = right.as_int();
  std::int64_t q = a / b;
  if (a % b != 0 && (a < 0) != (b < 0)) --q;
  return int_or_empty(q);
}

inline Value fast_mod(Value left, Value right) {
  if (!left.is_int() || !right.is_int() || right.as_int() == 0) return Value();
  const std::int64_t b = right.as_int();
  std::int64_t r = left.as_int() % b;
  if (r != 0 && (r < 0) != (b < 0)) r += b;
  return Value::small_int(r);
}

inline Value fast_pow(Value, Value) { return Value(); }
inline Value fast_mat_mul(Value, Value) { return Value(); }

inline Value fast_lshift(Value left, Value right) {
  if (!left.is_int() || !right.is_int()) return Value();
  const std::int64_t by = right.as_int();
  if (by < 0 || by > 49) return Value();
  const std::int64_t shifted = static_cast<std::int64_t>(static_cast<std::uint64_t>(left.as_int()) << by);
  return (shifted >> by) == left.as_int() ? int_or_empty(shifted) : Value();
}

inline Value fast_rshift(Value left, Value right) {
  if (!left.is_int() || !right.is_int()) return Value();
  const std::int64_t by = right.as_int();
  if (by < 0) return Value();
  return Value::small_int(left.as_int() >> (by > 63 ? 63 : by));
}

inline Value fast_bit_and(Value left, Value right) {
  return left.is_int() && right.is_int() ? Value::small_int(left.as_int() & right.as_int()) : Value();
}
inline Value fast_bit_or(Value left, Value right) {
  return left.is_int() && right.is_int() ? Value::small_int(left.as_int() | right.as_int()) : Value();
}
inline Value fast_bit_xor(Value left, Value right) {
  return left.is_int() && right.is_int() ? Value::small_int(left.as_int() ^ right.as_int()) : Value();
}

inline Value fast_neg(Value v) {
  if (v.is_int()) return int_or_empty(-v.as_int());
  return v.is_double() ? Value::number(-v.as_double()) : Value();
}

// An inline int has at most 51 bits, so its conversion to double is exact and mixed comparisons are too.
#define TURNSTILE_FAST_COMPARE(name, op)                                                         \
  inline Value fast_##name(Value left, Value right) {                                            \
    if (left.is_int() && right.is_int()) return Value::boolean(left.as_int() op right.as_int()); \
    double a, b;                                                                                 \
    return as_doubles(left, right, &a, &b) ? Value::boolean(a op b) : Value();                   \
  }
TURNSTILE_FAST_COMPARE(lt, <)
TURNSTILE_FAST_COMPARE(le, <=)
TURNSTILE_FAST_COMPARE(eq, ==)
TURNSTILE_FAST_COMPARE(ne, !=)
TURNSTILE_FAST_COMPARE(gt, >)
TURNSTILE_FAST_COMPARE(ge, >=)
#undef TURNSTILE_FAST_COMPARE

/// `is`: doubles are values here, so equal bits are one object.
inline bool same_object(Value left, Value right) { return left == right; }

/// Feedback of for_iter: what the iterator walks over.
inline std::uint8_t iterator_feedback(Value it) {
  if (!is_kind(it, Kind::iterator)) return kSawOther;
  switch (static_cast<IteratorKind>(it.as<Iterator>()->sub)) {
    case IteratorKind::list:
      return kSawList;
    case IteratorKind::tuple:
      return kSawTuple;
    case IteratorKind::str:
      return kSawStr;
    case IteratorKind::dict_keys:
    case IteratorKind::dict_items:
    case IteratorKind::dict_values:
      return kSawDict;
    default:
      return kSawOther;
  }
}

}  // namespace turnstile
