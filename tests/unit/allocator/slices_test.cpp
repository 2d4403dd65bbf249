// Markings that are suspended: what mutators may do between two slices, and when a collection is complete.
#include <cstring>

#include "tests/unit/allocator/refusing_pages.h"
#include "tests/unit/allocator/toy.h"

namespace toy {
namespace {

struct Sliced : Biased {
  static constexpr std::string_view kName = "toy_sliced";
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::Generational<gc_trigger::HeapGrowth<100, 1 << 20>, 1 << 20>>;
};

struct Fixture {
  explicit Fixture(HeapOptions options = {.poison = true, .slice_objects = 256}) : runtime(options) {}
  Runtime<Sliced> runtime;
  Mutator<Sliced> m{runtime};

  /// One slice, or what is due; sound after it.
  CollectionResult due() {
    const CollectionResult result = runtime.collect(m, Extent::due);
    REQUIRE(runtime.verify(m) == std::nullopt);
    return result;
  }
  CollectionResult to_the_end() {
    for (;;) {
      if (const CollectionResult result = due(); result.complete) return result;
    }
  }
  /// A chain: its last object is reached last.
  Object* chain(std::size_t length) {
    Object* first = nullptr;
    for (std::size_t i = 0; i < length; ++i) {
      Object* const next = m.make(2);
      next->refs[0] = first;
      first = next;
    }
    return first;
  }
  Object* last_of(Object* chain) {
    while (chain->refs[0] != nullptr) chain = chain->refs[0];
    return chain;
  }
};

constexpr std::size_t kLong = 10'000;

}  // namespace

TEST_CASE("slices: a collection that is not complete frees nothing and calls nobody") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  f.chain(100);  // dead
  unsigned told = 0;
  const auto roots = [&](Marker& marker) { marker.mark(f.m.roots[0]); };
  const auto collect = [&] { return f.runtime.collect(f.m, roots, [&](const Liveness&) { ++told; }, Extent::due); };
  CollectionResult result = collect();
  unsigned slices = 1;
  for (; !result.complete; ++slices) {
    CHECK(told == 0);
    CHECK(result.freed_objects == 0);
    CHECK(f.runtime.heap.statistics().collections == 0);
    result = collect();
  }
  CHECK(slices > 5);
  CHECK(told == 1);
  CHECK(result.live_objects == kLong);
  CHECK(result.freed_objects == 100);
  CHECK(f.runtime.heap.statistics().collections == 1);
}

TEST_CASE("slices: what an object that was traced is made to refer to is kept") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  Object* const first = f.m.roots[0];
  REQUIRE_FALSE(f.due().complete);  // the first object has been traced
  Object* const young = f.m.make(1);
  young->refs[0] = f.m.make(0);
  f.m.store(first, 1, young);
  // The only path to the rest of the chain moves from what is not traced to what is.
  Object* const hidden = f.last_of(first);
  f.m.store(first, 0, first->refs[0]);
  f.m.store(young, 0, hidden);
  f.to_the_end();
  CHECK(young->magic == Object::kMagic);
  CHECK(hidden->magic == Object::kMagic);
}

TEST_CASE("slices: without the barrier the object is lost, and the verifier says so") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  REQUIRE_FALSE(f.due().complete);
  f.m.roots[0]->refs[1] = f.m.make(0);
  CollectionResult result;
  do {
    result = f.runtime.collect(f.m, Extent::due);
  } while (!result.complete);
  CHECK(f.runtime.verify(f.m).has_value());
  f.m.roots[0]->refs[1] = nullptr;
}

TEST_CASE("slices: what dies while it lasts is freed by the next full collection at the latest") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  REQUIRE_FALSE(f.due().complete);
  f.m.roots = {f.m.make(0)};
  CHECK(f.to_the_end().live_objects <= kLong + 1);
  CHECK(f.runtime.collect(f.m).live_objects == 1);
}

