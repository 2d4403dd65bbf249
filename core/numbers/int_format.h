// Digits of ints.
#pragma once

#include <string>

#include "core/value.h"

namespace turnstile {

/// Lower-case digits of an int of any size in base 2..36, with a leading '-'.
std::string int_to_string(Value v, int base);

}  // namespace turnstile
