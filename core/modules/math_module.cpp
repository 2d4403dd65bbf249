// math.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/exceptions.h"
#include "core/modules/math_gamma.h"
#include "core/modules/registry.h"
#include "core/native_args.h"
#include "core/numbers/int_ops.h"
#include "core/numbers/mpz.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value domain_error(Mutator& m) { return raise_value_error(m, "math domain error"); }
Value range_error(Mutator& m) { return raise_overflow_error(m, "math range error"); }

// NaN from finite input is a domain error, infinity from finite input a range error.
Value checked(Mutator& m, double result, bool finite_input, bool infinity_is_domain = false) {
  if (finite_input && std::isnan(result)) return domain_error(m);
  if (finite_input && std::isinf(result)) return infinity_is_domain ? domain_error(m) : range_error(m);
  return Value::number(result);
}

template <double (*Fn)(double), bool kInfinityIsDomain = false>
Value unary(Mutator& m, const CallArgs& args) {
  double x;
  if (!number_to_double(m, args[0], &x)) return Value();
  const double r = Fn(x);
  if (std::isnan(r) && std::isinf(x)) return domain_error(m);
  return checked(m, r, std::isfinite(x), kInfinityIsDomain);
}

template <double (*Fn)(double, double)>
Value binary(Mutator& m, const CallArgs& args) {
  double x, y;
  if (!number_to_double(m, args[0], &x) || !number_to_double(m, args[1], &y)) return Value();
  return checked(m, Fn(x, y), std::isfinite(x) && std::isfinite(y));
}

// NaN, and so a domain error, at the poles, where the C library answers infinity.
bool is_gamma_pole(double x) { return x <= 0 && std::isfinite(x) && x == std::floor(x); }
double gamma_function(double x) {
  if (is_gamma_pole(x) || x == -HUGE_VAL) return std::nan("");
  return std::isfinite(x) ? gamma_of(x) : x;
}
double log_gamma_function(double x) {
  if (is_gamma_pole(x)) return std::nan("");
  return std::isfinite(x) ? log_gamma_of(x) : std::fabs(x);
}

// Logarithm of an int of any size or a float: mantissa and binary exponent.
bool log_parts(Mutator& m, Value v, double* mantissa, std::int64_t* exponent) {
  *exponent = 0;
  if (is_kind(v, Kind::big_int)) {
    IntView z(v);
    if (mpz_sgn(z.get()) <= 0) {
      domain_error(m);
      return false;
    }
    long e = 0;
    *mantissa = mpz_get_d_2exp(&e, z);
    *exponent = e;
    return true;
  }
  if (!number_to_double(m, v, mantissa)) return false;
  if (*mantissa <= 0) {
    domain_error(m);
    return false;
  }
  return true;
}

Value math_log(Mutator& m, const CallArgs& args) {
  double x;
  std::int64_t e;
  if (!log_parts(m, args[0], &x, &e)) return Value();
  double result = std::log(x) + static_cast<double>(e) * std::log(2.0);
  if (args.positional == 2) {
    if (!log_parts(m, args[1], &x, &e)) return Value();
    const double base = std::log(x) + static_cast<double>(e) * std::log(2.0);
    if (base == 0) return raise_zero_division(m, "float division by zero");
    result /= base;
  }
  return Value::number(result);
}

Value math_log2(Mutator& m, const CallArgs& args) {
  double x;
  std::int64_t e;
  if (!log_parts(m, args[0], &x, &e)) return Value();
  return Value::number(std::log2(x) + static_cast<double>(e));
}

Value math_log10(Mutator& m, const CallArgs& args) {
  double x;
  std::int64_t e;
  if (!log_parts(m, args[0], &x, &e)) return Value();
  return Value::number(e == 0 ? std::log10(x) : std::log10(x) + static_cast<double>(e) * std::log10(2.0));
}

Value math_pow(Mutator& m, const CallArgs& args) {
  double x, y;
  if (!number_to_double(m, args[0], &x) || !number_to_double(m, args[1], &y)) return Value();
  const double r = std::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(r)) return domain_error(m);
    if (std::isinf(r)) return x == 0 ? domain_error(m) : range_error(m);
  }
  return Value::number(r);
}

