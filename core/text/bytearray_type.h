// The class bytearray.
#pragma once

#include "core/mutator.h"

namespace turnstile {

/// Makes types.bytearray; the other builtin classes are there.
void define_bytearray(Mutator& m);

}  // namespace turnstile
