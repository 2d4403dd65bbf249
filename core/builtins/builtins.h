// Native functions of the builtins module, by the file that implements them.
#pragma once

#include <span>

#include "core/call_args.h"
#include "core/mutator.h"
#include "core/objects/function.h"

namespace turnstile {

Value builtin_print(Mutator& m, const CallArgs& args);  // print.cpp
Value builtin_input(Mutator& m, const CallArgs& args);

std::span<const NativeDef> object_builtins();    // objects.cpp: id, getattr, isinstance, vars, dir ...
std::span<const NativeDef> number_builtins();    // numbers.cpp: abs, divmod, pow, round, hex ...
std::span<const NativeDef> iterable_builtins();  // iterables.cpp: len, sum, min, max, sorted, any, iter ...
std::span<const NativeDef> matching_builtins();  // matching.cpp: what match statements call
std::span<const NativeDef> source_builtins();    // source.cpp: eval, exec, compile, globals, locals, __import__ ...

}  // namespace turnstile
