// What a collection keeps, frees and calls; lazy sweeping; affinity.
#include <algorithm>
#include <cstring>
#include <set>

#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"
#include "policies/bundles/nosync.h"
#include "tests/unit/allocator/refusing_pages.h"
#include "tests/unit/allocator/toy.h"

using namespace toy;

TEST_CASE_TEMPLATE("collection: exactly what is reachable survives", P, Affine, Unaffine, Shared, Counting,
                   SharedCounting, Gil, NoSync, Grwl, Biased) {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  std::vector<Object*> objects;
  for (std::size_t i = 0; i < 5000; ++i) objects.push_back(m.make(i % 100 == 0 ? 3000 : i % 40));
  // A chain through every 7th object; two roots.
  std::size_t reachable = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i + 7 < objects.size(); i += 7) {
    if (objects[i]->count != 0) objects[i]->refs[objects[i]->count - 1] = objects[i + 7];
  }
  m.roots = {objects[1], objects[7]};
  std::set<Object*> seen;
  for (Object* root : m.roots) {
    for (Object* o = root; o != nullptr && seen.insert(o).second;) o = o->count == 0 ? nullptr : o->refs[o->count - 1];
  }
  for (Object* o : seen) {
    ++reachable;
    const std::size_t n = Object::bytes_for(o->count);
    bytes += n <= kMaxSmallBytes ? kCellBytes[size_class_of(n)] : (n + kBlockBytes - 1) / kBlockBytes * kBlockBytes;
  }
  const CollectionResult result = runtime.collect(m);
  CHECK(result.live_objects == reachable);
  CHECK(result.freed_objects == objects.size() - reachable);
  CHECK(result.live_bytes == bytes);
  CHECK(runtime.heap.statistics().live_bytes == bytes);
  CHECK(runtime.verify(m) == std::nullopt);
  for (Object* o : seen) CHECK(Model::check(o));
  // A second one finds the same.
  CHECK(runtime.collect(m).live_objects == reachable);
}

TEST_CASE_TEMPLATE("collection: cells of the dead are reused, those of the living are not", P, Affine, Unaffine, Shared,
                   Counting) {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  std::set<std::uintptr_t> dead;
  for (int i = 0; i < 4096; ++i) {
    Object* const o = m.make(2);
    if (i % 2 == 0) {
      m.roots.push_back(o);
    } else {
      dead.insert(address(o));
    }
  }
  const std::size_t blocks = runtime.heap.statistics().in_use_bytes;
  runtime.collect(m);
  for (int i = 0; i < 2048; ++i) CHECK(dead.erase(address(m.make(2))) == 1);
  CHECK(runtime.heap.statistics().in_use_bytes == blocks);
  CHECK(dead.count(address(m.make(2))) == 0);
  for (Object* o : m.roots) CHECK(Model::check(o));
}

TEST_CASE("collection: the unused rest of a span is not an object, even to a conservative root") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  Object* const first = m.make(2);
  m.roots = {first};
  const std::uintptr_t next = address(first) + 32;
  const CollectionResult result = runtime.collect(m, [&](Marker& marker) { marker.mark_word(next + 8); });
  CHECK(result.live_objects == 1);
  CHECK(address(m.make(2)) == next);  // handed out after the collection
}

TEST_CASE("collection: sweeping is lazy: a collection does not touch runs, the next allocation sweeps one") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  for (int i = 0; i < 10 * 1024; ++i) {
    Object* const o = m.make(2);
    if (i % 1024 == 0) m.roots.push_back(o);
  }
  const std::size_t before = runtime.heap.statistics().in_use_bytes;
  m.roots.resize(5);
  runtime.collect(m);
  CHECK(runtime.heap.statistics().in_use_bytes == before);  // nobody has looked at the empty runs yet
  runtime.collect(m);
  CHECK(runtime.heap.statistics().in_use_bytes == 5 * kBlockBytes);
}

TEST_CASE("affinity: a swept block goes back to the thread that filled it, or to all") {
  const auto reused_by_other = [](auto policy) {
    using P = decltype(policy);
    Runtime<P> runtime;
    Mutator<P> a(runtime);
    Mutator<P> b(runtime);
    std::set<std::uintptr_t> blocks_of_a;
    for (int i = 0; i < 4096; ++i) {
      Object* const o = a.make(2);
      blocks_of_a.insert(address(o) / kBlockBytes);
      if (i % 2 == 0) a.roots.push_back(o);
    }
    runtime.collect(a);
    int reused = 0;
    for (int i = 0; i < 1000; ++i) reused += blocks_of_a.count(address(b.make(2)) / kBlockBytes) != 0 ? 1 : 0;
    int own = 0;
    for (int i = 0; i < 1000; ++i) own += blocks_of_a.count(address(a.make(2)) / kBlockBytes) != 0 ? 1 : 0;
    CHECK(own == 1000);
    return reused;
  };
  CHECK(reused_by_other(Affine{}) == 0);
  CHECK(reused_by_other(Unaffine{}) == 1000);
}

