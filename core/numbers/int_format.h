// Text of ints.
#pragma once

#include <string>

#include "core/mutator.h"
#include "core/value.h"

namespace turnstile {

/// Digits of an int or bool of any size in base 2..36, lower case, '-' in front when negative.
std::string int_to_string(Value v, int base);

/// Decimal digits that str() and int() convert at most (sys.set_int_max_str_digits); 0: no limit.
inline constexpr std::size_t kMaxDecimalDigits = 4300;
/// False with ValueError raised when the decimal text of `v` would be longer than the limit.
bool check_decimal_digits(Mutator& m, Value v);

}  // namespace turnstile
