// Arguments of native functions by name.
#pragma once

#include <initializer_list>

#include "core/call_args.h"
#include "core/mutator.h"

namespace turnstile {

/// Binds positional arguments from number `first` on, and keywords, to `names` in order; absent ones stay empty. The
/// first `required` must be there. False with TypeError, worded as CPython words it for native functions.
bool bind_native(Mutator& m, const CallArgs& args, const char* function, std::initializer_list<const char*> names,
                 Value* out, std::uint32_t required = 0, std::uint32_t first = 0);

/// Only keywords (all positional arguments are the function's own): as bind_native.
bool bind_keywords_only(Mutator& m, const CallArgs& args, const char* function,
                        std::initializer_list<const char*> names, Value* out);

}  // namespace turnstile
