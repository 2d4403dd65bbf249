// What codegen gives to core: see CompilerHooks in core/runtime_core.h.
#pragma once

#include <memory>

#include "core/runtime_core.h"

namespace turnstile {

/// Nothing is loaded yet: the LLVM module comes in at the first compilation.
std::unique_ptr<CompilerHooks> make_compiler_hooks(RuntimeCore& runtime);

}  // namespace turnstile
