// int and bool.
#include <array>
#include <cmath>
#include <string>

#include "core/allocate_object.h"
#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/numbers/float_ops.h"
#include "core/numbers/int_format.h"
#include "core/numbers/int_ops.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"
#include "core/text/format_number.h"

namespace turnstile {

namespace {

bool is_integral(Value v) { return is_any_int(v) || v.is_bool(); }

Value int_repr(Mutator& m, Value self) {
  if (!check_decimal_digits(m, self)) return Value();
  Str* text = make_str(m, int_to_string(self, 10));
  return text == nullptr ? Value() : Value::object(text);
}

bool hash_int(Mutator&, Value self, std::int64_t* out) {
  *out = int_hash(self);
  return true;
}

Value compare_int(Mutator&, CompareOp op, Value left, Value right) {
  if (!is_integral(right)) return Value::not_implemented();
  return compare_result(op, int_compare(left, right));
}

Value binary_int(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  if (!is_integral(left) || !is_integral(right)) return Value::not_implemented();
  return int_binary(m, op, left, right);
}

Value unary_int(Mutator& m, UnaryOp op, Value v) {
  std::int64_t i;
  if (int_to_int64(v, &i) && i != INT64_MIN) return make_int(m, op == UnaryOp::neg ? -i : op == UnaryOp::pos ? i : ~i);
  if (op == UnaryOp::pos) return v;
  IntView z(v);
  Integer result;
  (op == UnaryOp::neg ? mpz_neg : mpz_com)(result, z);
  return value_of(m, result);
}

int truth_int(Mutator&, Value v) { return v.is_bool() ? v.is_true() : !v.is_int() || v.as_int() != 0; }

Value int_from_text(Mutator& m, Value text_value, std::string text, std::int64_t base) {
  // Digits of other scripts count as their decimal value.
  auto* source = text_value.as<Str>();
  if (source != nullptr && is_kind(text_value, Kind::str) && source->width() != 1) text = decimal_to_ascii(source);
  std::string_view trimmed = trim_ascii(text);
  Value v = trimmed.empty() ? Value() : parse_int(m, trimmed, static_cast<int>(base));
  if (!v.is_empty() || m.has_exception()) return v;
  Value shown = repr(m, text_value);
  if (shown.is_empty()) return shown;
  return raise_value_error(
      m, "invalid literal for int() with base " + std::to_string(base) + ": " + to_utf8(shown.as<Str>()));
}

Value int_of(Mutator& m, Value v) {
  if (is_any_int(v)) return v;
  if (v.is_bool()) return Value::small_int(v.is_true());
  if (v.is_double()) return int_from_double(m, v.as_double());
  if (is_kind(v, Kind::str)) return int_from_text(m, v, to_utf8(v.as<Str>()), 10);
  if (is_kind(v, Kind::bytes)) {
    auto* bytes = v.as<Bytes>();
    return int_from_text(m, v, std::string(reinterpret_cast<const char*>(bytes->data), bytes->length()), 10);
  }
  const WellKnownNames& names = m.runtime->names;
  for (Str* name : {names.__int__, names.__index__, names.__trunc__}) {
    if (lookup_type(m, type_of(m, v), name).is_empty()) continue;
    Value result = call_method(m, v, name, {});
    if (result.is_empty()) return result;
    if (result.is_bool()) return Value::small_int(result.is_true());
    if (is_any_int(result)) return result;
    return raise_type_error(m, to_utf8(name) + " returned non-int (type " + to_utf8(type_of(m, result)->name) + ")");
  }
  return raise_type_error(m, "int() argument must be a string, a bytes-like object or a real number, not '" +
                                 to_utf8(type_of(m, v)->name) + "'");
}

Value new_int(Mutator& m, Type*, const CallArgs& args) {
  Value base_value;
  if (args.keywords() == 1 && args.keyword_names->at(0).as<Str>() == intern(m, "base")) {
    base_value = args.keyword_value(0);
  } else if (args.keywords() != 0) {
    return raise_type_error(
        m, "'" + to_utf8(args.keyword_names->at(0).as<Str>()) + "' is an invalid keyword argument for int()");
  }
  if (args.positional > 2) {
    return raise_type_error(m, "int() takes at most 2 arguments (" + std::to_string(args.positional) + " given)");
  }
  if (args.positional == 2) base_value = args[1];
  if (args.positional == 0) {
    return base_value.is_empty() ? Value::small_int(0) : raise_type_error(m, "int() missing string argument");
  }
  if (base_value.is_empty()) return int_of(m, args[0]);
  std::int64_t base;
  if (!to_index(m, base_value, &base)) return Value();
  if (base != 0 && (base < 2 || base > 36)) return raise_value_error(m, "int() base must be >= 2 and <= 36, or 0");
  if (is_kind(args[0], Kind::str)) return int_from_text(m, args[0], to_utf8(args[0].as<Str>()), base);
  if (is_kind(args[0], Kind::bytes)) {
    auto* bytes = args[0].as<Bytes>();
    return int_from_text(m, args[0], std::string(reinterpret_cast<const char*>(bytes->data), bytes->length()), base);
  }
  return raise_type_error(m, "int() can't convert non-string with explicit base");
}

Value bool_repr(Mutator& m, Value self) { return Value::object(intern(m, self.is_true() ? "True" : "False")); }

Value binary_bool(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  if (left.is_bool() && right.is_bool()) {
    const bool a = left.is_true();
    const bool b = right.is_true();
    if (op == BinaryOp::bit_and) return Value::boolean(a && b);
    if (op == BinaryOp::bit_or) return Value::boolean(a || b);
    if (op == BinaryOp::bit_xor) return Value::boolean(a != b);
  }
  return binary_int(m, op, left, right, reflected);
}

Value new_bool(Mutator& m, Type*, const CallArgs& args) {
  if (args.keywords() != 0) return raise_type_error(m, "bool() takes no keyword arguments");
  if (args.positional == 0) return Value::false_value();
  if (args.positional > 1) {
    return raise_type_error(m, "bool expected at most 1 argument, got " + std::to_string(args.positional));
  }
  const int t = truth(m, args[0]);
  return t < 0 ? Value() : Value::boolean(t != 0);
}

// --- methods --------------------------------------------------------------------------------------------------------

Value plain(Value self) { return self.is_bool() ? Value::small_int(self.is_true()) : self; }

Value int_identity(Mutator&, const CallArgs& args) { return plain(args[0]); }
Value int_zero(Mutator&, const CallArgs&) { return Value::small_int(0); }
Value int_one(Mutator&, const CallArgs&) { return Value::small_int(1); }

Value int_bit_length(Mutator& m, const CallArgs& args) {
  IntView z(args[0]);
  return make_int(m, static_cast<std::int64_t>(bit_length(z)));
}

Value int_bit_count(Mutator& m, const CallArgs& args) {
  IntView z(args[0]);
  mp_bitcnt_t ones = 0;
  long_arithmetic(m, mpz_size(z), [&] {
    Integer magnitude;
    mpz_abs(magnitude, z);
    ones = mpz_popcount(magnitude);
  });
  return make_int(m, static_cast<std::int64_t>(ones));
}

Value int_abs(Mutator& m, const CallArgs& args) {
  IntView z(args[0]);
  return mpz_sgn(z.get()) < 0 ? unary_int(m, UnaryOp::neg, args[0]) : plain(args[0]);
}

Value int_float(Mutator& m, const CallArgs& args) {
  double d;
  return int_to_double(m, args[0], &d) ? Value::number(d) : Value();
}

Value int_format_method(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[1], Kind::str)) {
    return raise_type_error(m, "__format__() argument must be str, not " + to_utf8(type_of(m, args[1])->name));
  }
  if (args[0].is_bool() && args[1].as<Str>()->length() == 0) return bool_repr(m, args[0]);
  return format_int(m, args[0], args[1].as<Str>());
}

