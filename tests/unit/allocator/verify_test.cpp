// The verifier: silent on sound heaps, and each planted corruption is found and described.
#include "tests/unit/allocator/toy.h"

using namespace toy;

namespace {

/// What the verifier says after `corrupt(runtime, mutator, a, b)`, where root a refers to b.
template <class Fn>
std::string verdict(Fn&& corrupt) {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  Object* const a = m.make(4);
  Object* const b = m.make(300);
  a->refs[0] = b;
  m.roots = {a};
  for (int i = 0; i < 1000; ++i) m.make(3);
  Object* const large = m.make(10000);
  a->refs[1] = large;
  REQUIRE(runtime.verify(m) == std::nullopt);
  runtime.collect(m);
  REQUIRE(runtime.verify(m) == std::nullopt);
  corrupt(runtime, m, a, b);
  const std::string what = runtime.verify(m).value_or("nothing found");
  m.roots.clear();
  return what;
}

bool mentions(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

/// The descriptor of a cell's run, through a conservative friend: the pool's layout as the heap sees it.
using R = Runtime<Affine>;
using M = Mutator<Affine>;

}  // namespace

TEST_CASE("verify: an unsound object, and who refers to it") {
  const std::string what = verdict([](R&, M&, Object*, Object* b) { b->magic = 7; });
  CHECK(mentions(what, "not a sound object"));
  CHECK(mentions(what, "refers to"));
  CHECK(!mentions(what, "a root refers"));
  CHECK(mentions(verdict([](R&, M&, Object* a, Object*) { a->magic = 7; }), "a root refers"));
}

TEST_CASE("verify: references that are no references") {
  const auto planted = [](std::ptrdiff_t offset) {
    return verdict([offset](R&, M&, Object* a, Object* b) {
      a->refs[2] = reinterpret_cast<Object*>(reinterpret_cast<char*>(b) + offset);
    });
  };
  CHECK(mentions(planted(16), "not the first byte of a cell"));
  CHECK(mentions(planted(1), "not the first byte of a cell"));
  CHECK(mentions(planted(2416), "in a free cell"));  // 300 references fill their cell
  CHECK(mentions(verdict([](R&, M&, Object* a, Object*) {
                   static Object outside{Object::kMagic, 0, {nullptr}};
                   a->refs[3] = &outside;
                 }),
                 "outside the heap"));
}

TEST_CASE("verify: a reference to an object that was freed") {
  // The collector frees a large object that no root reaches; then a reference to it turns up.
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  Object* const a = m.make(4);
  Object* const gone = m.make(10000);
  m.roots = {a};
  runtime.collect(m);
  a->refs[0] = gone;
  CHECK(mentions(runtime.verify(m).value_or("nothing found"), "in a free block"));
}

TEST_CASE("verify: a cell handed out but never initialized, reached from a root") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  auto* const raw = static_cast<Object*>(m.raw(64));
  raw->magic = 0;
  m.roots = {raw};
  CHECK(mentions(runtime.verify(m).value_or("nothing found"), "not a sound object"));
  m.roots.clear();
}

TEST_CASE("verify: descriptors and counts that contradict each other") {
  const auto after = [](auto&& corrupt) {
    BlockPool pool(std::size_t{1} << 30);
    Block* runs[4];
    for (Block*& run : runs) {
      run = pool.allocate(4);
      format_large(*run, 1);
    }
    format_small(*runs[1], kSizeClassCount - 1, 1);
    pool.release(*runs[2]);
    REQUIRE(pool.check_consistency() == nullptr);
    corrupt(runs);
    const char* const what = pool.check_consistency();
    return std::string(what == nullptr ? "nothing found" : what);
  };
  CHECK(mentions(after([](Block** r) { r[1]->size_class = 3; }), "contradicts its size class"));
  CHECK(mentions(after([](Block** r) { r[1]->cell_bytes += 16; }), "contradicts its size class"));
  CHECK(mentions(after([](Block** r) { r[0]->cell_count = 2; }), "contradicts its run"));
  CHECK(mentions(after([](Block** r) { r[0][2].back = 1; }), "does not lead to its head"));
  CHECK(mentions(after([](Block** r) { r[0]->run_blocks = 0; }), "length is impossible"));
  CHECK(mentions(after([](Block** r) { r[0]->run_blocks = 1000; }), "length is impossible"));
  CHECK(mentions(after([](Block** r) { r[2]->dirty = false; }), "dirty"));
  CHECK(mentions(after([](Block** r) { r[2][3].back = 1; }), "end does not know"));
  CHECK(mentions(after([](Block** r) { r[1]->allocated[0] |= std::uint64_t{1} << 63; }), "beyond the run"));
  CHECK(mentions(after([](Block** r) { BlockList::unlink(*r[2]); }), "summary of the bins"));
  CHECK(mentions(after([](Block** r) { r[3]->state = BlockState::free; }), "coalesced"));
  CHECK(mentions(after([](Block** r) { r[3]->state = BlockState::interior; }), "begins with an interior"));
}

TEST_CASE("verify: with poison, a write to a dead object or past the end of a living one") {
  HeapOptions options;
  options.poison = true;
  Runtime<Affine> runtime(options);
  Mutator<Affine> m(runtime);
  Object* const dead = m.make(4);
  Object* const kept = m.make(2);
  m.roots = {kept, m.make(4)};
  for (int i = 0; i < 100; ++i) m.make(5);
  REQUIRE(runtime.verify(m) == std::nullopt);
  runtime.collect(m);
  REQUIRE(runtime.verify(m) == std::nullopt);
  const std::uint64_t poison = dead->count;
  dead->count = 1;
  CHECK(mentions(runtime.verify(m).value_or("nothing found"), "free cell"));
  dead->count = poison;
  CHECK(runtime.verify(m) == std::nullopt);
  kept->refs[2] = kept;
  CHECK(mentions(runtime.verify(m).value_or("nothing found"), "free cell"));
}

namespace {

struct ModelWithStatics : Model {
  static inline Object statics[2] = {{Object::kMagic, 0, {nullptr}}, {Object::kMagic, 0, {nullptr}}};
  static bool is_external(const void* p) { return p == &statics[0]; }
};

}  // namespace

TEST_CASE("verify: objects outside the heap that the model knows are accepted") {
  Heap<Affine, ModelWithStatics> heap;
  Affine::WorldLock lock;
  Affine::WorldLock::ThreadState state;
  lock.attach(state);
  lock.enter(state);
  ThreadCache<Affine> cache;
  AllocationCursors cursors;
  heap.attach(cache, cursors);
  Object* const o = init(heap.allocate_slow(cache, 64), 2);
  {
    StopTheWorld stop(lock, state);
    const auto roots = [&](Marker& marker) { marker.mark(o); };
    o->refs[0] = &ModelWithStatics::statics[0];
    CHECK(heap.verify(stop.witness(), roots) == std::nullopt);
    o->refs[1] = &ModelWithStatics::statics[1];
    CHECK(heap.verify(stop.witness(), roots) != std::nullopt);
    CHECK(heap.collect(stop.witness(), roots).live_objects == 1);
  }
  heap.detach(cache);
  lock.leave(state);
  lock.detach(state);
}