Value math_fmod(Mutator& m, const CallArgs& args) {
  double x, y;
  if (!number_to_double(m, args[0], &x) || !number_to_double(m, args[1], &y)) return Value();
  const double r = std::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domain_error(m);
  return Value::number(r);
}

enum class Rounding { floor, ceil, trunc };

Value round_to_int(Mutator& m, Value v, Rounding how) {
  const WellKnownNames& names = m.runtime->names;
  if (v.is_double()) {
    const double d = v.as_double();
    return int_from_double(m, how == Rounding::floor  ? std::floor(d)
                              : how == Rounding::ceil ? std::ceil(d)
                                                      : std::trunc(d));
  }
  Str* name = how == Rounding::floor ? names.__floor__ : how == Rounding::ceil ? names.__ceil__ : names.__trunc__;
  if (!lookup_type(m, type_of(m, v), name).is_empty()) return call_method(m, v, name, {});
  if (how == Rounding::trunc) {
    return raise_type_error(m, "type " + to_utf8(type_of(m, v)->name) + " doesn't define __trunc__ method");
  }
  double d;
  if (!number_to_double(m, v, &d)) return Value();
  return int_from_double(m, how == Rounding::floor ? std::floor(d) : std::ceil(d));
}

Value math_floor(Mutator& m, const CallArgs& args) { return round_to_int(m, args[0], Rounding::floor); }
Value math_ceil(Mutator& m, const CallArgs& args) { return round_to_int(m, args[0], Rounding::ceil); }
Value math_trunc(Mutator& m, const CallArgs& args) { return round_to_int(m, args[0], Rounding::trunc); }

Value math_fabs(Mutator& m, const CallArgs& args) {
  double x;
  return number_to_double(m, args[0], &x) ? Value::number(std::fabs(x)) : Value();
}

template <bool (*Test)(double)>
Value classify(Mutator& m, const CallArgs& args) {
  double x;
  return number_to_double(m, args[0], &x) ? Value::boolean(Test(x)) : Value();
}
bool is_nan(double d) { return std::isnan(d); }
bool is_inf(double d) { return std::isinf(d); }
bool is_finite(double d) { return std::isfinite(d); }

Value math_degrees(Mutator& m, const CallArgs& args) {
  double x;
  return number_to_double(m, args[0], &x) ? Value::number(x * (180.0 / M_PI)) : Value();
}
Value math_radians(Mutator& m, const CallArgs& args) {
  double x;
  return number_to_double(m, args[0], &x) ? Value::number(x * (M_PI / 180.0)) : Value();
}

Value math_frexp(Mutator& m, const CallArgs& args) {
  double x;
  if (!number_to_double(m, args[0], &x)) return Value();
  int e = 0;
  const double mantissa = std::isfinite(x) ? std::frexp(x, &e) : x;
  return make_tuple(m, {Value::number(mantissa), Value::small_int(e)});
}

Value math_ldexp(Mutator& m, const CallArgs& args) {
  double x;
  std::int64_t e;
  if (!number_to_double(m, args[0], &x)) return Value();
  if (!is_any_int(args[1]) && !args[1].is_bool())
    return raise_type_error(m, "Expected an int as second argument to ldexp.");
  if (!to_index(m, args[1], &e)) return Value();
  const double r = std::ldexp(x, static_cast<int>(std::clamp<std::int64_t>(e, -5000, 5000)));
  if (std::isinf(r) && std::isfinite(x)) return range_error(m);
  return Value::number(r);
}

Value math_modf(Mutator& m, const CallArgs& args) {
  double x;
  if (!number_to_double(m, args[0], &x)) return Value();
  double whole;
  const double fraction = std::modf(x, &whole);
  return make_tuple(m, {Value::number(fraction), Value::number(whole)});
}

