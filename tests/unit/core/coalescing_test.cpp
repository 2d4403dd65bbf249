// Requests for a collection that meet are one stop.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string_view>
#include <thread>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"

using namespace turnstile;

namespace {

// Makes a collection due, and leaves it to whoever allocates next.
void make_due(RuntimeCore& runtime, Mutator& m) {
  runtime.gc_enabled = false;
  for (int i = 0; i < 64; ++i) {
    REQUIRE(runtime.allocate_slow(m, std::size_t{1} << 20) != nullptr);
  }
  runtime.gc_enabled = true;
}

}  // namespace

TEST_CASE("a thread that finds the world being stopped does not stop it once more for a collection") {
  for (const BundleInfo& bundle : bundles()) {
    if (bundle.name != "grwl" && bundle.name != "biased") continue;
    CAPTURE(bundle.name);
    const std::unique_ptr<RuntimeCore> runtime = bundle.make({});
    std::atomic<bool> running{false};
    std::thread other([&] {
      ThreadScope scope(*runtime);
      Mutator& m = scope.mutator();
      running = true;
      while ((m.poll_word->load() & m.poll_mask) == 0) std::this_thread::yield();
      CHECK(runtime->allocate_slow(m, std::size_t{1} << 20) != nullptr);  // a collection is due; it is overtaken here
    });
    {
      MainScope scope(*runtime);
      Mutator& m = scope.mutator();
      make_due(*runtime, m);
      while (!running) std::this_thread::yield();
      REQUIRE(runtime->stop_world(m));
      const stats::Snapshot before = runtime->counters();
      runtime->collect(m);
      runtime->resume_world(m);
      runtime->leave(m);
      other.join();
      runtime->enter(m);
      const stats::Snapshot after = runtime->counters();
      CHECK(after[stats::Counter::collections] - before[stats::Counter::collections] == 1);
      CHECK(after[stats::Counter::stops] == before[stats::Counter::stops]);
    }
  }
}
