// The system refuses memory to a whole runtime: an exception for who starts it, MemoryError or RuntimeError for the
// program, never an end of the process. And: memory that was given back, after threads, after a peak, after many
// rounds.
#include "tests/unit/allocator/refusing_pages.h"

#include <doctest/doctest.h>

#include <new>
#include <string>
#include <thread>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/ops.h"

using namespace turnstile;
using allocator::RefusingPages;

namespace {

// Grows the heap, starts threads, collects. What may fail is caught; the end is reached all the same.
constexpr const char* kProgram = R"(
import threading, gc
out = []
def build(n):
    kept = []
    for i in range(n):
        kept.append([i, str(i), (i, i)])
    return len(kept)
def attempt(f, *args):
    try:
        return f(*args)
    except MemoryError:
        return 'MemoryError'
    except RuntimeError as e:
        return str(e)
def in_thread():
    t = threading.Thread(target=lambda: out.append(attempt(build, 2000)))
    t.start()
    t.join()
    return 'joined'
results = [attempt(build, 20000), attempt(in_thread), attempt(in_thread), attempt(lambda: len('x' * (24 << 20)))]
gc.collect()
results.append(attempt(build, 20000))
)";

struct Outcome {
  bool constructed = false;
  bool ran = false;
  std::string error;
};

Outcome run(const BundleInfo& bundle, RefusingPages& pages) {
  RuntimeOptions options;
  options.tier = RuntimeOptions::Tier::interpreter;
  options.pages = &pages;
  Outcome outcome;
  try {
    std::unique_ptr<RuntimeCore> runtime = bundle.make(options);
    outcome.constructed = true;
    MainScope scope(*runtime);
    outcome.ran = run_source(scope.mutator(), kProgram);
    outcome.error = take_error(scope.mutator());
  } catch (const std::bad_alloc&) {
    outcome.error = "bad_alloc";
  }
  return outcome;
}

}  // namespace

TEST_CASE("refusal: each call of the page source refused once is an error of the program or of its start") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    RefusingPages never;
    const Outcome normal = run(bundle, never);
    REQUIRE(normal.ran);
    CHECK(never.mapped() == 0);
    REQUIRE(never.calls() >= 8);
    int start_errors = 0;
    for (std::uint64_t call = 1; call <= never.calls(); ++call) {
      CAPTURE(call);
      RefusingPages pages(call);
      const Outcome o = run(bundle, pages);
      INFO(o.error);
      CHECK(pages.refused() == (pages.calls() < call ? 0 : 1));  // threads' timing decides how many calls there are
      CHECK(pages.mapped() == 0);
      CHECK(o.constructed == (o.error != "bad_alloc"));
      CHECK((!o.constructed || o.ran || o.error.find("MemoryError") != std::string::npos));
      start_errors += o.constructed ? 0 : 1;
    }
    // A smaller region or a collection may make good for some refusals, not for that of the main thread's stack.
    CHECK(start_errors >= 1);
  }
}

TEST_CASE("refusal: what a handler of MemoryError needs to print is found when the heap is full") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    RuntimeOptions options;
    options.max_heap = std::size_t{4} << 20;
    const std::unique_ptr<RuntimeCore> runtime = bundle.make(options);
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    for (int i = 0; intern(m, std::to_string(i)) != nullptr; ++i) {  // of the same size
    }
    CHECK_FALSE(take_error(m).empty());
    for (const char* name : {"sys", "stdout", "builtins"}) CHECK(intern(m, name) != nullptr);
  }
}

TEST_CASE("refusal: a C++ thread that cannot attach gets an exception") {
  RefusingPages counter;
  std::uint64_t calls = 0;
  {
    RuntimeOptions options;
    options.pages = &counter;
    Runtime<Biased> runtime(options);
    calls = counter.calls();
  }
  RefusingPages pages(calls + 1);
  RuntimeOptions options;
  options.pages = &pages;
  Runtime<Biased> runtime(options);
  bool refused = false;
  std::thread([&] {
    try {
      const ThreadScope scope(runtime);
    } catch (const std::bad_alloc&) {
      refused = true;
    }
  }).join();
  CHECK(refused);
  CHECK(runtime.attached_threads() == 1);
  std::thread([&] { const ThreadScope scope(runtime); }).join();  // the next one gets what it asks for
}
