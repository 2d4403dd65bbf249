// Digits of floats, as format() and % need them.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/text/format_number.h"

using turnstile::strings::float_digits;

TEST_CASE("fixed and scientific round half to even from the exact value") {
  CHECK(float_digits(0.125, {.type = 'f', .precision = 2}) == "0.12");
  CHECK(float_digits(0.375, {.type = 'f', .precision = 2}) == "0.38");
  CHECK(float_digits(2.5, {.type = 'f', .precision = 0}) == "2");
  CHECK(float_digits(2.675, {.type = 'f', .precision = 2}) == "2.67");
  CHECK(float_digits(1e22, {.type = 'f', .precision = 1}) == "10000000000000000000000.0");
  CHECK(float_digits(12345.678, {.type = 'e', .precision = 3}) == "1.235e+04");
  CHECK(float_digits(12345.678, {.type = 'E', .precision = 0}) == "1E+04");
  CHECK(float_digits(1.0, {.type = 'f', .precision = 0, .alternate = true}) == "1.");
}

TEST_CASE("general form, with and without .0") {
  CHECK(float_digits(123456.0, {.type = 'g', .precision = 6}) == "123456");
  CHECK(float_digits(123456.0, {.type = 'g', .precision = 6, .add_point_zero = true}) == "1.23456e+05");
  CHECK(float_digits(12345.0, {.type = 'g', .precision = 6, .add_point_zero = true}) == "12345.0");
  CHECK(float_digits(0.0001, {.type = 'g', .precision = 6, .add_point_zero = true}) == "0.0001");
  CHECK(float_digits(0.00001, {.type = 'g', .precision = 6, .add_point_zero = true}) == "1e-05");
  CHECK(float_digits(-0.0, {.type = 'g', .precision = 3, .add_point_zero = true}) == "-0.0");
}

TEST_CASE("special values and negative zero") {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  CHECK(float_digits(kInf, {.type = 'f'}) == "inf");
  CHECK(float_digits(-kInf, {.type = 'G'}) == "-INF");
  CHECK(float_digits(std::nan(""), {.type = 'E'}) == "NAN");
  CHECK(float_digits(-0.001, {.type = 'f', .precision = 2}) == "-0.00");
  CHECK(float_digits(-0.001, {.type = 'f', .precision = 2, .no_negative_zero = true}) == "0.00");
  CHECK(float_digits(-0.1, {.type = 'f', .precision = 2, .no_negative_zero = true}) == "-0.10");
}