TEST_CASE("affinity: a block that dies whole is everybody's at the next collection") {
  Runtime<Affine> runtime;
  Mutator<Affine> a(runtime);
  Mutator<Affine> b(runtime);
  std::set<std::uintptr_t> blocks_of_a;
  for (int i = 0; i < 4096; ++i) blocks_of_a.insert(address(a.make(2)) / kBlockBytes);
  runtime.collect(b);
  runtime.collect(b);
  CHECK(blocks_of_a.count(address(b.make(30)) / kBlockBytes) == 1);
}

TEST_CASE_TEMPLATE("threads that come and go leave nothing behind", P, Affine, Unaffine, Shared) {
  Runtime<P> runtime;
  Mutator<P> m(runtime);
  for (int i = 0; i < 10000; ++i) {
    Mutator<P> other(runtime);
    other.make(2);
    other.make(100);
    other.make(2000);
  }
  // One run of each class at a time was in use (its cells were handed on from thread to thread).
  const HeapStatistics s = runtime.heap.statistics();
  CHECK(s.in_use_bytes <= 10000 * (32 + 816 + 16384) * 9 / 8);
  runtime.collect(m);
  runtime.collect(m);
  CHECK(runtime.heap.statistics().in_use_bytes == 0);
  CHECK(runtime.verify(m) == std::nullopt);
}

TEST_CASE("marking: a list of a million objects needs no native stack") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  Object* head = nullptr;
  constexpr std::size_t kLength = 1000000;
  for (std::size_t i = 0; i < kLength; ++i) {
    Object* const o = m.make(1);
    o->refs[0] = head;
    head = o;
  }
  m.roots = {head};
  CHECK(runtime.collect(m).live_objects == kLength);
  CHECK(runtime.verify(m) == std::nullopt);
  m.roots.clear();
  CHECK(runtime.collect(m).freed_objects == kLength);
}

TEST_CASE("marking: a wide object, shared children, cycles") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  constexpr std::size_t kWidth = 200000;
  Object* const wide = m.make(kWidth);
  Object* const shared = m.make(2);
  for (std::size_t i = 0; i < kWidth; ++i) {
    wide->refs[i] = m.make(2);
    wide->refs[i]->refs[0] = shared;
    wide->refs[i]->refs[1] = wide;
  }
  shared->refs[0] = shared;
  m.roots = {wide};
  CHECK(runtime.collect(m).live_objects == kWidth + 2);
}

TEST_CASE("marking: a mark stack that may not grow marks everything all the same") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  constexpr std::size_t kWidth = 100000;
  Object* const wide = m.make(kWidth);
  for (std::size_t i = 0; i < kWidth; ++i) {
    wide->refs[i] = m.make(1);
    wide->refs[i]->refs[0] = m.make(0);
  }
  m.roots = {wide};
  runtime.heap.set_mark_stack_limit(std::size_t{256} << 10);  // 32 segments of 1022
  CHECK(runtime.collect(m).live_objects == 2 * kWidth + 1);
  CHECK(runtime.verify(m) == std::nullopt);
}

TEST_CASE_TEMPLATE("marking: several threads mark what one does", P, Affine, Grwl, Biased) {
  HeapOptions options;
  options.marking_threads = 3;
  options.parallel_marking_bytes = 0;
  Runtime<P> runtime(options);
  Mutator<P> m(runtime);
  // A forest of lists under a wide object, with references across; and a long list that cannot be shared out.
  constexpr std::size_t kTrees = 400;
  Object* const wide = m.make(kTrees);
  std::size_t count = 1;
  std::vector<Object*> all;
  for (std::size_t t = 0; t < kTrees; ++t) {
    Object* head = nullptr;
    for (std::size_t i = 0; i < 100 + t; ++i) {
      Object* const o = m.make(3);
      o->refs[0] = head;
      if (!all.empty()) {
        o->refs[1] = all[(t * 7919 + i * 104729) % all.size()];
        o->refs[2] = wide;
      }
      all.push_back(o);
      head = o;
      ++count;
    }
    wide->refs[t] = head;
  }
  Object* list = nullptr;
  for (std::size_t i = 0; i < 50000; ++i, ++count) {
    Object* const o = m.make(1);
    o->refs[0] = list;
    list = o;
  }
  m.roots = {wide, list};
  for (int round = 0; round < 5; ++round) {
    for (int garbage = 0; garbage < 1000; ++garbage) m.make(4);
    const CollectionResult result = runtime.collect(m);
    CHECK(result.live_objects == count);
    CHECK(result.freed_objects == 1000);
    REQUIRE(runtime.verify(m) == std::nullopt);
  }
  m.roots = {list};
  CHECK(runtime.collect(m).live_objects == 50000);
}

