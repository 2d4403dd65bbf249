// Memory that comes back: after ten thousand threads, after a peak, round after round. All by counters, none by time.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/ops.h"
#include "tests/unit/allocator/refusing_pages.h"

using namespace turnstile;
using allocator::HeapStatistics;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

std::int64_t evaluate(Mutator& m, const char* function, std::int64_t argument) {
  std::int64_t out = -1;
  Value v = call_global(m, function, {Value::small_int(argument)});
  INFO(take_error(m));
  CHECK(int_to_int64(v, &out));
  return out;
}

// Twice: what a conservative root kept by chance in the first collection is gone in the second, and runs that were
// found empty while they were swept lazily are given back.
HeapStatistics settled(RuntimeCore& runtime, Mutator& m) {
  runtime.collect(m);
  runtime.collect(m);
  return runtime.heap_statistics();
}

}  // namespace

TEST_CASE("ten thousand threads created and joined leave nothing behind") {
  constexpr std::int64_t kThreads = 10000;
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    if (bundle.name == "nosync") continue;  // collects only while one thread is attached: its test is below
    allocator::RefusingPages pages;         // refuses nothing, counts
    RuntimeOptions options;
    options.pages = &pages;
    std::unique_ptr<RuntimeCore> runtime = bundle.make(options);
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    REQUIRE(run_source(m, R"(
import threading
def work():
    kept = [[i, str(i)] for i in range(20)]
    kept.append('x' * 40000)
    kept.append({i: (i,) for i in range(20)})
def run(n):
    for i in range(0, n, 4):
        ts = [threading.Thread(target=work) for k in range(4)]
        for t in ts: t.start()
        for t in ts: t.join()
    return threading.active_count()
)"));
    CHECK(evaluate(m, "run", 40) == 1);
    const HeapStatistics before = settled(*runtime, m);
    const std::size_t mapped = pages.mapped();
    CHECK(evaluate(m, "run", kThreads) == 1);
    const HeapStatistics after = settled(*runtime, m);
    CHECK(runtime->attached_threads() == 1);
    CHECK(after.thread_caches == 1);
    CHECK(after.large_objects <= before.large_objects + 4);  // a stale word of this stack may hold some
    CHECK(after.in_use_bytes <= before.in_use_bytes + kMiB);
    CHECK(pages.mapped() <= mapped + 4 * kMiB);  // no thread's stack is left; mark stacks may have grown
    CHECK(runtime->counters()[stats::Counter::threads_started] == kThreads + 40);
  }
}

TEST_CASE("memory goes back to the system after a peak") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    REQUIRE(run_source(m, R"(
kept = None
def build(n):
    global kept
    kept = [[i, str(i)] for i in range(n)]
    kept.append('x' * (30 << 20))
    return len(kept)
def drop(n):
    global kept
    kept = None
    return n
)"));
    CHECK(evaluate(m, "build", 200000) == 200001);
    const HeapStatistics peak = settled(*runtime, m);
    CHECK(peak.committed_bytes > 50 * kMiB);
    CHECK(evaluate(m, "drop", 1) == 1);
    const HeapStatistics after = settled(*runtime, m);
    CHECK(after.in_use_bytes < 8 * kMiB);
    CHECK(after.committed_bytes < 20 * kMiB);
    CHECK(after.peak_committed_bytes >= peak.committed_bytes);
  }
}

// TURNSTILE_SOAK_ROUNDS=100000 makes half an hour of it.
TEST_CASE("soak: memory stays flat, round after round") {
  const char* const wanted = std::getenv("TURNSTILE_SOAK_ROUNDS");
  const int rounds = wanted == nullptr ? 240 : std::max(40, std::atoi(wanted));
  for (const char* name : {"biased", "grwl", "gil"}) {
    INFO(name);
    std::unique_ptr<RuntimeCore> runtime = find_bundle(name)->make(RuntimeOptions{});
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    REQUIRE(run_source(m, R"(
import random, threading
class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right
def tree(depth):
    return Node(tree(depth - 1), tree(depth - 1)) if depth else Node(None, None)
table = {}
def churn(rng):
    for i in range(300):
        key = rng.randrange(400)
        kind = rng.randrange(5)
        if kind == 0: table[key] = [i] * rng.randrange(2000)
        elif kind == 1: table[key] = 'x' * rng.randrange(60000)
        elif kind == 2: table[key] = {k: str(k) for k in range(rng.randrange(60))}
        elif kind == 3: table[key] = tree(rng.randrange(6))
        else: table.pop(key, None)
def run(seed):
    ts = [threading.Thread(target=churn, args=(random.Random(seed * 3 + i),)) for i in range(2)]
    for t in ts: t.start()
    churn(random.Random(seed * 3 + 2))
    for t in ts: t.join()
    return len(table)
)"));
    // Committed bytes after a round's end, the dead collected: what lives is a random sum, so its largest values count.
    std::size_t early = 0;
    std::size_t late = 0;
    for (int round = 0; round < rounds; ++round) {
      REQUIRE(evaluate(m, "run", round) > 0);
      std::size_t& most = round < rounds / 2 ? early : late;
      most = std::max(most, settled(*runtime, m).committed_bytes);
    }
    CHECK(late <= early + early / 10 + kMiB);
    CHECK(runtime->heap_statistics().thread_caches == 1);
  }
}
