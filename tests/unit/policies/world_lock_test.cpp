// What every world lock must do, whoever it is made of.
#include "tests/unit/policies/world_lock_testing.h"

#include <csignal>

namespace turnstile {
namespace {

using testing::Running;
using testing::wait_until;

TEST_CASE_TEMPLATE("readers see whole writes, writers are alone", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  long left = 0, right = 0;  // not atomic: the lock is what keeps them apart
  std::atomic<bool> torn{false};
  std::atomic<int> exclusive{0};
  auto work = [&](int id) {
    Running<Lock> self(lock);
    auto& state = self.state();
    for (int i = 0; i < 400; ++i) {
      if (left != right) torn = true;
      self.poll();
      if (i % 4 == 0) {
        lock.leave(state);
        lock.enter(state);
      }
      if ((i + id) % 5 != 0) continue;
      if (i % 3 == 0) {
        lock.promote(state);
      } else if (i % 3 == 1) {
        if (!lock.try_promote(state)) continue;
      } else {
        CHECK(lock.stop(state));
      }
      if (exclusive.fetch_add(1) != 0) torn = true;
      ++left;
      lock.safepoint(state);  // an exclusive thread may poll and stays exclusive
      ++right;
      exclusive.fetch_sub(1);
      i % 2 == 0 ? lock.resume(state) : lock.demote(state);
    }
  };
  std::vector<std::thread> threads;
  for (int id = 0; id < 4; ++id) threads.emplace_back(work, id);
  for (auto& thread : threads) thread.join();
  CHECK_FALSE(torn);
  CHECK(left == right);
  CHECK(lock.attached() == 0);
}

TEST_CASE_TEMPLATE("readers meet inside", Lock, TURNSTILE_PARALLEL_LOCKS, world_lock::None<>) {
  Lock lock;
  std::barrier meet(3);
  auto work = [&] {
    Running<Lock> self(lock);
    for (int i = 0; i < 20; ++i) meet.arrive_and_wait();  // would never end if one of them were outside
  };
  std::thread a(work), b(work);
  work();
  a.join();
  b.join();
}

TEST_CASE_TEMPLATE("a stop waits for running threads, which see what it did", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  std::atomic<bool> done{false};
  std::latch started(4);
  long value = 0;
  std::vector<std::thread> pollers;
  for (int i = 0; i < 3; ++i) {
    pollers.emplace_back([&] {
      Running<Lock> self(lock);
      started.count_down();
      long last = 0;
      self.poll_until([&] {
        CHECK(value >= last);
        last = value;
        return done.load();
      });
    });
  }
  {
    Running<Lock> self(lock);
    started.count_down();
    self.poll_until([&] { return started.try_wait(); });
    for (int i = 0; i < 50; ++i) {
      CHECK(lock.stop(self.state()));
      ++value;
      lock.resume(self.state());
      self.poll();
    }
    done = true;
  }
  for (auto& poller : pollers) poller.join();
  CHECK(value == 50);
}

TEST_CASE_TEMPLATE("blocked threads cost a stop nothing", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  std::latch blocked(3), release(1);
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 3; ++i) {
    sleepers.emplace_back([&] {
      Running<Lock> self(lock);
      lock.leave(self.state());
      blocked.count_down();
      release.wait();
      lock.enter(self.state());
    });
  }
  blocked.wait();
  {
    Running<Lock> self(lock);
    CHECK(lock.attached() == 4);
    for (int i = 0; i < 10; ++i) {
      CHECK(lock.stop(self.state()));  // returns although the three never poll
      lock.resume(self.state());
    }
  }
  release.count_down();
  for (auto& sleeper : sleepers) sleeper.join();
}

TEST_CASE_TEMPLATE("attach, enter and detach wait for the end of a stop", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  bool stopped = false;
  std::latch attached(1), asked(3);
  auto leaver = std::thread([&] {
    typename Lock::ThreadState state;
    lock.attach(state);
    attached.count_down();
    asked.arrive_and_wait();
    lock.detach(state);
    CHECK(lock.attached() <= 2);
  });
  attached.wait();
  auto comer = std::thread([&] {
    asked.arrive_and_wait();
    typename Lock::ThreadState state;
    lock.attach(state);
    lock.enter(state);
    CHECK_FALSE(stopped);
    lock.leave(state);
    lock.detach(state);
  });
  {
    Running<Lock> self(lock);
    CHECK(lock.attached() == 2);
    CHECK(lock.stop(self.state()));
    stopped = true;
    asked.arrive_and_wait();
    for (int i = 0; i < 100; ++i) std::this_thread::yield();
    CHECK(lock.attached() == 2);  // neither the one that comes nor the one that goes has got through
    stopped = false;
    lock.resume(self.state());
  }
  leaver.join();
  comer.join();
  CHECK(lock.attached() == 0);
}

TEST_CASE_TEMPLATE("of two promoters exactly one is atomic", Lock, TURNSTILE_PARALLEL_LOCKS) {
  Lock lock;
  constexpr int kRounds = 100;
  std::atomic<int> won{0}, atomic{0}, interleaved{0}, finished{0};
  std::barrier inside(2), outside(2);
  auto work = [&] {
    for (int round = 0; round < kRounds; ++round) {
      Running<Lock> self(lock);
      inside.arrive_and_wait();
      if (lock.try_promote(self.state())) {
        won.fetch_add(1);
        lock.demote(self.state());
      }
      finished.fetch_add(1);
      self.poll_until([&] { return finished.load() == 2 * (round + 1); });
      lock.leave(self.state());
      outside.arrive_and_wait();
      lock.enter(self.state());
      inside.arrive_and_wait();
      (lock.promote(self.state()) == Promotion::atomic ? atomic : interleaved).fetch_add(1);
      lock.demote(self.state());
      lock.leave(self.state());
      outside.arrive_and_wait();
      lock.enter(self.state());
    }
  };
  std::thread other(work);
  work();
  other.join();
  CHECK(won == kRounds);  // the loser did not poll before it lost, and the winner waited for that
  CHECK(atomic == kRounds);
  CHECK(interleaved == kRounds);
}

TEST_CASE_TEMPLATE("a promoter that waits for another reader is ahead of it", Lock, TURNSTILE_PARALLEL_LOCKS) {
  Lock lock;
  std::latch running(2);
  int value = 0;
  std::thread promoter([&] {
    Running<Lock> self(lock);
    running.arrive_and_wait();
    CHECK(lock.promote(self.state()) == Promotion::atomic);
    ++value;
    lock.demote(self.state());
  });
  {
    Running<Lock> self(lock);
    running.arrive_and_wait();
    wait_until([&] { return self.asked(); });
    CHECK_FALSE(lock.try_promote(self.state()));
    CHECK(value == 0);  // this read is still held
    CHECK(lock.promote(self.state()) == Promotion::interleaved);
    CHECK(value == 1);
    lock.demote(self.state());
  }
  promoter.join();
}

TEST_CASE_TEMPLATE("demotion keeps the read", Lock, TURNSTILE_PARALLEL_LOCKS) {
  Lock lock;
  std::latch attached(1), exclusive(1);
  int value = 0;
  std::thread other([&] {
    Running<Lock> self(lock);
    attached.count_down();
    self.poll_until([&] { return exclusive.try_wait(); });
    CHECK(lock.stop(self.state()));
    value = 2;
    lock.resume(self.state());
  });
  {
    Running<Lock> self(lock);
    self.poll_until([&] { return attached.try_wait(); });
    CHECK(lock.stop(self.state()));
    value = 1;
    exclusive.count_down();
    lock.demote(self.state());
    wait_until([&] { return self.asked(); });  // the other one wants to stop the world now
    CHECK(value == 1);
    lock.safepoint(self.state());
    CHECK(value == 2);
  }
  other.join();
}

TEST_CASE_TEMPLATE("a blocking region inside of a stop stays inside", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  std::latch running(1);
  std::atomic<bool> done{false};
  long value = 0;
  std::thread other([&] {
    Running<Lock> self(lock);
    running.count_down();
    self.poll_until([&] {
      ++value;
      return done.load();
    });
  });
  running.wait();
  {
    Running<Lock> self(lock);
    CHECK(lock.stop(self.state()));
    const long before = value;
    lock.leave(self.state());
    for (int i = 0; i < 50; ++i) std::this_thread::yield();
    lock.enter(self.state());
    CHECK(value == before);
    lock.resume(self.state());
    done = true;
  }
  other.join();
}

TEST_CASE_TEMPLATE("a lone thread stops, promotes and is counted", Lock, TURNSTILE_ALL_LOCKS) {
  Lock lock;
  CHECK(lock.attached() == 0);
  {
    Running<Lock> self(lock);
    auto& state = self.state();
    CHECK(lock.attached() == 1);
    CHECK(lock.stop(state));
    lock.resume(state);
    CHECK(lock.try_promote(state));
    lock.demote(state);
    CHECK(lock.promote(state) == Promotion::atomic);
    lock.demote(state);
    CHECK_FALSE(self.asked());
  }
  CHECK(lock.attached() == 0);
  {
    Running<Lock> again(lock);
    CHECK(lock.attached() == 1);
  }
}

template <class Lock>
Lock* signalled = nullptr;

TEST_CASE_TEMPLATE("a signal handler may request the poll", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  Running<Lock> self(lock);
  signalled<Lock> = &lock;
  const auto previous = std::signal(SIGUSR1, [](int) { signalled<Lock>->request_poll(); });
  CHECK_FALSE(self.asked());
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, previous);
  CHECK(self.asked());
  lock.safepoint(self.state());  // returns: nobody waits
  CHECK(self.asked());           // until it is cleared
  CHECK(lock.stop(self.state()));
  lock.resume(self.state());
  CHECK(self.asked());
  lock.clear_poll_request();
  CHECK_FALSE(self.asked());
}

}  // namespace
}  // namespace turnstile
