// Runtimes as C++ objects: several in one process, native function modes, C++ threads, errors.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/exceptions.h"
#include "core/ops.h"

using namespace turnstile;

namespace {

std::int64_t evaluate(Mutator& m, const char* function, std::int64_t argument) {
  std::int64_t out = -1;
  Value v = call_global(m, function, {Value::small_int(argument)});
  INFO(take_error(m));
  CHECK(int_to_int64(v, &out));
  return out;
}

constexpr const char* kProgram = R"(
state = {}

def count(n):
    total = 0
    for i in range(n):
        state[i % 10] = i
        total += i
    return total
)";

std::atomic<int> inside{0};
std::atomic<int> most_inside{0};

Value note_inside(Mutator&, const CallArgs&) {
  const int now = inside.fetch_add(1) + 1;
  int most = most_inside.load();
  while (now > most && !most_inside.compare_exchange_weak(most, now)) {
  }
  std::this_thread::yield();
  inside.fetch_sub(1);
  return Value::none();
}

constexpr NativeDef kExclusive{"exclusive_native", note_inside, 0, 1, false, NativeMode::exclusive};
constexpr NativeDef kBlocking{"blocking_native", note_inside, 0, 1, false, NativeMode::blocking};

}  // namespace

TEST_CASE_TEMPLATE("a runtime may go as soon as the other threads are seen to be gone", P, Biased, Grwl, Gil, NoSync) {
  for (int round = 0; round < 12; ++round) {
    auto runtime = std::make_unique<Runtime<P>>();
    std::atomic<bool> there{false};
    std::thread other([&] {
      Mutator* m = runtime->attach();
      runtime->enter(*m);
      there.store(true, std::memory_order_release);
      allocator::save_context(m->saved);
      runtime->leave(*m);
      runtime->detach(m);
    });
    while (!there.load(std::memory_order_acquire)) std::this_thread::yield();
    while (runtime->attached_threads() > 1) std::this_thread::yield();
    runtime.reset();  // as the command line does, without joining the thread
    other.join();
  }
}

TEST_CASE("two runtimes of different policies run in one process at the same time") {
  Runtime<Grwl> first;
  Runtime<Gil> second;
  for (RuntimeCore* runtime : {static_cast<RuntimeCore*>(&first), static_cast<RuntimeCore*>(&second)}) {
    MainScope scope(*runtime);
    REQUIRE(run_source(scope.mutator(), kProgram));
  }
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      RuntimeCore& runtime = i % 2 == 0 ? static_cast<RuntimeCore&>(first) : static_cast<RuntimeCore&>(second);
      ThreadScope scope(runtime);
      std::int64_t out = 0;
      Value v = call_global(scope.mutator(), "count", {Value::small_int(20000)});
      if (int_to_int64(v, &out) && out == 199990000) right.fetch_add(1);
    });
  }
  for (std::thread& t : threads) t.join();
  CHECK(right.load() == 4);
  CHECK(first.policy_name() == "grwl");
  CHECK(second.policy_name() == "gil");
}

TEST_CASE("an exclusive native function never meets another thread inside") {
  for (const BundleInfo& bundle : bundles()) {
    if (bundle.name == "nosync") continue;  // cannot stop several threads, and says so
    CAPTURE(bundle.name);
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    {
      MainScope scope(*runtime);
      REQUIRE(define_builtin(scope.mutator(), kExclusive));
      REQUIRE(define_builtin(scope.mutator(), kBlocking));
      REQUIRE(run_source(scope.mutator(),
                         "def exclusive(n):\n    for i in range(n):\n        exclusive_native()\n    return n\n"
                         "def blocking(n):\n    for i in range(n):\n        blocking_native()\n    return n\n"));
    }
    most_inside = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        ThreadScope scope(*runtime);
        call_global(scope.mutator(), "exclusive", {Value::small_int(300)});
      });
    }
    for (std::thread& t : threads) t.join();
    CHECK(most_inside.load() == 1);
    MainScope scope(*runtime);
    CHECK(evaluate(scope.mutator(), "blocking", 50) == 50);
  }
}

TEST_CASE("errors come back as text, and the runtime goes on") {
  for (const BundleInfo& bundle : bundles()) {
    CAPTURE(bundle.name);
    std::unique_ptr<RuntimeCore> runtime = bundle.make(RuntimeOptions{});
    MainScope scope(*runtime);
    Mutator& m = scope.mutator();
    CHECK_FALSE(run_source(m, "1 +", "broken.py"));
    CHECK(take_error(m).find("SyntaxError") != std::string::npos);
    CHECK_FALSE(run_source(m, "def f():\n    return 1 // 0\nf()\n", "zero.py"));
    const std::string text = take_error(m);
    CHECK(text.find("File \"zero.py\", line 2, in f") != std::string::npos);
    CHECK(text.find("ZeroDivisionError: integer division or modulo by zero") != std::string::npos);
    CHECK(call_global(m, "missing", {}).is_empty());
    CHECK(take_error(m).find("NameError") != std::string::npos);
    REQUIRE(run_source(m, "def g(n):\n    return n + 1\n"));
    CHECK(evaluate(m, "g", 41) == 42);
  }
}

TEST_CASE("a heap limit raises MemoryError and the program goes on") {
  RuntimeOptions options;
  options.max_heap = std::size_t{32} << 20;
  Runtime<Biased> runtime(options);
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  REQUIRE(run_source(m, R"(
def fill(n):
    try:
        kept = [[0] * 1000 for i in range(n)]
    except MemoryError:
        kept = None
        return -1
    return len(kept)
)"));
  CHECK(evaluate(m, "fill", 1000000) == -1);
  CHECK(evaluate(m, "fill", 100) == 100);
}
