// What every wait of the threading modules is built from: queues of parked threads, and a lock.
//
// These are the runtime's own: no policy guards them, so threads that share nothing else are safe under every policy.
// The mutexes in here are leaves: held for a few instructions, never over a wait, an allocation or managed code.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "core/mutator.h"
#include "core/parker.h"

namespace turnstile {

enum class WaitResult : std::uint8_t {
  woken,
  timed_out,
  interrupted,  // main thread only: call RuntimeCore::deliver_interrupt, no mutex held
};

/// Whether a wait of the main thread ends when a signal comes. A wait that may not end early leaves the interrupt
/// pending.
enum class Interruptible : bool { no, yes };

/// A parked thread in a queue. Lies on its stack.
struct Waiter {
  explicit Waiter(Mutator& m) : parker(&m.parker) {}
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  Parker* parker;
  Waiter* next = nullptr;
  Waiter* previous = nullptr;
  bool woken = false;           // taken out of the queue by a waker
  bool wants_handover = false;  // Lock's own: lost the race for a released lock once
  bool handed_over = false;     // Lock's own: the lock is held on its behalf
};

/// Waiting threads in order of arrival. The owner keeps its state under `mutex`, too.
class WaitQueue {
 public:
  std::mutex mutex;

  // All with `mutex` held.
  bool empty() const { return first_ == nullptr; }
  std::uint64_t size() const;
  void push_back(Waiter& w);
  void push_front(Waiter& w);
  void remove(Waiter& w);
  /// Wakes the first; false when nobody waits.
  bool wake_one();
  void wake_all();
  /// Takes the first out of the queue; finish with wake(). Null when nobody waits.
  Waiter* pop();
  /// The waiter's owner cannot return before it has got the mutex, so it is still there.
  static void wake(Waiter& w) {
    w.woken = true;
    w.parker->unpark();
  }

  /// Sleeps at the end of the queue until woken. Releases `lock` (of `mutex`) while it sleeps, holds it again on
  /// return. May block (in a region). Spurious wakes do not end it.
  WaitResult wait(Mutator& m, std::unique_lock<std::mutex>& lock, Deadline deadline = kNoDeadline,
                  Interruptible interruptible = Interruptible::yes);
  /// The same for a waiter that is in the queue already.
  WaitResult wait_as(Mutator& m, std::unique_lock<std::mutex>& lock, Waiter& w, Deadline deadline,
                     Interruptible interruptible);

 private:
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
};

/// The lock behind threading.Lock, which may be held over managed code and over waits.
///
///   bits of state_: locked, waiters (the queue is not empty; changes only under the queue's mutex)
///
/// Uncontended: one compare-and-swap to take it, one to release it. A release wakes the first waiter and leaves the
/// lock free, so a thread that comes along may overtake it; a waiter that was overtaken once goes to the front and gets
/// the lock from the next release directly. Acquire of a successful exchange pairs with release of release(); a lock
/// handed over is ordered by the queue's mutex.
class LockCore {
 public:
  bool try_acquire() {
    std::uint32_t state = 0;
    if (state_.compare_exchange_strong(state, kLocked, std::memory_order_acquire, std::memory_order_relaxed))
      return true;
    return try_acquire_contended(state);
  }
  /// May block (in a region).
  WaitResult acquire(Mutator& m, Deadline deadline = kNoDeadline, Interruptible interruptible = Interruptible::yes) {
    if (try_acquire()) [[likely]]
      return WaitResult::woken;
    return acquire_slow(m, deadline, interruptible);
  }
  /// Any thread may release it. False: it was not locked.
  bool release() {
    std::uint32_t state = kLocked;
    if (state_.compare_exchange_strong(state, 0, std::memory_order_release, std::memory_order_relaxed)) [[likely]]
      return true;
    return release_slow();
  }
  bool locked() const { return (state_.load(std::memory_order_relaxed) & kLocked) != 0; }

 private:
  static constexpr std::uint32_t kLocked = 1;
  static constexpr std::uint32_t kWaiters = 2;

  bool try_acquire_contended(std::uint32_t state);
  WaitResult acquire_slow(Mutator& m, Deadline deadline, Interruptible interruptible);
  bool release_slow();

  std::atomic<std::uint32_t> state_{0};
  WaitQueue queue_;
};

/// Holds a LockCore; waits without regard to signals.
class LockScope {
 public:
  LockScope(Mutator& m, LockCore& lock) : lock_(lock) { lock_.acquire(m, kNoDeadline, Interruptible::no); }
  ~LockScope() { lock_.release(); }
  LockScope(const LockScope&) = delete;
  LockScope& operator=(const LockScope&) = delete;

 private:
  LockCore& lock_;
};

/// Threads waiting for a state that a LockCore guards.
class ConditionCore {
 public:
  /// Queues the caller, calls release(), sleeps, calls reacquire() and reports how the sleep ended. release and
  /// reacquire may run managed code. May block (in a region).
  template <class Release, class Reacquire>
  WaitResult wait(Mutator& m, Deadline deadline, Release&& release, Reacquire&& reacquire) {
    Waiter w(m);
    {
      std::scoped_lock lock(queue_.mutex);
      queue_.push_back(w);
    }
    WaitResult result = WaitResult::timed_out;
    const bool released = release();
    {
      std::unique_lock lock(queue_.mutex);
      if (released) {
        result = queue_.wait_as(m, lock, w, deadline, Interruptible::yes);
      } else if (!w.woken) {
        queue_.remove(w);
      }
    }
    if (released) reacquire();
    return result;
  }
  WaitResult wait(Mutator& m, LockCore& held, Deadline deadline) {
    return wait(m, deadline, [&] { return held.release(); }, [&] { held.acquire(m, kNoDeadline, Interruptible::no); });
  }
  void notify(std::uint64_t count);
  void notify_all();
  std::uint64_t waiting();

 private:
  WaitQueue queue_;
};

}  // namespace turnstile
