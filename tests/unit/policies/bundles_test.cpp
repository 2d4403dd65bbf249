// The bundles, as the list of tested policies has them, and changing one axis of one.
#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>
#include <thread>

#include "tests/policy_list.h"

namespace turnstile {
namespace {

struct Mine : Grwl {
  using Stats = stats::SharedAtomic;
};
static_assert(CheckedPolicy<Mine>);
static_assert(std::is_same_v<Mine::WorldLock, Grwl::WorldLock>);
static_assert(!std::is_same_v<Mine::Stats, Grwl::Stats>);

TEST_CASE("every policy of the list is complete and has a name of its own") {
  std::set<std::string> names;
  for_each_policy([&]<class P>() {
    static_assert(SyncPolicy<P>);
    static_assert(CheckedPolicy<P>);
    CHECK(names.insert(std::string(std::string_view(P::kName))).second);
  });
  CHECK(names.size() == 10);
  for (const char* shipped : {"gil", "grwl", "biased", "nosync"}) CHECK(names.count(shipped) == 1);
}

TEST_CASE("the states of all axes of two policies live side by side") {
  for_each_policy([]<class P>() {
    struct Runtime {
      typename P::WorldLock world;
      typename P::ObjectLock objects;
      typename P::HeapLock heap;
      typename P::GcTrigger trigger;
      typename P::CodeLock code;
      typename P::Stats stats;
    };
    auto one = std::make_unique<Runtime>(), two = std::make_unique<Runtime>();
    auto run = [](Runtime& runtime) {
      typename P::WorldLock::ThreadState state;
      runtime.world.attach(state);
      runtime.world.enter(state);
      CHECK(runtime.world.stop(state));  // the other world neither knows nor waits
      runtime.world.resume(state);
      runtime.world.leave(state);
      runtime.world.detach(state);
    };
    typename P::WorldLock::ThreadState state;
    one->world.attach(state);
    one->world.enter(state);
    std::thread([&] { run(*two); }).join();
    one->world.leave(state);
    one->world.detach(state);
    run(*one);
  });
}

TEST_CASE("world locks declare what they are") {
  CHECK_FALSE(Gil::WorldLock::kParallelMutators);
  CHECK(Grwl::WorldLock::kParallelMutators);
  CHECK(Biased::WorldLock::kParallelMutators);
  CHECK(Biased::WorldLock::kWriterOvertakes == 0);
  CHECK(Biased::WorldLock::kReaderProgress);
  CHECK_FALSE(NoSync::WorldLock::kHasPoll);
  CHECK_FALSE(NoSync::WorldLock::kCanStopMany);
  CHECK(NoSync::kUnguardedObjects);
  CHECK_FALSE(StdSharedMutex::WorldLock::kReaderProgress);
}

}  // namespace
}  // namespace turnstile
