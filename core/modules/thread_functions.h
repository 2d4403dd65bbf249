// Functions that _thread and threading have in common.
#pragma once

#include "core/call_args.h"
#include "core/mutator.h"

namespace turnstile {

Value thread_get_ident(Mutator& m, const CallArgs& args);
Value thread_get_native_id(Mutator& m, const CallArgs& args);
Value thread_stack_size(Mutator& m, const CallArgs& args);
Value allocate_lock(Mutator& m, const CallArgs& args);
Value allocate_rlock(Mutator& m, const CallArgs& args);
Value default_excepthook(Mutator& m, const CallArgs& args);

}  // namespace turnstile