Value int_round_method(Mutator& m, const CallArgs& args) {
  if (args.positional == 1 || args[1].is_none()) return plain(args[0]);
  return int_round(m, args[0], args[1]);
}

Value int_divmod_method(Mutator& m, const CallArgs& args) {
  if (!is_integral(args[1])) return Value::not_implemented();
  Value q, r;
  return int_divmod(m, args[0], args[1], &q, &r) ? make_tuple(m, {q, r}) : Value();
}

Value int_rdivmod_method(Mutator& m, const CallArgs& args) {
  if (!is_integral(args[1])) return Value::not_implemented();
  Value q, r;
  return int_divmod(m, args[1], args[0], &q, &r) ? make_tuple(m, {q, r}) : Value();
}

Value int_ratio(Mutator& m, const CallArgs& args) { return make_tuple(m, {plain(args[0]), Value::small_int(1)}); }

// Arguments of to_bytes / from_bytes by position or keyword.
struct ByteOptions {
  Value length = Value::small_int(1);
  bool big = true;
  bool is_signed = false;
};

bool parse_byte_options(Mutator& m, const CallArgs& args, std::uint32_t first, bool has_length, ByteOptions* out) {
  Value order;
  std::uint32_t at = first;
  if (has_length && at < args.positional) out->length = args[at++];
  if (at < args.positional) order = args[at++];
  if (at < args.positional) {
    raise_type_error(m, "too many positional arguments");
    return false;
  }
  for (std::uint32_t k = 0; k < args.keywords(); ++k) {
    const std::string name = to_utf8(args.keyword_names->at(k).as<Str>());
    Value v = args.keyword_value(k);
    if (name == "length" && has_length) {
      out->length = v;
    } else if (name == "byteorder") {
      order = v;
    } else if (name == "signed") {
      const int t = truth(m, v);
      if (t < 0) return false;
      out->is_signed = t != 0;
    } else {
      raise_type_error(m, "'" + name + "' is an invalid keyword argument");
      return false;
    }
  }
  if (order.is_empty()) return true;
  const std::string text = is_kind(order, Kind::str) ? to_utf8(order.as<Str>()) : "";
  if (text != "little" && text != "big") {
    raise_value_error(m, "byteorder must be either 'little' or 'big'");
    return false;
  }
  out->big = text == "big";
  return true;
}

