// The choices of HeapLock, BlockCache, GcTrigger and Stats that ship: each changes what it says and nothing else, as
// counters show. The facts by themselves, with toy choices: allocation_test.cpp, collection_test.cpp.
#include <set>
#include <thread>
#include <vector>

#include "policies/block_cache/shared.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/heap_lock/none.h"
#include "policies/heap_lock/spin.h"
#include "policies/stats/off.h"
#include "policies/stats/shared_atomic.h"
#include "tests/unit/allocator/toy.h"

using namespace toy;

namespace {

using stats::Counter;

/// A heap lock that counts how often it is taken; counters of one Tag.
template <class Lock>
struct Counted {
  static constexpr std::string_view kName = Lock::kName;
  static constexpr bool kParallelSafe = Lock::kParallelSafe;
  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    lock_.lock();
    taken.fetch_add(1, std::memory_order_relaxed);
  }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { lock_.unlock(); }
  bool try_lock() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (!lock_.try_lock()) return false;
    taken.fetch_add(1, std::memory_order_relaxed);
    return true;
  }
  static inline std::atomic<std::uint64_t> taken{0};

 private:
  Lock lock_;
};

template <class H = heap_lock::Mutex, class C = block_cache::PerThread<block_cache::affine>,
          class T = gc_trigger::ThreadCached<>, class S = stats::PerThread>
struct With : Biased {
  using HeapLock = Counted<H>;
  using BlockCache = C;
  using GcTrigger = T;
  using Stats = S;
};
using Base = With<>;
using SpinLocked = With<heap_lock::Spin>;
using Unlocked = With<heap_lock::None>;  // one thread at a time in these tests
using UnaffineBlocks = With<heap_lock::Mutex, block_cache::PerThread<block_cache::unaffine>>;
using SharedBlocks = With<heap_lock::Mutex, block_cache::Shared>;
template <class Rule>
using SharedBytes = With<heap_lock::Mutex, Base::BlockCache, gc_trigger::SharedCounter<Rule>>;
using SharedStats = With<heap_lock::Mutex, Base::BlockCache, Base::GcTrigger, stats::SharedAtomic>;
using NoStats = With<heap_lock::Mutex, Base::BlockCache, Base::GcTrigger, stats::Off>;

/// What a workload of one thread did, seen from outside.
struct Trace {
  std::vector<std::uintptr_t> offsets;  // of each object, from the first
  std::uint64_t locks = 0;
  std::uint64_t collections = 0;
  stats::Snapshot counts;
  bool fast_path = false;  // the cursors held a span at some time
};

constexpr int kObjects = 20000;

template <class P>
Trace trace() {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  Trace t;
  std::vector<std::uintptr_t> addresses;
  const std::uint64_t before = P::HeapLock::taken.load();
  for (int i = 0; i < kObjects; ++i) {
    Object* const o = m.make_collecting(static_cast<std::size_t>(i * 7 % 60));
    REQUIRE(o != nullptr);
    if (i % 16 == 0) m.roots.push_back(o);
    addresses.push_back(address(o));
    const Span& span = m.cursors.spans[size_class_of(Object::bytes_for(static_cast<std::size_t>(i * 7 % 60)))];
    t.fast_path = t.fast_path || span.cur != span.end;
  }
  m.make_collecting(5000);
  t.locks = P::HeapLock::taken.load() - before;
  t.collections = runtime.heap.statistics().collections;
  t.counts = runtime.stats.snapshot();
  for (const std::uintptr_t a : addresses) t.offsets.push_back(a - addresses[0]);
  return t;
}

}  // namespace

TEST_CASE("HeapLock: who waits how changes nothing of what is allocated, nor how often the lock is taken") {
  const Trace base = trace<Base>();
  CHECK(base.fast_path);
  CHECK(base.locks < kObjects / 50);
  for (const Trace& t : {trace<SpinLocked>(), trace<Unlocked>()}) {
    CHECK(t.offsets == base.offsets);
    CHECK(t.locks == base.locks);
    CHECK(t.fast_path);
  }
}

TEST_CASE(
    "BlockCache: one thread gets the same cells from its own blocks, affine or not; shared locks for each object") {
  const Trace base = trace<Base>();
  const Trace unaffine = trace<UnaffineBlocks>();
  CHECK(unaffine.offsets == base.offsets);
  CHECK(unaffine.fast_path);
  const Trace shared = trace<SharedBlocks>();
  CHECK(shared.offsets == base.offsets);
  CHECK_FALSE(shared.fast_path);
  CHECK(shared.locks >= kObjects);
}

namespace {

// Thread a fills blocks and drops every other object, then a collection, then b allocates: how many of b's cells lie in
// blocks that a filled, and whether objects of both lie in one block while nothing is collected.
template <class P>
void two_threads(int& from_others_blocks, bool& mixed) {
  Runtime<P> runtime;
  Mutator<P> a(runtime);
  std::set<std::uintptr_t> blocks_of_a;
  for (int i = 0; i < 4000; ++i) {  // not a whole number of blocks
    Object* const o = a.make(2);
    blocks_of_a.insert(address(o) / kBlockBytes);
    if (i % 2 == 0) a.roots.push_back(o);
  }
  from_others_blocks = 0;
  mixed = false;
  std::thread([&] {
    Mutator<P> b(runtime);
    for (int i = 0; i < 100; ++i) mixed = mixed || blocks_of_a.count(address(b.make(2)) / kBlockBytes) != 0;
  }).join();
  runtime.collect(a);
  std::thread([&] {
    Mutator<P> b(runtime);
    for (int i = 0; i < 3000; ++i) {  // more than the block that b left behind the first time
      from_others_blocks += blocks_of_a.count(address(b.make(2)) / kBlockBytes) != 0 ? 1 : 0;
    }
  }).join();
}

}  // namespace

