// The operators that str and bytes share: subscripts and repetition.
#pragma once

#include "core/text/arguments.h"

namespace turnstile::strings {

/// s[slice] with any step.
Value slice_subscript(Mutator& m, const Subject& s, Value slice);
/// s * times, where `times` may be no int: TypeError, or NotImplemented when a class of the program may know better.
Value repeat_operator(Mutator& m, const Subject& s, Value times);
/// A value whose class a class statement made and which has that reflected operator: it is asked before we complain.
bool defines(Mutator& m, Value v, Str* reflected_name);

}  // namespace turnstile::strings
