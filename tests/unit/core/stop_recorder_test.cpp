// Stops as they are recorded: under every policy that can stop several threads, and not at all when it is off.
#include "core/stop_recorder.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"

using namespace turnstile;

namespace {

// One thread loops until the other has collected ten times.
constexpr const char* kProgram =
    "import gc\n"
    "ready = []\n"
    "done = []\n"
    "def spin():\n"
    "    ready.append(1)\n"
    "    while not done:\n"
    "        pass\n"
    "def stops():\n"
    "    while not ready:\n"
    "        pass\n"
    "    for i in range(10):\n"
    "        gc.collect()\n"
    "    done.append(1)\n";

void run_both(RuntimeCore& runtime) {
  {
    MainScope scope(runtime);
    REQUIRE(run_source(scope.mutator(), kProgram, "spinner.py"));
  }
  std::thread spinner([&] {
    ThreadScope scope(runtime);
    call_global(scope.mutator(), "spin", {});
  });
  {
    MainScope scope(runtime);
    call_global(scope.mutator(), "stops", {});
    CHECK(take_error(scope.mutator()).empty());
  }
  spinner.join();
}

}  // namespace

TEST_CASE("a recorded stop names the line of the thread that came last") {
  for (const BundleInfo& bundle : bundles()) {
    if (bundle.name == "nosync") continue;  // stops nobody
    CAPTURE(bundle.name);
    RuntimeOptions options;
    options.record_stops = true;
    options.tier = RuntimeOptions::Tier::interpreter;
    std::unique_ptr<RuntimeCore> runtime = bundle.make(options);
    run_both(*runtime);
    const StopRecorder& stops = runtime->stop_recorder();
    CHECK(stops.time_to_stop.count() >= 10);
    CHECK(stops.time_stopped.count() == stops.time_to_stop.count());
    CHECK(stops.time_stopped.max() > 0);
    // Under the gil the stopper runs alone: nobody is waited for.
    if (bundle.name == "gil") continue;
    CHECK(stops.worst_straggler().find("spinner.py:") == 0);
    CHECK(stops.worst_straggler().find("in spin (thread ") != std::string::npos);
  }
}

TEST_CASE("nothing is recorded when it is off") {
  std::unique_ptr<RuntimeCore> runtime = find_bundle("biased")->make(RuntimeOptions{});
  run_both(*runtime);
  CHECK(runtime->stop_recorder().time_to_stop.count() == 0);
  CHECK(runtime->stop_recorder().worst_straggler().empty());
}