Value math_isclose(Mutator& m, const CallArgs& args) {
  Value options[2];
  if (args.positional != 2) return raise_type_error(m, "isclose() takes exactly 2 positional arguments");
  if (!bind_keywords_only(m, args, "isclose", {"rel_tol", "abs_tol"}, options)) return Value();
  double a, b, rel = 1e-9, abs = 0;
  if (!number_to_double(m, args[0], &a) || !number_to_double(m, args[1], &b)) return Value();
  if (!options[0].is_empty() && !number_to_double(m, options[0], &rel)) return Value();
  if (!options[1].is_empty() && !number_to_double(m, options[1], &abs)) return Value();
  if (rel < 0 || abs < 0) return raise_value_error(m, "tolerances must be non-negative");
  if (a == b) return Value::true_value();
  if (std::isinf(a) || std::isinf(b)) return Value::false_value();
  const double diff = std::fabs(b - a);
  return Value::boolean(diff <= std::fabs(rel * b) || diff <= std::fabs(rel * a) || diff <= abs);
}

// Exact sum by non-overlapping partials (Shewchuk 1997, "Adaptive precision floating-point arithmetic").
Value math_fsum(Mutator& m, const CallArgs& args) {
  std::vector<double> partials;
  double special = 0;
  const bool ok = for_each(m, args[0], [&](Value item) {
    double x;
    if (!number_to_double(m, item, &x)) return false;
    if (!std::isfinite(x)) {
      special += x;
      return true;
    }
    std::size_t kept = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) partials[kept++] = low;
      x = high;
    }
    partials.resize(kept);
    partials.push_back(x);
    return true;
  });
  if (!ok) return Value();
  if (special != 0 || std::isnan(special)) return Value::number(special);
  double high = 0;
  while (!partials.empty()) {
    const double x = high;
    const double y = partials.back();
    partials.pop_back();
    high = x + y;
    const double low = y - (high - x);
    if (low != 0) {
      // Half-way cases round by the sign of what is left.
      if (!partials.empty() && ((low < 0 && partials.back() < 0) || (low > 0 && partials.back() > 0))) {
        const double twice = low * 2;
        if (twice == (high + twice) - high) high += twice;
      }
      break;
    }
  }
  if (std::isinf(high)) return raise_overflow_error(m, "intermediate overflow in fsum");
  return Value::number(high);
}

// An int argument of any size; false with TypeError.
bool integral(Mutator& m, Value v, Value* out) {
  if (is_any_int(v) || v.is_bool()) {
    *out = v;
    return true;
  }
  if (lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "'" + to_utf8(type_of(m, v)->name) + "' object cannot be interpreted as an integer");
    return false;
  }
  *out = call_method(m, v, m.runtime->names.__index__, {});
  return !out->is_empty();
}

Value fold_integers(Mutator& m, const CallArgs& args, std::int64_t start,
                    void (*fold)(mpz_ptr, mpz_srcptr, mpz_srcptr)) {
  Integer result;
  mpz_set_si(result, start);
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    Value v;
    if (!integral(m, args[i], &v)) return Value();
    IntView z(v);
    long_arithmetic(m, product_limbs(result, z), [&] { fold(result, result, z); });
  }
  mpz_abs(result, result);
  return value_of(m, result);
}

Value math_gcd(Mutator& m, const CallArgs& args) { return fold_integers(m, args, 0, mpz_gcd); }
Value math_lcm(Mutator& m, const CallArgs& args) { return fold_integers(m, args, 1, mpz_lcm); }

Value math_factorial(Mutator& m, const CallArgs& args) {
  Value v;
  std::int64_t n;
  if (args[0].is_double()) return raise_type_error(m, "'float' object cannot be interpreted as an integer");
  if (!integral(m, args[0], &v)) return Value();
  if (!int_to_int64(v, &n))
    return raise_overflow_error(m, "factorial() argument should not exceed 9223372036854775807");
  if (n < 0) return raise_value_error(m, "factorial() not defined for negative values");
  if (n > 10'000'000) return raise_memory_error(m);
  Integer result;
  long_arithmetic(m, static_cast<std::size_t>(n) * 8, [&] { mpz_fac_ui(result, static_cast<unsigned long>(n)); });
  return value_of(m, result);
}

