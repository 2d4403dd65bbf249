// world_lock::ReaderBiased: each thread says in a word of its own whether it runs; a stop pays for everything.
// enter = store, light fence, load of the gate; leave likewise; no read-modify-write, no store to a shared line.
//
//   word   kBlocked --enter--> kRunning --leave--> kBlocked
//          kRunning --poll, stop, or enter at a closed gate--> kInLine --served--> kRunning
//   stop: close the gate, heavy fence, then for each thread whose word says kRunning: sleep until it says otherwise
//         without the fence if a short look finds every other thread in the line
//
// Fairness: stop_line.h: nobody overtakes a waiting stop, nobody waits for stops that came later. Blocked threads are
// claimed by reading their word, and never woken. Stops that queue up share one heavy fence.
// The caller: as in stop_line.h; enter() is called by a blocked thread, leave() by a running one that is not exclusive.
// Memory order:
//  - "word = kRunning; gate?" in enter() and "gate closed; word?" in a stop: asym_light pairs with asym_heavy, so
//    either the thread sees the closed gate or the stopper sees it running. "word = kBlocked; gate?" in leave(): either
//    the leaver sees the gate and wakes the stopper, or the stopper never slept on its word. Threads that pass the
//    light fence later find the gate closed until it opens, so a stop that was handed a closed gate needs no fence.
//    Nor does a stop that finds everybody in the line: they came there through the mutex after the gate was closed.
//  - the release stores of kBlocked and kInLine pair with the acquire load in await_others(): the stopper sees all
//    that the others did. The acquire load of the gate in enter() pairs with the release in PollGate::open().
// Biased locking by process-wide barriers: as in asymmetric Dekker synchronization (Dice, Huang, Yang).
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "policies/world_lock/stop_line.h"

namespace turnstile::world_lock {

template <class Platform = RealPlatform>
class ReaderBiased : public StopLine<ReaderBiased<Platform>, Platform> {
  using Base = StopLine<ReaderBiased<Platform>, Platform>;
  friend Base;

 public:
  using ThreadState = typename Base::ThreadState;
  static constexpr std::string_view kName = "reader_biased";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = true;
  static constexpr bool kHasPoll = true;
  static constexpr bool kCanStopMany = true;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = 0;

  void enter(ThreadState& t) {
    t.word.store(ThreadState::kRunning, std::memory_order_relaxed);
    Platform::asym_light();
    // At a closed gate the word says kRunning until step_aside() takes it back: a stopper may go to sleep on it
    // meanwhile, and is woken there.
    if (this->gate_.closed(std::memory_order_acquire)) [[unlikely]]
      this->step_aside(t);
  }

  void leave(ThreadState& t) {
    t.word.store(ThreadState::kBlocked, std::memory_order_release);
    Platform::asym_light();
    if (this->gate_.closed(std::memory_order_relaxed)) [[unlikely]]
      Platform::unpark(t.word);
  }

 private:
  void close() {}
  void open() {}
  void barrier(ThreadState& t) {
    if (!finds_all_in_line(t)) Platform::asym_heavy();
  }

  void depart(ThreadState& t) {
    t.word.store(ThreadState::kInLine, std::memory_order_release);
    Platform::unpark(t.word);  // nobody but a stopper can sleep on it yet
  }
  void admit(ThreadState&) {}  // the word, which StopLine stores, is the whole truth

  void await_others(ThreadState& t) {
    all_others(t, [](ThreadState& other) {
      Platform::park_until(other.word, std::memory_order_acquire,
                           [](std::uint32_t word) { return word != ThreadState::kRunning; });
      return true;
    });
  }

  /// Never sleeps: before the heavy fence a thread that leaves need not see that it has a sleeper to wake.
  bool finds_all_in_line(ThreadState& t) {
    int looks = Platform::looks();
    if (looks <= 0) return false;
    return all_others(t, [&](ThreadState& other) {
      for (;;) {
        const std::uint32_t word = other.word.load(std::memory_order_relaxed);  // await_others() acquires
        if (word == ThreadState::kInLine) return true;
        --looks;
        if (word == ThreadState::kBlocked || looks <= 0) return false;
        Platform::pause();
      }
    });
  }

  /// False as soon as one of them is. The registry does not change meanwhile: attach and detach stand in the line.
  template <class Check>
  bool all_others(ThreadState& t, Check check) {
    std::array<ThreadState*, kLanes> next;
    std::copy(lanes_.begin(), lanes_.end(), next.begin());
    for (bool more = true; more;) {
      more = false;
      for (ThreadState*& lane : next) {
        if (lane == nullptr) continue;
        ThreadState& other = *lane;
        lane = other.next;
        more = true;
        if (&other != &t && !check(other)) return false;
      }
    }
    return true;
  }

  void enlist(ThreadState& t) {
    t.lane = newest_lane_ = (newest_lane_ + 1) % kLanes;
    auto& first = lanes_[t.lane];
    t.previous = nullptr;
    t.next = first;
    if (first != nullptr) first->previous = &t;
    first = &t;
  }
  void delist(ThreadState& t) {
    (t.previous == nullptr ? lanes_[t.lane] : t.previous->next) = t.next;
    if (t.next != nullptr) t.next->previous = t.previous;
  }
  void forget_others(ThreadState& t, bool) {
    lanes_.fill(nullptr);
    enlist(t);
  }

  /// The registry, changed under the mutex while nobody stops and read by the stopper. Several lists, so that a stop
  /// waits for the cache lines of several threads at once.
  static constexpr std::uint32_t kLanes = 4;
  template <class T>
  using Var = typename Platform::template var<T>;
  std::array<Var<ThreadState*>, kLanes> lanes_{};
  Var<std::uint32_t> newest_lane_{0};
};

}  // namespace turnstile::world_lock
