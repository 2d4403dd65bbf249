// random: real-valued distributions. The numbers must equal CPython's bit for bit, so the expressions are evaluated in
// its order and draw in its order. Sources as there: Kinderman and Monahan 1977 (normalvariate), Cheng 1977 and
// Kennedy and Gentle's GS (gammavariate), Fisher 1993 (vonmisesvariate), Jain (paretovariate, weibullvariate).
#include <cmath>
#include <numbers>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/random_source.h"
#include "core/numbers/float_ops.h"
#include "core/ops.h"

namespace turnstile {

namespace {

constexpr double kTwoPi = 2.0 * std::numbers::pi;

// The arguments of a distribution as doubles; defaults are in `out`. False with an exception.
bool bind_doubles(Mutator& m, const CallArgs& args, const char* function, std::initializer_list<const char*> names,
                  double* out, std::uint32_t required) {
  Value bound[3];
  if (!bind_python(m, args, function, names, bound, required)) return false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!bound[i].is_empty() && !number_to_double(m, bound[i], &out[i])) return false;
  }
  return true;
}

Value divide_by_zero(Mutator& m) { return raise_zero_division(m, "float division by zero"); }

Value random_uniform(Mutator& m, const CallArgs& args) {
  Value v[2];
  double r;
  if (!bind_python(m, args, "Random.uniform", {"a", "b"}, v, 2)) return Value();
  Value width = binary_op(m, BinaryOp::sub, v[1], v[0]);  // exact for ints of any size
  if (width.is_empty() || !RandomSource(m, args[0]).random(&r)) return Value();
  Value offset = binary_op(m, BinaryOp::mul, width, Value::number(r));
  return offset.is_empty() ? offset : binary_op(m, BinaryOp::add, v[0], offset);
}

Value random_triangular(Mutator& m, const CallArgs& args) {
  Value v[3];
  double low = 0, high = 1, mode = 0, u;
  if (!bind_python(m, args, "Random.triangular", {"low", "high", "mode"}, v) ||
      (!v[0].is_empty() && !number_to_double(m, v[0], &low)) ||
      (!v[1].is_empty() && !number_to_double(m, v[1], &high)) || !RandomSource(m, args[0]).random(&u)) {
    return Value();
  }
  double c = 0.5;
  if (!v[2].is_empty() && !v[2].is_none()) {
    if (!number_to_double(m, v[2], &mode)) return Value();
    if (high - low == 0) return v[0].is_empty() ? Value::number(low) : v[0];
    c = (mode - low) / (high - low);
  }
  if (u > c) {
    u = 1.0 - u;
    c = 1.0 - c;
    std::swap(low, high);
  }
  return Value::number(low + (high - low) * std::sqrt(u * c));
}

bool draw_normal(RandomSource& source, double mu, double sigma, double* out) {
  const double magic = 4 * std::exp(-0.5) / std::sqrt(2.0);
  for (;;) {
    double u1, u2;
    if (!source.random(&u1) || !source.random(&u2)) return false;
    u2 = 1.0 - u2;
    const double z = magic * (u1 - 0.5) / u2;
    const double zz = z * z / 4.0;
    if (zz <= -std::log(u2)) {
      *out = mu + z * sigma;
      return true;
    }
  }
}

Value random_normalvariate(Mutator& m, const CallArgs& args) {
  double v[2] = {0, 1};
  double result;
  if (!bind_doubles(m, args, "Random.normalvariate", {"mu", "sigma"}, v, 0)) return Value();
  RandomSource source(m, args[0]);
  return draw_normal(source, v[0], v[1], &result) ? Value::number(result) : Value();
}

Value random_lognormvariate(Mutator& m, const CallArgs& args) {
  double v[2];
  double result;
  if (!bind_doubles(m, args, "Random.lognormvariate", {"mu", "sigma"}, v, 2)) return Value();
  RandomSource source(m, args[0]);
  if (!draw_normal(source, v[0], v[1], &result)) return Value();
  const double e = std::exp(result);
  return std::isinf(e) && std::isfinite(result) ? raise_overflow_error(m, "math range error") : Value::number(e);
}

Value random_gauss(Mutator& m, const CallArgs& args) {
  double v[2] = {0, 1};
  if (!bind_doubles(m, args, "Random.gauss", {"mu", "sigma"}, v, 0)) return Value();
  RandomSource source(m, args[0]);
  RandomCore& core = source.core();
  {
    std::scoped_lock lock(core.mutex);
    if (core.has_gauss) {
      core.has_gauss = false;
      return Value::number(v[0] + core.gauss * v[1]);
    }
  }
  double u1, u2;
  if (!source.random(&u1) || !source.random(&u2)) return Value();
  const double angle = u1 * kTwoPi;
  const double radius = std::sqrt(-2.0 * std::log(1.0 - u2));
  const double z = std::cos(angle) * radius;
  std::scoped_lock lock(core.mutex);
  core.gauss = std::sin(angle) * radius;
  core.has_gauss = true;
  return Value::number(v[0] + z * v[1]);
}

Value random_expovariate(Mutator& m, const CallArgs& args) {
  double rate, u;
  if (!bind_doubles(m, args, "Random.expovariate", {"lambd"}, &rate, 1) || !RandomSource(m, args[0]).random(&u))
    return Value();
  if (rate == 0) return divide_by_zero(m);
  return Value::number(-std::log(1.0 - u) / rate);
}

