// world_lock::None: nothing keeps threads apart; the world can be stopped only while it consists of one thread.
//
//   attached = 1 --stop--> stopped (attach waits) --resume--> attached = 1
//   attached > 1, or somebody waits to attach: stop() fails
//
// Fairness: enter, leave and stop never wait. An attacher waits for one stop at most: while it waits, stop() fails.
// The caller of stop/resume is an attached mutator. There is no poll: request_poll() does nothing.
// Memory order: the mutex orders everything.
#pragma once

#include <cstdint>
#include <string_view>

#include "policies/concepts.h"
#include "policies/platform.h"
#include "policies/platform_mutex.h"

namespace turnstile::world_lock {

template <class Platform = RealPlatform>
class None {
 public:
  static constexpr std::string_view kName = "none";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = true;
  static constexpr bool kHasPoll = false;
  static constexpr bool kCanStopMany = false;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = 0;

  struct alignas(64) ThreadState {
    ThreadState() = default;
    ThreadState(const ThreadState&) = delete;
    ThreadState& operator=(const ThreadState&) = delete;
  };

  void attach(ThreadState&) {
    mutex_.lock();
    ++attaching_;
    while (stopped_.load(std::memory_order_relaxed) != 0) {
      mutex_.unlock();
      Platform::park(stopped_, 1);
      mutex_.lock();
    }
    --attaching_;
    attached_.store(attached_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    mutex_.unlock();
  }
  void detach(ThreadState&) {
    Holding hold(mutex_);
    attached_.store(attached_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
  }

  void enter(ThreadState&) {}
  void leave(ThreadState&) {}
  PollWord poll_word(ThreadState&) { return {}; }
  void safepoint(ThreadState&) {}
  void request_poll() {}
  void clear_poll_request() {}

  bool stop(ThreadState&) {
    Holding hold(mutex_);
    if (attached_.load(std::memory_order_relaxed) + attaching_ != 1) return false;
    stopped_.store(1, std::memory_order_relaxed);
    return true;
  }
  void resume(ThreadState&) {
    Holding hold(mutex_);
    stopped_.store(0, std::memory_order_relaxed);
    Platform::unpark(stopped_);
  }
  bool try_promote(ThreadState& thread) { return stop(thread); }
  /// Only while stop() would succeed; with several threads there is no exclusivity to be had.
  Promotion promote(ThreadState& thread) { return stop(thread) ? Promotion::atomic : Promotion::interleaved; }
  void demote(ThreadState& thread) { resume(thread); }

  std::uint32_t attached() const { return attached_.load(std::memory_order_relaxed); }

  void after_fork_in_child(ThreadState&) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    mutex_.reset_after_fork();
    attaching_ = 0;
    attached_.store(1, std::memory_order_relaxed);
  }

 private:
  template <class T>
  using Atomic = typename Platform::template atomic<T>;

  PlatformMutex<Platform> mutex_;
  typename Platform::template var<std::uint32_t> attaching_ ABSL_GUARDED_BY(mutex_){0};
  Atomic<std::uint32_t> attached_{0};  // written under mutex_
  Atomic<std::uint32_t> stopped_{0};   // written under mutex_
};

}  // namespace turnstile::world_lock
