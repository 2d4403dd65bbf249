// A violation's replay string builds the same execution again, every time.
#include <doctest/doctest.h>

#include "tests/kit/mutants/faulty_mutex.h"
#include "tests/kit/mutants/faulty_world.h"
#include "tests/kit/mutex_kit.h"
#include "tests/kit/world/verify.h"

namespace turnstile::kit {
namespace {

template <Bug bug>
void replay_world(const Scenario& scenario, Model model) {
  using Lock = FaultyWorld<ExplorerPlatform, bug>;
  Options options;
  options.model = model;
  options.stuck_means = scenario.stuck_means;
  const Report found = explore_world<Lock>(scenario, options);
  REQUIRE(found.outcome == Outcome::refuted);
  options.replay = parse_replay(found.violation.replay);
  const Report first = explore_world<Lock>(scenario, options);
  REQUIRE(first.outcome == Outcome::refuted);
  CHECK(first.violation.property == found.violation.property);
  CHECK(first.violation.text == found.violation.text);
  CHECK(first.violation.replay.size() <= found.violation.replay.size());  // it ends with the violation
  for (int i = 0; i < 200; ++i) {
    const Report again = explore_world<Lock>(scenario, options);
    REQUIRE(again.violation.trace == first.violation.trace);
    REQUIRE(again.violation.replay == first.violation.replay);
  }
}

TEST_CASE("1,000 of 1,000 replays are identical") {
  using enum Role;
  replay_world<Bug::no_fence_on_enter>({"replay", {reader, writer}}, Model::tso);
  replay_world<Bug::enter_relaxed>({"replay", {reader, writer}}, Model::rc11);
  replay_world<Bug::leave_wakes_nobody>({"replay", {reader, writer}}, Model::sc);
  replay_world<Bug::promotion_says_atomic>({"replay", {promoter, promoter}}, Model::sc);
  replay_world<Bug::fork_keeps_mutex>({"replay", {parent, sibling}, property::kFork}, Model::sc);
}

TEST_CASE("a recording of a right lock's execution proves nothing") {
  Options options;
  options.replay = parse_replay("0.0.1.");
  const Scenario scenario{"replay", {Role::reader, Role::reader}};
  CHECK(explore_world<FaultyWorld<ExplorerPlatform, Bug::none>>(scenario, options).outcome == Outcome::sampled);
}

TEST_CASE("a scenario shrinks to the threads that matter") {
  using Lock = FaultyWorld<ExplorerPlatform, Bug::enter_ignores_stop>;
  Options options;
  options.max_seconds = 10;
  const Scenario large{"large", {Role::poller, Role::attacher, Role::writer}};
  const Scenario small = shrink<Lock>(large, property::kExclusion, options);
  CHECK(small.roles.size() == 2);
  CHECK(explore_world<Lock>(small, options).violation.property == property::kExclusion);
}

}  // namespace
}  // namespace turnstile::kit
