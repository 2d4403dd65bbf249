// "Did you mean": names near the one that was not found.
#pragma once

#include <string>

#include "core/mutator.h"

namespace turnstile {

/// ". Did you mean: 'x'?" for an uncaught AttributeError or NameError, or nothing. May run managed code (__dir__);
/// leaves nothing raised.
std::string suggestion_for(Mutator& m, Value exception);

}  // namespace turnstile
