// Spans, bumping, the slow path, limits, stress, and what each fact of a policy changes.
#include <algorithm>
#include <random>

#include "tests/unit/allocator/toy.h"

using namespace toy;

TEST_CASE_TEMPLATE("allocation: cells are aligned, big enough and disjoint", P, Affine, Unaffine, Shared, Counting,
                   SharedCounting) {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  std::mt19937 random(2);
  std::vector<std::pair<std::uintptr_t, std::size_t>> cells;
  for (int i = 0; i < 20000; ++i) {
    const std::size_t bytes = i % 500 == 0 ? random() % 300000 : i % 10 == 0 ? random() % 17000 : random() % 200;
    void* const p = m.raw(bytes);
    REQUIRE(p != nullptr);
    REQUIRE(address(p) % 16 == 0);
    cells.emplace_back(address(p), bytes);
  }
  std::sort(cells.begin(), cells.end());
  for (std::size_t i = 1; i < cells.size(); ++i) REQUIRE(cells[i - 1].first + cells[i - 1].second <= cells[i].first);
  for (const auto& [at, bytes] : cells) std::fill_n(reinterpret_cast<char*>(at), bytes, 'x');
}

TEST_CASE("allocation: the fast path serves a whole fresh block") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  REQUIRE(m.raw(64) != nullptr);
  for (int i = 1; i < 512; ++i) REQUIRE(try_allocate(m.cursors, 64) != nullptr);
  CHECK(try_allocate(m.cursors, 64) == nullptr);
}

TEST_CASE_TEMPLATE("allocation: cursors stay empty where the facts forbid the fast path", P, Shared, Counting,
                   SharedCounting) {
  static_assert(!Heap<P, Model>::kThreadLocalFastPath);
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  for (int i = 0; i < 100; ++i) {
    CHECK(try_allocate(m.cursors, 64) == nullptr);
    CHECK(m.raw(64) != nullptr);
  }
}

TEST_CASE("allocation: a per-thread cache takes the heap lock once per run, a shared one for each object") {
  const auto locks_for = [](auto policy, int objects) {
    using P = decltype(policy);
    Runtime<P> runtime;
    Mutator<P> m(runtime);
    const std::uint64_t before = CountingHeapLock::taken;
    for (int i = 0; i < objects; ++i) m.raw(64);
    return CountingHeapLock::taken - before;
  };
  CHECK(locks_for(Affine{}, 5120) == 10);
  CHECK(locks_for(Unaffine{}, 5120) == 10);
  CHECK(locks_for(Counting{}, 5120) == 10);
  CHECK(locks_for(Shared{}, 5120) == 5120);
}

TEST_CASE("allocation: the trigger hears of spans, or of every object, never of both") {
  Runtime<Affine> spans;
  Runtime<Counting> objects;
  Mutator<Affine> a(spans);
  Mutator<Counting> b(objects);
  for (int i = 0; i < 1000; ++i) {
    a.raw(60);
    b.raw(60);
  }
  a.raw(100000);
  b.raw(100000);
  CHECK(spans.heap.trigger().objects == 0);
  CHECK(spans.heap.trigger().spans == 3);  // two blocks of cells, one large object
  CHECK(spans.heap.trigger().span_bytes == 2 * kBlockBytes + 4 * kBlockBytes);
  CHECK(objects.heap.trigger().spans == 0);
  CHECK(objects.heap.trigger().objects == 1001);
  CHECK(objects.heap.trigger().object_bytes == 1000 * 64 + 4 * kBlockBytes);
  const stats::Snapshot counts = spans.stats.snapshot();
  CHECK(counts[stats::Counter::spans] == 2);
  CHECK(counts[stats::Counter::span_bytes] == 2 * kBlockBytes);
  CHECK(counts[stats::Counter::large_objects] == 1);
  CHECK(counts[stats::Counter::large_bytes] == 4 * kBlockBytes);
}

