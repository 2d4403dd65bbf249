// Source text to managed code objects: what the runtime's compile hook calls.
#pragma once

#include <string_view>

#include "core/mutator.h"
#include "core/objects/function.h"

namespace turnstile::frontend {

/// Compiles a program to the code of its module. `mode`: "exec", "eval" (one expression, whose value running the code
/// returns) or "single" (interactive: expression statements print). Null with SyntaxError, a subclass of it,
/// RecursionError, or ValueError for another mode raised. May collect; runs no managed code but exception constructors.
Code* compile_source(Mutator& m, std::string_view source, std::string_view filename, std::string_view mode = "exec");

}  // namespace turnstile::frontend
