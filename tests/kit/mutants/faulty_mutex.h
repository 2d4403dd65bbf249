// A mutex that can be broken in one place: PlatformMutex's design, with a timed lock. With MutexBug::none it must pass.
#pragma once

#include <cstdint>

#include "policies/platform.h"
#include "tests/kit/mutants/bugs.h"

namespace turnstile::kit {

template <class Platform, MutexBug bug>
class FaultyMutex {
  static constexpr std::memory_order unless(MutexBug b, std::memory_order order) {
    return bug == b ? std::memory_order_relaxed : order;
  }
  static constexpr auto kAcquire = std::memory_order_acquire;

 public:
  void lock() {
    if (try_lock()) return;
    if constexpr (bug == MutexBug::aba_on_count) return lock_counting();
    for (;;) {
      std::uint32_t seen = word_.exchange(2, unless(MutexBug::lock_relaxed, kAcquire));
      if (seen == 0) break;
      Platform::park(word_, 2);
      if constexpr (bug == MutexBug::waiter_bit_lost) {
        seen = 0;
        if (word_.compare_exchange_strong(seen, 1, kAcquire, std::memory_order_relaxed)) break;
      }
    }
  }
  bool try_lock() {
    std::uint32_t free = 0;
    if constexpr (bug == MutexBug::test_then_set) {
      if (word_.load(kAcquire) != 0) return false;
      word_.store(1, std::memory_order_relaxed);
      return true;
    }
    const std::memory_order order = unless(MutexBug::lock_relaxed, unless(MutexBug::try_lock_relaxed, kAcquire));
    return word_.compare_exchange_strong(free, 1, order, std::memory_order_relaxed);
  }
  /// Gives up once the deadline has passed.
  bool lock_until(Deadline deadline) {
    if (try_lock()) return true;
    while (word_.exchange(2, kAcquire) != 0) {
      if (Platform::park(word_, 2, deadline)) continue;
      if constexpr (bug == MutexBug::timeout_eats_wake) return clean_up();
      // It may be free by now, and what woke a thread may have been meant for this one: one more look.
      return word_.exchange(2, kAcquire) == 0;
    }
    return true;
  }
  void unlock() {
    if constexpr (bug == MutexBug::wakes_before_unlock) {
      if (word_.load(std::memory_order_relaxed) == 2) Platform::unpark(word_, 1);
      return word_.store(0, std::memory_order_release);
    }
    if constexpr (bug == MutexBug::touched_after_unlock) {
      const std::uint32_t before = word_.exchange(0, std::memory_order_release);
      if (before == 2 && word_.load(std::memory_order_relaxed) == 0) Platform::unpark(word_, 1);
      return;
    }
    const std::uint32_t before = word_.exchange(0, unless(MutexBug::unlock_relaxed, std::memory_order_release));
    if constexpr (bug == MutexBug::unlock_wakes_nobody) return;
    if constexpr (bug == MutexBug::aba_on_count) {
      if (waiters_.load(std::memory_order_relaxed) != 0) Platform::unpark(word_, 1);
      return;
    }
    if (before == 2) Platform::unpark(word_, 1);
  }

 private:
  /// "Nobody waits, I was the last": forgets those who came meanwhile.
  bool clean_up() {
    std::uint32_t waited = 2;
    word_.compare_exchange_strong(waited, 1, std::memory_order_relaxed, std::memory_order_relaxed);
    return false;
  }
  /// Waiters are counted beside the word: between its last look and its count a waiter is nobody's.
  void lock_counting() {
    for (;;) {
      const std::uint32_t seen = word_.exchange(1, kAcquire);
      if (seen == 0) return;
      waiters_.fetch_add(1, std::memory_order_relaxed);
      Platform::park(word_, 1);
      waiters_.fetch_sub(1, std::memory_order_relaxed);
    }
  }

  typename Platform::template atomic<std::uint32_t> word_{0}, waiters_{0};
};

}  // namespace turnstile::kit
