// Roots that are only words: interior and one-past-end pointers, registers, native stacks.
#include "allocator/stack_scan.h"

#include <algorithm>
#include <condition_variable>
#include <thread>

#include "tests/unit/allocator/toy.h"

using namespace toy;

namespace {

std::size_t live_from(Runtime<Affine>& runtime, Mutator<Affine>& m, std::uintptr_t word) {
  return runtime.collect(m, [&](Marker& marker) { marker.mark_words(&word, &word + 1); }).live_objects;
}

}  // namespace

TEST_CASE("conservative: any address inside an object keeps it, and the one just past its end") {
  for (const std::size_t refs : {std::size_t{0}, std::size_t{2}, std::size_t{5}, std::size_t{100}, std::size_t{300},
                                 std::size_t{2000}, std::size_t{2046}, std::size_t{20478}, std::size_t{100000}}) {
    CAPTURE(refs);
    const std::size_t bytes = Object::bytes_for(refs);
    for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, std::size_t{8}, bytes / 2, bytes - 1, bytes}) {
      CAPTURE(offset);
      Runtime<Affine> runtime;
      Mutator<Affine> m(runtime);
      const std::uintptr_t at = address(m.make(refs));
      CHECK(live_from(runtime, m, at + offset) == 1);
      CHECK(Model::check(reinterpret_cast<void*>(at)));
    }
  }
}

TEST_CASE("conservative: a pointer between two objects keeps both, one inside keeps one") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  Object* const a = m.make(2);
  Object* const b = m.make(2);
  REQUIRE(address(b) == address(a) + 32);
  CHECK(live_from(runtime, m, address(b)) == 2);
  CHECK(live_from(runtime, m, address(b) + 1) == 1);
}

TEST_CASE("conservative: the last cell of a run and of the heap") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  std::uintptr_t last = 0;
  for (int i = 0; i < 1024; ++i) last = address(m.make(2));
  CHECK(live_from(runtime, m, last + 32) == 1);  // just past everything that was ever handed out
}

TEST_CASE("conservative: words that point to no object are harmless") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  const std::uintptr_t object = address(m.make(70));  // 576 bytes in a class of 624: the run has an unused end
  m.make(20000);
  runtime.collect(m);
  CHECK(live_from(runtime, m, object) == 0);
  CHECK(live_from(runtime, m, object + kBlockBytes - 1) == 0);
  for (const std::uintptr_t word : {std::uintptr_t{0}, ~std::uintptr_t{0}, std::uintptr_t{1} << 63, object - 1,
                                    object + 5 * kBlockBytes, object + 100 * kBlockBytes}) {
    CHECK(live_from(runtime, m, word) == 0);
  }
}

TEST_CASE("conservative: unaligned bounds read whole aligned words only") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  std::uintptr_t words[3] = {0, address(m.make(2)), 0};
  const char* const low = reinterpret_cast<const char*>(words);
  const auto live = [&](const char* from, const char* to) {
    return runtime.collect(m, [&](Marker& marker) { marker.mark_words(from, to); }).live_objects;
  };
  CHECK(live(low + 1, low + 23) == 1);
  CHECK(live(low + 8, low + 15) == 0);
}

TEST_CASE("stack: the bounds contain this frame, on the main thread and on others") {
  const auto check = [] {
    const StackBounds bounds = stack_bounds();
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    CHECK(bounds.low < here);
    CHECK(here < bounds.high);
    CHECK(bounds.high - bounds.low >= 16384);
  };
  check();
  std::thread(check).join();
}

namespace {

// Keeps the object in this frame only, and calls `fn` with the context saved here.
template <class Fn>
[[gnu::noinline]] void with_object_on_stack(Mutator<Affine>& m, Fn&& fn) {
  Object* volatile object = m.make(2);
  SavedContext context;
  save_context(context);
  fn(context);
  CHECK(Model::check(object));
}

}  // namespace

TEST_CASE("stack: a local variable and a callee-saved register keep their objects") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  const StackBounds bounds = stack_bounds();
  std::size_t live = 0;
  with_object_on_stack(m, [&](const SavedContext& context) {
    CHECK(context.sp > bounds.low);
    CHECK(context.sp < bounds.high);
    live = runtime.collect(m, [&](Marker& marker) { scan_native_stack(marker, context, bounds); }).live_objects;
  });
  CHECK(live == 1);
}

#if defined(__x86_64__)
TEST_CASE("stack: every callee-saved register is spilled") {
  SavedContext context;
  SavedContext after;
  // Loads a pattern into each register that the compiler lets us, saves, and looks for the patterns.
  int found = 0;
  for (int which = 0; which < 5; ++which) {
    const std::uintptr_t pattern = 0x1234567800000000u + static_cast<unsigned>(which);
    switch (which) {
#define TURNSTILE_WITH_REGISTER(NUMBER, NAME)          \
  case NUMBER: {                                       \
    register std::uintptr_t value asm(NAME) = pattern; \
    asm volatile("" : "+r"(value));                    \
    asm volatile("" ::"r"(value));                     \
    save_context(context);                             \
    asm volatile("" : "+r"(value));                    \
    break;                                             \
  }
      TURNSTILE_WITH_REGISTER(0, "rbx")
      TURNSTILE_WITH_REGISTER(1, "r12")
      TURNSTILE_WITH_REGISTER(2, "r13")
      TURNSTILE_WITH_REGISTER(3, "r14")
      TURNSTILE_WITH_REGISTER(4, "r15")
    }
    found += std::count(std::begin(context.regs), std::end(context.regs), pattern) != 0 ? 1 : 0;
  }
  CHECK(found == 5);
  save_context(after);
  CHECK(after.regs[1] == reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)));  // rbp: -fno-omit-frame-pointer
}
#endif

TEST_CASE("stack: another thread's stack is scanned while it is blocked") {
  Runtime<Affine> runtime;
  Mutator<Affine> m(runtime);
  SavedContext context;
  StackBounds bounds;
  std::mutex mutex;
  std::condition_variable changed;
  int stage = 0;
  const auto await = [&](int wanted) {
    std::unique_lock guard(mutex);
    changed.wait(guard, [&] { return stage == wanted; });
  };
  const auto advance = [&](int to) {
    const std::lock_guard guard(mutex);
    stage = to;
    changed.notify_all();
  };
  std::thread other([&] {
    Mutator<Affine> mutator(runtime);
    bounds = stack_bounds();
    with_object_on_stack(mutator, [&](const SavedContext& saved) {
      context = saved;
      runtime.lock.leave(mutator.state);
      advance(1);
      await(2);
      runtime.lock.enter(mutator.state);
    });
  });
  await(1);
  CHECK(runtime.collect(m, [&](Marker& marker) { scan_native_stack(marker, context, bounds); }).live_objects == 1);
  advance(2);
  runtime.lock.leave(m.state);
  other.join();
  runtime.lock.enter(m.state);
}