bool choose_arguments(Mutator& m, const CallArgs& args, const char* name, std::int64_t* n, std::int64_t* k) {
  Value a, b;
  if (!integral(m, args[0], &a)) return false;
  if (args.positional == 1 || args[1].is_none())
    b = a;
  else if (!integral(m, args[1], &b))
    return false;
  if (!int_to_int64(a, n) || !int_to_int64(b, k)) {
    raise_overflow_error(m, std::string(name) + "() arguments are too large");
    return false;
  }
  if (*n < 0 || *k < 0) {
    raise_value_error(m, (*n < 0 ? "n" : "k") + std::string(" must be a non-negative integer"));
    return false;
  }
  return true;
}

Value math_comb(Mutator& m, const CallArgs& args) {
  std::int64_t n, k;
  if (!choose_arguments(m, args, "comb", &n, &k)) return Value();
  if (k > n) return Value::small_int(0);
  Integer result;
  k = std::min(k, n - k);
  long_arithmetic(m, static_cast<std::size_t>(k) * 8,
                  [&] { mpz_bin_uiui(result, static_cast<unsigned long>(n), static_cast<unsigned long>(k)); });
  return value_of(m, result);
}

Value math_perm(Mutator& m, const CallArgs& args) {
  std::int64_t n, k;
  if (!choose_arguments(m, args, "perm", &n, &k)) return Value();
  if (k > n) return Value::small_int(0);
  Integer result;
  mpz_set_ui(result, 1);
  long_arithmetic(m, static_cast<std::size_t>(k) * 8, [&] {
    for (std::int64_t i = 0; i < k; ++i) mpz_mul_ui(result, result, static_cast<unsigned long>(n - i));
  });
  return value_of(m, result);
}

Value math_isqrt(Mutator& m, const CallArgs& args) {
  Value v;
  if (!integral(m, args[0], &v)) return Value();
  IntView z(v);
  if (mpz_sgn(z.get()) < 0) return raise_value_error(m, "isqrt() argument must be nonnegative");
  Integer result;
  long_arithmetic(m, product_limbs(z, z), [&] { mpz_sqrt(result, z); });
  return value_of(m, result);
}

Value math_prod(Mutator& m, const CallArgs& args) {
  Value start;
  if (args.positional != 1) return raise_type_error(m, "prod() takes exactly 1 positional argument");
  if (!bind_keywords_only(m, args, "prod", {"start"}, &start)) return Value();
  Value total = start.is_empty() ? Value::small_int(1) : start;
  const bool ok = for_each(m, args[0], [&](Value item) {
    total = binary_op(m, BinaryOp::mul, total, item);
    return !total.is_empty();
  });
  return ok ? total : Value();
}

Value math_hypot(Mutator& m, const CallArgs& args) {
  double total = 0, largest = 0;
  std::vector<double> xs;
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    double x;
    if (!number_to_double(m, args[i], &x)) return Value();
    xs.push_back(std::fabs(x));
    largest = std::max(largest, std::fabs(x));
  }
  for (double x : xs) {
    if (std::isinf(x)) return Value::number(x);
  }
  for (double x : xs) {
    if (std::isnan(x)) return Value::number(x);
  }
  if (xs.size() == 2) return checked(m, std::hypot(xs[0], xs[1]), true);
  if (largest == 0) return Value::number(0.0);
  for (double x : xs) total += (x / largest) * (x / largest);
  return checked(m, largest * std::sqrt(total), true);
}

Value math_dist(Mutator& m, const CallArgs& args) {
  Tuple* p = tuple_from(m, args[0]);
  Tuple* q = p == nullptr ? nullptr : tuple_from(m, args[1]);
  if (q == nullptr) return Value();
  if (p->length() != q->length()) return raise_value_error(m, "both points must have the same number of dimensions");
  Tuple* differences = allocate_tuple(m, p->length());
  if (differences == nullptr) return Value();
  for (std::uint32_t i = 0; i < p->length(); ++i) {
    double a, b;
    if (!number_to_double(m, p->at(i), &a) || !number_to_double(m, q->at(i), &b)) return Value();
    differences->items[i].store_relaxed(Value::number(a - b));
  }
  return math_hypot(m, CallArgs{reinterpret_cast<const Value*>(differences->items), differences->length(), nullptr});
}

Value math_nextafter(Mutator& m, const CallArgs& args) {
  double x, y;
  if (!number_to_double(m, args[0], &x) || !number_to_double(m, args[1], &y)) return Value();
  return Value::number(std::nextafter(x, y));
}

