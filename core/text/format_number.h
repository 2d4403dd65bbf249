// int.__format__ and float.__format__, and the digits of floats for both kinds of formatting.
#pragma once

#include <cstdint>
#include <string>

#include "core/ops.h"

namespace turnstile {

/// format(v, spec) of an int of any size, or bool. Empty with ValueError, OverflowError.
Value format_int(Mutator& m, Value v, const Str* spec);
/// format(d, spec) of a float.
Value format_float(Mutator& m, double d, const Str* spec);

namespace strings {

struct FloatStyle {
  char type = 'g';                // e f g (and E F G), r: shortest repr
  std::int64_t precision = 6;     // ignored by r
  bool alternate = false;         // always a point, trailing zeros kept by g
  bool add_point_zero = false;    // 1 is 1.0 where there is no exponent
  bool no_negative_zero = false;  // what rounds to -0 loses its sign
};
/// Rounded half to even from the exact binary value. "inf", "nan" (upper case for upper-case types), leading '-'.
std::string float_digits(double d, const FloatStyle& style);

}  // namespace strings
}  // namespace turnstile
