// The world lock of every policy under churn and injected delays on the machine's own threads, briefly: each is
// SAMPLED.
#include "tests/kit/real/stress.h"

#include <doctest/doctest.h>

#include "examples/custom_policy/monitor_lock.h"
#include "policies/heap_lock/mutex.h"
#include "policies/heap_lock/spin.h"
#include "policies/platform_mutex.h"
#include "tests/kit/mutants/faulty_world.h"
#include "tests/kit/real/delay_platform.h"
#include "tests/policy_list.h"

namespace turnstile {
namespace {

void expect_sampled(std::string_view name, const char* how, const kit::StressReport& report) {
  std::printf("%-20s %-8s %s\n", std::string(name).c_str(), how, report.text().c_str());
  CAPTURE(std::string(name));
  CHECK(report.property == "");
  CHECK(report.rounds > 0);
}

TEST_CASE("every policy's world lock under churn") {
  for_each_policy([]<class P>() {
    using Lock = typename P::WorldLock;
    expect_sampled(P::kName, "", kit::stress_world<Lock>({.threads = 4, .rounds = 400}));
    if constexpr (!std::is_same_v<Lock, kit::Delayed<Lock>>) {
      expect_sampled(P::kName, "delayed", kit::stress_world<kit::Delayed<Lock>>({.threads = 5, .rounds = 150}));
    }
  });
}

TEST_CASE("locks over a Platform are stressed with delays") {
  static_assert(!std::is_same_v<kit::Delayed<Biased::WorldLock>, Biased::WorldLock>);
  static_assert(!std::is_same_v<kit::Delayed<Gil::WorldLock>, Gil::WorldLock>);
  static_assert(!std::is_same_v<kit::Delayed<BravoSharedMutex::WorldLock>, BravoSharedMutex::WorldLock>);
}

TEST_CASE("a user's lock that is no template") {
  expect_sampled("monitor", "", kit::stress_world<MonitorLock>({.threads = 4, .rounds = 200}));
}

TEST_CASE("the mutexes under stress") {
  expect_sampled("heap_lock::Mutex", "", kit::stress_mutex<heap_lock::Mutex>({.threads = 4, .rounds = 500}));
  expect_sampled("heap_lock::Spin", "delayed",
                 kit::stress_mutex<heap_lock::SpinLock<kit::DelayPlatform>>({.threads = 4, .rounds = 500}));
  expect_sampled("PlatformMutex", "delayed",
                 kit::stress_mutex<PlatformMutex<kit::DelayPlatform>>({.threads = 4, .rounds = 500}));
}

#ifndef TURNSTILE_TSAN  // which would report the mutant's race
TEST_CASE("a lock that is not exclusive does not survive") {
  using Broken = kit::FaultyWorld<kit::DelayPlatform, kit::Bug::not_exclusive>;
  bool caught = false;
  for (std::uint64_t seed = 1; seed <= 100 && !caught; ++seed) {
    caught = kit::stress_world<Broken>({.threads = 4, .rounds = 500, .seed = seed}).failed();
  }
  CHECK(caught);
}
#endif

}  // namespace
}  // namespace turnstile
