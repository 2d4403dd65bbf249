// heap_lock::Mutex: one absl::Mutex around the central heap; waiters sleep.
//
//   free --lock--> held --unlock--> free
//
// Fairness: absl::Mutex's (roughly first come, first served).
// The caller must hold it to unlock it; holders never reach a safepoint.
// Memory order: lock() acquires what the last unlock() released.
#pragma once

#include <string_view>

#include "policies/absl_mutex.h"

namespace turnstile::heap_lock {

class ABSL_LOCKABLE Mutex {
 public:
  static constexpr std::string_view kName = "mutex";
  static constexpr bool kParallelSafe = true;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.unlock(); }
  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) ABSL_NO_THREAD_SAFETY_ANALYSIS { return mutex_.try_lock(); }

 private:
  AbslMutex mutex_;
};

}  // namespace turnstile::heap_lock
