// What samples instead of proving: schedulers.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/kit/mutants/faulty_mutex.h"
#include "tests/kit/mutex_kit.h"
#include "tests/kit/search/schedulers.h"

namespace turnstile::kit {
namespace {

template <MutexBug bug>
Report run_mutex(Scheduler& scheduler) {
  Options options;
  options.scheduler = &scheduler;
  MutexProgram<FaultyMutex<RawExplorerPlatform, bug>> program(
      {"3", {MutexRole::locker, MutexRole::locker, MutexRole::locker}});
  Engine engine(options);
  return engine.explore(program);
}

TEST_CASE("preemption-bounded search finds what needs a preemption, and never proves") {
  PreemptionBound none(0), one(1), two(2);
  CHECK(run_mutex<MutexBug::test_then_set>(none).outcome == Outcome::sampled);
  CHECK(none.complete());
  CHECK(run_mutex<MutexBug::test_then_set>(one).outcome == Outcome::refuted);
  const Report right = run_mutex<MutexBug::none>(two);
  CHECK(right.outcome == Outcome::sampled);
  CHECK(two.complete());
  CHECK(right.bound == "every schedule with at most 2 preemptions");
  CHECK(right.executions > 100);
}

TEST_CASE("PCT finds a bug of its depth and prints its bound") {
  Pct deep(3000, 3);
  CHECK(run_mutex<MutexBug::test_then_set>(deep).outcome == Outcome::refuted);
  Pct sound(2000, 2);
  const Report right = run_mutex<MutexBug::none>(sound);
  CHECK(right.outcome == Outcome::sampled);
  CHECK(right.executions == 2000);
  CHECK(sound.probability() > 0.9);
  CHECK(right.bound.find("PCT, depth 2") == 0);
}

TEST_CASE("the scheduled search knows deadlocks") {
  PreemptionBound two(2);
  CHECK(run_mutex<MutexBug::unlock_wakes_nobody>(two).violation.property == property::kLostWake);
}

}  // namespace
}  // namespace turnstile::kit