constexpr std::size_t kByteCost = 16;  // of a byte, in bytes copied

Value int_to_bytes(Mutator& m, const CallArgs& args) {
  ByteOptions options;
  if (!parse_byte_options(m, args, 1, true, &options)) return Value();
  std::int64_t length;
  if (!to_index(m, options.length, &length)) return Value();
  if (length < 0) return raise_value_error(m, "length argument must be non-negative");
  IntView z(args[0]);
  const bool negative = mpz_sgn(z.get()) < 0;
  if (negative && !options.is_signed) return raise_overflow_error(m, "can't convert negative int to unsigned");
  if (!check_bits(m, static_cast<std::size_t>(length) * 8)) return Value();
  const auto bits = static_cast<std::size_t>(length) * 8;
  Integer value;
  long_arithmetic(m, mpz_size(z), [&] { mpz_set(value, z); });
  std::size_t needed = bit_length(z);
  if (options.is_signed) {
    Integer low;
    mpz_com(low, z);
    needed = (negative ? bit_length(low.get()) : needed) + 1;
    if (negative && mpz_sgn(low.get()) == 0) needed = 1;
    if (mpz_sgn(z.get()) == 0) needed = 0;
  }
  if (needed > bits) return raise_overflow_error(m, "int too big to convert");
  if (negative) {
    Integer modulus;
    mpz_setbit(modulus, bits);
    mpz_add(value, value, modulus);
  }
  std::string data(static_cast<std::size_t>(length), '\0');
  work_away(m, data.size() * kByteCost, [&] {
    std::string digits((mpz_sizeinbase(value, 2) + 7) / 8 + 1, '\0');
    std::size_t count = 0;
    mpz_export(digits.data(), &count, -1, 1, 0, 0, value);
    for (std::size_t i = 0; i < count && i < data.size(); ++i) data[options.big ? data.size() - 1 - i : i] = digits[i];
  });
  return bytes_from(m, data.data(), data.size());
}