TEST_CASE("allocation: counters are flushed when a thread detaches and when the world stops") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  {
    Mutator<Affine> other(runtime);
    other.raw(64);
  }
  CHECK(runtime.heap.trigger().flushed == kBlockBytes);
  runtime.heap.trigger().due = true;
  CHECK(runtime.heap.should_collect());
  runtime.collect(m);
  CHECK(!runtime.heap.should_collect());
}

TEST_CASE_TEMPLATE("allocation: the limit refuses, a collection makes room", P, Affine, Unaffine, Shared, Counting) {
  HeapOptions options;
  options.limit_bytes = std::size_t{4} << 20;
  Runtime<P> runtime(options);
  Mutator<P> m(runtime);
  std::size_t count = 0;
  while (m.make(6) != nullptr) ++count;
  CHECK(count == (std::size_t{4} << 20) / 64);
  CHECK(m.make(5000) == nullptr);
  CHECK(m.raw(16) == nullptr);
  CHECK(m.raw(SIZE_MAX) == nullptr);
  CHECK(m.raw(std::size_t{1} << 62) == nullptr);
  CHECK(runtime.collect(m).freed_objects == count);
  CHECK(m.make(5000) != nullptr);
  CHECK(m.make_collecting(200) != nullptr);
  runtime.heap.set_limit(0);
  for (int i = 0; i < 100; ++i) CHECK(m.make(20000) != nullptr);
  CHECK(runtime.verify(m) == std::nullopt);
}

TEST_CASE("allocation: memory that one thread lets die serves another when the limit is reached") {
  HeapOptions options;
  options.limit_bytes = std::size_t{2} << 20;
  Runtime<Affine> runtime(options);
  Mutator<Affine> a(runtime);
  Mutator<Affine> b(runtime);
  while (a.make(6) != nullptr) continue;
  CHECK(b.make(30) == nullptr);
  CHECK(b.make_collecting(30) != nullptr);
}

TEST_CASE_TEMPLATE("stress: every allocation reaches the slow path, each k-th makes a collection due", P, Affine,
                   Shared, Counting) {
  HeapOptions options;
  options.stress_every = 3;
  Runtime<P> runtime(options);
  Mutator<P> m(runtime);
  for (int i = 1; i <= 30; ++i) {
    CHECK(try_allocate(m.cursors, 64) == nullptr);
    m.make(3);
    CHECK(runtime.heap.should_collect() == (i % 3 == 0));
    if (i % 3 == 0) runtime.collect(m);
  }
  CHECK(runtime.heap.statistics().collections == 10);
}

TEST_CASE("large objects: their blocks coalesce and are reused") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  std::vector<Object*> objects;
  for (int i = 0; i < 8; ++i) objects.push_back(m.make(16 * 1024));  // 128 KiB and a header each: 5 blocks
  HeapStatistics s = runtime.heap.statistics();
  CHECK(s.large_objects == 8);
  CHECK(s.large_bytes == 8 * 5 * kBlockBytes);
  m.roots = {objects[0], objects[7]};
  const CollectionResult result = runtime.collect(m);
  CHECK(result.freed_objects == 6);
  CHECK(result.live_objects == 2);
  s = runtime.heap.statistics();
  CHECK(s.large_objects == 2);
  CHECK(s.in_use_bytes == 2 * 5 * kBlockBytes);
  // 30 blocks are free between the survivors: exactly one object of that size fits.
  CHECK(m.raw(30 * kBlockBytes) == objects[1]);
  CHECK(runtime.verify(m) == std::nullopt);
}

TEST_CASE("large objects: freed memory beyond the budget goes back to the system") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  char* const p = static_cast<char*>(m.raw(std::size_t{64} << 20));
  std::fill_n(p, std::size_t{64} << 20, 'x');
  CHECK(runtime.heap.statistics().committed_bytes >= std::size_t{64} << 20);
  runtime.collect(m);
  CHECK(runtime.heap.statistics().committed_bytes <= std::size_t{8} << 20);
  CHECK(runtime.heap.statistics().peak_committed_bytes >= std::size_t{64} << 20);
  CHECK(p[0] == 0);
}
