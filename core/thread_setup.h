// The policy-free half of attaching a thread.
#pragma once

#include "core/mutator.h"
#include "core/runtime_core.h"

namespace turnstile {

/// Maps the Python stack, finds the native stack's bounds, sets the limits. The thread is the calling one. False: the
/// system refused the mapping, and there is nothing to release.
bool prepare_mutator(Mutator& m, RuntimeCore& runtime, bool main_thread);
void release_mutator(Mutator& m);

}  // namespace turnstile
