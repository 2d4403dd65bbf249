// Heaps with generations: what a minor collection keeps, what it frees, and when a full one comes.
#include <cstring>

#include "tests/unit/allocator/toy.h"

namespace toy {
namespace {

template <class Rule>
struct With : Biased {
  static constexpr std::string_view kName = "toy_generational";
  using GcTrigger = gc_trigger::ThreadCached<Rule>;
};
// Each collection in one piece: slices_test.cpp has the others.
using Young = With<gc_trigger::Generational<gc_trigger::HeapGrowth<100, 1 << 20>, 1 << 20, 16, 0>>;

struct Fixture {
  Runtime<Young> runtime{HeapOptions{.poison = true}};
  Mutator<Young> m{runtime};
  CollectionResult minor() {
    const CollectionResult result = runtime.collect(m, Extent::due);
    REQUIRE(result.minor);
    CHECK(runtime.verify(m) == std::nullopt);
    return result;
  }
  CollectionResult full() {
    const CollectionResult result = runtime.collect(m);
    REQUIRE_FALSE(result.minor);
    CHECK(runtime.verify(m) == std::nullopt);
    return result;
  }
};

}  // namespace

TEST_CASE("generations: the first collection is full, the next is minor") {
  Fixture f;
  f.m.roots.push_back(f.m.make(1));
  CHECK_FALSE(f.runtime.collect(f.m, Extent::due).minor);
  CHECK(f.runtime.collect(f.m, Extent::due).minor);
  CHECK_FALSE(f.runtime.collect(f.m).minor);
  const HeapStatistics s = f.runtime.heap.statistics();
  CHECK(s.collections == 3);
  CHECK(s.minor_collections == 1);
}

TEST_CASE("generations: a minor collection frees the young dead and keeps the old dead until a full one") {
  Fixture f;
  f.m.roots = {f.m.make(1), f.m.make(1)};
  f.full();
  f.m.roots.pop_back();
  f.m.roots.push_back(f.m.make(1));
  f.m.make(1);
  f.m.make(1);
  CollectionResult result = f.minor();
  CHECK(result.freed_objects == 2);
  CHECK(result.live_objects == 3);  // one of them floats
  result = f.minor();
  CHECK(result.freed_objects == 0);
  CHECK(result.live_objects == 3);
  result = f.full();
  CHECK(result.freed_objects == 1);
  CHECK(result.live_objects == 2);
}

TEST_CASE("generations: the barrier keeps what an old object refers to, and what that refers to") {
  Fixture f;
  Object* const old = f.m.make(2);
  f.m.roots = {old};
  f.full();
  Object* const young = f.m.make(1);
  young->refs[0] = f.m.make(0);
  f.m.store(old, 1, young);
  CHECK(f.minor().live_objects == 3);
  CHECK(young->refs[0]->magic == Object::kMagic);
  // They are old by now: found without being remembered.
  CHECK(f.minor().live_objects == 3);
  // Remembered once, not forever.
  f.m.store(old, 1, nullptr);
  CHECK(f.minor().live_objects == 3);
  CHECK(f.full().live_objects == 1);
}

TEST_CASE("generations: without the barrier the object is lost, and the verifier says so") {
  Fixture f;
  Object* const old = f.m.make(1);
  f.m.roots = {old};
  f.full();
  old->refs[0] = f.m.make(0);
  REQUIRE(f.runtime.collect(f.m, Extent::due).minor);
  const std::optional<std::string> what = f.runtime.verify(f.m);
  REQUIRE(what.has_value());
  CHECK(what->find("refers to") != std::string::npos);
  old->refs[0] = nullptr;
}

TEST_CASE("generations: of a large object only the written part is looked at") {
  Fixture f;
  constexpr std::size_t kCount = 100'000;
  Object* const old = f.m.make(kCount);
  f.m.roots = {old};
  f.full();
  Object* const noted = f.m.make(0);
  f.m.store(old, kCount - 1, noted);
  old->refs[5] = f.m.make(0);  // far away, and nobody says so
  CHECK(f.runtime.collect(f.m, Extent::due).freed_objects == 1);
  CHECK(noted->magic == Object::kMagic);
  old->refs[5] = nullptr;
  CHECK(f.runtime.verify(f.m) == std::nullopt);
}

TEST_CASE("generations: every slot of objects of any size is covered by its card") {
  Fixture f;
  for (const std::size_t count : {1u, 2u, 3u, 6u, 30u, 61u, 62u, 63u, 126u, 127u, 200u, 1000u, 5000u, 70'000u}) {
    Object* const old = f.m.make(count);
    f.m.roots = {f.m.make(0), old, f.m.make(0)};
    f.full();
    for (std::size_t i = 0; i < count; i += count < 300 ? 1 : count / 97) {
      Object* const young = f.m.make(0);
      f.m.store(old, i, young);
      const CollectionResult result = f.runtime.collect(f.m, Extent::due);
      if (result.minor) CHECK(result.freed_objects == 0);
      REQUIRE(young->magic == Object::kMagic);
    }
    CHECK(f.runtime.verify(f.m) == std::nullopt);
  }
}

TEST_CASE("generations: an object on a stack may be filled without the barrier until the next collection") {
  Fixture f;
  Object* built = f.m.make(3);
  void* stack[1] = {built};
  const auto scan = [&](Marker& marker) { marker.mark_stack_words(stack, stack + 1); };
  f.full();
  f.m.roots = {f.m.make(1)};
  built = f.m.make(3);
  stack[0] = &built->refs[1];  // an inner address is all that is left of it
  f.runtime.collect(f.m, scan, Extent::due);
  Object* const part = f.m.make(0);
  built->refs[0] = part;
  f.runtime.collect(f.m, scan, Extent::due);
  CHECK(part->magic == Object::kMagic);
  Object* const last = f.m.make(0);
  built->refs[2] = last;
  f.m.roots[0]->refs[0] = nullptr;
  f.m.store(f.m.roots[0], 0, built);  // finished and published
  stack[0] = nullptr;
  f.runtime.collect(f.m, scan, Extent::due);
  CHECK(last->magic == Object::kMagic);
  CHECK(f.runtime.verify(f.m) == std::nullopt);
}

TEST_CASE("generations: objects that are written freely are looked at each time") {
  Fixture f;
  Object* const old = f.m.make(Object::kFreely);
  f.m.roots = {old};
  f.full();
  for (std::size_t i = 0; i < Object::kFreely; ++i) {
    old->refs[i] = f.m.make(0);
    CHECK(f.minor().live_objects == i + 2);
  }
  f.full();
  old->refs[0] = f.m.make(0);
  f.minor();
  CHECK(old->refs[0]->magic == Object::kMagic);
}

TEST_CASE("generations: a full collection comes when the old have grown by the rule, or after a refusal") {
  Fixture f;
  f.m.roots = {f.m.make(0)};
  f.full();
  std::size_t survived = 0;
  while (survived < std::size_t{1} << 20) {
    f.m.roots.push_back(f.m.make(30));
    survived += 256;
    if (f.m.roots.size() % 1000 == 0) {
      REQUIRE(f.runtime.collect(f.m, Extent::due).minor);
    }
  }
  f.runtime.collect(f.m, Extent::due);
  CHECK_FALSE(f.runtime.collect(f.m, Extent::due).minor);
  CHECK(f.runtime.collect(f.m, Extent::due).minor);
  f.runtime.heap.set_limit(std::size_t{2} << 20);
  CHECK(f.m.make(1'000'000) == nullptr);
  CHECK_FALSE(f.runtime.collect(f.m, Extent::due).minor);
}

TEST_CASE("generations: random stores, against the verifier") {
  Fixture f;
  Random random{12345};
  for (int i = 0; i < 50; ++i) f.m.roots.push_back(f.m.make(random(300)));
  for (int round = 0; round < 300; ++round) {
    for (int i = 0; i < 200; ++i) {
      Object* const at = wander(f.m.roots, random);
      if (at->count == 0) continue;
      f.m.store(at, random(at->count), random(4) == 0 ? nullptr : f.m.make(random(i % 20 == 0 ? 300 : 6)));
    }
    if (round % 7 == 0) f.m.roots[random(f.m.roots.size())] = f.m.make(random(300));
    f.runtime.collect(f.m, round % 40 == 39 ? Extent::full : Extent::due);
    REQUIRE(f.runtime.verify(f.m) == std::nullopt);
  }
  CHECK(f.runtime.heap.statistics().minor_collections > 100);
}

TEST_CASE("generations: marking stacks that may not grow lose nothing") {
  Fixture f;
  f.m.roots = {f.m.make(1)};
  f.full();
  f.runtime.heap.set_mark_stack_limit(0);
  Object* last = nullptr;
  for (int i = 0; i < 2000; ++i) {
    Object* const o = f.m.make(1);
    o->refs[0] = last;
    last = o;
  }
  f.m.store(f.m.roots[0], 0, last);
  CHECK(f.minor().live_objects == 2001);
}

}  // namespace toy
