#include "core/numbers/int_ops.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/exceptions.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value shift_left(Mutator& m, Value left, Value right) {
  std::int64_t by = 0;
  IntView count(right);
  if (mpz_sgn(count.get()) < 0) return raise_value_error(m, "negative shift count");
  IntView z(left);
  if (mpz_sgn(z.get()) == 0) return Value::small_int(0);
  if (!int_to_int64(right, &by)) return raise_overflow_error(m, "too many digits in integer");
  if (!check_bits(m, bit_length(z) + static_cast<std::size_t>(by))) return Value();
  Integer result;
  long_arithmetic(m, mpz_size(z) + static_cast<std::size_t>(by) / 64,
                  [&] { mpz_mul_2exp(result, z, static_cast<mp_bitcnt_t>(by)); });
  return value_of(m, result);
}

Value shift_right(Mutator& m, Value left, Value right) {
  std::int64_t by = 0;
  IntView count(right);
  if (mpz_sgn(count.get()) < 0) return raise_value_error(m, "negative shift count");
  IntView z(left);
  if (!int_to_int64(right, &by)) return Value::small_int(mpz_sgn(z.get()) < 0 ? -1 : 0);
  Integer result;
  long_arithmetic(m, mpz_size(z), [&] { mpz_fdiv_q_2exp(result, z, static_cast<mp_bitcnt_t>(by)); });
  return value_of(m, result);
}

Value power(Mutator& m, Value left, Value right) {
  IntView base(left);
  IntView exponent(right);
  if (mpz_sgn(exponent.get()) < 0) {
    double a, b;
    if (!int_to_double(m, left, &a) || !int_to_double(m, right, &b)) return Value();
    if (a == 0.0) return raise_zero_division(m, "0.0 cannot be raised to a negative power");
    return Value::number(std::pow(a, b));
  }
  std::int64_t n = 0;
  const bool trivial = mpz_cmpabs_ui(base, 1) <= 0;
  if (!int_to_int64(right, &n)) {
    if (!trivial) return raise_memory_error(m);
    n = mpz_odd_p(exponent.get()) ? 1 : 2;
  }
  if (!trivial && !check_bits(m, bit_length(base) > (std::size_t{1} << 40) / (static_cast<std::size_t>(n) + 1)
                                     ? std::size_t{1} << 40
                                     : bit_length(base) * static_cast<std::size_t>(n))) {
    return Value();
  }
  Integer result;
  const std::size_t limbs = trivial ? 1 : bit_length(base) * static_cast<std::size_t>(n) / 64;  // check_bits bounds it
  long_arithmetic(m, limbs * limbs, [&] { mpz_pow_ui(result, base, static_cast<unsigned long>(n)); });
  return value_of(m, result);
}

// Quotients and remainders round towards minus infinity.
Value divide(Mutator& m, BinaryOp op, Value left, Value right) {
  IntView a(left);
  IntView b(right);
  if (mpz_sgn(b.get()) == 0) {
    return raise_zero_division(m,
                               op == BinaryOp::mod ? "integer modulo by zero" : "integer division or modulo by zero");
  }
  Integer result;
  long_arithmetic(m, product_limbs(a, b), [&] { (op == BinaryOp::mod ? mpz_fdiv_r : mpz_fdiv_q)(result, a, b); });
  return value_of(m, result);
}

}  // namespace

