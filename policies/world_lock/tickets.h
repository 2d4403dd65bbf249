// A mutex that serves in the order of arrival, and sleeps while others are served.
//
//   free (next == serving) --lock: takes ticket next++, waits for it--> held --unlock: serving++--> free, or the next's
//
// The caller must hold it to unlock it. Memory order: the release in unlock() pairs with the acquire in wait_for()
// and try_lock().
#pragma once

#include <cstdint>

#include "policies/platform.h"

namespace turnstile::world_lock {

template <class Platform>
class Tickets {
 public:
  void lock() { wait_for(draw()); }
  /// lock() in two steps: a place among those who wait, which must be waited for.
  std::uint32_t draw() { return next_.fetch_add(1, std::memory_order_relaxed); }
  void wait_for(std::uint32_t ticket) {
    Platform::park_until(serving_, std::memory_order_acquire, [&](std::uint32_t now) { return now == ticket; });
  }
  bool try_lock() {
    std::uint32_t now = serving_.load(std::memory_order_acquire);
    return next_.compare_exchange_strong(now, now + 1, std::memory_order_relaxed);
  }
  void unlock() {
    serving_.fetch_add(1, std::memory_order_release);
    Platform::unpark(serving_);
  }
  void reset_after_fork(bool held) {
    serving_.store(0, std::memory_order_relaxed);
    next_.store(held ? 1 : 0, std::memory_order_relaxed);
  }

 private:
  typename Platform::template atomic<std::uint32_t> next_{0}, serving_{0};
};

}  // namespace turnstile::world_lock
