// A forked child has one thread, whatever the others were doing.
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/policies/world_lock_testing.h"

namespace turnstile {
namespace {

using testing::Running;

template <class Lock>
bool child_works(Lock& lock, typename Lock::ThreadState& state, bool exclusive) {
  lock.after_fork_in_child(state);
  if (lock.attached() != 1) return false;
  if (exclusive) lock.resume(state);
  lock.safepoint(state);
  if (!lock.stop(state)) return false;
  lock.resume(state);
  if (lock.promote(state) != Promotion::atomic) return false;
  lock.demote(state);
  lock.leave(state);
  typename Lock::ThreadState another;
  lock.attach(another);
  lock.enter(another);
  lock.leave(another);
  lock.detach(another);
  lock.enter(state);
  lock.leave(state);
  lock.detach(state);
  return lock.attached() == 0;
}

/// Forks, runs child_works, and reports whether it did.
template <class Lock>
bool fork_works(Lock& lock, typename Lock::ThreadState& state, bool exclusive) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);  // a hang is a failure
    _exit(child_works(lock, state, exclusive) ? 0 : 1);
  }
  int status = -1;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_CASE_TEMPLATE("fork: the child is alone and goes on", Lock, TURNSTILE_STOPPABLE_LOCKS) {
  Lock lock;
  std::atomic<bool> done{false};
  std::vector<std::thread> others;
  std::atomic<int> started{0};
  for (int i = 0; i < 2; ++i) {
    others.emplace_back([&] {
      Running<Lock> self(lock);
      started.fetch_add(1);
      while (!done.load()) {
        self.poll();
        lock.stop(self.state());
        lock.resume(self.state());
        lock.leave(self.state());
        lock.enter(self.state());
      }
    });
  }
  {
    Running<Lock> self(lock);
    self.poll_until([&] { return started.load() == 2; });
    for (int round = 0; round < 5; ++round) {
      CHECK(fork_works(lock, self.state(), false));
      self.poll();
      CHECK(lock.stop(self.state()));
      CHECK(fork_works(lock, self.state(), true));
      lock.resume(self.state());
      self.poll();
    }
    done = true;
  }
  for (auto& other : others) other.join();
}

TEST_CASE("fork under none") {
  world_lock::None<> lock;
  Running<world_lock::None<>> self(lock);
  world_lock::None<>::ThreadState other;
  lock.attach(other);
  CHECK(fork_works(lock, self.state(), false));
  lock.detach(other);
}

}  // namespace
}  // namespace turnstile
