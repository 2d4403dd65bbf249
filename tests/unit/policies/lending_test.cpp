// A safepoint that lends the stopped thread out.
#include "policies/concepts.h"
#include "tests/unit/policies/world_lock_testing.h"

namespace turnstile {
namespace {

using testing::Running;
using testing::wait_until;

static_assert(LendingWorldLock<world_lock::ReaderBiased<>> && LendingWorldLock<world_lock::WriterPreferred<>>);
static_assert(!LendingWorldLock<world_lock::None<>>);

TEST_CASE_TEMPLATE("a stopped thread works for who stopped it, once, and a thread that is not stopped does not", Lock,
                   world_lock::ReaderBiased<>, world_lock::WriterPreferred<>) {
  Lock lock;
  std::atomic<bool> running{false};
  std::atomic<int> works{0};
  long value = 0;  // not atomic: written by the stopper and by the work that it asked for, one after the other
  std::thread other([&] {
    Running<Lock> self(lock);
    lock.safepoint(self.state(), [&] { works += 100; });
    running = true;
    wait_until([&] { return self.asked(); });
    lock.safepoint(self.state(), [&] {
      wait_until([&] { return works == 1; });
      ++value;
      works = 2;
    });
    CHECK(value == 2);
  });
  {
    Running<Lock> self(lock);
    self.poll_until([&] { return running.load(); });
    CHECK(lock.stop(self.state()));
    value = 1;
    works = 1;
    wait_until([&] { return works == 2; });
    CHECK(value == 2);
    lock.safepoint(self.state(), [&] { works += 100; });  // exclusive: not stopped
    lock.resume(self.state());
  }
  other.join();
  CHECK(works == 2);
}

TEST_CASE_TEMPLATE("work that goes on after the resumption holds the next stop up", Lock, world_lock::ReaderBiased<>,
                   world_lock::WriterPreferred<>) {
  Lock lock;
  std::atomic<int> step{0};
  std::thread other([&] {
    Running<Lock> self(lock);
    step = 1;
    wait_until([&] { return self.asked(); });
    lock.safepoint(self.state(), [&] {
      step = 2;
      wait_until([&] { return step == 3; });
      step = 4;
    });
  });
  {
    Running<Lock> self(lock);
    self.poll_until([&] { return step == 1; });
    CHECK(lock.stop(self.state()));
    wait_until([&] { return step == 2; });
    lock.resume(self.state());
    step = 3;
    CHECK(lock.stop(self.state()));
    CHECK(step == 4);
    lock.resume(self.state());
  }
  other.join();
}

}  // namespace
}  // namespace turnstile
