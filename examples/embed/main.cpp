// A C++ program that hosts a runtime: registers native functions, calls Python from several C++ threads at once, and
// handles a Python exception.
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "codegen/runtime.h"
#include "core/embedding.h"
#include "core/exceptions.h"
#include "core/ops.h"
#include "policies/bundles/biased.h"

using namespace turnstile;

namespace {

// Runs beside other threads: it touches only its argument.
Value triangle(Mutator& m, const CallArgs& args) {
  std::int64_t n = 0;
  if (!int_to_int64(args[0], &n)) return raise_type_error(m, "triangle() takes an int");
  return make_int(m, n * (n + 1) / 2);
}

int log_lines = 0;  // not thread-safe on purpose: log_line is registered exclusive

Value log_line(Mutator&, const CallArgs&) {
  ++log_lines;
  return Value::none();
}

constexpr NativeDef kTriangle{"triangle", triangle, 1, 1, false, NativeMode::concurrent};
constexpr NativeDef kLogLine{"log_line", log_line, 0, 0, false, NativeMode::exclusive};

constexpr const char* kProgram = R"(
def work(n):
    total = 0
    for i in range(n):
        total += triangle(i) % 7
    log_line()
    return total

def fail(what):
    raise ValueError("cannot do " + what)
)";

}  // namespace

int main() {
  Runtime<Biased> runtime;
  {
    MainScope scope(runtime);
    Mutator& m = scope.mutator();
    if (!define_builtin(m, kTriangle) || !define_builtin(m, kLogLine) || !run_source(m, kProgram, "embedded.py")) {
      std::fputs(take_error(m).c_str(), stderr);
      return 1;
    }
  }
  constexpr int kThreads = 4;
  std::vector<std::int64_t> results(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&runtime, &results, i] {
      ThreadScope scope(runtime);
      Value v = call_global(scope.mutator(), "work", {Value::small_int(20000 + i)});
      if (!int_to_int64(v, &results[static_cast<std::size_t>(i)]))
        std::fputs(take_error(scope.mutator()).c_str(), stderr);
    });
  }
  for (std::thread& t : threads) t.join();
  for (int i = 0; i < kThreads; ++i)
    std::printf("thread %d: %lld\n", i, static_cast<long long>(results[static_cast<std::size_t>(i)]));
  std::printf("log lines: %d\n", log_lines);

  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Str* what = make_str(m, "that");
  if (call_global(m, "fail", {Value::object(what)}).is_empty()) std::printf("caught:\n%s", take_error(m).c_str());
  return 0;
}
