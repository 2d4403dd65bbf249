// heap_lock::Spin: test-and-test-and-set; waiters pause, then give the processor away between looks.
//
//   0 free --exchange(1)--> 1 held --store(0)--> 0 free
//
// Fairness: none. The caller must hold it to unlock it; holders never reach a safepoint and hold it briefly.
// Memory order: the acquire exchange in try_lock() pairs with the release store in unlock().
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "policies/platform.h"

namespace turnstile::heap_lock {

template <class Platform = RealPlatform>
class ABSL_LOCKABLE SpinLock {
 public:
  static constexpr std::string_view kName = "spin";
  static constexpr bool kParallelSafe = true;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    // Waiters read until the lock looks free: the line stays shared while it is held.
    while (held_.exchange(1, std::memory_order_acquire) != 0) {
      Platform::await([&] { return held_.load(std::memory_order_relaxed) == 0; });
    }
  }
  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) {
    return held_.load(std::memory_order_relaxed) == 0 && held_.exchange(1, std::memory_order_acquire) == 0;
  }
  void unlock() ABSL_UNLOCK_FUNCTION() { held_.store(0, std::memory_order_release); }

 private:
  alignas(64) typename Platform::template atomic<std::uint32_t> held_{0};
};

using Spin = SpinLock<>;

}  // namespace turnstile::heap_lock
