// A byte as a lock, with its waiters parked elsewhere: a table of buckets, hashed by the byte's address.
//
//   0 free --CAS--> 1 held --CAS--> 0                        (the fast paths; generated code may do the same)
//   1 held --a waiter parks--> 3 held, waiters --unlock wakes one--> 2 free, waiters (or 0: that was the last)
//   2 free, waiters --CAS--> 3
//
// The waiters bit changes only under the bucket's mutex and is set whenever a thread is parked for the byte; a CAS that
// takes or frees the lock keeps it, so no wake is lost: a waiter parks only after it has seen "held" with the bit set
// under the mutex, and the unlock that follows must come to the same mutex because the bit is set.
//
// Fairness: waiters of one byte are woken first come, first served, one per unlock; a thread that is already running
// may take the lock before the woken one (no convoys), which then waits again ahead of the others.
// The caller must hold what it unlocks. Memory order: the acquire CAS in try_lock pairs with the release CAS in unlock
// or the release store in unlock_slow; a wake is the release store of `woken`, acquired in park(): from then on the
// waker has nothing to do with the waiter, which lies on its thread's stack. The idea is WebKit's parking lot.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "policies/platform.h"
#include "policies/platform_mutex.h"

namespace turnstile::object_lock {

template <class Platform = RealPlatform, std::size_t buckets = 128>
class ParkingLot {
 public:
  using Byte = typename Platform::template atomic<std::uint8_t>;
  static constexpr std::uint8_t kHeld = 1;
  static constexpr std::uint8_t kWaiters = 2;

  static bool try_lock(Byte& byte) {
    std::uint8_t free = 0;
    return byte.compare_exchange_strong(free, kHeld, std::memory_order_acquire, std::memory_order_relaxed);
  }

  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    if (try_lock(byte)) [[likely]]
      return;
    for (bool waited = false;; waited = true) {
      std::uint8_t seen = byte.load(std::memory_order_relaxed);
      while ((seen & kHeld) == 0) {
        if (byte.compare_exchange_weak(seen, seen | kHeld, std::memory_order_acquire, std::memory_order_relaxed)) {
          return;
        }
      }
      // The thread may be stopped where `wait` ends; it does not own the lock then, it comes back for it.
      wait([&] { park(byte, waited); });
    }
  }

  void unlock(Byte& byte) {
    std::uint8_t held = kHeld;
    if (byte.compare_exchange_strong(held, 0, std::memory_order_release, std::memory_order_relaxed)) [[likely]]
      return;
    unlock_slow(byte);
  }

 private:
  struct Waiter {
    const Byte* byte;
    typename Platform::template var<Waiter*> next{nullptr};  // guarded by the bucket's mutex
    typename Platform::template atomic<std::uint32_t> woken{0};
  };
  struct alignas(64) Bucket {
    PlatformMutex<Platform> mutex;
    typename Platform::template var<Waiter*> first ABSL_GUARDED_BY(mutex){nullptr};
  };

  Bucket& bucket_of(const Byte& byte) {
    const auto address = reinterpret_cast<std::uintptr_t>(&byte) >> 4;  // one lock per 16-byte header at most
    return buckets_[((address * 0x9E3779B97F4A7C15u) >> 32) * buckets >> 32];
  }

  /// Until an unlock of `byte` wakes this thread; at once if the byte is not held.
  void park(Byte& byte, bool in_front) {
    Waiter self{.byte = &byte};
    if (!enqueue(self, byte, in_front)) return;
    Platform::park_until(self.woken, std::memory_order_acquire, [](std::uint32_t woken) { return woken != 0; });
  }

  bool enqueue(Waiter& self, Byte& byte, bool in_front) {
    Bucket& bucket = bucket_of(byte);
    Holding hold(bucket.mutex);
    std::uint8_t seen = byte.load(std::memory_order_relaxed);
    do {
      if ((seen & kHeld) == 0) return false;
    } while (!byte.compare_exchange_weak(seen, seen | kWaiters, std::memory_order_relaxed));
    auto* link = &bucket.first;
    while (!in_front && *link != nullptr) link = &(*link)->next;
    self.next = *link;
    *link = &self;
    return true;
  }

  void unlock_slow(Byte& byte) {
    Bucket& bucket = bucket_of(byte);
    Holding hold(bucket.mutex);
    auto* link = &bucket.first;
    while (*link != nullptr && (*link)->byte != &byte) link = &(*link)->next;
    Waiter* const woken = *link;
    bool more = false;
    if (woken != nullptr) {
      *link = woken->next;
      for (Waiter* other = *link; other != nullptr && !more; other = other->next) more = other->byte == &byte;
    }
    // Nobody else writes a held byte here: its holder is this thread, and the waiters bit needs the bucket's mutex.
    byte.store(more ? kWaiters : 0, std::memory_order_release);
    if (woken == nullptr) return;
    auto& word = woken->woken;
    word.store(1, std::memory_order_release);
    Platform::unpark(word, 1);
  }

  std::array<Bucket, buckets> buckets_;
};

}  // namespace turnstile::object_lock
