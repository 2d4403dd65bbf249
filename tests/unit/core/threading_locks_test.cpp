// What the waits of threading are built from, under every policy: parker, lock, condition, event.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "core/embedding.h"
#include "core/exceptions.h"
#include "core/modules/lock_objects.h"
#include "core/modules/program_threads.h"
#include "core/modules/wait_queue.h"
#include "core/ops.h"
#include "core/poll.h"
#include "core/runtime.h"
#include "tests/policy_list.h"

namespace turnstile {
namespace {

using namespace std::chrono_literals;

constexpr Deadline kMillisecond = 1'000'000;

Deadline in(Deadline nanoseconds) { return RealPlatform::now() + nanoseconds; }

TEST_CASE("a token left for a parker is not lost, and tokens do not add up") {
  Parker parker;
  parker.unpark();
  parker.unpark();
  CHECK(parker.park(kNoDeadline));
  CHECK_FALSE(parker.park(in(kMillisecond)));
  std::thread waker([&] {
    std::this_thread::sleep_for(5ms);
    parker.unpark();
  });
  CHECK(parker.park(kNoDeadline));
  waker.join();
}

template <class P>
class Fixture {
 public:
  static constexpr int kThreads = 4;

  template <class Work>
  void run(Work&& work, int count = kThreads) {
    std::vector<std::thread> threads;
    for (int t = 0; t < count; ++t) {
      threads.emplace_back([&, t] {
        ThreadScope scope(runtime);
        work(scope.mutator(), t);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  BasicRuntime<P> runtime;
};

template <class P>
void exclude_each_other() {
  Fixture<P> f;
  LockCore lock;
  RLockCore nested;
  std::uint64_t plain = 0;
  std::uint64_t recursive = 0;
  constexpr int kRounds = 5000;
  f.run([&](Mutator& m, int) {
    for (int i = 0; i < kRounds; ++i) {
      lock.acquire(m);
      ++plain;
      lock.release();
      nested.acquire(m, kNoDeadline, Interruptible::no);
      nested.acquire(m, kNoDeadline, Interruptible::no);
      ++recursive;
      nested.release(m);
      nested.release(m);
      poll(m);
    }
  });
  CHECK(plain == std::uint64_t{kRounds} * Fixture<P>::kThreads);
  CHECK(recursive == plain);
  CHECK_FALSE(lock.locked());
  CHECK_FALSE(lock.release());
}

template <class P>
void time_out() {
  Fixture<P> f;
  LockCore lock;
  std::atomic<int> late{0};
  REQUIRE(lock.try_acquire());
  f.run([&](Mutator& m, int) {
    if (lock.acquire(m, in(2 * kMillisecond)) == WaitResult::timed_out) late.fetch_add(1);
  });
  CHECK(late.load() == Fixture<P>::kThreads);
  CHECK(lock.release());
  CHECK(lock.try_acquire());  // no waiter was left behind
  CHECK(lock.release());
}

// Owners that hold the lock most of the time: a waiter that is overtaken must get it nevertheless.
template <class P>
void nobody_starves() {
  Fixture<P> f;
  LockCore lock;
  std::atomic<int> finished{0};
  f.run([&](Mutator& m, int t) {
    if (t == 0) {
      for (int i = 0; i < 50; ++i) {
        lock.acquire(m);
        lock.release();
        poll(m);
      }
      finished.store(1);
      return;
    }
    while (finished.load() == 0) {
      lock.acquire(m);
      lock.release();
      poll(m);
    }
  });
  CHECK(finished.load() == 1);
}

template <class P>
void wait_for_each_other() {
  Fixture<P> f;
  LockCore lock;
  ConditionCore changed;
  int turn = 0;
  constexpr int kRounds = 500;
  f.run(
      [&](Mutator& m, int me) {
        for (int i = 0; i < kRounds; ++i) {
          lock.acquire(m);
          while (turn % 2 != me) changed.wait(m, lock, kNoDeadline);
          ++turn;
          changed.notify(1);
          lock.release();
        }
      },
      2);
  CHECK(turn == 2 * kRounds);
  CHECK(changed.waiting() == 0);
}

template <class P>
void wake_all_at_once() {
  Fixture<P> f;
  EventCore event;
  std::atomic<int> through{0};
  f.run([&](Mutator& m, int t) {
    if (t == 0) {
      BlockingRegion region(m);
      std::this_thread::sleep_for(2ms);
      event.signal();
      return;
    }
    if (event.wait(m, kNoDeadline) == WaitResult::woken) through.fetch_add(1);
  });
  CHECK(through.load() == Fixture<P>::kThreads - 1);
}

// Whenever the interrupt comes: before the wait, as it begins, or while the thread sleeps.
template <class P>
void interrupt_the_main_thread() {
  BasicRuntime<P> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  for (int round = 0; round < 40; ++round) {
    EventCore never;
    std::atomic<bool> go{false};
    std::thread signaller([&] {
      while (!go.load()) std::this_thread::yield();
      if (round % 2 == 0) std::this_thread::sleep_for(std::chrono::microseconds(round * 20));
      runtime.interrupt_main();
    });
    go.store(true);
    CHECK(never.wait(m, kNoDeadline) == WaitResult::interrupted);
    signaller.join();
    CHECK_FALSE(runtime.deliver_interrupt(m));
    CHECK(exception_matches(m, runtime.exceptions.KeyboardInterrupt));
    m.exception = Value();
  }
  // A wait that heeds no signals leaves the interrupt for later.
  LockCore lock;
  lock.try_acquire();
  runtime.interrupt_main();
  CHECK(lock.acquire(m, in(kMillisecond), Interruptible::no) == WaitResult::timed_out);
  CHECK_FALSE(runtime.deliver_interrupt(m));
  m.exception = Value();
}

#define TURNSTILE_CASES(Policy) TEST_CASE_TEMPLATE_INVOKE(threading_primitives, Policy);

TEST_CASE_TEMPLATE_DEFINE("threading primitives", P, threading_primitives) {
  SUBCASE("locks exclude") { exclude_each_other<P>(); }
  SUBCASE("waits time out") { time_out<P>(); }
  SUBCASE("nobody starves") { nobody_starves<P>(); }
  SUBCASE("conditions") { wait_for_each_other<P>(); }
  SUBCASE("events") { wake_all_at_once<P>(); }
  SUBCASE("interrupts") { interrupt_the_main_thread<P>(); }
}

TURNSTILE_FOR_EACH_POLICY(TURNSTILE_CASES)

}  // namespace
}  // namespace turnstile
