// Several threads allocate, mutate and collect at once, under every kind of bundle.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "policies/block_cache/shared.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"
#include "policies/bundles/nosync.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/heap_lock/none.h"
#include "policies/heap_lock/spin.h"
#include "tests/unit/allocator/toy.h"

using namespace toy;

namespace {

struct GrwlSharedCounter : Grwl {
  using GcTrigger = gc_trigger::SharedCounter<>;
  using HeapLock = heap_lock::Spin;
};
struct BiasedSharedBlocks : Biased {
  using BlockCache = block_cache::Shared;
};
struct BiasedUnaffine : Biased {
  using BlockCache = block_cache::PerThread<block_cache::unaffine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::FixedThreshold<(1u << 20)>>;
};

/// A list of `length` objects, each of which knows its place; kept alive through m.roots[root].
template <class P>
void build(Mutator<P>& m, std::size_t root, std::size_t length, std::size_t tag) {
  m.roots[root] = nullptr;
  for (std::size_t i = 0; i < length; ++i) {
    Object* const o = m.make_collecting(1 + (i + tag) % 20);
    REQUIRE(o != nullptr);
    o->refs[0] = m.roots[root];
    m.roots[root] = o;
    m.safepoint();
  }
}

template <class P>
bool intact(Mutator<P>& m, std::size_t root, std::size_t length, std::size_t tag) {
  std::size_t i = length;
  for (Object* o = m.roots[root]; o != nullptr; o = o->refs[0]) {
    --i;
    if (!Model::check(o) || o->count != 1 + (i + tag) % 20) return false;
  }
  return i == 0;
}

template <class P>
void run_threads(unsigned threads, int rounds, const HeapOptions& options) {
  Runtime<P> runtime(options);
  std::atomic<int> broken{0};
  std::vector<std::thread> workers;
  for (unsigned t = 0; t < threads; ++t) {
    workers.emplace_back([&, t] {
      for (int attach = 0; attach < 2; ++attach) {
        Mutator<P> m(runtime);
        m.roots.resize(3);
        for (int round = 0; round < rounds; ++round) {
          for (std::size_t root = 0; root < 3; ++root) build(m, root, 300 + 50 * root, root + t);
          m.make_collecting(static_cast<std::size_t>(5000 + round));
          for (std::size_t root = 0; root < 3; ++root) {
            if (!intact(m, root, 300 + 50 * root, root + t)) ++broken;
          }
          if (round % 8 == 3) {
            if (runtime.verify(m).has_value()) ++broken;
          }
        }
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  CHECK(broken == 0);
  Mutator<P> m(runtime);
  CHECK(runtime.verify(m) == std::nullopt);
  runtime.collect(m);
  CHECK(runtime.collect(m).live_objects == 0);
  CHECK(runtime.heap.statistics().in_use_bytes == 0);
}

}  // namespace

TEST_CASE_TEMPLATE("threads: parallel allocation with collections", P, Gil, Grwl, Biased, GrwlSharedCounter,
                   BiasedSharedBlocks, BiasedUnaffine) {
  run_threads<P>(3, 40, {});
}

TEST_CASE_TEMPLATE("threads: under a small limit, marked in parallel, poisoned", P, Grwl, Biased, BiasedUnaffine) {
  HeapOptions options;
  options.limit_bytes = std::size_t{16} << 20;
  options.marking_threads = 2;
  options.parallel_marking_bytes = 0;
  options.poison = true;
  run_threads<P>(2, 20, options);
}

TEST_CASE_TEMPLATE("threads: a collection every 50th allocation", P, Gil, Grwl, Biased, BiasedSharedBlocks) {
  HeapOptions options;
  options.stress_every = 50;
  run_threads<P>(2, 4, options);
}

TEST_CASE("threads: under nosync threads that share nothing allocate at once; one alone collects") {
  Runtime<NoSync> runtime;
  {
    std::vector<std::thread> workers;
    std::atomic<int> broken{0};
    for (unsigned t = 0; t < 3; ++t) {
      workers.emplace_back([&, t] {
        Mutator<NoSync> m(runtime);
        std::vector<Object*> objects;
        for (std::size_t i = 0; i < 20000; ++i) objects.push_back(m.make((i + t) % 30));
        for (std::size_t i = 0; i < objects.size(); ++i) {
          if (!Model::check(objects[i]) || objects[i]->count != (i + t) % 30) ++broken;
        }
      });
    }
    for (std::thread& worker : workers) worker.join();
    CHECK(broken == 0);
  }
  Mutator<NoSync> m(runtime);
  CHECK(runtime.collect(m).freed_objects == 60000);
}

TEST_CASE("threads: a witness exists only for a stop that succeeded") {
  Runtime<NoSync> runtime;
  Mutator<NoSync> m(runtime);
  Mutator<NoSync> other(runtime);
  StopTheWorld stop(runtime.lock, m.state);
  CHECK(!stop);
}

TEST_CASE_TEMPLATE("threads: who promoted itself is a stopper too", P, Gil, Grwl, Biased) {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  m.roots = {m.make(2)};
  m.make(2);
  runtime.lock.promote(m.state);
  {
    StopTheWorld<typename P::WorldLock> stop(runtime.lock, m.state, AlreadyExclusive{});
    REQUIRE(stop);
    CHECK(runtime.heap.collect(stop.witness(), [&](Marker& marker) { runtime.mark_roots(marker); }).live_objects == 1);
  }
  runtime.lock.demote(m.state);
}

namespace {

struct GilWithoutHeapLock : Gil {
  using HeapLock = heap_lock::None;
};

}  // namespace

TEST_CASE("threads: a gil needs no heap lock") { run_threads<GilWithoutHeapLock>(3, 10, {}); }

TEST_CASE_TEMPLATE("fork: the child's heap belongs to the one thread that it has", P, Gil, Grwl, Biased) {
  HeapOptions options;
#if !defined(TURNSTILE_TSAN)  // which forbids new threads after the fork of a process with several
  options.marking_threads = 2;
  options.parallel_marking_bytes = 0;
#endif
  Runtime<P> runtime(options);
  Mutator<P> m(runtime);
  m.roots = {m.make(2)};
  runtime.collect(m);  // helpers exist now
  std::atomic<bool> attached{false};
  std::atomic<bool> done{false};
  runtime.lock.leave(m.state);
  std::thread other([&] {
    Mutator<P> mutator(runtime);
    for (int i = 0; i < 100; ++i) mutator.make(static_cast<std::size_t>(i * 100));
    runtime.lock.leave(mutator.state);
    attached = true;
    while (!done) std::this_thread::yield();
    runtime.lock.enter(mutator.state);
  });
  while (!attached) std::this_thread::yield();
  runtime.lock.enter(m.state);
  {
    StopTheWorld<typename P::WorldLock> stop(runtime.lock, m.state);
    REQUIRE(stop);
    const pid_t child = fork();
    if (child == 0) {
      runtime.lock.after_fork_in_child(m.state);
      runtime.heap.after_fork_in_child(stop.witness(), m.cache);
      runtime.mutators = {&m};
      const auto roots = [&](Marker& marker) { runtime.mark_roots(marker); };
      bool good = runtime.heap.verify(stop.witness(), roots) == std::nullopt;
      const CollectionResult result = runtime.heap.collect(stop.witness(), roots);
      good = good && result.live_objects == 1 && result.freed_objects == 100;
      good = good && m.make(2000) != nullptr && runtime.heap.verify(stop.witness(), roots) == std::nullopt;
      _exit(good ? 0 : 1);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  done = true;
  runtime.lock.leave(m.state);
  other.join();
  runtime.lock.enter(m.state);
  CHECK(runtime.verify(m) == std::nullopt);
}
