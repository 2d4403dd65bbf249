// world_lock::FairGate: one thread at a time, with hand-over on demand. What the gil is made of.
//
//   the gate    free --pass--> held --open--> free (the first in line is told to try) or, on demand, handed over
//   a waiter    in line --becomes first--> first --switch interval over--> demands a hand-over (kDrop)
//               first --told that the gate is free--> try --took it--> granted, or first again
//   the holder  polls, sees the demand --> yield(): hands over to the first, goes to the end of the line
//
// Fairness: hand-overs are first come, first served. A running thread may pass a free gate before a woken waiter (no
// convoys), for one switch interval at most: after a demand whoever has the gate hands it over.
// The caller of open() and yield() holds the gate; of pass() it does not. Memory order: the release in open() pairs
// with the acquire in pass() and take(); a hand-over is the release store in tell(), acquired in await_grant().
#pragma once

#include <cstdint>

#include "policies/platform.h"
#include "policies/platform_mutex.h"
#include "policies/world_lock/line.h"

namespace turnstile::world_lock {

template <class Platform>
class FairGate {
 public:
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  template <class T>
  using Var = typename Platform::template var<T>;
  static constexpr Deadline kSwitchInterval = 5'000'000;  // nanoseconds, as in CPython
  enum Bits : std::uint32_t { kHeld = 1, kWaiters = 2, kDrop = 4, kRequest = 8 };
  enum Word : std::uint32_t { kOut, kGranted, kInLine, kFirst, kTry };

  struct alignas(64) Thread {
    Thread() = default;
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;
    Atomic<std::uint32_t> word{kOut};
    Var<Thread*> behind{nullptr};  // guarded by the mutex of the line that it stands in
    Var<std::uint32_t> change{0};  // the gil's: of its count of threads, guarded by its mutex
    Var<bool> exclusive{false};    // the gil's: has stopped the world; the thread's own
  };

  Atomic<std::uint32_t>& bits() { return bits_; }

  void pass(Thread& t) {
    std::uint32_t bits = 0;  // most often
    while ((bits & kHeld) == 0) {
      if (bits_.compare_exchange_weak(bits, bits | kHeld, std::memory_order_acquire, std::memory_order_relaxed)) return;
    }
    mutex_.lock();
    line_.push(t);
    t.word.store(kInLine, std::memory_order_relaxed);
    // The holder may have left before it could see a waiter, so the first in line looks for itself.
    const bool passed = line_.front() == &t && take(t);
    mutex_.unlock();
    if (!passed) await_grant(t);
  }

  void open() {
    std::uint32_t bits = kHeld;  // most often
    while ((bits & kWaiters) == 0) {
      if (bits_.compare_exchange_weak(bits, bits & ~kHeld, std::memory_order_release, std::memory_order_relaxed))
        return;
    }
    // Only the holder, or the first in line at a free gate, shortens the line: it is still not empty. On demand, hand
    // over.
    Holding hold(mutex_);
    if ((bits_.load(std::memory_order_relaxed) & kDrop) != 0) return tell(advance(), kGranted);
    bits_.fetch_and(~kHeld, std::memory_order_release);
    tell(*line_.front(), kTry);
  }

  bool demanded() { return (bits_.load(std::memory_order_relaxed) & kDrop) != 0; }

  /// Hands over to the first in line and waits for its own next turn. Only when demanded.
  void yield(Thread& t) {
    mutex_.lock();
    line_.push(t);  // before the hand-over: the next holder must find a waiter when it opens the gate
    t.word.store(kInLine, std::memory_order_relaxed);
    tell(advance(), kGranted);
    mutex_.unlock();
    await_grant(t);
  }

  /// In a forked child nobody waits.
  void reset_after_fork() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    mutex_.reset_after_fork();
    line_.clear();
    bits_.fetch_and(kHeld | kRequest, std::memory_order_relaxed);
  }

  /// Sets the word of a thread in line, and wakes it if it has not seen that and gone by itself.
  static void tell(Thread& t, Word word) {
    t.word.store(word, std::memory_order_release);
    Platform::unpark(t.word);
  }

 private:
  /// The front of the line has the gate now: takes it out, and lets the next one start its interval.
  Thread& advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Thread& served = *line_.pop();
    bits_.fetch_and(line_.empty() ? ~(kDrop | kWaiters) : ~std::uint32_t{kDrop}, std::memory_order_relaxed);
    if (!line_.empty()) tell(*line_.front(), kFirst);
    return served;
  }

  void await_grant(Thread& t) {
    auto left = [&](Word old, Deadline deadline = kNoDeadline) {
      return Platform::park_until(
          t.word, std::memory_order_acquire, [old](std::uint32_t now) { return now != old; }, deadline);
    };
    std::uint32_t word = left(kInLine);
    Deadline demand_at = Platform::now() + kSwitchInterval;
    while (word != kGranted && !(word == kTry && try_pass(t))) {
      word = left(kFirst, demand_at);
      if (word != kFirst) continue;
      // The holder's next poll or leave must hand over, or that of who passes a gate which has just become free: no
      // more deadline is needed. Nobody else can have served this thread: hand-overs are for those who demanded them.
      bits_.fetch_or(kDrop, std::memory_order_relaxed);
      demand_at = kNoDeadline;
    }
  }

  /// The first in line was told that the gate is free; another thread may have been faster.
  bool try_pass(Thread& t) {
    Holding hold(mutex_);
    return t.word.load(std::memory_order_relaxed) == kGranted || take(t);
  }

  /// For the first in line: the gate, if it is free.
  bool take(Thread& t) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool taken = (bits_.fetch_or(kHeld | kWaiters, std::memory_order_acquire) & kHeld) == 0;
    if (taken) advance();
    t.word.store(taken ? kGranted : kFirst, std::memory_order_relaxed);
    return taken;
  }

  alignas(64) Atomic<std::uint32_t> bits_{0};
  alignas(64) PlatformMutex<Platform> mutex_;
  Line<Platform, Thread> line_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace turnstile::world_lock
