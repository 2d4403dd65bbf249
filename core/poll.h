// The poll of native code that runs long without calling managed code: sorts, big copies, number algorithms.
#pragma once

#include "core/mutator.h"
#include "core/runtime_core.h"

namespace turnstile {

/// Lets a thread that wants the world stopped go on. May block, may run a pending interrupt: false with
/// KeyboardInterrupt raised. Never call it while holding an ObjectGuard. Relaxed: the slow path synchronizes with
/// whoever set the word.
inline bool poll(Mutator& m) {
  if (m.poll_word != nullptr && (m.poll_word->load(std::memory_order_relaxed) & m.poll_mask) != 0) [[unlikely]] {
    return m.runtime->safepoint(m);
  }
  return true;
}

}  // namespace turnstile
