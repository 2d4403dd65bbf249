// One axis swapped, everything else as it was: what do shared counters cost? The 2014 experiment found a quarter of a
// threaded benchmark. Prints seconds for the same program under both policies, interleaved, medians.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "codegen/runtime.h"
#include "core/embedding.h"
#include "core/ops.h"
#include "policies/bundles/grwl.h"
#include "policies/gc_trigger/rules.h"
#include "policies/gc_trigger/shared_counter.h"

using namespace turnstile;

namespace {

struct SharedCounters : Grwl {
  static constexpr std::string_view kName = "grwl, shared byte counter";
  using GcTrigger = gc_trigger::SharedCounter<gc_trigger::HeapGrowth<>>;
};
static_assert(CheckedPolicy<SharedCounters>);

constexpr const char* kProgram = R"(
def work(n):
    last = None
    for i in range(n):
        last = [i, last is None]
    return last[0]
)";

template <class P>
class Measured {
 public:
  Measured() {
    MainScope scope(runtime_);
    ok_ = run_source(scope.mutator(), kProgram);
  }

  double run(int threads, std::int64_t n) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([this, n] {
        ThreadScope scope(runtime_);
        std::int64_t last = 0;
        if (!int_to_int64(call_global(scope.mutator(), "work", {Value::small_int(n)}), &last) || last != n - 1)
          ok_ = false;
      });
    }
    for (std::thread& w : workers) w.join();
    seconds_.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return seconds_.back();
  }

  double median() {
    std::sort(seconds_.begin(), seconds_.end());
    return seconds_[seconds_.size() / 2];
  }
  bool ok() const { return ok_; }

 private:
  Runtime<P> runtime_;
  std::vector<double> seconds_;
  std::atomic<bool> ok_{false};
};

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t n = argc > 1 ? std::atoll(argv[1]) : 300'000;
  Measured<Grwl> usual;
  Measured<SharedCounters> swapped;
  for (int round = 0; round < 5; ++round) {
    usual.run(2, n);
    swapped.run(2, n);
  }
  if (!usual.ok() || !swapped.ok()) {
    std::fputs("swap_axis: a run failed\n", stderr);
    return 1;
  }
  std::printf("2 threads, medians of 5\n  %-28s %.4f s\n  %-28s %.4f s  (%+.0f%%)\n", std::string(Grwl::kName).c_str(),
              usual.median(), std::string(SharedCounters::kName).c_str(), swapped.median(),
              (swapped.median() / usual.median() - 1) * 100);
  return 0;
}
