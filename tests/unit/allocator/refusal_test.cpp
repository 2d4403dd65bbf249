// The system refuses memory: at every call once, and for good from every call on. A null, never worse.
#include <algorithm>
#include <thread>
#include <vector>

#include "tests/unit/allocator/refusing_pages.h"
#include "tests/unit/allocator/toy.h"

using namespace toy;

namespace {

/// A list, marked by a stack that must grow; a wide object; large objects that come and go, so that pages are given
/// back; two threads that mark. Returns the number of allocations that failed for good.
int work(RefusingPages& pages) {
  HeapOptions options;
  options.reserve_bytes = std::size_t{64} << 20;
  options.pages = &pages;
  options.marking_threads = 2;
  options.parallel_marking_bytes = 0;
  Runtime<Affine> runtime(options);
  Mutator<Affine> m(runtime);
  m.roots.resize(3);
  int failed = 0;
  std::size_t length = 0;
  const auto kept = [&](Object* o) {
    if (o == nullptr) ++failed;
    return o != nullptr;
  };
  for (int round = 0; round < 3; ++round) {
    // A tree as wide as the mark stack's segments are long, so that its chunks are needed.
    Object* const wide = m.make_collecting(40000);
    if (kept(wide)) {
      m.roots[0] = wide;
      for (std::size_t i = 0; i < wide->count; ++i) {
        Object* const child = m.make_collecting(1);
        if (!kept(child)) break;
        wide->refs[i] = child;
      }
    }
    for (int i = 0; i < 500; ++i) {
      Object* const o = m.make_collecting(20);
      if (!kept(o)) break;
      o->refs[0] = m.roots[1];
      m.roots[1] = o;
      ++length;
    }
    m.roots[2] = m.make_collecting((std::size_t{10} << 20) / sizeof(void*));
    kept(m.roots[2]);
    m.roots[2] = nullptr;
    runtime.collect(m);
    CHECK(runtime.verify(m) == std::nullopt);
  }
  std::size_t found = 0;
  for (Object* o = m.roots[1]; o != nullptr; o = o->refs[0]) found += Model::check(o) ? 1 : 0;
  CHECK(found == length);
  return failed;
}

}  // namespace

TEST_CASE("refusal: each call of the page source refused once leaves a sound heap") {
  RefusingPages never;
  CHECK(work(never) == 0);
  CHECK(never.mapped() == 0);
  REQUIRE(never.calls() >= 8);  // two reservations, the table's and the blocks' growth, mark stacks, trimming
  for (std::uint64_t call = 1; call <= never.calls(); ++call) {
    CAPTURE(call);
    RefusingPages pages(call);
    // Who asks again later gets what it asks for: a smaller region, a collection's room, a stack for the marks.
    work(pages);
    CHECK(pages.refused() == 1);
    CHECK(pages.mapped() == 0);
  }
}

TEST_CASE("refusal: the system that never gives anything again leaves a sound heap") {
  RefusingPages never;
  work(never);
  for (std::uint64_t call = 1; call <= never.calls(); ++call) {
    CAPTURE(call);
    RefusingPages pages(call, UINT64_MAX);
    work(pages);
    CHECK(pages.refused() >= 1);
    CHECK(pages.mapped() == 0);
  }
}

TEST_CASE("refusal: without addresses a heap says so and allocates nothing") {
  RefusingPages pages(1, UINT64_MAX);
  HeapOptions options;
  options.pages = &pages;
  Runtime<Affine> runtime(options);
  CHECK_FALSE(runtime.heap.ok());
  Mutator<Affine> m(runtime);
  CHECK(m.make_collecting(2) == nullptr);
  CHECK(m.make_collecting(100000) == nullptr);
  CHECK(runtime.heap.statistics().committed_bytes == 0);
}

TEST_CASE("refusal: pages that the system does not take back stay dirty, and are offered again") {
  // The reservation's two calls and the growth come first; then each large object's end offers pages.
  RefusingPages counter;
  const auto peak_and_drop = [](RefusingPages& pages) {
    HeapOptions options;
    options.pages = &pages;
    Runtime<Affine> runtime(options);
    Mutator<Affine> m(runtime);
    m.make((std::size_t{64} << 20) / sizeof(void*));
    const std::uint64_t before = pages.calls();
    runtime.collect(m);
    const std::size_t once = runtime.heap.statistics().committed_bytes;
    runtime.collect(m);
    const std::size_t twice = runtime.heap.statistics().committed_bytes;
    return std::vector<std::uint64_t>{before, once, twice};
  };
  const std::vector<std::uint64_t> normal = peak_and_drop(counter);
  CHECK(normal[1] <= std::size_t{8} << 20);
  RefusingPages pages(normal[0] + 1);
  const std::vector<std::uint64_t> refused = peak_and_drop(pages);
  REQUIRE(pages.refused() == 1);
  CHECK(refused[1] >= std::size_t{64} << 20);
  CHECK(refused[2] <= std::size_t{8} << 20);
}
