// Who is served when, and what a stop costs: deterministic, by counting sleeps and wakes instead of time.
#include "tests/unit/policies/world_lock_testing.h"

namespace turnstile {
namespace {

using testing::CountingPlatform;
using testing::Running;
using testing::wait_until;

TEST_CASE_TEMPLATE("a stop of blocked threads sleeps not and wakes nobody", Lock, TURNSTILE_COUNTED_LOCKS) {
  Lock lock;
  std::vector<typename Lock::ThreadState> blocked(8);
  for (auto& state : blocked) lock.attach(state);
  for (auto& state : blocked) {
    lock.enter(state);
    lock.leave(state);
  }
  Running<Lock> self(lock);
  CountingPlatform::reset();
  for (int i = 0; i < 10; ++i) {
    CHECK(lock.stop(self.state()));
    lock.resume(self.state());
  }
  CHECK(CountingPlatform::parks == 0);
  CHECK(CountingPlatform::unparks == 0);
  CHECK(CountingPlatform::barriers <= 10);
  for (auto& state : blocked) lock.detach(state);
}

/// The state of a thread that stands in the line, seen from outside: it has gone to sleep.
void wait_for_sleepers(int count) {
  wait_until([&] { return CountingPlatform::parks.load() >= count; });
}

TEST_CASE_TEMPLATE("the first resume serves an attacher", Lock, TURNSTILE_COUNTED_LOCKS,
                   world_lock::Gil<CountingPlatform>) {
  Lock lock;
  Running<Lock> self(lock);
  CHECK(lock.stop(self.state()));
  CountingPlatform::reset();
  std::latch checked(1);
  std::thread comer([&] {
    typename Lock::ThreadState state;
    lock.attach(state);
    checked.wait();
    lock.detach(state);
  });
  wait_for_sleepers(1);
  CHECK(lock.attached() == 1);
  lock.resume(self.state());
  CHECK(lock.attached() == 2);  // however quickly the next stop comes, the attacher is attached before it
  CHECK(lock.stop(self.state()));
  CHECK(lock.attached() == 2);
  checked.count_down();
  lock.resume(self.state());
  self.poll_until([&] { return lock.attached() == 1; });
  comer.join();
}

TEST_CASE_TEMPLATE("the first resume lets a waiting thread run, and the next stop waits for it", Lock,
                   TURNSTILE_COUNTED_LOCKS) {
  Lock lock;
  Running<Lock> self(lock);
  for (int round = 0; round < 20; ++round) {
    typename Lock::ThreadState state;
    lock.attach(state);
    CHECK(lock.stop(self.state()));
    bool ran = false;  // not atomic: the lock orders it
    std::thread comer([&] {
      lock.enter(state);
      ran = true;
      lock.leave(state);
    });
    wait_until([&] { return state.word.load() == Lock::ThreadState::kInLine; });
    CHECK_FALSE(ran);
    lock.resume(self.state());
    CHECK(lock.stop(self.state()));
    CHECK(ran);
    lock.resume(self.state());
    comer.join();
    lock.detach(state);
  }
}

TEST_CASE_TEMPLATE("the line is first in, first out: two stops, a reader between them", Lock, TURNSTILE_COUNTED_LOCKS) {
  Lock lock;
  std::vector<int> order;  // of exclusive sections
  std::latch all_run(4);
  typename Lock::ThreadState second, reader, third;
  auto in_line = [](typename Lock::ThreadState& state) { return state.word.load() == Lock::ThreadState::kInLine; };
  auto closed = [&](typename Lock::ThreadState& state) {
    const PollWord poll = lock.poll_word(state);
    return (poll.word->load() & poll.mask) != 0;
  };
  auto start = [&](typename Lock::ThreadState& state) {
    lock.attach(state);
    lock.enter(state);
    all_run.arrive_and_wait();
  };
  auto finish = [&](typename Lock::ThreadState& state) {
    lock.leave(state);
    lock.detach(state);
  };
  auto stopper = [&](int id, typename Lock::ThreadState& state, typename Lock::ThreadState* before) {
    start(state);
    wait_until([&] { return before == nullptr ? closed(state) : in_line(*before); });
    lock.stop(state);
    order.push_back(id);
    lock.resume(state);
    finish(state);
  };
  std::thread two([&] { stopper(2, second, nullptr); });
  std::thread between([&] {
    start(reader);
    wait_until([&] { return in_line(second); });
    lock.safepoint(reader);
    CHECK(order == std::vector<int>{1, 2});  // and the third stop waits until this thread leaves
    finish(reader);
  });
  std::thread three([&] { stopper(3, third, &reader); });
  {
    Running<Lock> self(lock);
    all_run.arrive_and_wait();
    CHECK(lock.stop(self.state()));  // waits until the other three stand in the line
    order.push_back(1);
    lock.resume(self.state());
  }
  two.join();
  between.join();
  three.join();
  CHECK(order == std::vector<int>{1, 2, 3});
}

TEST_CASE("queued stops share one process-wide barrier") {
  using Lock = world_lock::ReaderBiased<CountingPlatform>;
  Lock lock;
  constexpr int kOthers = 3;
  std::barrier inside(kOthers + 1);
  CountingPlatform::reset();
  std::vector<std::thread> threads;
  int stops = 0;
  auto work = [&] {
    Running<Lock> self(lock);
    inside.arrive_and_wait();
    // All run, so the first stop has to wait until the others have queued theirs: one chain, one barrier.
    CHECK(lock.stop(self.state()));
    ++stops;
    lock.resume(self.state());
  };
  for (int i = 0; i < kOthers; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  CHECK(stops == kOthers + 1);
  CHECK(CountingPlatform::barriers == 1);
}

TEST_CASE("a stop that finds every other thread in the line needs no process-wide barrier, one beside a blocked does") {
  using Lock = world_lock::ReaderBiased<testing::PatientPlatform>;
  Lock lock;
  Running<Lock> self(lock);
  std::atomic<bool> done{false};
  std::latch runs(2);
  std::thread other([&] {
    Running<Lock> other_self(lock);
    runs.count_down();
    other_self.poll_until([&] { return done.load(); });
    CHECK(lock.stop(other_self.state()));  // beside `self`, which joins in a blocked state
    lock.resume(other_self.state());
  });
  runs.arrive_and_wait();
  CountingPlatform::reset();
  for (int i = 0; i < 10; ++i) {
    CHECK(lock.stop(self.state()));
    lock.resume(self.state());
  }
  CHECK(CountingPlatform::barriers == 0);
  lock.leave(self.state());
  done = true;
  other.join();
  CHECK(CountingPlatform::barriers == 1);
  lock.enter(self.state());
}

TEST_CASE_TEMPLATE("many stoppers, a coming and going thread: both get on", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  std::atomic<bool> done{false};
  std::vector<std::thread> stoppers;
  for (int i = 0; i < 3; ++i) {
    stoppers.emplace_back([&] {
      Running<Lock> self(lock);
      while (!done.load()) {
        lock.stop(self.state());
        lock.resume(self.state());
        self.poll();
      }
    });
  }
  for (int i = 0; i < 30; ++i) Running<Lock> self(lock);  // would not end if repeated stops starved it
  done = true;
  for (auto& stopper : stoppers) stopper.join();
  CHECK(lock.attached() == 0);
}

TEST_CASE("the gil: a poll that was demanded hands over before it returns") {
  using Lock = world_lock::Gil<>;
  Lock lock;
  Running<Lock> self(lock);
  bool ran = false;
  std::thread other([&] {
    typename Lock::ThreadState state;
    lock.attach(state);
    lock.enter(state);
    ran = true;
    lock.leave(state);
    lock.detach(state);
  });
  wait_until([&] { return self.asked(); });  // after the switch interval, however long that takes
  CHECK_FALSE(ran);
  lock.safepoint(self.state());
  CHECK(ran);
  other.join();
}

TEST_CASE("the gil: nobody is handed over to during a stop, the demand stays") {
  using Lock = world_lock::Gil<>;
  Lock lock;
  Running<Lock> self(lock);
  CHECK(lock.stop(self.state()));
  lock.resume(self.state());
  bool ran = false;
  Lock::ThreadState state;
  lock.attach(state);
  CHECK(lock.stop(self.state()));
  std::thread other([&] {
    lock.enter(state);
    ran = true;
    lock.leave(state);
  });
  wait_until([&] { return self.asked(); });
  lock.safepoint(self.state());
  CHECK_FALSE(ran);
  lock.resume(self.state());
  lock.safepoint(self.state());
  CHECK(ran);
  other.join();
  lock.detach(state);
}

TEST_CASE("the gil: three threads that only poll take turns") {
  using Lock = world_lock::Gil<>;
  Lock lock;
  constexpr int kTurns = 3;
  int turns[3] = {0, 0, 0};  // not atomic: one thread runs
  int last = -1;
  auto work = [&](int id) {
    Running<Lock> self(lock);
    self.poll_until([&] {
      if (last != id) ++turns[id];
      last = id;
      return turns[0] >= kTurns && turns[1] >= kTurns && turns[2] >= kTurns;
    });
  };
  std::vector<std::thread> threads;
  for (int id = 0; id < 3; ++id) threads.emplace_back(work, id);
  for (auto& thread : threads) thread.join();
  CHECK(lock.attached() == 0);
}

TEST_CASE("none: stops only a world of one thread, which nobody joins meanwhile") {
  using Lock = world_lock::None<CountingPlatform>;
  Lock lock;
  Running<Lock> self(lock);
  CHECK(self.asked() == false);
  CHECK(lock.poll_word(self.state()).word == nullptr);
  CHECK(lock.stop(self.state()));
  CountingPlatform::reset();
  std::latch attached(1), seen(1);
  std::thread other([&] {
    Running<Lock> running(lock);
    attached.count_down();
    seen.wait();
  });
  wait_for_sleepers(1);
  CHECK(lock.attached() == 1);
  lock.resume(self.state());
  // The other waits or has come: either way this is no world of one thread any more.
  CHECK_FALSE(lock.stop(self.state()));
  attached.wait();
  CHECK(lock.attached() == 2);
  CHECK_FALSE(lock.stop(self.state()));
  CHECK_FALSE(lock.try_promote(self.state()));
  seen.count_down();
  other.join();
  CHECK(lock.stop(self.state()));
  lock.resume(self.state());
}

}  // namespace
}  // namespace turnstile
