// Builtins on numbers.
#include <string>

#include "core/builtins/builtins.h"
#include "core/exceptions.h"
#include "core/native_args.h"
#include "core/numbers/int_format.h"
#include "core/numbers/int_ops.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Value string_value(Mutator& m, const std::string& text) {
  Str* s = make_str(m, text);
  return s == nullptr ? Value() : Value::object(s);
}

std::string class_name(Mutator& m, Value v) { return class_name_of(m, v); }

Value builtin_abs(Mutator& m, const CallArgs& args) {
  if (lookup_type(m, type_of(m, args[0]), m.runtime->names.__abs__).is_empty()) {
    return raise_type_error(m, "bad operand type for abs(): '" + class_name(m, args[0]) + "'");
  }
  return call_method(m, args[0], m.runtime->names.__abs__, {});
}

Value builtin_divmod(Mutator& m, const CallArgs& args) {
  const WellKnownNames& names = m.runtime->names;
  if (!lookup_type(m, type_of(m, args[0]), names.__divmod__).is_empty()) {
    Value v = call_method(m, args[0], names.__divmod__, {args[1]});
    if (!v.is_not_implemented()) return v;
  }
  if (!lookup_type(m, type_of(m, args[1]), names.__rdivmod__).is_empty()) {
    Value v = call_method(m, args[1], names.__rdivmod__, {args[0]});
    if (!v.is_not_implemented()) return v;
  }
  return raise_type_error(m, "unsupported operand type(s) for divmod(): '" + class_name(m, args[0]) + "' and '" +
                                 class_name(m, args[1]) + "'");
}

Value builtin_pow(Mutator& m, const CallArgs& args) {
  Value bound[3];
  if (!bind_native(m, args, "pow", {"base", "exp", "mod"}, bound, 2)) return Value();
  if (bound[2].is_empty() || bound[2].is_none()) return binary_op(m, BinaryOp::pow, bound[0], bound[1]);
  const auto integral = [](Value v) { return is_any_int(v) || v.is_bool(); };
  if (integral(bound[0]) && integral(bound[1]) && integral(bound[2])) {
    return int_pow_mod(m, bound[0], bound[1], bound[2]);
  }
  if (!lookup_type(m, type_of(m, bound[0]), m.runtime->names.__pow__).is_empty() && is_kind(bound[0], Kind::instance)) {
    return call_method(m, bound[0], m.runtime->names.__pow__, {bound[1], bound[2]});
  }
  if (bound[0].is_double() || bound[1].is_double() || bound[2].is_double()) {
    return raise_type_error(m, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  return raise_type_error(m, "unsupported operand type(s) for ** or pow(): '" + class_name(m, bound[0]) + "', '" +
                                 class_name(m, bound[1]) + "', '" + class_name(m, bound[2]) + "'");
}

Value builtin_round(Mutator& m, const CallArgs& args) {
  Value bound[2];
  if (!bind_native(m, args, "round", {"number", "ndigits"}, bound, 1)) return Value();
  if (lookup_type(m, type_of(m, bound[0]), m.runtime->names.__round__).is_empty()) {
    return raise_type_error(m, "type " + class_name(m, bound[0]) + " doesn't define __round__ method");
  }
  if (bound[1].is_empty() || bound[1].is_none()) return call_method(m, bound[0], m.runtime->names.__round__, {});
  return call_method(m, bound[0], m.runtime->names.__round__, {bound[1]});
}

// An int, or what __index__ gives; empty with TypeError.
Value index_of(Mutator& m, Value v) {
  if (is_any_int(v)) return v;
  if (v.is_bool()) return Value::small_int(v.is_true());
  if (lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty()) {
    return raise_type_error(m, "'" + class_name(m, v) + "' object cannot be interpreted as an integer");
  }
  return call_method(m, v, m.runtime->names.__index__, {});
}

std::size_t limbs_of(Value v) { return mpz_size(IntView(v)); }
constexpr std::size_t kTextCost = 32;  // of a limb, in limbs copied

Value prefixed(Mutator& m, Value v, int base, const char* prefix) {
  v = index_of(m, v);
  if (v.is_empty()) return v;
  std::string digits;
  long_arithmetic(m, limbs_of(v) * kTextCost, [&] {
    digits = int_to_string(v, base);
    digits.insert(digits[0] == '-' ? 1 : 0, prefix);
  });
  return string_value(m, digits);
}

Value builtin_hex(Mutator& m, const CallArgs& args) { return prefixed(m, args[0], 16, "0x"); }
Value builtin_oct(Mutator& m, const CallArgs& args) { return prefixed(m, args[0], 8, "0o"); }
Value builtin_bin(Mutator& m, const CallArgs& args) { return prefixed(m, args[0], 2, "0b"); }

Value builtin_chr(Mutator& m, const CallArgs& args) {
  Value v = index_of(m, args[0]);
  if (v.is_empty()) return v;
  std::int64_t i;
  if (!int_to_int64(v, &i) || i != static_cast<std::int32_t>(i))
    return raise_overflow_error(m, "Python int too large to convert to C int");
  if (i < 0 || i > 0x10ffff) return raise_value_error(m, "chr() arg not in range(0x110000)");
  const auto point = static_cast<char32_t>(i);
  Str* s = make_str_from_code_points(m, &point, 1);
  return s == nullptr ? Value() : Value::object(s);
}

Value builtin_ord(Mutator& m, const CallArgs& args) {
  const Value v = unboxed(args[0]);
  std::size_t length;
  if (is_kind(v, Kind::str)) {
    length = v.as<Str>()->length();
    if (length == 1) return Value::small_int(v.as<Str>()->at(0));
  } else if (is_kind(v, Kind::bytes)) {
    length = v.as<Bytes>()->length();
    if (length == 1) return Value::small_int(v.as<Bytes>()->data[0]);
  } else {
    return raise_type_error(m, "ord() expected string of length 1, but " + class_name(m, v) + " found");
  }
  return raise_type_error(m, "ord() expected a character, but string of length " + std::to_string(length) + " found");
}

const NativeDef kDefs[] = {
    {"abs", builtin_abs, 1, 1},        {"divmod", builtin_divmod, 2, 2},
    {"pow", builtin_pow, 0, -1, true}, {"round", builtin_round, 0, -1, true},
    {"hex", builtin_hex, 1, 1},        {"oct", builtin_oct, 1, 1},
    {"bin", builtin_bin, 1, 1},        {"chr", builtin_chr, 1, 1},
    {"ord", builtin_ord, 1, 1},
};

}  // namespace

std::span<const NativeDef> number_builtins() { return kDefs; }

}  // namespace turnstile
