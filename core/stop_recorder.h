// What stopping the world costs a program: histograms, and who was the last to come to the worst stop.
//
//   request --time to stop--> exclusive --time stopped--> resumed --time to resume--> each waiting thread runs again
//                             └ collection: pause, of which marking ┘
//
// Policy-free: a thread notes the clock when its poll leads it into the slow path, so whichever lock stopped it, the
// straggler is the running thread that came last. A thread that was blocked or left for a blocking region held up
// nobody longer than the last to come, and is never named.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "core/mutator.h"
#include "policies/stats/histogram.h"

namespace turnstile {

/// Nanoseconds of a steady clock throughout. Off, each call is one test of a constant.
class StopRecorder {
 public:
  explicit StopRecorder(bool enabled) : enabled_(enabled) {}

  bool enabled() const { return enabled_; }
  static std::uint64_t now();

  /// Around a thread's wait in a safepoint; between the two it may have been stopped. Its own thread calls them.
  void arrives(Mutator& m) {
    if (enabled_) m.safepoint_at = now();
  }
  void leaves(Mutator& m) {
    if (enabled_) note_wake(m);
  }

  /// The world is stopped, as was asked at `asked`. The caller is exclusive and names all attached threads.
  template <class Threads>
  void stopped(std::uint64_t asked, std::uint64_t exclusive, const Threads& threads) {
    if (!enabled_) return;
    exclusive_at_ = exclusive;
    // Stops that queue behind another wait for that one's end first, which is not their time to stop.
    asked = std::max(asked, resumed_at_.load(std::memory_order_relaxed));
    time_to_stop.record(exclusive - asked);
    if (exclusive - asked <= worst_ns_) return;
    const Mutator* last = nullptr;
    for (const Mutator* m : threads) {
      if (m->safepoint_at >= asked && (last == nullptr || m->safepoint_at > last->safepoint_at)) last = m;
    }
    if (last == nullptr) return;  // all others were blocked, or left for a blocking region
    worst_ns_ = exclusive - asked;
    describe(*last);
  }
  /// A collection is over, the world is still stopped. `pause_ns`: all of it, with verification where that is on.
  void collected(std::uint64_t pause_ns, std::uint64_t mark_ns) {
    if (!enabled_) return;
    pause.record(pause_ns);
    marking.record(mark_ns);
  }
  /// The caller is about to resume the world.
  void resuming();

  /// Where the last thread of the longest wait was: `file.py:12 in f (thread 1234)`; empty if nobody was waited for.
  std::string worst_straggler() const;

  stats::Histogram time_to_stop, time_stopped, time_to_resume;
  stats::Histogram pause, marking;  // of collections

 private:
  void note_wake(Mutator& m);
  void describe(const Mutator& last);

  const bool enabled_;
  std::atomic<std::uint64_t> resumed_at_{0};  // relaxed: the world lock orders it with the threads that it stopped
  // Touched by exclusive threads only.
  std::uint64_t exclusive_at_ = 0;
  std::uint64_t worst_ns_ = 0;
  mutable std::mutex straggler_mutex_;
  std::string straggler_;  // guarded by straggler_mutex_
};

}  // namespace turnstile
