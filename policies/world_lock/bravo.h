// world_lock::Bravo<M>: BRAVO over any SharedMutex: while the lock is biased towards readers, a reader takes a slot of
// a table instead of the mutex; a writer takes the mutex, revokes the bias and waits for the slots. A SharedMutex
// again, so FromSharedMutex<Bravo<M>> is a world lock: the published point of comparison for reader_biased.h.
//
//   bias    off --a reader holds the mutex, the inhibition is over--> on --a writer holds the mutex--> off
//   slot    free --reader, bias on--> its tag --unlock_shared, or the bias went off meanwhile--> free
//
// Fairness: M's; a writer that has M waits only for readers that hold a slot, new ones go to M.
// The caller must hold it to unlock it, the shared side on the thread that locked it; not recursive, as M need not be.
// Memory order: "slot = tag; bias?" in lock_shared() and "bias off; slots?" in lock() are separated by seq_cst fences:
// either the reader sees the bias off or the writer sees the slot. The release store that frees a slot pairs with the
// acquire loads of the scan; the acquire load of the bias pairs with the release store that set it under M.
// BRAVO: Dice, Kogan, "Biased Locking for Reader-Writer Locks" (USENIX ATC 2019); here with a table for each lock, and
// slots that say who has them, since a C++ SharedMutex hands no token from lock_shared to unlock_shared.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "policies/platform.h"

namespace turnstile::world_lock {

template <class M, class Platform = RealPlatform>
class Bravo {
 public:
  void lock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (bias_.load(std::memory_order_relaxed) != 0 && take_slot()) return;
    mutex_.lock_shared();
    if (bias_.load(std::memory_order_relaxed) == 0 && Platform::now() >= inhibited_until_) {
      bias_.store(1, std::memory_order_release);
    }
  }

  void unlock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    const std::uintptr_t tag = Platform::thread_tag();
    Slot& slot = slot_of(tag);
    if (slot.load(std::memory_order_relaxed) == tag) return slot.store(0, std::memory_order_release);
    mutex_.unlock_shared();
  }

  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    mutex_.lock();
    if (bias_.load(std::memory_order_relaxed) != 0) revoke();
  }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.unlock(); }

 private:
  using Slot = typename Platform::template atomic<std::uintptr_t>;
  static constexpr std::size_t kSlots = 1024;
  static constexpr Deadline kInhibitFactor = 9;  // the paper's N: at most a tenth of the time goes into revocations

  /// False: another thread has the slot, or the bias went off meanwhile.
  bool take_slot() {
    const std::uintptr_t tag = Platform::thread_tag();
    Slot& slot = slot_of(tag);
    std::uintptr_t free = 0;
    if (!slot.compare_exchange_strong(free, tag, std::memory_order_relaxed)) return false;
    Platform::fence();
    if (bias_.load(std::memory_order_acquire) != 0) return true;
    slot.store(0, std::memory_order_release);
    return false;
  }

  void revoke() {
    bias_.store(0, std::memory_order_relaxed);
    Platform::fence();
    const Deadline begin = Platform::now();
    for (Slot& slot : slots_) Platform::await([&] { return slot.load(std::memory_order_acquire) == 0; });
    const Deadline end = Platform::now();
    inhibited_until_ = end + (end - begin) * kInhibitFactor;
  }

  /// Tags are addresses of thread-locals: multiplied, so that their high bits spread over the table (Fibonacci
  /// hashing).
  Slot& slot_of(std::uintptr_t tag) {
    return slots_[static_cast<std::size_t>((std::uint64_t{tag} * 0x9E37'79B9'7F4A'7C15u) >> 54)];
  }

  alignas(64) typename Platform::template atomic<std::uint32_t> bias_{0};
  typename Platform::template var<Deadline> inhibited_until_{
      0};  // guarded by mutex_: written under lock, read under either
  alignas(64) M mutex_;
  alignas(64) std::array<Slot, kSlots> slots_{};
};

}  // namespace turnstile::world_lock
