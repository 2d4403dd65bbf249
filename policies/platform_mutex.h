// A small mutex over a Platform, for the slow paths inside lock algorithms: the explorer sees it as it sees the rest.
//
//   0 free --lock--> 1 held --another waits--> 2 held, somebody may be parked --unlock--> 0, wake one
//
// Not fair: it protects a few instructions, never a wait. The caller must hold it to unlock it; not recursive.
// Memory order: the acquire of lock() pairs with the release exchange of unlock().
#pragma once

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "policies/platform.h"

namespace turnstile {

template <class Platform = RealPlatform>
class ABSL_LOCKABLE PlatformMutex {
 public:
  PlatformMutex() = default;
  PlatformMutex(const PlatformMutex&) = delete;
  PlatformMutex& operator=(const PlatformMutex&) = delete;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() {
    std::uint32_t free = 0;
    if (word_.compare_exchange_strong(free, 1, std::memory_order_acquire, std::memory_order_relaxed)) return;
    while (word_.exchange(2, std::memory_order_acquire) != 0) Platform::park(word_, 2);
  }

  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) {
    std::uint32_t free = 0;
    return word_.compare_exchange_strong(free, 1, std::memory_order_acquire, std::memory_order_relaxed);
  }

  void unlock() ABSL_UNLOCK_FUNCTION() {
    if (word_.exchange(0, std::memory_order_release) == 2) Platform::unpark(word_, 1);
  }

  /// In a forked child, whose other threads are gone: free, whoever held it.
  void reset_after_fork() ABSL_NO_THREAD_SAFETY_ANALYSIS { word_.store(0, std::memory_order_relaxed); }

 private:
  typename Platform::template atomic<std::uint32_t> word_{0};
};

/// Holds a mutex for a scope.
template <class Mutex>
class ABSL_SCOPED_LOCKABLE Holding {
 public:
  explicit Holding(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~Holding() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace turnstile
