// Objects that belong to a thread: their owner locks them by two stores to a word of its own, no read-modify-write.
//
//   byte   0x80|t born biased to thread t --another thread--> taken over --> 0xc0|u biased to that thread
//          0xc0|u biased a second time    --another thread--> taken over --> 0: an ordinary lock from here on
//   owner  inside = null --enter--> inside = the byte --leave--> inside = null
//   thread free --attach--> used --detach--> free;  used --too many of its objects were taken over--> retired, for ever
//
// enter() says whether the owner holds the lock; else the caller locks the byte as usual, once unbias() has made it an
// ordinary one. unbias() never leaves the lock held, so a thread may be stopped behind it.
// Fairness: whoever takes a byte over waits for one section of its owner. A thread whose objects are taken over often
// makes them for others: after kMaxTakeovers it makes ordinary ones, which bounds what the heavy fences cost.
// The caller: enter, leave by the owner's thread, not nested (enter() then says no); unbias() by any running thread,
// which goes into a blocking region around it.
// Memory order:
//  - "inside = byte; byte still mine?" in enter() and "byte = kTaken; inside?" in unbias(): asym_light pairs with
//    asym_heavy, so either the owner sees that the byte is taken, or the taker sees it inside and waits.
//  - the release stores to `inside` pair with the acquire load of unbias(): the taker sees all that the owner did in
//    its sections. (Entering is a release, too: the taker may read that of a later section.)
//  - the release store that ends a takeover pairs with the acquire of whoever locks or takes over next. enter() needs
//    none: only its own thread stores its mark, at birth or by its own takeover; numbers change hands by attach().
//  - retire() is the same pair of fences about `mark`.
// The idea is biased locking (Kawachiya; Russell, Detlefs) by an asymmetric Dekker protocol (Dice, Huang, Yang).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "policies/platform.h"

namespace turnstile::object_lock {

/// What of a thread the owners of objects need: generated code works on these fields.
template <class Platform = RealPlatform>
struct alignas(64) BiasOwner {
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  using Byte = Atomic<std::uint8_t>;

  static constexpr std::uint8_t kNoMark = 0xff;
  static constexpr std::uint8_t kBiased = 0x80;
  static constexpr std::uint8_t kSecond = 0x40;  // biased to another thread than the one that made it
  static constexpr std::uint8_t kTaken = 0xbf;   // between two states; no thread has this number

  Atomic<const Byte*> inside{nullptr};
  Atomic<std::uint8_t> mark{kNoMark};  // byte of the objects that are this thread's, without kSecond
  Atomic<std::uint8_t> birth{0};       // byte of the objects that it makes

  /// True: the lock is held until leave().
  [[gnu::always_inline]] bool enter(const Byte& byte) {
    if (inside.load(std::memory_order_relaxed) != nullptr) [[unlikely]]
      return false;
    inside.store(&byte, std::memory_order_release);
    Platform::asym_light();
    const auto seen = static_cast<std::uint8_t>(byte.load(std::memory_order_relaxed) & ~kSecond);
    if (seen == mark.load(std::memory_order_relaxed)) [[likely]]
      return true;
    leave();
    return false;
  }
  [[gnu::always_inline]] void leave() { inside.store(nullptr, std::memory_order_release); }
};

template <class Platform = RealPlatform, std::size_t threads = 63, std::uint32_t max_takeovers = 128>
class BiasTable {
 public:
  using Owner = BiasOwner<Platform>;
  using Byte = typename Owner::Byte;
  static constexpr std::size_t kThreads = threads;
  static_assert(threads <= 63);
  static constexpr std::uint32_t kMaxTakeovers = max_takeovers;

  BiasTable() {
    std::uint8_t mark = Owner::kBiased;
    for (Thread& thread : threads_) {
      thread.owner.mark.store(mark, std::memory_order_relaxed);
      thread.owner.birth.store(mark++, std::memory_order_relaxed);
    }
  }

  static bool is_biased(std::uint8_t byte) { return (byte & Owner::kBiased) != 0; }

  Owner& nobody() { return nobody_; }  ///< owns nothing, for any number of threads

  /// The calling thread's; nobody() where there are too many.
  Owner& attach() {
    for (Thread& thread : threads_) {
      std::uint32_t free = kFree;
      // Acquire pairs with the release of detach(): the number's objects are this thread's now. Its mark is not set
      // anew: from here on it can be retired, for what was taken from those who had the number before.
      if (thread.state.compare_exchange_strong(free, kUsed, std::memory_order_acquire, std::memory_order_relaxed))
        return thread.owner;
    }
    return nobody_;
  }

  void detach(Owner& owner) {
    if (&owner == &nobody_) return;
    std::uint32_t used = kUsed;
    thread_of(owner).state.compare_exchange_strong(used, kFree, std::memory_order_release, std::memory_order_relaxed);
  }

  /// Makes a biased byte an ordinary one, or biased to `me` (null: nobody) if it is its first takeover. May wait.
  void unbias(Byte& byte, Owner* me) {
    std::uint8_t seen = byte.load(std::memory_order_relaxed);
    do {
      if (!is_biased(seen)) return;
      if (seen == Owner::kTaken)
        return Platform::await([&] { return byte.load(std::memory_order_relaxed) != Owner::kTaken; });
    } while (!byte.compare_exchange_weak(seen, Owner::kTaken, std::memory_order_acquire, std::memory_order_relaxed));
    Thread& thread = threads_[seen & (Owner::kSecond - 1u)];
    if (&thread.owner != me && thread.state.load(std::memory_order_acquire) != kRetired) {
      Platform::asym_heavy();
      Platform::await([&] { return thread.owner.inside.load(std::memory_order_acquire) != &byte; });
      if (thread.takeovers.fetch_add(1, std::memory_order_relaxed) + 1 == kMaxTakeovers) retire(thread);
    }
    const std::uint8_t mine = me == nullptr ? Owner::kNoMark : me->mark.load(std::memory_order_relaxed);
    const bool again = (seen & Owner::kSecond) != 0 || &thread.owner == me || mine == Owner::kNoMark;
    byte.store(again ? 0 : static_cast<std::uint8_t>(mine | Owner::kSecond), std::memory_order_release);
  }

 private:
  static constexpr std::uint32_t kFree = 0, kUsed = 1, kRetiring = 2, kRetired = 3;
  struct Thread {
    Owner owner;
    typename Platform::template atomic<std::uint32_t> state{kFree};
    typename Platform::template atomic<std::uint32_t> takeovers{0};
  };

  static Thread& thread_of(Owner& owner) {
    static_assert(offsetof(Thread, owner) == 0);
    return reinterpret_cast<Thread&>(owner);
  }

  /// Nobody owns what was this thread's: whoever takes it over need not ask.
  void retire(Thread& thread) {
    std::uint32_t used = kUsed;
    if (!thread.state.compare_exchange_strong(used, kRetiring, std::memory_order_relaxed)) return;
    thread.owner.birth.store(0, std::memory_order_relaxed);
    thread.owner.mark.store(Owner::kNoMark, std::memory_order_relaxed);
    Platform::asym_heavy();
    Platform::await([&] { return thread.owner.inside.load(std::memory_order_acquire) == nullptr; });
    thread.state.store(kRetired, std::memory_order_release);
  }

  std::array<Thread, kThreads> threads_;
  Owner nobody_;
};

}  // namespace turnstile::object_lock
