// world_lock::WriterPreferred: one shared word counts the running threads; readers queue behind a waiting stop.
// The global read-write lock (GRWL) of 2014, with its cost: every enter and leave writes the shared word.
//
//   state   n --enter--> n+1 --leave--> n;   n --stop--> n | kClosed --others leave, poll or queue--> 1 | kClosed
//   enter at kClosed: takes its 1 back and stands in the line; resume adds 1 for everybody whom it serves
//
// Fairness: stop_line.h: nobody overtakes a waiting stop, nobody waits for stops that came later (2014's lock could
// starve its readers). Blocked threads are not in the count, hence neither waited for nor woken.
// The caller: as in stop_line.h; enter() is called by a blocked thread, leave() by a running one that is not exclusive.
// Memory order: one word, no store-load problem. Each decrement releases and all changes of the word are
// read-modify-writes, so the acquire load in await_others() that finds 1 sees all that the others did. The acquire
// fetch_add in enter() pairs with the release in open(): readers see all that the exclusive thread did.
#pragma once

#include <string_view>

#include "policies/world_lock/stop_line.h"

namespace turnstile::world_lock {

template <class Platform = RealPlatform>
class WriterPreferred : public StopLine<WriterPreferred<Platform>, Platform> {
  using Base = StopLine<WriterPreferred<Platform>, Platform>;
  friend Base;

 public:
  using ThreadState = typename Base::ThreadState;
  static constexpr std::string_view kName = "writer_preferred";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = true;
  static constexpr bool kHasPoll = true;
  static constexpr bool kCanStopMany = true;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = 0;

  void enter(ThreadState& t) {
    const std::uint32_t before = state_.fetch_add(1, std::memory_order_acquire);
    if ((before & kClosed) != 0) [[unlikely]]
      this->step_aside(t);
  }

  void leave(ThreadState& t) { depart(t); }

 private:
  static constexpr std::uint32_t kClosed = std::uint32_t{1} << 31;

  void close() { state_.fetch_or(kClosed, std::memory_order_relaxed); }
  void open() { state_.fetch_and(~kClosed, std::memory_order_release); }
  void barrier(ThreadState&) {}

  /// While the state is closed the stopper is one of those counted: who leaves it alone wakes it.
  void depart(ThreadState&) {
    const std::uint32_t before = state_.fetch_sub(1, std::memory_order_release);
    if (before == (kClosed | 2)) [[unlikely]]
      Platform::unpark(state_);
  }
  void admit(ThreadState&) { state_.fetch_add(1, std::memory_order_relaxed); }

  void await_others(ThreadState&) {
    Platform::park_until(state_, std::memory_order_acquire, [](std::uint32_t now) { return now == (kClosed | 1); });
  }

  void enlist(ThreadState&) {}
  void delist(ThreadState&) {}
  void forget_others(ThreadState&, bool exclusive) {
    state_.store(exclusive ? kClosed | 1 : 1, std::memory_order_relaxed);
  }

  alignas(64) typename Platform::template atomic<std::uint32_t> state_{0};
};

}  // namespace turnstile::world_lock
