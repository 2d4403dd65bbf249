// Parts that the choices of this axis share: the claim word of a function, and taking a mutex from a region.
#pragma once

#include <atomic>
#include <cstdint>

#include "policies/absl_mutex.h"

namespace turnstile::code_lock {

/// 0 -> 1. The acquire pairs with the release store of unclaim(): the new owner sees what the last one published.
template <class Word>
bool claim(Word& state) {
  std::uint32_t free = 0;
  return state.compare_exchange_strong(free, 1, std::memory_order_acquire, std::memory_order_relaxed);
}

template <class Word>
void unclaim(Word& state) {
  state.store(0, std::memory_order_release);
}

/// Takes the mutex; waits only inside `wait`. The mutex is not kept across the end of the region, where the thread
/// may be stopped: whoever stopped it may want the mutex too.
template <class Mutex, class Wait>
void lock_outside_region(Mutex& mutex, Wait&& wait) ABSL_NO_THREAD_SAFETY_ANALYSIS {
  while (!mutex.try_lock()) {
    wait([&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      mutex.lock();
      mutex.unlock();
    });
  }
}

}  // namespace turnstile::code_lock
