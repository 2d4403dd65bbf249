// A world lock from scratch: one mutex, one condition variable, counters. Slow and simple.
//
//   blocked --enter: no stop wanted--> running --leave--> blocked      running --poll while a stop is wanted--> waits
//   running --stop: queue, wait until nobody else runs--> exclusive --resume--> running
//
// Fairness: stops are served in the order of their tickets; between two stops every waiting thread may enter once
// (`entry_turns_`), so repeated stops starve nobody.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "policies/concepts.h"

class MonitorLock {
 public:
  static constexpr std::string_view kName = "monitor";
  static constexpr bool kParallelSafe = true, kParallelMutators = true, kHasPoll = true, kCanStopMany = true;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = -1;
  struct alignas(64) ThreadState {
    ThreadState() = default;
    ThreadState(const ThreadState&) = delete;  // other threads may hold its address
    ThreadState& operator=(const ThreadState&) = delete;
    bool exclusive = false;  // the thread's own: polls and regions inside of a stop change nothing
  };

  void attach(ThreadState&) { count(1); }
  void detach(ThreadState&) { count(~std::uint32_t{0}); }
  void enter(ThreadState& t) {
    if (t.exclusive) return;
    std::unique_lock lock(mutex_);
    await_turn(lock);
    ++running_;
  }
  void leave(ThreadState& t) {
    if (t.exclusive) return;
    std::scoped_lock lock(mutex_);
    --running_;
    changed_.notify_all();
  }
  turnstile::PollWord poll_word(ThreadState&) { return {&poll_, ~std::uint32_t{0}}; }
  void safepoint(ThreadState& t) {
    if ((poll_.load(std::memory_order_acquire) & ~kRequest) == 0) return;
    leave(t);
    enter(t);
  }
  void request_poll() { poll_.fetch_or(kRequest, std::memory_order_release); }
  void clear_poll_request() { poll_.fetch_and(~kRequest, std::memory_order_acquire); }
  bool stop(ThreadState& t) { return promote(t), true; }
  turnstile::Promotion promote(ThreadState& t) {
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_ticket_++, written = served_;
    ++stops_wanted_;
    poll_.fetch_add(kOneStop, std::memory_order_release);
    --running_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return served_ == ticket && !exclusive_ && running_ == 0 && entry_turns_ == 0; });
    exclusive_ = t.exclusive = true;
    return served_ == written ? turnstile::Promotion::atomic : turnstile::Promotion::interleaved;
  }
  bool try_promote(ThreadState& t) {
    {
      std::scoped_lock lock(mutex_);
      if (stops_wanted_ > 0 || running_ != 1) return false;
    }
    return promote(t) == turnstile::Promotion::atomic || (resume(t), false);
  }
  void resume(ThreadState& t) {
    std::scoped_lock lock(mutex_);
    exclusive_ = t.exclusive = false;
    ++served_;
    --stops_wanted_;
    poll_.fetch_sub(kOneStop, std::memory_order_release);
    entry_turns_ = waiting_to_enter_;
    ++running_;
    changed_.notify_all();
  }
  void demote(ThreadState& t) { resume(t); }
  std::size_t attached() const { return attached_.load(std::memory_order_relaxed); }
  void after_fork_in_child(ThreadState&) { attached_.store(1, std::memory_order_relaxed); }

 private:
  /// Not during a stop; and of those that wait when a stop ends, each has a turn before the next one.
  void await_turn(std::unique_lock<std::mutex>& lock) {
    ++waiting_to_enter_;
    changed_.wait(lock, [&] { return !exclusive_ && (stops_wanted_ == 0 || entry_turns_ > 0); });
    --waiting_to_enter_;
    if (entry_turns_ > 0) --entry_turns_;
  }
  void count(std::uint32_t change) {
    std::unique_lock lock(mutex_);
    await_turn(lock);
    attached_.fetch_add(change, std::memory_order_relaxed);
    changed_.notify_all();  // a stop may have waited for the last turn
  }

  static constexpr std::uint32_t kRequest = 1, kOneStop = 2;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ticket_ = 0, served_ = 0;  // these and the next: guarded by mutex_
  std::uint32_t running_ = 0, stops_wanted_ = 0, waiting_to_enter_ = 0, entry_turns_ = 0;
  bool exclusive_ = false;
  std::atomic<std::uint32_t> poll_{0}, attached_{0};
};