TEST_CASE("slices: a full collection forgets what was remembered of the dead") {
  Fixture f;
  Object* const freely = f.m.make(Object::kFreely);
  f.m.roots = {freely};
  f.to_the_end();
  freely->refs[0] = f.chain(kLong);
  f.to_the_end();
  f.m.roots = {f.m.make(0)};
  CollectionResult result = f.to_the_end();
  for (int i = 0; i < 10 && result.minor; ++i) {  // until the old have grown enough
    f.m.roots.push_back(f.m.make(30'000));
    result = f.to_the_end();
  }
  REQUIRE_FALSE(result.minor);
  CHECK(result.live_objects == f.m.roots.size());
}

TEST_CASE("slices: whoever asks for a full collection gets one, in one piece") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  REQUIRE_FALSE(f.due().complete);
  f.m.roots = {f.chain(2 * kLong)};
  const CollectionResult result = f.runtime.collect(f.m);
  CHECK(result.complete);
  CHECK_FALSE(result.minor);
  CHECK(result.live_objects == 2 * kLong);
  CHECK(result.freed_objects == kLong);
  CHECK(f.due().complete);  // nothing of the suspended one is left
}

TEST_CASE("slices: memory that was refused is not waited for") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  REQUIRE_FALSE(f.due().complete);
  f.runtime.heap.set_limit(std::size_t{2} << 20);
  CHECK(f.m.make(1'000'000) == nullptr);
  CHECK(f.due().complete);
}

TEST_CASE("slices: minor collections have them, too, and end when the mutator allocates more than is marked") {
  Fixture f;
  f.m.roots = {f.m.make(0)};
  f.to_the_end();
  f.m.roots.push_back(f.chain(kLong));
  CollectionResult result = f.due();
  CHECK(result.minor);
  CHECK_FALSE(result.complete);
  unsigned slices = 1;
  for (; !result.complete; ++slices) {
    REQUIRE(slices < 1000);
    Object* const more = f.chain(512);  // twice what a slice marks
    f.m.store(f.last_of(f.m.roots.back()), 0, nullptr);
    f.m.roots.push_back(more);
    result = f.due();
  }
  CHECK(result.minor);
  CHECK(result.freed_objects == 0);
}

TEST_CASE("slices: a large object is traced in parts, and all of it") {
  Fixture f;
  constexpr std::size_t kCount = 200'000;
  Object* const large = f.m.make(kCount);
  f.m.roots = {large};
  for (std::size_t i = 0; i < kCount; i += 7) large->refs[i] = f.m.make(i % 3);
  const std::size_t alive = 1 + (kCount + 6) / 7;
  CHECK_FALSE(f.due().complete);
  CHECK(f.to_the_end().live_objects == alive);
  for (std::size_t i = 0; i < kCount; i += 7) REQUIRE(large->refs[i]->magic == Object::kMagic);
  // Within one slice, too, and if cards are set that have been looked at: the cards of what lies lower.
  Fixture g({.poison = true, .slice_objects = 1'000'000});
  Object* const low = g.m.make(kCount);
  Object* const high = g.m.make(kCount);
  REQUIRE(low < high);
  g.m.roots = {high};
  high->refs[0] = low;
  for (std::size_t i = 0; i < kCount; i += 7) low->refs[i] = g.m.make(0);
  const CollectionResult result = g.due();
  CHECK(result.complete);
  CHECK(result.live_objects == alive + 1);
}

TEST_CASE("slices: an object on a stack may be filled without the barrier between two of them") {
  Fixture f;
  f.m.roots = {f.chain(kLong)};
  Object* built = f.m.make(3);
  f.m.roots[0]->refs[1] = built;  // is found in the heap, as well
  void* stack[1] = {&built->refs[1]};
  const auto roots = [&](Marker& marker) {
    marker.mark(f.m.roots[0]);
    marker.mark_stack_words(stack, stack + 1);
  };
  CollectionResult result = f.runtime.collect(f.m, roots, Extent::due);
  std::vector<Object*> parts;
  for (; !result.complete; result = f.runtime.collect(f.m, roots, Extent::due)) {
    parts.push_back(f.m.make(0));
    built->refs[parts.size() % 3] = parts.back();
  }
  REQUIRE(parts.size() > 3);
  for (Object* const part : built->refs[0] != nullptr ? std::vector<Object*>{built->refs[0]} : parts) {
    CHECK(part->magic == Object::kMagic);
  }
  CHECK(f.runtime.verify(f.m) == std::nullopt);
}