TEST_CASE("marking: a cell whose header is not initialized is kept and not traced") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  void* const raw = m.raw(64);
  std::memset(raw, 0xff, 64);
  const CollectionResult result = runtime.collect(m, [&](Marker& marker) { marker.mark_words(&raw, &raw + 1); });
  CHECK(result.live_objects == 1);
}

namespace {
std::vector<void*> finalized;
void note_finalized(void* o) {
  CHECK(Model::check(o));
  finalized.push_back(o);
}
}  // namespace

TEST_CASE("finalizers: once, after the object died; all that are left when the heap ends") {
  finalized.clear();
  void* last;
  {
    Runtime<Affine> runtime;
    Mutator<Affine> m(runtime);
    Object* const a = m.make(2);
    Object* const b = m.make(20000);
    Object* const c = m.make(3);
    for (Object* const o : {a, b, c}) runtime.heap.register_finalizer(o, note_finalized);
    m.roots = {b, c};
    CHECK(runtime.collect(m).finalized == 1);
    CHECK(finalized == std::vector<void*>{a});
    m.roots = {c};
    CHECK(runtime.collect(m).finalized == 1);
    CHECK(finalized == std::vector<void*>{a, b});
    CHECK(runtime.collect(m).finalized == 0);
    last = c;
  }
  CHECK(finalized.back() == last);
  CHECK(finalized.size() == 3);
}

TEST_CASE("weak tables: after marking, before anything is freed, liveness is known") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  std::vector<Object*> table;
  for (int i = 0; i < 100; ++i) table.push_back(m.make(static_cast<std::size_t>(i * 50)));
  m.roots = {table[3], table[99]};
  {
    StopTheWorld stop(runtime.lock, m.state);
    runtime.heap.collect(
        stop.witness(), [&](Marker& marker) { runtime.mark_roots(marker); },
        [&](const Liveness& liveness) {
          CHECK(liveness.is_live(&table));  // outside the heap
          std::erase_if(table, [&](Object* o) { return !liveness.is_live(o); });
        });
  }
  CHECK(table == m.roots);
}

TEST_CASE_TEMPLATE("poison: the dead are overwritten by the end of the collection", P, Affine, Shared) {
  HeapOptions options;
  options.poison = true;
  Runtime<P> runtime(options);
  Mutator<P> m(runtime);
  Object* const kept = m.make(6);
  Object* const dead = m.make(6);
  Object* const dead_large = m.make(5000);
  m.roots = {kept};
  runtime.collect(m);
  CHECK(Model::check(kept));
  unsigned char expected[64];
  std::memset(expected, kPoisonByte, sizeof expected);
  CHECK(std::memcmp(dead, expected, sizeof expected) == 0);
  CHECK(std::memcmp(dead_large, expected, sizeof expected) == 0);
  CHECK(m.make(6) != nullptr);
  CHECK(runtime.verify(m) == std::nullopt);
}

TEST_CASE("two heaps of different policies live side by side") {
  Runtime<Affine> one;
  Runtime<SharedCounting> two;
  Mutator<Affine> a(one);
  Mutator<SharedCounting> b(two);
  Object* const foreign = b.make(2);
  a.roots = {a.make(2)};
  a.roots[0]->refs[0] = foreign;
  b.roots = {foreign};
  CHECK(one.collect(a).live_objects == 1);
  CHECK(two.collect(b).live_objects == 1);
  const auto what = one.verify(a);
  REQUIRE(what.has_value());
  CHECK(what->find("outside the heap") != std::string::npos);
}

TEST_CASE("marking: the stack's memory is kept between collections as the heap's size allows") {
  RefusingPages pages;  // counts
  HeapOptions options;
  options.pages = &pages;
  Runtime<Affine> runtime(options);
  Mutator<Affine> m(runtime);
  Object* const wide = m.make(400000);  // each child is on the stack at once: 3 MB of it, beside 100 MB of heap
  REQUIRE(wide != nullptr);
  m.roots.push_back(wide);
  for (std::size_t i = 0; i < wide->count; ++i) wide->refs[i] = m.make(30);
  runtime.collect(m);
  const std::size_t mapped = pages.mapped();
  const std::uint64_t calls = pages.calls();
  runtime.collect(m);
  CHECK(pages.calls() == calls);  // nothing is mapped or unmapped for the same marking again
  m.roots = {m.make(1)};          // a marker that has a part of the stack when it is unmapped
  m.roots[0]->refs[0] = m.make(0);
  runtime.collect(m);
  runtime.collect(m);
  CHECK(pages.mapped() < mapped);
}
