#include "core/modules/wait_queue.h"

#include "core/guard.h"

namespace turnstile {

std::uint64_t WaitQueue::size() const {
  std::uint64_t n = 0;
  for (const Waiter* w = first_; w != nullptr; w = w->next) ++n;
  return n;
}

void WaitQueue::push_back(Waiter& w) {
  w.next = nullptr;
  w.previous = last_;
  (last_ == nullptr ? first_ : last_->next) = &w;
  last_ = &w;
}

void WaitQueue::push_front(Waiter& w) {
  w.previous = nullptr;
  w.next = first_;
  (first_ == nullptr ? last_ : first_->previous) = &w;
  first_ = &w;
}

void WaitQueue::remove(Waiter& w) {
  (w.previous == nullptr ? first_ : w.previous->next) = w.next;
  (w.next == nullptr ? last_ : w.next->previous) = w.previous;
}

Waiter* WaitQueue::pop() {
  Waiter* w = first_;
  if (w != nullptr) remove(*w);
  return w;
}

bool WaitQueue::wake_one() {
  Waiter* w = pop();
  if (w == nullptr) return false;
  wake(*w);
  return true;
}

void WaitQueue::wake_all() {
  while (wake_one()) {
  }
}

WaitResult WaitQueue::wait(Mutator& m, std::unique_lock<std::mutex>& lock, Deadline deadline,
                           Interruptible interruptible) {
  Waiter w(m);
  push_back(w);
  return wait_as(m, lock, w, deadline, interruptible);
}

WaitResult WaitQueue::wait_as(Mutator& m, std::unique_lock<std::mutex>& lock, Waiter& w, Deadline deadline,
                              Interruptible interruptible) {
  const bool heeds_signals = interruptible == Interruptible::yes && m.is_main;
  bool expired = false;
  for (;;) {
    if (w.woken) return WaitResult::woken;
    // Checked before each sleep: an earlier sleep may have taken the token that came with the interrupt.
    const bool interrupted = heeds_signals && m.interrupt_pending.load(std::memory_order_acquire);
    if (expired || interrupted) {
      remove(w);
      return interrupted ? WaitResult::interrupted : WaitResult::timed_out;
    }
    lock.unlock();
    {
      BlockingRegion region(m);
      expired = !m.parker.park(deadline);
    }
    lock.lock();
  }
}

bool LockCore::try_acquire_contended(std::uint32_t state) {
  while ((state & kLocked) == 0) {
    if (state_.compare_exchange_weak(state, state | kLocked, std::memory_order_acquire, std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

WaitResult LockCore::acquire_slow(Mutator& m, Deadline deadline, Interruptible interruptible) {
  Waiter w(m);
  std::unique_lock lock(queue_.mutex);
  for (;;) {
    // Either takes the lock, or leaves the waiters bit behind, which sends the releasing thread to the queue.
    std::uint32_t state = state_.load(std::memory_order_relaxed);
    for (;;) {
      if ((state & kLocked) == 0) {
        if (try_acquire_contended(state)) return WaitResult::woken;
        state = state_.load(std::memory_order_relaxed);
      } else if ((state & kWaiters) != 0 ||
                 state_.compare_exchange_weak(state, state | kWaiters, std::memory_order_relaxed,
                                              std::memory_order_relaxed)) {
        break;
      }
    }
    w.woken = false;
    if (w.wants_handover) {
      queue_.push_front(w);
    } else {
      queue_.push_back(w);
    }
    const WaitResult result = queue_.wait_as(m, lock, w, deadline, interruptible);
    if (result != WaitResult::woken) {
      if (queue_.empty()) state_.fetch_and(~kWaiters, std::memory_order_relaxed);
      return result;
    }
    if (w.handed_over) return WaitResult::woken;
    w.wants_handover = true;
  }
}

bool LockCore::release_slow() {
  std::scoped_lock lock(queue_.mutex);
  if ((state_.load(std::memory_order_relaxed) & kLocked) == 0) return false;
  Waiter* w = queue_.pop();
  const std::uint32_t waiters = queue_.empty() ? 0 : kWaiters;
  if (w != nullptr && w->wants_handover) {
    w->handed_over = true;
    state_.store(kLocked | waiters, std::memory_order_relaxed);
  } else {
    state_.store(waiters, std::memory_order_release);
  }
  if (w != nullptr) WaitQueue::wake(*w);
  return true;
}

void ConditionCore::notify(std::uint64_t count) {
  std::scoped_lock lock(queue_.mutex);
  while (count-- != 0 && queue_.wake_one()) {
  }
}

void ConditionCore::notify_all() {
  std::scoped_lock lock(queue_.mutex);
  queue_.wake_all();
}

std::uint64_t ConditionCore::waiting() {
  std::scoped_lock lock(queue_.mutex);
  return queue_.size();
}

}  // namespace turnstile
