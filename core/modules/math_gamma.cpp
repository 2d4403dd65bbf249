// Lanczos's approximation with g = 6.0246... and 13 terms, the coefficients of Boost's lanczos13m53, in CPython's order
// of operations (Modules/mathmodule.c): the C library's functions differ in the last digits.
#include "core/modules/math_gamma.h"

#include <array>
#include <cmath>
#include <numbers>

namespace turnstile {

namespace {

constexpr double kG = 6.024680040776729583740234375;
constexpr double kGMinusHalf = 5.524680040776729583740234375;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;

constexpr std::array<double, 13> kNumerator = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr std::array<double, 13> kDenominator = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                                 45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                                 1925.0,     66.0,       1.0};

// Factorials up to where doubles hold them exactly.
constexpr std::array<double, 23> kFactorials = [] {
  std::array<double, 23> f{1.0};
  for (std::size_t i = 1; i < f.size(); ++i) f[i] = f[i - 1] * static_cast<double>(i);
  return f;
}();

double lanczos_sum(double x) {
  double num = 0.0, den = 0.0;
  if (x < 5.0) {
    for (std::size_t i = kNumerator.size(); i-- > 0;) {
      num = num * x + kNumerator[i];
      den = den * x + kDenominator[i];
    }
  } else {
    for (std::size_t i = 0; i < kNumerator.size(); ++i) {
      num = num / x + kNumerator[i];
      den = den / x + kDenominator[i];
    }
  }
  return num / den;
}

double sin_pi(double x) {
  constexpr double pi = std::numbers::pi;
  const double y = std::fmod(std::fabs(x), 2.0);
  double r = 0;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0:
      r = std::sin(pi * y);
      break;
    case 1:
      r = std::cos(pi * (y - 0.5));
      break;
    case 2:  // not sin(pi * (y - 1)): that would be -0.0 for integers
      r = std::sin(pi * (1.0 - y));
      break;
    case 3:
      r = -std::cos(pi * (y - 1.5));
      break;
    default:
      r = std::sin(pi * (y - 2.0));
  }
  return std::copysign(1.0, x) * r;
}

}  // namespace

double gamma_of(double x) {
  if (x == std::floor(x) && x > 0 && x <= static_cast<double>(kFactorials.size())) {
    return kFactorials[static_cast<std::size_t>(x) - 1];
  }
  const double magnitude = std::fabs(x);
  if (magnitude < 1e-20) return 1.0 / x;
  if (magnitude > 200.0) return x < 0 ? 0.0 / sin_pi(x) : HUGE_VAL;
  const double y = magnitude + kGMinusHalf;
  // What rounding y has lost.
  const double q = magnitude > kGMinusHalf ? y - magnitude : y - kGMinusHalf;
  const double lost = (magnitude > kGMinusHalf ? q - kGMinusHalf : q - magnitude) * kG / y;
  double r;
  if (x < 0) {
    r = -std::numbers::pi / sin_pi(magnitude) / magnitude * std::exp(y) / lanczos_sum(magnitude);
    r -= lost * r;
  } else {
    r = lanczos_sum(magnitude) / std::exp(y);
    r += lost * r;
  }
  const bool at_once = magnitude < 140.0;
  const double power = std::pow(y, at_once ? magnitude - 0.5 : magnitude / 2.0 - 0.25);
  for (int times = at_once ? 1 : 2; times > 0; --times) r = x < 0 ? r / power : r * power;
  return r;
}

double log_gamma_of(double x) {
  if (x == std::floor(x) && x > 0 && x <= 2.0) return 0.0;
  const double magnitude = std::fabs(x);
  if (magnitude < 1e-20) return -std::log(magnitude);
  double r = std::log(lanczos_sum(magnitude)) - kG;
  r += (magnitude - 0.5) * (std::log(magnitude + kG - 0.5) - 1.0);
  if (x < 0) r = kLogPi - std::log(std::fabs(sin_pi(magnitude))) - std::log(magnitude) - r;
  return r;
}

}  // namespace turnstile