Value math_ulp(Mutator& m, const CallArgs& args) {
  double x;
  if (!number_to_double(m, args[0], &x)) return Value();
  if (!std::isfinite(x)) return Value::number(std::fabs(x));
  x = std::fabs(x);
  const double up = std::nextafter(x, HUGE_VAL);
  return Value::number(std::isinf(up) ? x - std::nextafter(x, -HUGE_VAL) : up - x);
}

Value math_copysign(Mutator& m, const CallArgs& args) {
  double x, y;
  if (!number_to_double(m, args[0], &x) || !number_to_double(m, args[1], &y)) return Value();
  return Value::number(std::copysign(x, y));
}

const NativeDef kDefs[] = {
    {"sqrt", unary<std::sqrt>, 1, 1},
    {"cbrt", unary<std::cbrt>, 1, 1},
    {"exp", unary<std::exp>, 1, 1},
    {"exp2", unary<std::exp2>, 1, 1},
    {"expm1", unary<std::expm1>, 1, 1},
    {"log1p", unary<std::log1p, true>, 1, 1},
    {"sin", unary<std::sin>, 1, 1},
    {"cos", unary<std::cos>, 1, 1},
    {"tan", unary<std::tan>, 1, 1},
    {"asin", unary<std::asin>, 1, 1},
    {"acos", unary<std::acos>, 1, 1},
    {"atan", unary<std::atan>, 1, 1},
    {"sinh", unary<std::sinh>, 1, 1},
    {"cosh", unary<std::cosh>, 1, 1},
    {"tanh", unary<std::tanh>, 1, 1},
    {"asinh", unary<std::asinh>, 1, 1},
    {"acosh", unary<std::acosh>, 1, 1},
    {"atanh", unary<std::atanh, true>, 1, 1},
    {"erf", unary<std::erf>, 1, 1},
    {"erfc", unary<std::erfc>, 1, 1},
    {"gamma", unary<gamma_function>, 1, 1},
    {"lgamma", unary<log_gamma_function>, 1, 1},
    {"atan2", binary<std::atan2>, 2, 2},
    {"remainder", binary<std::remainder>, 2, 2},
    {"log", math_log, 1, 2},
    {"log2", math_log2, 1, 1},
    {"log10", math_log10, 1, 1},
    {"pow", math_pow, 2, 2},
    {"fmod", math_fmod, 2, 2},
    {"floor", math_floor, 1, 1},
    {"ceil", math_ceil, 1, 1},
    {"trunc", math_trunc, 1, 1},
    {"fabs", math_fabs, 1, 1},
    {"isnan", classify<is_nan>, 1, 1},
    {"isinf", classify<is_inf>, 1, 1},
    {"isfinite", classify<is_finite>, 1, 1},
    {"degrees", math_degrees, 1, 1},
    {"radians", math_radians, 1, 1},
    {"frexp", math_frexp, 1, 1},
    {"ldexp", math_ldexp, 2, 2},
    {"modf", math_modf, 1, 1},
    {"isclose", math_isclose, 0, -1, true},
    {"fsum", math_fsum, 1, 1},
    {"gcd", math_gcd, 0, -1},
    {"lcm", math_lcm, 0, -1},
    {"factorial", math_factorial, 1, 1},
    {"comb", math_comb, 2, 2},
    {"perm", math_perm, 1, 2},
    {"isqrt", math_isqrt, 1, 1},
    {"prod", math_prod, 0, -1, true},
    {"hypot", math_hypot, 0, -1},
    {"dist", math_dist, 2, 2},
    {"nextafter", math_nextafter, 2, 2},
    {"ulp", math_ulp, 1, 1},
    {"copysign", math_copysign, 2, 2},
};

}  // namespace

bool init_math(Mutator& m, Module* module) {
  return add_functions(m, module, kDefs) && add_constant(m, module, "pi", Value::number(M_PI)) &&
         add_constant(m, module, "e", Value::number(M_E)) && add_constant(m, module, "tau", Value::number(2 * M_PI)) &&
         add_constant(m, module, "inf", Value::number(std::numeric_limits<double>::infinity())) &&
         add_constant(m, module, "nan", Value::number(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace turnstile
