// float.
#include <cmath>
#include <cstring>
#include <string>

#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/numbers/float_ops.h"
#include "core/numbers/int_ops.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"
#include "core/text/format_number.h"

namespace turnstile {

namespace {

bool is_number(Value v) { return v.is_double() || is_any_int(v) || v.is_bool(); }

Value string_value(Mutator& m, const std::string& text) {
  Str* s = make_str(m, text);
  return s == nullptr ? Value() : Value::object(s);
}

Value float_repr(Mutator& m, Value self) { return string_value(m, double_repr(self.as_double())); }

bool hash_float(Mutator&, Value self, std::int64_t* out) {
  *out = double_hash(self.as_double());
  return true;
}

Value compare_float(Mutator&, CompareOp op, Value left, Value right) {
  const double a = left.as_double();
  if (std::isnan(a)) return is_number(right) ? Value::boolean(op == CompareOp::ne) : Value::not_implemented();
  if (is_any_int(right) || right.is_bool()) return compare_result(op, -compare_int_double(right, a));
  if (!right.is_double()) return Value::not_implemented();
  const double b = right.as_double();
  if (std::isnan(b)) return Value::boolean(op == CompareOp::ne);
  return compare_result(op, a < b ? -1 : a > b);
}

Value binary_float(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  if (!is_number(left) || !is_number(right)) return Value::not_implemented();
  double a, b, quotient, remainder;
  if (!number_to_double(m, left, &a) || !number_to_double(m, right, &b)) return Value();
  switch (op) {
    case BinaryOp::add:
      return Value::number(a + b);
    case BinaryOp::sub:
      return Value::number(a - b);
    case BinaryOp::mul:
      return Value::number(a * b);
    case BinaryOp::true_div:
      return b == 0 ? raise_zero_division(m, "float division by zero") : Value::number(a / b);
    case BinaryOp::floor_div:
      if (b == 0) return raise_zero_division(m, "float floor division by zero");
      double_divmod(a, b, &quotient, &remainder);
      return Value::number(quotient);
    case BinaryOp::mod:
      if (b == 0) return raise_zero_division(m, "float modulo");
      double_divmod(a, b, &quotient, &remainder);
      return Value::number(remainder);
    case BinaryOp::pow:
      return double_pow(m, a, b);
    default:
      return Value::not_implemented();
  }
}

Value unary_float(Mutator& m, UnaryOp op, Value v) {
  if (op == UnaryOp::invert) return raise_type_error(m, "bad operand type for unary ~: 'float'");
  return Value::number(op == UnaryOp::neg ? -v.as_double() : v.as_double());
}

int truth_float(Mutator&, Value v) { return v.as_double() != 0; }

Value new_float(Mutator& m, Type*, const CallArgs& args) {
  if (args.keywords() != 0) return raise_type_error(m, "float() takes no keyword arguments");
  if (args.positional == 0) return Value::number(0.0);
  if (args.positional > 1) {
    return raise_type_error(m, "float expected at most 1 argument, got " + std::to_string(args.positional));
  }
  Value v = args[0];
  if (is_kind(v, Kind::str) || is_kind(v, Kind::bytes)) {
    std::string text;
    if (is_kind(v, Kind::str)) {
      text = v.as<Str>()->width() == 1 ? to_utf8(v.as<Str>()) : decimal_to_ascii(v.as<Str>());
    } else {
      text.assign(reinterpret_cast<const char*>(v.as<Bytes>()->data), v.as<Bytes>()->length());
    }
    if (auto d = parse_double(text)) return Value::number(*d);
    Value shown = repr(m, v);
    if (shown.is_empty()) return shown;
    return raise_value_error(m, "could not convert string to float: " + to_utf8(shown.as<Str>()));
  }
  double d;
  if (number_to_double(m, v, &d)) return Value::number(d);
  if (exception_matches(m, m.runtime->exceptions.TypeError) && !is_number(v) &&
      lookup_type(m, type_of(m, v), m.runtime->names.__float__).is_empty()) {
    m.exception = Value();
    return raise_type_error(
        m, "float() argument must be a string or a real number, not '" + to_utf8(type_of(m, v)->name) + "'");
  }
  return Value();
}

// --- methods --------------------------------------------------------------------------------------------------------

Value float_identity(Mutator&, const CallArgs& args) { return args[0]; }
Value float_zero(Mutator&, const CallArgs&) { return Value::number(0.0); }
Value float_is_integer(Mutator&, const CallArgs& args) {
  const double d = args[0].as_double();
  return Value::boolean(std::isfinite(d) && std::floor(d) == d);
}
Value float_abs(Mutator&, const CallArgs& args) { return Value::number(std::fabs(args[0].as_double())); }
Value float_trunc(Mutator& m, const CallArgs& args) { return int_from_double(m, args[0].as_double()); }
Value float_floor(Mutator& m, const CallArgs& args) { return int_from_double(m, std::floor(args[0].as_double())); }
Value float_ceil(Mutator& m, const CallArgs& args) { return int_from_double(m, std::ceil(args[0].as_double())); }

Value float_ratio(Mutator& m, const CallArgs& args) {
  const double d = args[0].as_double();
  if (std::isinf(d)) return raise_overflow_error(m, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return raise_value_error(m, "cannot convert NaN to integer ratio");
  int exponent;
  double mantissa = std::frexp(d, &exponent);
  for (int i = 0; i < 300 && mantissa != std::floor(mantissa); ++i) {
    mantissa *= 2.0;
    --exponent;
  }
  Integer numerator;
  Integer denominator;
  mpz_set_d(numerator, mantissa);
  mpz_set_ui(denominator, 1);
  if (exponent > 0) mpz_mul_2exp(numerator, numerator, static_cast<mp_bitcnt_t>(exponent));
  if (exponent < 0) mpz_mul_2exp(denominator, denominator, static_cast<mp_bitcnt_t>(-exponent));
  Value n = value_of(m, numerator);
  Value q = n.is_empty() ? n : value_of(m, denominator);
  return q.is_empty() ? q : make_tuple(m, {n, q});
}

Value float_format_method(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[1], Kind::str)) {
    return raise_type_error(m, "__format__() argument must be str, not " + to_utf8(type_of(m, args[1])->name));
  }
  return format_float(m, args[0].as_double(), args[1].as<Str>());
}

Value float_round_method(Mutator& m, const CallArgs& args) {
  const double d = args[0].as_double();
  if (args.positional == 1 || args[1].is_none()) return int_from_double(m, std::nearbyint(d));
  std::int64_t digits;
  if (!to_index(m, args[1], &digits)) return Value();
  return double_round(m, d, digits);
}

Value divmod_values(Mutator& m, Value left, Value right) {
  if (!is_number(left) || !is_number(right)) return Value::not_implemented();
  double a, b, quotient, remainder;
  if (!number_to_double(m, left, &a) || !number_to_double(m, right, &b)) return Value();
  if (b == 0) return raise_zero_division(m, "float divmod()");
  double_divmod(a, b, &quotient, &remainder);
  return make_tuple(m, {Value::number(quotient), Value::number(remainder)});
}
Value float_divmod(Mutator& m, const CallArgs& args) { return divmod_values(m, args[0], args[1]); }
Value float_rdivmod(Mutator& m, const CallArgs& args) { return divmod_values(m, args[1], args[0]); }

Value float_hex(Mutator& m, const CallArgs& args) {
  const double d = args[0].as_double();
  if (!std::isfinite(d)) return string_value(m, double_repr(d));
  std::string text = std::signbit(d) ? "-0x" : "0x";
  int exponent = 0;
  double mantissa = std::frexp(std::fabs(d), &exponent);
  if (d == 0) return string_value(m, text + "0.0p+0");
  const int shift = 1 - std::max(-1021 - exponent, 0);
  mantissa = std::ldexp(mantissa, shift);
  exponent -= shift;
  text += static_cast<char>('0' + static_cast<int>(mantissa));
  mantissa -= static_cast<int>(mantissa);
  text += '.';
  for (int i = 0; i < 13; ++i) {
    mantissa *= 16.0;
    text += "0123456789abcdef"[static_cast<int>(mantissa)];
    mantissa -= static_cast<int>(mantissa);
  }
  return string_value(m, text + "p" + (exponent < 0 ? "-" : "+") + std::to_string(std::abs(exponent)));
}

Value float_fromhex(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[1], Kind::str)) return raise_type_error(m, "bad argument type for built-in operation");
  std::string text(trim_ascii(to_utf8(args[1].as<Str>())));
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (auto special = parse_double(text); special && !std::isfinite(*special)) return Value::number(*special);
  if (text.compare(sign, 2, "0x") != 0 && text.compare(sign, 2, "0X") != 0) text.insert(sign, "0x");
  if (text.find_first_not_of("0123456789abcdefABCDEFxXpP.+-") != std::string::npos || text.size() <= sign + 2) {
    return raise_value_error(m, "invalid hexadecimal floating-point string");
  }
  char* end = nullptr;
  const double d = std::strtod(text.c_str(), &end);
  if (*end != '\0') return raise_value_error(m, "invalid hexadecimal floating-point string");
  if (std::isinf(d)) return raise_overflow_error(m, "hexadecimal value too large to represent as a float");
  return Value::number(d);
}