TEST_CASE(
    "BlockCache: affine blocks stay with their thread, unaffine ones move after a collection, shared ones are all's") {
  int moved = 0;
  bool mixed = false;
  two_threads<Base>(moved, mixed);
  CHECK(moved == 0);
  CHECK_FALSE(mixed);
  two_threads<UnaffineBlocks>(moved, mixed);
  CHECK(moved > 1000);
  CHECK_FALSE(mixed);
  two_threads<SharedBlocks>(moved, mixed);
  CHECK(moved > 1000);
  CHECK(mixed);
}

TEST_CASE("GcTrigger: shared_counter knows every object at once, thread_cached lags by a batch for each thread") {
  const auto lag_of = []<class P>(P) {
    Runtime<P> runtime;
    Mutator<P> m(runtime);
    std::size_t asked = 0;
    std::size_t largest = 0;
    bool ahead = false;
    for (int i = 0; i < 5000; ++i) {
      const std::size_t refs = static_cast<std::size_t>(i % 50);
      m.make(refs);
      asked += kCellBytes[size_class_of(Object::bytes_for(refs))];
      const std::size_t known = runtime.heap.trigger().allocated_since_collection();
      ahead = ahead || known > asked;
      largest = std::max(largest, asked > known ? asked - known : 0);
    }
    m.make(10000);  // large: whole blocks
    asked += (Object::bytes_for(10000) + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
    runtime.heap.trigger().flush(m.counter());
    return std::tuple(largest, ahead, runtime.heap.trigger().allocated_since_collection() - asked);
  };
  const auto [exact_lag, exact_ahead, exact_rest] = lag_of(SharedBytes<gc_trigger::HeapGrowth<>>{});
  CHECK(exact_lag == 0);
  CHECK_FALSE(exact_ahead);
  CHECK(exact_rest == 0);
  const auto [lag, ahead, rest] = lag_of(Base{});
  CHECK(lag > 0);
  CHECK(lag <= gc_trigger::ThreadCached<>::kBatch);
  CHECK(ahead);                        // a span counts before its cells are handed out
  CHECK(rest < 50 * 2 * kBlockBytes);  // at most one span of each class
}

TEST_CASE("GcTrigger: counting in one word costs the fast path and nothing else") {
  const Trace base = trace<Base>();
  const Trace shared = trace<SharedBytes<gc_trigger::HeapGrowth<>>>();
  CHECK(shared.offsets == base.offsets);
  CHECK(shared.locks == base.locks);
  CHECK_FALSE(shared.fast_path);
}

TEST_CASE_TEMPLATE("GcTrigger: a fixed threshold collects every 2 MB whatever lives, heap growth does not", Counting,
                   gc_trigger::SharedCounter<gc_trigger::FixedThreshold<>>,
                   gc_trigger::ThreadCached<gc_trigger::FixedThreshold<>>) {
  using P = With<heap_lock::Mutex, Base::BlockCache, Counting>;
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  const auto collections_for = []<class Q>(Q, std::size_t live, std::size_t bytes) {
    Runtime<Q> runtime;
    Mutator<Q> m(runtime);
    for (std::size_t done = 0; done < live; done += 1024) {
      m.roots.push_back(m.make_collecting(1024 / sizeof(void*) - 2));
    }
    runtime.collect(m);
    const std::uint64_t before = runtime.heap.statistics().collections;
    for (std::size_t done = 0; done < bytes; done += 64) m.make_collecting(6);
    return runtime.heap.statistics().collections - before;
  };
  // The trigger is asked on the slow path: late by a span, or by a batch where threads count for themselves.
  for (const std::size_t live : {std::size_t{0}, 40 * kMiB}) {
    const std::uint64_t n = collections_for(P{}, live, 40 * kMiB);
    CHECK(n >= 18);
    CHECK(n <= 20);
  }
  CHECK(collections_for(Base{}, 40 * kMiB, 39 * kMiB) == 0);
  CHECK(collections_for(Base{}, 0, 40 * kMiB) >= 4);
}

TEST_CASE(
    "Stats: shared_atomic counts each object at the price of the fast path, per_thread whole spans, off nothing") {
  const Trace base = trace<Base>();
  const Trace shared = trace<SharedStats>();
  const Trace off = trace<NoStats>();
  CHECK(shared.offsets == base.offsets);
  CHECK(off.offsets == base.offsets);
  CHECK(shared.locks == base.locks);
  CHECK(off.locks == base.locks);
  CHECK(off.fast_path);
  CHECK_FALSE(shared.fast_path);
  CHECK(shared.counts[Counter::allocations] == kObjects + 1);
  CHECK(base.counts[Counter::allocations] > kObjects);
  CHECK(off.counts[Counter::allocations] == 0);
  for (const Counter c : {Counter::spans, Counter::span_bytes, Counter::large_objects, Counter::large_bytes}) {
    CHECK(shared.counts[c] == base.counts[c]);
    CHECK(shared.counts[c] > 0);
    CHECK(off.counts[c] == 0);
  }
}

TEST_CASE("Stats: objects of all threads meet in one word under shared_atomic") {
  Runtime<SharedStats> runtime;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      Mutator<SharedStats> m(runtime);
      for (int i = 0; i < 1000; ++i) m.make(static_cast<std::size_t>(i % 10));
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(runtime.stats.snapshot()[Counter::allocations] == 3000);
  CHECK(std::is_empty_v<stats::SharedAtomic::ThreadCounters>);
}