Value int_from_bytes(Mutator& m, const CallArgs& args) {
  ByteOptions options;
  if (!parse_byte_options(m, args, 2, false, &options)) return Value();
  std::string data;
  if (is_kind(args[1], Kind::bytes)) {
    auto* bytes = args[1].as<Bytes>();
    work_away(m, bytes->length(), [&] { data.assign(reinterpret_cast<const char*>(bytes->data), bytes->length()); });
  } else if (!for_each(m, args[1], [&](Value item) {
               std::int64_t byte;
               if (!to_index(m, item, &byte)) return false;
               data.push_back(static_cast<char>(byte));
               return true;
             })) {
    return Value();
  }
  Integer z;
  work_away(m, data.size() * kByteCost,
            [&] { mpz_import(z, data.size(), options.big ? 1 : -1, 1, 0, 0, data.data()); });
  if (options.is_signed && !data.empty() && mpz_tstbit(z, data.size() * 8 - 1) != 0) {
    Integer modulus;
    mpz_setbit(modulus, data.size() * 8);
    mpz_sub(z, z, modulus);
  }
  const Value plain_int = value_of(m, z);
  const Value int_class = Value::object(m.runtime->types.int_);
  return plain_int.is_empty() || args[0] == int_class ? plain_int : call(m, args[0], {plain_int});
}

Value int_pow_method(Mutator& m, const CallArgs& args) {
  if (!is_integral(args[1])) return Value::not_implemented();
  if (args.positional == 3 && !args[2].is_none()) {
    if (!is_integral(args[2])) return Value::not_implemented();
    return int_pow_mod(m, args[0], args[1], args[2]);
  }
  return int_binary(m, BinaryOp::pow, args[0], args[1]);
}

constexpr TypeSlots kIntSlots = [] {
  TypeSlots s;
  s.repr = int_repr;
  s.hash = hash_int;
  s.compare = compare_int;
  s.binary = binary_int;
  s.unary = unary_int;
  s.truth = truth_int;
  s.new_object = new_int;
  return s;
}();

constexpr TypeSlots kBoolSlots = [] {
  TypeSlots s = kIntSlots;
  s.repr = bool_repr;
  s.binary = binary_bool;
  s.new_object = new_bool;
  return s;
}();

const NativeDef kIntMethods[] = {
    {"bit_length", int_bit_length, 1, 1},    {"bit_count", int_bit_count, 1, 1},
    {"conjugate", int_identity, 1, 1},       {"to_bytes", int_to_bytes, 1, 3, true},
    {"as_integer_ratio", int_ratio, 1, 1},   {"__abs__", int_abs, 1, 1},
    {"__int__", int_identity, 1, 1},         {"__index__", int_identity, 1, 1},
    {"__trunc__", int_identity, 1, 1},       {"__floor__", int_identity, 1, 1},
    {"__ceil__", int_identity, 1, 1},        {"__float__", int_float, 1, 1},
    {"__format__", int_format_method, 2, 2}, {"__round__", int_round_method, 1, 2},
    {"__divmod__", int_divmod_method, 2, 2}, {"__rdivmod__", int_rdivmod_method, 2, 2},
    {"__pow__", int_pow_method, 2, 3},
};
const NativeDef kIntClassMethods[] = {{"from_bytes", int_from_bytes, 2, 3, true}};
const NativeDef kIntGetters[] = {{"real", int_identity, 1, 1},
                                 {"imag", int_zero, 1, 1},
                                 {"numerator", int_identity, 1, 1},
                                 {"denominator", int_one, 1, 1}};

}  // namespace

void register_number_types(Mutator& m) {
  TypeSpec int_spec{"int", &kIntSlots, kIntMethods, Kind::big_int, kBaseType};
  int_spec.class_methods = kIntClassMethods;
  int_spec.getters = kIntGetters;
  m.runtime->types.int_ = define_type(m, int_spec);
  m.runtime->types.bool_ = define_type(m, TypeSpec{"bool", &kBoolSlots, {}, Kind::big_int, 0}, m.runtime->types.int_);
  register_float_type(m);
}

}  // namespace turnstile
