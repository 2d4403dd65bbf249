// world_lock::Gil: any number of attached threads, one running. Who runs is alone, so stop() only forbids hand-overs.
//
//   blocked --enter: the gate--> running --leave--> blocked
//   running --poll, a waiter demanded the gate--> stopped (in line) --handed over--> running
//   running --stop--> exclusive (polls keep the gate, attach and detach wait) --resume--> running
//
// Fairness: the gate's (fair_gate.h): first come, first served at hand-overs, a demand after 5 ms of waiting is obeyed
// at the next poll or leave. stop() never waits, so nobody overtakes it; resume() lets all waiting attachers in itself.
// The caller of everything below enter() is running, hence holds the gate; an exclusive thread keeps it, even if it
// leaves and enters. Memory order: the gate's; stopped_ is written by the holder under the mutex, which attach and
// detach take.
#pragma once

#include <cassert>
#include <cstdint>
#include <string_view>

#include "policies/concepts.h"
#include "policies/world_lock/fair_gate.h"

namespace turnstile::world_lock {

template <class Platform = RealPlatform>
class Gil {
  using Gate = FairGate<Platform>;

 public:
  static constexpr std::string_view kName = "gil";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = false;
  static constexpr bool kHasPoll = true;
  static constexpr bool kCanStopMany = true;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = 0;

  using ThreadState = typename Gate::Thread;

  void attach(ThreadState& t) { change_attached(t, 1); }
  void detach(ThreadState& t) { change_attached(t, ~std::uint32_t{0}); }
  void enter(ThreadState& t) {
    if (!t.exclusive) gate_.pass(t);
  }
  void leave(ThreadState& t) {
    if (!t.exclusive) gate_.open();
  }

  PollWord poll_word(ThreadState&) { return {Platform::poll_address(gate_.bits()), Gate::kDrop | Gate::kRequest}; }
  void safepoint(ThreadState& t) {
    if (gate_.demanded() && !t.exclusive) gate_.yield(t);
  }
  /// Lock-free, hence async-signal-safe. Release: who sees the request sees what was written before it.
  void request_poll() { gate_.bits().fetch_or(Gate::kRequest, std::memory_order_release); }
  void clear_poll_request() { gate_.bits().fetch_and(~std::uint32_t{Gate::kRequest}, std::memory_order_acquire); }

  bool stop(ThreadState& t) {
    Holding hold(mutex_);
    assert(!t.exclusive && !stopped_);
    t.exclusive = stopped_ = true;
    return true;
  }
  void resume(ThreadState& t) {
    Holding hold(mutex_);
    assert(t.exclusive && stopped_);
    t.exclusive = stopped_ = false;
    while (ThreadState* const t = arrivals_.pop()) {
      attached_.fetch_add(t->change, std::memory_order_relaxed);
      gate_.tell(*t, Gate::kOut);
    }
  }
  bool try_promote(ThreadState& t) { return stop(t); }
  Promotion promote(ThreadState& t) {
    stop(t);
    return Promotion::atomic;
  }
  void demote(ThreadState& t) { resume(t); }

  std::uint32_t attached() const { return attached_.load(std::memory_order_relaxed); }

  void after_fork_in_child(ThreadState&) {
    gate_.reset_after_fork();
    mutex_.reset_after_fork();
    arrivals_.clear();
    attached_.store(1, std::memory_order_relaxed);
  }

 private:
  /// Waits for the end of a stop. The stopper finds the same threads attached from its start to its end.
  void change_attached(ThreadState& t, std::uint32_t change) {
    mutex_.lock();
    const bool waits = stopped_;
    if (waits) {
      t.change = change;
      t.word.store(Gate::kInLine, std::memory_order_relaxed);
      arrivals_.push(t);
    } else {
      attached_.fetch_add(change, std::memory_order_relaxed);
    }
    mutex_.unlock();
    if (!waits) return;
    Platform::park_until(t.word, std::memory_order_acquire, [](std::uint32_t now) { return now != Gate::kInLine; });
  }

  Gate gate_;
  alignas(64) PlatformMutex<Platform> mutex_;
  typename Platform::template atomic<std::uint32_t> attached_{0};  // written under mutex_
  Line<Platform, ThreadState> arrivals_;                           // guarded by mutex_
  typename Platform::template var<bool> stopped_{false};           // guarded by mutex_
};

}  // namespace turnstile::world_lock