Value int_binary(Mutator& m, BinaryOp op, Value left, Value right) {
  std::int64_t a, b, small;
  const bool both_small = int_to_int64(left, &a) && int_to_int64(right, &b);
  switch (op) {
    case BinaryOp::add:
    case BinaryOp::sub: {
      if (both_small &&
          !(op == BinaryOp::add ? __builtin_add_overflow(a, b, &small) : __builtin_sub_overflow(a, b, &small))) {
        return make_int(m, small);
      }
      IntView x(left);
      IntView y(right);
      Integer result;
      long_arithmetic(m, mpz_size(x) + mpz_size(y), [&] { (op == BinaryOp::add ? mpz_add : mpz_sub)(result, x, y); });
      return value_of(m, result);
    }
    case BinaryOp::mul: {
      if (both_small && !__builtin_mul_overflow(a, b, &small)) return make_int(m, small);
      IntView x(left);
      IntView y(right);
      if (!check_bits(m, bit_length(x) + bit_length(y))) return Value();
      Integer result;
      long_arithmetic(m, product_limbs(x, y), [&] { mpz_mul(result, x, y); });
      return value_of(m, result);
    }
    case BinaryOp::true_div: {
      bool ok = false;
      const double d = int_true_divide(m, left, right, &ok);
      return ok ? Value::number(d) : Value();
    }
    case BinaryOp::floor_div:
    case BinaryOp::mod:
      if (both_small && b != 0 && !(a == std::numeric_limits<std::int64_t>::min() && b == -1)) {
        std::int64_t q = a / b;
        std::int64_t r = a % b;
        if (r != 0 && (r < 0) != (b < 0)) {
          --q;
          r += b;
        }
        return make_int(m, op == BinaryOp::mod ? r : q);
      }
      return divide(m, op, left, right);
    case BinaryOp::pow:
      return power(m, left, right);
    case BinaryOp::lshift:
      return shift_left(m, left, right);
    case BinaryOp::rshift:
      return shift_right(m, left, right);
    case BinaryOp::bit_and:
    case BinaryOp::bit_or:
    case BinaryOp::bit_xor: {
      if (both_small) return make_int(m, op == BinaryOp::bit_and ? a & b : op == BinaryOp::bit_or ? a | b : a ^ b);
      IntView x(left);
      IntView y(right);
      Integer result;
      long_arithmetic(m, mpz_size(x) + mpz_size(y), [&] {
        (op == BinaryOp::bit_and ? mpz_and : op == BinaryOp::bit_or ? mpz_ior : mpz_xor)(result, x, y);
      });
      return value_of(m, result);
    }
    default:
      return Value::not_implemented();
  }
}

bool int_divmod(Mutator& m, Value left, Value right, Value* quotient, Value* remainder) {
  IntView b(right);
  if (mpz_sgn(b.get()) == 0) {
    raise_zero_division(m, "integer division or modulo by zero");
    return false;
  }
  *quotient = int_binary(m, BinaryOp::floor_div, left, right);
  *remainder = int_binary(m, BinaryOp::mod, left, right);
  return !quotient->is_empty() && !remainder->is_empty();
}

Value int_pow_mod(Mutator& m, Value base, Value exponent, Value modulus) {
  IntView b(base);
  IntView e(exponent);
  IntView n(modulus);
  if (mpz_sgn(n.get()) == 0) return raise_value_error(m, "pow() 3rd argument cannot be 0");
  Integer magnitude;
  mpz_abs(magnitude, n);
  Integer result;
  if (mpz_cmp_ui(magnitude.get(), 1) == 0) return Value::small_int(0);
  // A squaring and a reduction for each bit of the exponent.
  const auto modular_limbs = [&](mpz_srcptr power) {
    constexpr std::size_t kEnough = std::size_t{1} << 18;  // of each factor, so that the product does not overflow
    const std::size_t size = std::min(kEnough, mpz_size(magnitude));
    return size * size * std::min(kEnough, bit_length(power) + 1) + product_limbs(b, magnitude);
  };
  if (mpz_sgn(e.get()) < 0) {
    Integer inverse;
    int invertible = 0;
    long_arithmetic(m, product_limbs(b, magnitude), [&] { invertible = mpz_invert(inverse, b, magnitude); });
    if (invertible == 0) {
      return raise_value_error(m, "base is not invertible for the given modulus");
    }
    Integer positive;
    mpz_neg(positive, e);
    long_arithmetic(m, modular_limbs(positive), [&] { mpz_powm(result, inverse, positive, magnitude); });
  } else {
    long_arithmetic(m, modular_limbs(e), [&] { mpz_powm(result, b, e, magnitude); });
  }
  if (mpz_sgn(n.get()) < 0 && mpz_sgn(result.get()) != 0) mpz_add(result, result, n);
  return value_of(m, result);
}

