// A world lock that can be broken in one place: reader_biased's design, written out in one class. With Bug::none it
// must pass whatever the shipped one passes.
#pragma once

#include <string_view>

#include "policies/concepts.h"
#include "policies/platform_mutex.h"
#include "tests/kit/mutants/bugs.h"

// Which bug is compiled in decides who holds the mutex when: more than the thread-safety analysis can follow.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wthread-safety-analysis"
#endif

namespace turnstile::kit {

template <class Platform, Bug bug>
class FaultyWorld {
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  template <class T>
  using Var = typename Platform::template var<T>;
  enum Word : std::uint32_t { kBlocked, kRunning, kInLine };
  enum Wish : std::uint32_t { kRun, kAttach, kDetach, kStop };
  enum Gate : std::uint32_t { kClosed = 1, kRequest = 2 };
  static constexpr auto kRelaxed = std::memory_order_relaxed;
  static constexpr auto kAcquire = std::memory_order_acquire;
  static constexpr auto kRelease = std::memory_order_release;
  static constexpr std::memory_order unless(Bug b, std::memory_order order) { return bug == b ? kRelaxed : order; }

 public:
  static constexpr std::string_view kName = "faulty";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelMutators = true;
  static constexpr bool kHasPoll = true;
  static constexpr bool kCanStopMany = true;
  static constexpr bool kReaderProgress = true;
  static constexpr int kWriterOvertakes = 0;

  struct ThreadState {
    Atomic<std::uint32_t> word{kBlocked};
    Var<std::uint32_t> wish{kRun};
    Var<ThreadState*> behind{nullptr}, previous{nullptr}, next{nullptr};
  };

  void attach(ThreadState& t) { enroll(t, kAttach); }
  void detach(ThreadState& t) { enroll(t, kDetach); }

  void enter(ThreadState& t) {
    t.word.store(kRunning, kRelaxed);
    if constexpr (bug == Bug::enter_ignores_stop) return;
    if constexpr (bug != Bug::no_fence_on_enter) Platform::asym_light();
    if ((gate_.load(unless(Bug::enter_relaxed, kAcquire)) & kClosed) != 0) step_aside(t);
  }
  void leave(ThreadState& t) {
    t.word.store(kBlocked, unless(Bug::leave_relaxed, kRelease));
    if constexpr (bug == Bug::leave_wakes_nobody) return;
    if constexpr (bug != Bug::no_fence_on_leave) Platform::asym_light();
    if ((gate_.load(kRelaxed) & kClosed) == 0) return;
    if constexpr (bug == Bug::gate_cleared_by_leaver) gate_.fetch_and(~std::uint32_t{kClosed}, kRelaxed);
    Platform::unpark(t.word);
  }
  PollWord poll_word(ThreadState&) {
    return {Platform::poll_address(bug == Bug::poll_word_not_set ? unused_ : gate_), kClosed | kRequest};
  }
  template <class Work = void (*)()>
  void safepoint(ThreadState& t, Work&& work = [] {}) {
    if ((gate_.load(kAcquire) & kClosed) != 0) step_aside(t, work);
  }
  void request_poll() { gate_.fetch_or(kRequest, unless(Bug::request_relaxed, kRelease)); }
  void clear_poll_request() { gate_.fetch_and(~std::uint32_t{kRequest}, kAcquire); }

  bool stop(ThreadState& t) {
    if constexpr (bug != Bug::not_exclusive) promote(t);
    return true;
  }
  Promotion promote(ThreadState& t) {
    mutex_.lock();
    if (stopper_ == nullptr) {
      close(t);
      return Promotion::atomic;
    }
    if constexpr (bug != Bug::promoters_keep_reads) depart(t);
    await_turn(t, kStop);
    await_others(t);
    return bug == Bug::promotion_says_atomic ? Promotion::atomic : Promotion::interleaved;
  }
  bool try_promote(ThreadState& t) {
    mutex_.lock();
    if (stopper_ == nullptr || bug == Bug::try_ignores_others) return close(t), true;
    if constexpr (bug == Bug::failed_try_leaves_gate) gate_failed_ = true;
    mutex_.unlock();
    return false;
  }
  void resume(ThreadState& t) {
    Holding hold(mutex_);
    if (bug == Bug::not_exclusive && stopper_ != &t) return;
    stopper_ = nullptr;
    if constexpr (bug == Bug::attach_starves) move_stop_to_front();
    while (stopper_ == nullptr && first_ != nullptr) {
      ThreadState& served = *first_;
      if (bug != Bug::served_thread_returns_early) first_ = served.behind;
      serve(served);
      if (bug == Bug::served_thread_returns_early) first_ = served.behind;
    }
    if (stopper_ == nullptr && !gate_failed_) {
      gate_.fetch_and(~std::uint32_t{kClosed}, unless(Bug::open_relaxed, kRelease));
    }
    if constexpr (bug == Bug::wake_one_of_many) {
      turn_.fetch_add(1, kRelease);
      Platform::unpark(turn_, 1);
    }
  }
  void demote(ThreadState& t) {
    if constexpr (bug == Bug::demote_gives_up_read) {
      mutex_.lock();
      depart(t);
      mutex_.unlock();
      resume(t);
      return enter(t);
    }
    resume(t);
  }
  std::uint32_t attached() const { return attached_.load(kRelaxed); }

  void after_fork_in_child(ThreadState& t) {
    if constexpr (bug != Bug::fork_keeps_mutex) mutex_.reset_after_fork();
    first_ = nullptr;
    attached_.store(1, kRelaxed);
    threads_ = &t;
    t.previous = t.next = nullptr;
    if (stopper_ == &t || bug == Bug::fork_keeps_stop) return;
    stopper_ = nullptr;
    gate_.fetch_and(~std::uint32_t{kClosed}, kRelease);
  }