constexpr TypeSlots kFloatSlots = [] {
  TypeSlots s;
  s.repr = float_repr;
  s.hash = hash_float;
  s.compare = compare_float;
  s.binary = binary_float;
  s.unary = unary_float;
  s.truth = truth_float;
  s.new_object = new_float;
  return s;
}();

const NativeDef kFloatMethods[] = {
    {"is_integer", float_is_integer, 1, 1},
    {"as_integer_ratio", float_ratio, 1, 1},
    {"conjugate", float_identity, 1, 1},
    {"hex", float_hex, 1, 1},
    {"__abs__", float_abs, 1, 1},
    {"__int__", float_trunc, 1, 1},
    {"__trunc__", float_trunc, 1, 1},
    {"__floor__", float_floor, 1, 1},
    {"__ceil__", float_ceil, 1, 1},
    {"__float__", float_identity, 1, 1},
    {"__format__", float_format_method, 2, 2},
    {"__round__", float_round_method, 1, 2},
    {"__divmod__", float_divmod, 2, 2},
    {"__rdivmod__", float_rdivmod, 2, 2},
};
const NativeDef kFloatClassMethods[] = {{"fromhex", float_fromhex, 2, 2}};
const NativeDef kFloatGetters[] = {{"real", float_identity, 1, 1}, {"imag", float_zero, 1, 1}};

}  // namespace

void register_float_type(Mutator& m) {
  TypeSpec spec{"float", &kFloatSlots, kFloatMethods, Kind::none, kBaseType};
  spec.class_methods = kFloatClassMethods;
  spec.getters = kFloatGetters;
  m.runtime->types.float_ = define_type(m, spec);
}

}  // namespace turnstile