Value random_vonmisesvariate(Mutator& m, const CallArgs& args) {
  double v[2];
  if (!bind_doubles(m, args, "Random.vonmisesvariate", {"mu", "kappa"}, v, 2)) return Value();
  const double mu = v[0];
  const double kappa = v[1];
  RandomSource source(m, args[0]);
  double u1, u2, u3, z;
  if (kappa <= 1e-6) return source.random(&u1) ? Value::number(kTwoPi * u1) : Value();
  const double s = 0.5 / kappa;
  const double r = s + std::sqrt(1.0 + s * s);
  for (;;) {
    if (!source.random(&u1) || !source.random(&u2)) return Value();
    z = std::cos(std::numbers::pi * u1);
    const double d = z / (r + z);
    if (u2 < 1.0 - d * d || u2 <= (1.0 - d) * std::exp(d)) break;
  }
  const double q = 1.0 / r;
  const double f = (q + z) / (1.0 + q * z);
  if (!source.random(&u3)) return Value();
  double quotient, theta;
  double_divmod(u3 > 0.5 ? mu + std::acos(f) : mu - std::acos(f), kTwoPi, &quotient, &theta);
  return Value::number(theta);
}

bool draw_gamma(RandomSource& source, double alpha, double beta, double* out) {
  Mutator& m = source.mutator();
  if (alpha <= 0.0 || beta <= 0.0) {
    raise_value_error(m, "gammavariate: alpha and beta must be > 0.0");
    return false;
  }
  double u1, u2;
  if (alpha > 1.0) {
    const double ainv = std::sqrt(2.0 * alpha - 1.0);
    const double bbb = alpha - std::log(4.0);
    const double ccc = alpha + ainv;
    const double magic = 1.0 + std::log(4.5);
    for (;;) {
      if (!source.random(&u1)) return false;
      if (!(1e-7 < u1 && u1 < 0.9999999)) continue;
      if (!source.random(&u2)) return false;
      u2 = 1.0 - u2;
      const double v = std::log(u1 / (1.0 - u1)) / ainv;
      const double x = alpha * std::exp(v);
      const double z = u1 * u1 * u2;
      const double r = bbb + ccc * v - x;
      if (r + magic - 4.5 * z >= 0.0 || r >= std::log(z)) {
        *out = x * beta;
        return true;
      }
    }
  }
  if (alpha == 1.0) {
    if (!source.random(&u1)) return false;
    *out = -std::log(1.0 - u1) * beta;
    return true;
  }
  for (;;) {
    if (!source.random(&u1)) return false;
    const double b = (std::numbers::e + alpha) / std::numbers::e;
    const double p = b * u1;
    const double x = p <= 1.0 ? std::pow(p, 1.0 / alpha) : -std::log((b - p) / alpha);
    if (!source.random(&u2)) return false;
    if (p > 1.0 ? u2 <= std::pow(x, alpha - 1.0) : u2 <= std::exp(-x)) {
      *out = x * beta;
      return true;
    }
  }
}

Value random_gammavariate(Mutator& m, const CallArgs& args) {
  double v[2];
  double result;
  if (!bind_doubles(m, args, "Random.gammavariate", {"alpha", "beta"}, v, 2)) return Value();
  RandomSource source(m, args[0]);
  return draw_gamma(source, v[0], v[1], &result) ? Value::number(result) : Value();
}

Value random_betavariate(Mutator& m, const CallArgs& args) {
  double v[2];
  double y, z;
  if (!bind_doubles(m, args, "Random.betavariate", {"alpha", "beta"}, v, 2)) return Value();
  RandomSource source(m, args[0]);
  if (!draw_gamma(source, v[0], 1.0, &y)) return Value();
  if (y == 0) return Value::number(0.0);
  return draw_gamma(source, v[1], 1.0, &z) ? Value::number(y / (y + z)) : Value();
}

Value random_paretovariate(Mutator& m, const CallArgs& args) {
  double alpha, u;
  if (!bind_doubles(m, args, "Random.paretovariate", {"alpha"}, &alpha, 1) || !RandomSource(m, args[0]).random(&u))
    return Value();
  if (alpha == 0) return divide_by_zero(m);
  return double_pow(m, 1.0 - u, -1.0 / alpha);
}

Value random_weibullvariate(Mutator& m, const CallArgs& args) {
  double v[2];
  double u;
  if (!bind_doubles(m, args, "Random.weibullvariate", {"alpha", "beta"}, v, 2) || !RandomSource(m, args[0]).random(&u))
    return Value();
  if (v[1] == 0) return divide_by_zero(m);
  Value power = double_pow(m, -std::log(1.0 - u), 1.0 / v[1]);
  return power.is_empty() ? power : Value::number(v[0] * power.as_double());
}

const NativeDef kMethods[] = {
    {"uniform", random_uniform, 1, -1, true},
    {"triangular", random_triangular, 1, -1, true},
    {"normalvariate", random_normalvariate, 1, -1, true},
    {"lognormvariate", random_lognormvariate, 1, -1, true},
    {"gauss", random_gauss, 1, -1, true},
    {"expovariate", random_expovariate, 1, -1, true},
    {"vonmisesvariate", random_vonmisesvariate, 1, -1, true},
    {"gammavariate", random_gammavariate, 1, -1, true},
    {"betavariate", random_betavariate, 1, -1, true},
    {"paretovariate", random_paretovariate, 1, -1, true},
    {"weibullvariate", random_weibullvariate, 1, -1, true},
};

}  // namespace

std::span<const NativeDef> random_distribution_methods() { return kMethods; }

}  // namespace turnstile