 private:
  void close(ThreadState& t) {
    stopper_ = &t;
    gate_.fetch_or(kClosed, kRelaxed);
    mutex_.unlock();
    if constexpr (bug != Bug::no_heavy_fence) Platform::asym_heavy();
    await_others(t);
    if constexpr (bug == Bug::gate_opened_early) gate_.fetch_and(~std::uint32_t{kClosed}, kRelease);
  }
  void depart(ThreadState& t) {
    t.word.store(kInLine, kRelease);
    if constexpr (bug != Bug::poll_wakes_nobody) Platform::unpark(t.word);
  }
  void await_others(ThreadState& t) {
    ThreadState* other = threads_;
    if (bug == Bug::stopper_skips_one && other != &t && other != nullptr) other = other->next;
    for (; other != nullptr; other = other->next) {
      if (other == &t) continue;
      while (other->word.load(unless(Bug::await_relaxed, kAcquire)) == kRunning) {
        if constexpr (bug == Bug::sleep_without_comparing) {
          Platform::park(other->word, other->word.load(kRelaxed));
        } else {
          Platform::park(other->word, kRunning);
        }
      }
    }
  }
  template <class Work = void (*)()>
  void step_aside(ThreadState& t, Work&& work = [] {}) {
    if constexpr (bug == Bug::lends_before_departing) work();
    mutex_.lock();
    if (bug == Bug::lends_the_stopper && stopper_ == &t) work();
    if (stopper_ == nullptr || (stopper_ == &t && bug != Bug::region_in_stop_queues)) return mutex_.unlock();
    depart(t);
    if constexpr (bug == Bug::lends_under_mutex) work();
    if constexpr (bug == Bug::lends_out_of_line) {
      mutex_.unlock();
      work();
      mutex_.lock();
    }
    constexpr bool worked =
        bug == Bug::lends_before_departing || bug == Bug::lends_under_mutex || bug == Bug::lends_out_of_line;
    await_turn(t, kRun, [&] {
      if constexpr (!worked) work();
    });
  }
  void enroll(ThreadState& t, Wish wish) {
    mutex_.lock();
    const bool ignores =
        (wish == kAttach && bug == Bug::attach_ignores_stop) || (wish == kDetach && bug == Bug::detach_ignores_stop);
    if (stopper_ == nullptr || ignores) {
      apply(t, wish);
      return mutex_.unlock();
    }
    await_turn(t, wish);
    if constexpr (bug == Bug::attach_counts_twice) attached_.fetch_add(wish == kAttach ? 1 : 0, kRelaxed);
    if constexpr (bug != Bug::served_thread_returns_early) Holding until_resume_is_done(mutex_);
  }
  std::uint32_t apply(ThreadState& t, std::uint32_t wish) {
    if (wish == kRun || wish == kStop) return kRunning;
    if (wish == kAttach) {
      t.previous = nullptr;
      t.next = threads_;
      if (threads_ != nullptr) threads_->previous = &t;
      threads_ = &t;
    } else {
      (t.previous == nullptr ? threads_ : t.previous->next) = t.next;
      if (bug != Bug::detach_forgets_link && t.next != nullptr) t.next->previous = t.previous;
    }
    attached_.fetch_add(wish == kAttach ? 1 : ~std::uint32_t{0}, kRelaxed);
    return kBlocked;
  }
  void serve(ThreadState& t) {
    if (t.wish == kStop) stopper_ = &t;
    const std::uint32_t word = apply(t, t.wish);
    t.word.store(bug == Bug::safepoint_left_unchecked && t.wish == kRun ? kBlocked : word,
                 unless(Bug::served_relaxed, kRelease));
    if constexpr (bug != Bug::wake_one_of_many) Platform::unpark(t.word);
  }
  template <class Work = void (*)()>
  void await_turn(ThreadState& t, Wish wish, Work&& work = [] {}) {
    t.wish = wish;
    t.behind = nullptr;
    if (!(bug == Bug::promoters_keep_reads && wish == kStop)) t.word.store(kInLine, kRelease);
    (first_ == nullptr ? first_ : last_->behind) = &t;
    last_ = &t;
    const std::uint32_t turn = bug == Bug::wake_one_of_many ? turn_.load(kRelaxed) : 0;
    mutex_.unlock();
    work();
    if constexpr (bug == Bug::promoters_keep_reads) {
      if (wish == kStop) Platform::await([&] { return t.word.load(kAcquire) != kRunning; });
    }
    while (t.word.load(unless(Bug::served_relaxed, kAcquire)) == kInLine) {
      if constexpr (bug == Bug::wake_one_of_many) {
        Platform::park(turn_, turn);
      } else {
        Platform::park(t.word, kInLine);
      }
    }
    if (bug == Bug::safepoint_left_unchecked && wish == kRun) t.word.store(kRunning, kRelaxed);
  }
  /// The first stop in line goes before all others.
  void move_stop_to_front() {
    ThreadState* before = nullptr;
    for (ThreadState* t = first_; t != nullptr; before = t, t = t->behind) {
      if (t->wish != kStop || before == nullptr) continue;
      before->behind = t->behind;
      if (last_ == t) last_ = before;
      t->behind = first_;
      first_ = t;
      return;
    }
  }

  Atomic<std::uint32_t> gate_{0}, unused_{0}, turn_{0}, attached_{0};
  PlatformMutex<Platform> mutex_;
  Var<ThreadState*> stopper_{nullptr}, first_{nullptr}, last_{nullptr}, threads_{nullptr};
  Var<bool> gate_failed_{false};
};

}  // namespace turnstile::kit

#if defined(__clang__)
#pragma clang diagnostic pop
#endif
