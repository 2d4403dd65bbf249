// heap_lock::None: for a world in which one thread runs at a time and the runtime allocates only on running threads.
//
// No state. Fairness: nobody waits. The caller must be the one running mutator.
// Memory order: none of its own; the world lock's hand-over orders the accesses.
#pragma once

#include <string_view>

#include "absl/base/thread_annotations.h"

namespace turnstile::heap_lock {

class ABSL_LOCKABLE None {
 public:
  static constexpr std::string_view kName = "none";
  static constexpr bool kParallelSafe = false;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() {}
  void unlock() ABSL_UNLOCK_FUNCTION() {}
  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) { return true; }
};

}  // namespace turnstile::heap_lock
