// world_lock::FromSharedMutex: a world lock made of any C++ SharedMutex: run = shared, stopped world = exclusive.
//
//   blocked --enter: lock_shared--> running --leave: unlock_shared--> blocked
//   running --poll, a stop waits--> stopped (shared lock released) --that stop, or another, is served--> running
//   running --stop: count it, unlock_shared, ticket, lock--> exclusive --resume: unlock, lock_shared, next ticket-->
//
// Fairness: stops are first come, first served by ticket. A thread that polls, enters or attaches while stops wait
// stays out until one has been served, then asks the mutex again: so a mutex that prefers readers cannot starve stops.
// Whether a mutex that prefers writers starves readers, and who overtakes whom at its door, is declared unknown; attach
// waits for it too. The caller: of enter blocked, of leave, safepoint, stop, promote running, of resume and demote
// exclusive. Memory order: the mutex orders what running and exclusive threads do. served_ is released in resume() and
// acquired by who may stay out, before it looks at poll_: a stop that was served must not pass for one that waits.
#pragma once

#include <cstdint>
#include <new>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "policies/concepts.h"
#include "policies/platform.h"
#include "policies/world_lock/tickets.h"

namespace turnstile::world_lock {

template <class M>
concept SharedMutex = requires(M mutex) {
  mutex.lock();
  mutex.unlock();
  mutex.lock_shared();
  mutex.unlock_shared();
};

template <SharedMutex M, class Platform = RealPlatform>
class FromSharedMutex {
 public:
  static constexpr std::string_view kName = "from_shared_mutex";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = true;
  static constexpr bool kHasPoll = true;
  static constexpr bool kCanStopMany = true;
  static constexpr bool kReaderProgress = false;
  static constexpr int kWriterOvertakes = -1;

  struct alignas(64) ThreadState {
    ThreadState() = default;
    ThreadState(const ThreadState&) = delete;
    ThreadState& operator=(const ThreadState&) = delete;
    typename Platform::template var<bool> exclusive{false};  // the thread's own
  };

  void attach(ThreadState&) { change_attached(1); }
  void detach(ThreadState&) { change_attached(~std::uint32_t{0}); }
  void enter(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (t.exclusive) return;
    stay_out(served_.load(std::memory_order_acquire));
    mutex_.lock_shared();
  }
  void leave(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (!t.exclusive) mutex_.unlock_shared();
  }

  PollWord poll_word(ThreadState&) { return {Platform::poll_address(poll_), ~std::uint32_t{0}}; }
  void safepoint(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (poll_.load(std::memory_order_relaxed) < kOneStop || t.exclusive) return;
    const std::uint32_t served = served_.load(std::memory_order_acquire);
    mutex_.unlock_shared();
    stay_out(served);
    mutex_.lock_shared();
  }
  /// Lock-free, hence async-signal-safe. Release: who sees the request sees what was written before it.
  void request_poll() { poll_.fetch_or(kRequest, std::memory_order_release); }
  void clear_poll_request() { poll_.fetch_and(~kRequest, std::memory_order_acquire); }

  bool stop(ThreadState& t) { return promote(t), true; }
  Promotion promote(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    const std::uint64_t written = written_;
    const std::uint32_t ticket = tickets_.draw();  // before others can see that a stop waits
    poll_.fetch_add(kOneStop, std::memory_order_relaxed);
    mutex_.unlock_shared();
    tickets_.wait_for(ticket);
    return become_exclusive(t) == written ? Promotion::atomic : Promotion::interleaved;
  }
  /// With the only ticket nobody else can write between the shared and the exclusive lock. It also fails while
  /// another thread has not quite finished its resume().
  bool try_promote(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (!tickets_.try_lock()) return false;
    poll_.fetch_add(kOneStop, std::memory_order_relaxed);
    mutex_.unlock_shared();
    become_exclusive(t);
    return true;
  }
  void resume(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    t.exclusive = false;
    mutex_.unlock();
    mutex_.lock_shared();  // only readers get in between: writers need the ticket
    poll_.fetch_sub(kOneStop, std::memory_order_relaxed);
    served_.fetch_add(1, std::memory_order_release);
    Platform::unpark(served_);
    tickets_.unlock();
  }
  void demote(ThreadState& t) { resume(t); }

  std::uint32_t attached() const { return attached_.load(std::memory_order_relaxed); }

  void after_fork_in_child(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    ::new (static_cast<void*>(&mutex_)) M;  // others may have held the old one: it is forgotten, not destroyed
    t.exclusive ? mutex_.lock() : mutex_.lock_shared();
    tickets_.reset_after_fork(t.exclusive);
    poll_.store((poll_.load(std::memory_order_relaxed) & kRequest) | (t.exclusive ? kOneStop : 0),
                std::memory_order_relaxed);
    attached_.store(1, std::memory_order_relaxed);
  }

 private:
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  static constexpr std::uint32_t kRequest = 1, kOneStop = 2;

  /// What written_ was before.
  std::uint64_t become_exclusive(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    mutex_.lock();
    t.exclusive = true;
    return written_++;
  }

  /// Until a stop is served or none waits. `served` was read while the caller could not be missed by resume().
  void stay_out(std::uint32_t served) {
    Platform::park_until(served_, std::memory_order_relaxed, [&](std::uint32_t now) {
      return now != served || poll_.load(std::memory_order_relaxed) < kOneStop;
    });
  }

  /// The shared lock makes it wait for the end of a stop.
  void change_attached(std::uint32_t change) {
    stay_out(served_.load(std::memory_order_acquire));
    mutex_.lock_shared();
    attached_.fetch_add(change, std::memory_order_relaxed);
    mutex_.unlock_shared();
  }

  alignas(64) Atomic<std::uint32_t> poll_{0};  // kOneStop for each stop that waits or is exclusive, and kRequest
  alignas(64) Atomic<std::uint32_t> served_{0};
  Tickets<Platform> tickets_;
  Atomic<std::uint32_t> attached_{0};
  M mutex_;
  typename Platform::template var<std::uint64_t> written_{0};  // exclusive sections; guarded by mutex_
};

}  // namespace turnstile::world_lock