TEST_CASE("slices: a mark stack that may not grow") {
  Fixture f;
  f.runtime.heap.set_mark_stack_limit(0);
  Object* const wide = f.m.make(500);
  f.m.roots = {wide, f.chain(1000)};
  for (std::size_t i = 0; i < 500; ++i) wide->refs[i] = f.m.make(1);
  CHECK(f.to_the_end().live_objects == 1 + 500 + 1000);
}

TEST_CASE("slices: random stores by several threads, against the verifier") {
  for (const unsigned markers : {1u, 3u}) {
    Fixture f({.poison = true, .slice_objects = 256, .marking_threads = markers, .parallel_marking_bytes = 0});
    Random random{777};
    for (int i = 0; i < 40; ++i) f.m.roots.push_back(f.m.make(random(3000)));
    unsigned suspended = 0;
    unsigned complete = 0;
    for (int round = 0; round < 250; ++round) {
      const std::size_t stores = random(1000);
      for (std::size_t i = 0; i < stores; ++i) {
        Object* const at = wander(f.m.roots, random);
        if (at->count == 0) continue;
        f.m.store(at, random(at->count), random(4) == 0 ? nullptr : f.m.make(random(i == 100 ? 20'000 : 6)));
      }
      if (round % 7 == 0) f.m.roots[random(f.m.roots.size())] = f.m.make(random(3000));
      const CollectionResult result = f.runtime.collect(f.m, round % 90 == 89 ? Extent::full : Extent::due);
      ++(result.complete ? complete : suspended);
      REQUIRE(f.runtime.verify(f.m) == std::nullopt);
    }
    // How many markers come, and so how much a slice is, depends on the scheduler.
    if (markers == 1) CHECK(suspended > 10);
    CHECK(complete > 10);
  }
}

TEST_CASE("slices: no memory to note what stacks hold and what is written freely, once at each call") {
  const auto work = [](RefusingPages& pages) {
    HeapOptions options{.reserve_bytes = std::size_t{64} << 20, .poison = true, .slice_objects = 1024};
    options.pages = &pages;
    Fixture f(options);
    std::vector<void*> stack;
    const auto scan = [&](Marker& marker) { marker.mark_stack_words(stack.data(), stack.data() + stack.size()); };
    for (int round = 0; round < 6; ++round) {
      for (int i = 0; i < 1500; ++i) {
        Object* const freely = f.m.make_collecting(Object::kFreely);
        if (freely == nullptr) continue;
        f.m.roots.push_back(freely);
        if (Object* const built = f.m.make_collecting(2)) stack.push_back(built);
      }
      f.runtime.collect(f.m, scan, Extent::due);
      for (Object* const freely : f.m.roots) freely->refs[1] = f.m.make(0);
      for (void* const built : stack) static_cast<Object*>(built)->refs[0] = f.m.make(0);
      f.runtime.collect(f.m, scan, Extent::due);
      for (Object* const freely : f.m.roots) {
        if (freely->refs[1] != nullptr) REQUIRE(freely->refs[1]->magic == Object::kMagic);
      }
      for (void* const built : stack) {
        Object* const part = static_cast<Object*>(built)->refs[0];
        if (part != nullptr) REQUIRE(part->magic == Object::kMagic);
      }
      stack.clear();
    }
    f.to_the_end();
  };
  RefusingPages never;
  work(never);
  REQUIRE(never.calls() > 10);
  for (std::uint64_t call = 1; call <= never.calls(); ++call) {
    CAPTURE(call);
    RefusingPages pages(call);
    work(pages);
    CHECK(pages.mapped() == 0);
  }
}

}  // namespace toy
