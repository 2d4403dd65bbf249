// The textbook's readers-writer lock: known numbers of executions, and how fast they go by; FromSharedMutex over it.
#include "tests/kit/shared_mutex_kit.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <ctime>

#include "policies/world_lock/from_shared_mutex.h"
#include "tests/kit/conformance.h"

namespace turnstile::kit {
namespace {

TEST_CASE("the textbook's readers-writer lock: as many executions as counting by hand gives") {
  // Two readers and two writers. Readers one after the other (2 ways) leave 3 places for the writers (12 ways), readers
  // that overlap (4 ways) leave 2 (6 ways).
  for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
    const Report report = explore_shared_mutex<TextbookRwLock>(2, 2, model);
    CHECK(report.outcome == Outcome::proved);
    CHECK(report.executions == 48);
  }
}

TEST_CASE("the textbook's readers-writer lock with more threads") {
  for (const auto& [readers, writers] : {std::pair{3, 2}, std::pair{3, 3}}) {
    for (const Model model : {Model::sc, Model::rc11}) {
      const std::clock_t before = std::clock();
      const Report report = explore_shared_mutex<TextbookRwLock>(readers, writers, model);
      const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
      CHECK(report.outcome == Outcome::proved);
      std::printf("%d readers, %d writers, %s; %.4f s of processor time, %.0f executions/s\n", readers, writers,
                  report.text().c_str(), seconds,
                  static_cast<double>(report.executions + report.blocked + report.dead) / seconds);
    }
  }
}

template <class Platform>
using OverTextbook = world_lock::FromSharedMutex<TextbookRwLock, Platform>;
SYNC_CONFORMANCE(OverTextbook)

TEST_CASE("FromSharedMutex over a mutex that prefers readers: who sees that a stop waits does not overtake it") {
  using Lock = OverTextbook<ExplorerPlatform>;
  for (const Role late : {Role::late_reader, Role::late_attacher}) {
    for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
      const Report report = explore_world<Lock>({"late", {Role::shown, late}}, {.model = model});
      CHECK(report.outcome == Outcome::proved);
    }
  }
}

}  // namespace
}  // namespace turnstile::kit
