// world_lock::StopLine: the slow paths of a stoppable world: who is exclusive, and who waits for what, in one line.
// ReaderBiased and WriterPreferred derive from it and add how running threads are counted (the hooks, named below).
//
//   the world   open --stop--> closing --all others left, polled or queued--> exclusive --resume--> open
//               exclusive --resume, a stop is next in line--> closing   (handed over: the gate stays closed)
//   a thread    running or blocked --found the gate closed--> in line --its turn--> running, blocked, or exclusive
//
// Fairness: first in, first out. resume() serves everybody up to the next stop at once, and serves means: the thread
// *is* running (attached, detached) before it wakes, so the next stop waits for it. Hence nobody overtakes a waiting
// stop, and nobody in the line waits for more stops than stood before it. Blocked threads do not stand there.
// The caller of safepoint, stop, promote is running; of resume, demote exclusive; of attach, detach blocked.
// Memory order: resume() opens the gate by release, enter() of the derived lock loads it with acquire; a turn is the
// release store in LineThread::serve(), acquired in await_turn(); what the others did before they stopped reaches the
// stopper by the derived lock's counting. The registry, which the stopper reads alone, is changed under the mutex.
#pragma once

#include <cassert>
#include <cstdint>

#include "policies/concepts.h"
#include "policies/platform.h"
#include "policies/platform_mutex.h"
#include "policies/world_lock/line_thread.h"
#include "policies/world_lock/poll_gate.h"

namespace turnstile::world_lock {

/// Self has, under the mutex: close(), open() (new readers come to the line, or do not), depart(t) (a running thread
/// no longer is), admit(t) (the reverse), enlist(t), delist(t); without it: barrier(t) (after close), await_others(t)
/// (until nobody runs but t), forget_others(t, exclusive) (fork).
template <class Self, class Platform>
class StopLine {
 public:
  using ThreadState = LineThread<Platform>;
  void attach(ThreadState& t) { enroll(t, Wish::attach); }
  void detach(ThreadState& t) { enroll(t, Wish::detach); }

  PollWord poll_word(ThreadState&) { return gate_.poll_word(); }
  /// If a stop waits for the thread (it has not come and gone), work() is called in the line.
  template <class Work = NoWork>
  void safepoint(ThreadState& t, Work&& work = {}) {
    if (gate_.closed(std::memory_order_relaxed)) step_aside(t, work);
  }
  void request_poll() { gate_.request(); }
  void clear_poll_request() { gate_.clear(); }
  bool stop(ThreadState& t) { return promote(t), true; }
  /// Interleaved: a stop was ahead, and has been exclusive before this one is.
  Promotion promote(ThreadState& t) {
    mutex_.lock();
    if (stopper_ == nullptr) return become_stopper(t), Promotion::atomic;
    self().depart(t);
    await_turn(t, Wish::stop);
    self().await_others(t);  // the gate has been closed since the first stop of the chain, which passed the barrier
    return Promotion::interleaved;
  }
  bool try_promote(ThreadState& t) {
    mutex_.lock();
    if (stopper_ == nullptr) return become_stopper(t), true;
    return mutex_.unlock(), false;
  }
  void resume([[maybe_unused]] ThreadState& t) {
    Holding hold(mutex_);
    assert(stopper_ == &t);
    stopper_ = nullptr;
    // The gate opens before anybody wakes: who gets this thread's processor at once finds it open.
    Line<Platform, ThreadState> served;
    while (stopper_ == nullptr && !line_.empty()) {
      ThreadState& next = *line_.pop();
      apply(next, next.wish);
      served.push(next);
    }
    if (stopper_ == nullptr) open_gate();
    while (ThreadState* const next = served.pop()) next->serve();
  }
  /// The exclusive thread counts as running throughout, so that no stop gets in between: the read is kept.
  void demote(ThreadState& t) { resume(t); }

  std::uint32_t attached() const { return attached_.load(std::memory_order_relaxed); }

  void after_fork_in_child(ThreadState& t) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    mutex_.reset_after_fork();
    line_.clear();
    attached_.store(1, std::memory_order_relaxed);
    self().forget_others(t, stopper_ == &t);
    if (stopper_ == &t) return;
    stopper_ = nullptr;
    open_gate();
  }

 protected:
  /// For a running thread that found the gate closed: stopped until its turn, if the gate is closed indeed.
  template <class Work = NoWork>
  [[gnu::noinline]] void step_aside(ThreadState& t, Work&& work = {}) {
    mutex_.lock();
    if (stopper_ == nullptr || stopper_ == &t) return mutex_.unlock();  // exclusive: a region inside the stop ends
    self().depart(t);
    line_up(t, Wish::run);
    work();
    t.await_turn();
  }

  PollGate<Platform> gate_;

 private:
  friend Self;
  StopLine() = default;
  Self& self() { return static_cast<Self&>(*this); }

  void become_stopper(ThreadState& t) ABSL_UNLOCK_FUNCTION(mutex_) {
    stopper_ = &t;
    gate_.close(), self().close();
    mutex_.unlock();
    self().barrier(t);
    self().await_others(t);
  }

  void open_gate() { self().open(), gate_.open(); }
  void enroll(ThreadState& t, Wish wish) {
    mutex_.lock();
    if (stopper_ == nullptr) return apply(t, wish), mutex_.unlock();
    await_turn(t, wish);
  }

  /// Changes the world as wished, but for the thread's word.
  void apply(ThreadState& t, Wish wish) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (wish == Wish::stop) stopper_ = &t;
    if (wish == Wish::run || wish == Wish::stop) return self().admit(t);
    const bool arrives = wish == Wish::attach;
    arrives ? self().enlist(t) : self().delist(t);
    attached_.fetch_add(arrives ? 1 : ~std::uint32_t{0}, std::memory_order_relaxed);
  }

  void await_turn(ThreadState& t, Wish wish) ABSL_UNLOCK_FUNCTION(mutex_) { line_up(t, wish), t.await_turn(); }
  void line_up(ThreadState& t, Wish wish) ABSL_UNLOCK_FUNCTION(mutex_) {
    assert(stopper_ != nullptr && stopper_ != &t);
    t.wish = wish;
    t.word.store(ThreadState::kInLine, std::memory_order_release);
    line_.push(t);
    mutex_.unlock();
  }

  alignas(64) PlatformMutex<Platform> mutex_;
  typename Platform::template var<ThreadState*> stopper_ ABSL_GUARDED_BY(mutex_){nullptr};  // closing or exclusive
  Line<Platform, ThreadState> line_ ABSL_GUARDED_BY(mutex_);       // empty if there is no stopper
  typename Platform::template atomic<std::uint32_t> attached_{0};  // written under mutex_
};

}  // namespace turnstile::world_lock