int int_compare(Value left, Value right) {
  std::int64_t a, b;
  if (int_to_int64(left, &a) && int_to_int64(right, &b)) return a < b ? -1 : a > b;
  IntView x(left);
  IntView y(right);
  const int c = mpz_cmp(x, y);
  return c < 0 ? -1 : c > 0;
}

std::int64_t int_hash(Value v) {
  constexpr std::uint64_t kModulus = (std::uint64_t{1} << 61) - 1;
  IntView z(v);
  const auto rest = static_cast<std::int64_t>(mpz_tdiv_ui(z, kModulus));
  const std::int64_t hash = mpz_sgn(z.get()) < 0 ? -rest : rest;
  return hash == -1 ? -2 : hash;
}

// The value modulo 2^61 - 1, computed from mantissa and exponent (Python language reference, "Hashing of numeric
// types").
std::int64_t double_hash(double d) {
  constexpr int kBits = 61;
  constexpr std::uint64_t kModulus = (std::uint64_t{1} << kBits) - 1;
  if (std::isinf(d)) return d > 0 ? 314159 : -314159;
  if (std::isnan(d)) return 0;
  int exponent;
  double mantissa = std::frexp(std::fabs(d), &exponent);
  std::uint64_t x = 0;
  while (mantissa != 0) {
    x = ((x << 28) & kModulus) | x >> (kBits - 28);
    mantissa *= 268435456.0;  // 2^28
    exponent -= 28;
    const auto digit = static_cast<std::uint64_t>(mantissa);
    mantissa -= static_cast<double>(digit);
    x += digit;
    if (x >= kModulus) x -= kModulus;
  }
  exponent = exponent >= 0 ? exponent % kBits : kBits - 1 - ((-1 - exponent) % kBits);
  x = ((x << exponent) & kModulus) | x >> (kBits - exponent);
  auto hash = static_cast<std::int64_t>(x);
  if (d < 0) hash = -hash;
  return hash == -1 ? -2 : hash;
}

bool int_to_double(Mutator& m, Value v, double* out) {
  std::int64_t i;
  if (int_to_int64(v, &i)) {
    *out = static_cast<double>(i);  // rounds to nearest even
    return true;
  }
  // mpz_get_d truncates, so the 64 leading bits are rounded here with a sticky bit for the rest.
  IntView z(v);
  const std::size_t bits = bit_length(z);
  if (bits <= 1024) {
    Integer top;
    const std::size_t drop = bits - 64;
    mpz_tdiv_q_2exp(top, z, drop);
    mpz_abs(top, top);
    std::uint64_t leading = mpz_getlimbn(top.get(), 0);
    if (mpz_scan1(z, 0) < drop) leading |= 1;
    const double scaled = std::ldexp(static_cast<double>(leading), static_cast<int>(drop));
    if (!std::isinf(scaled)) {
      *out = mpz_sgn(z.get()) < 0 ? -scaled : scaled;
      return true;
    }
  }
  raise_overflow_error(m, "int too large to convert to float");
  return false;
}

int compare_int_double(Value i, double d) {
  if (std::isinf(d)) return d > 0 ? -1 : 1;
  IntView z(i);
  const int c = mpz_cmp_d(z, d);
  return c < 0 ? -1 : c > 0;
}

