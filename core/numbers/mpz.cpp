#include "core/numbers/mpz.h"

#include <cstring>

#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/numbers/int_format.h"
#include "core/ops.h"

namespace turnstile {

static_assert(sizeof(mp_limb_t) == 8, "values and limbs are 64 bits wide");

IntView::IntView(Value v) {
  if (is_kind(v, Kind::big_int)) {
    auto* big = v.as<BigInt>();
    const auto count = static_cast<mp_size_t>(big->limb_count());
    mpz_roinit_n(z_, big->limbs, big->negative() ? -count : count);
    return;
  }
  const std::int64_t i = v.is_bool() ? static_cast<std::int64_t>(v.is_true()) : v.as_int();
  inline_limb_ = i < 0 ? 0 - static_cast<std::uint64_t>(i) : static_cast<std::uint64_t>(i);
  mpz_roinit_n(z_, &inline_limb_, i < 0 ? -1 : i != 0);
}

Value value_of(Mutator& m, mpz_srcptr z) {
  const std::size_t count = mpz_size(z);
  if (count == 0) return Value::small_int(0);
  if (count == 1) {
    const mp_limb_t limb = mpz_getlimbn(z, 0);
    if (limb <= static_cast<mp_limb_t>(Value::kIntMax) + (mpz_sgn(z) < 0 ? 1 : 0)) {
      const auto i = static_cast<std::int64_t>(limb);
      return Value::small_int(mpz_sgn(z) < 0 ? -i : i);
    }
  }
  if (count > kMaxLimbs) return raise_memory_error(m);
  const std::size_t bytes = sizeof(Object) + count * sizeof(mp_limb_t);
  auto* big = new_object<BigInt>(m, m.runtime->types.int_->root_shape, Kind::big_int,
                                 bytes < sizeof(BigInt) ? sizeof(BigInt) : bytes);
  if (big == nullptr) return Value();
  big->aux = static_cast<std::uint32_t>(count);
  big->sub = mpz_sgn(z) < 0;
  work_away(m, count * sizeof(mp_limb_t),
            [&] { std::memcpy(big->limbs, mpz_limbs_read(z), count * sizeof(mp_limb_t)); });
  return Value::object(big);
}

bool check_bits(Mutator& m, std::size_t bits) {
  if (bits / 64 < kMaxLimbs) return true;
  raise_memory_error(m);
  return false;
}

Value make_int(Mutator& m, std::int64_t i) {
  if (Value::fits_int(i)) return Value::small_int(i);
  auto* big = new_object<BigInt>(m, m.runtime->types.int_->root_shape, Kind::big_int);
  if (big == nullptr) return Value();
  big->aux = 1;
  big->sub = i < 0;
  big->limbs[0] = i < 0 ? 0 - static_cast<std::uint64_t>(i) : static_cast<std::uint64_t>(i);
  return Value::object(big);
}

Value make_uint(Mutator& m, std::uint64_t i) {
  if (i <= static_cast<std::uint64_t>(Value::kIntMax)) return Value::small_int(static_cast<std::int64_t>(i));
  auto* big = new_object<BigInt>(m, m.runtime->types.int_->root_shape, Kind::big_int);
  if (big == nullptr) return Value();
  big->aux = 1;
  big->limbs[0] = i;
  return Value::object(big);
}

bool is_any_int(Value v) { return v.is_int() || is_kind(v, Kind::big_int); }

bool int_to_int64(Value v, std::int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (v.is_bool()) {
    *out = v.is_true();
    return true;
  }
  if (!is_kind(v, Kind::big_int)) return false;
  auto* big = v.as<BigInt>();
  if (big->limb_count() != 1) return false;
  const mp_limb_t limb = big->limbs[0];
  constexpr mp_limb_t kSign = mp_limb_t{1} << 63;
  if (limb > kSign || (limb == kSign && !big->negative())) return false;
  *out = static_cast<std::int64_t>(big->negative() ? 0 - limb : limb);
  return true;
}

std::string int_to_string(Value v, int base) {
  IntView view(v);
  std::string text(mpz_sizeinbase(view, base) + 2, '\0');
  mpz_get_str(text.data(), base, view);
  text.resize(std::strlen(text.c_str()));
  return text;
}

bool check_decimal_digits(Mutator& m, Value v) {
  if (!is_kind(v, Kind::big_int)) return true;
  IntView view(v);
  // mpz_sizeinbase may be one too big, so only the borderline needs the exact answer.
  const std::size_t digits = mpz_sizeinbase(view, 10);
  if (digits <= kMaxDecimalDigits) return true;
  if (digits == kMaxDecimalDigits + 1) {
    std::string text = int_to_string(v, 10);
    if (text.size() - (text[0] == '-') <= kMaxDecimalDigits) return true;
  }
  raise_value_error(m,
                    "Exceeds the limit (4300 digits) for integer string conversion; "
                    "use sys.set_int_max_str_digits() to increase the limit");
  return false;
}

Value parse_int(Mutator& m, std::string_view text, int base) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool prefixed = false;
  if (text.size() > 2 && text[0] == '0') {
    const char c = static_cast<char>(text[1] | 0x20);
    const int implied = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    if (implied != 0 && (base == 0 || base == implied)) {
      base = implied;
      text.remove_prefix(2);
      prefixed = true;
    }
  }
  const bool leading_zero_must_be_zero = base == 0;
  if (base == 0) base = 10;
  std::string digits;
  digits.reserve(text.size());
  bool underscore = !prefixed;  // an underscore may not come first, but after a prefix
  for (char c : text) {
    if (c == '_') {
      if (underscore) return Value();
      underscore = true;
      continue;
    }
    underscore = false;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 10
                      : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                                             : 99;
    if (digit >= base) return Value();
    digits.push_back(c);
  }
  if (digits.empty() || underscore) return Value();
  if (leading_zero_must_be_zero && digits.size() > 1 && digits[0] == '0' &&
      digits.find_first_not_of('0') != std::string::npos) {
    return Value();
  }
  if (digits.size() > kMaxDecimalDigits && (base & (base - 1)) != 0) {
    return raise_value_error(m, "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                                    std::to_string(digits.size()) +
                                    " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  Integer z;
  int status = 0;
  work_away(m, digits.size(), [&] { status = mpz_set_str(z, digits.c_str(), base); });
  if (status != 0) return Value();
  if (negative) mpz_neg(z, z);
  return value_of(m, z);
}

}  // namespace turnstile
