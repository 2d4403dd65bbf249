// Builtin modules: made when a program first imports them.
#pragma once

#include "core/define_type.h"
#include "core/mutator.h"
#include "core/objects/function.h"

namespace turnstile {

bool init_builtins_module(Mutator& m, Module* module);
bool init_sys(Mutator& m, Module* module);
bool init_gc(Mutator& m, Module* module);
bool init_time(Mutator& m, Module* module);
bool init_math(Mutator& m, Module* module);
bool init_random(Mutator& m, Module* module);
bool init_thread(Mutator& m, Module* module);
bool init_threading(Mutator& m, Module* module);
bool init_queue(Mutator& m, Module* module);
bool init_collections(Mutator& m, Module* module);
bool init_posix(Mutator& m, Module* module);

/// Adds the functions of a table, and a constant.
bool add_functions(Mutator& m, Module* module, std::span<const NativeDef> defs);
bool add_constant(Mutator& m, Module* module, const char* name, Value v);

}  // namespace turnstile