double int_true_divide(Mutator& m, Value left, Value right, bool* ok) {
  *ok = true;
  IntView a(left);
  IntView b(right);
  if (mpz_sgn(b.get()) == 0) {
    *ok = false;
    raise_zero_division(m, "division by zero");
    return 0;
  }
  if (mpz_sgn(a.get()) == 0) return mpz_sgn(b.get()) < 0 ? -0.0 : 0.0;
  // A quotient of 66 bits or more with a sticky last bit rounds correctly to 53 (also when the result is subnormal,
  // where fewer bits are kept: it is rounded once, by ldexp of an exact integer below).
  const auto shift = static_cast<std::int64_t>(bit_length(b)) - static_cast<std::int64_t>(bit_length(a)) + 66;
  Integer scaled;
  Integer divisor;
  if (shift >= 0) {
    mpz_mul_2exp(scaled, a, static_cast<mp_bitcnt_t>(shift));
    mpz_set(divisor, b);
  } else {
    mpz_set(scaled, a);
    mpz_mul_2exp(divisor, b, static_cast<mp_bitcnt_t>(-shift));
  }
  Integer quotient;
  Integer remainder;
  long_arithmetic(m, mpz_size(divisor), [&] { mpz_tdiv_qr(quotient, remainder, scaled, divisor); });
  const bool negative = mpz_sgn(quotient.get()) < 0;
  mpz_abs(quotient, quotient);
  bool sticky = mpz_sgn(remainder.get()) != 0;
  std::int64_t exponent = -shift;
  // Bits that the double keeps: 53, or fewer in the subnormal range.
  const auto bits = static_cast<std::int64_t>(bit_length(quotient));
  std::int64_t keep = 53;
  if (bits + exponent < -1021) keep = 53 - (-1021 - (bits + exponent));
  if (keep < 0) return negative ? -0.0 : 0.0;
  const std::int64_t drop = bits - keep;
  if (drop > 0) {
    const bool half = mpz_tstbit(quotient, static_cast<mp_bitcnt_t>(drop - 1)) != 0;
    sticky = sticky || mpz_scan1(quotient, 0) < static_cast<mp_bitcnt_t>(drop - 1);
    mpz_tdiv_q_2exp(quotient, quotient, static_cast<mp_bitcnt_t>(drop));
    if (half && (sticky || mpz_odd_p(quotient.get()))) mpz_add_ui(quotient, quotient, 1);
    exponent += drop;
  }
  const double result = std::ldexp(mpz_get_d(quotient), static_cast<int>(exponent > 5000 ? 5000 : exponent));
  if (std::isinf(result)) {
    *ok = false;
    raise_overflow_error(m, "integer division result too large for a float");
    return 0;
  }
  return negative ? -result : result;
}

Value int_from_double(Mutator& m, double d) {
  if (std::isnan(d)) return raise_value_error(m, "cannot convert float NaN to integer");
  if (std::isinf(d)) return raise_overflow_error(m, "cannot convert float infinity to integer");
  if (std::fabs(d) < 1e15) return Value::small_int(static_cast<std::int64_t>(d));
  Integer z;
  mpz_set_d(z, d);
  return value_of(m, z);
}

Value int_round(Mutator& m, Value i, Value digits) {
  std::int64_t n;
  if (!to_index(m, digits, &n)) return Value();
  if (n >= 0) return i.is_bool() ? Value::small_int(i.is_true()) : i;
  IntView z(i);
  if (static_cast<std::uint64_t>(-n) > bit_length(z) + 1) return Value::small_int(0);
  Integer unit;
  mpz_ui_pow_ui(unit, 10, static_cast<unsigned long>(-n));
  Integer quotient;
  Integer remainder;
  mpz_fdiv_qr(quotient, remainder, z, unit);
  mpz_mul_2exp(remainder, remainder, 1);
  const int c = mpz_cmp(remainder.get(), unit.get());
  if (c > 0 || (c == 0 && mpz_odd_p(quotient.get()))) mpz_add_ui(quotient, quotient, 1);
  mpz_mul(quotient, quotient, unit);
  return value_of(m, quotient);
}

}  // namespace turnstile
