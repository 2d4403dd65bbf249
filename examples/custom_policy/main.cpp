// A user's own policy: a world lock of their own (monitor_lock.h), the rest from a shipped bundle, and a program.
#include <cstdio>
#include <string>

#include "codegen/runtime.h"
#include "core/embedding.h"
#include "examples/custom_policy/monitor_lock.h"
#include "policies/bundles/grwl.h"

struct MonitorPolicy : turnstile::Grwl {
  static constexpr std::string_view kName = "monitor";
  using WorldLock = MonitorLock;
};
static_assert(turnstile::SyncPolicy<MonitorPolicy>);
static_assert(turnstile::CheckedPolicy<MonitorPolicy>);

constexpr const char* kProgram = R"(
import threading, gc

items = []

def work(number):
    for i in range(2000):
        items.append((number, [i] * 10))
        if i % 500 == 0:
            gc.collect()

threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(items), sum(i for _, row in items for i in row))
)";

int main() {
  turnstile::Runtime<MonitorPolicy> runtime;
  turnstile::Mutator& m = runtime.main_mutator();
  turnstile::MainScope scope(runtime);
  const int status = runtime.run_main(m, kProgram, "custom_policy.py");
  std::printf("policy %s, exit status %d\n", std::string(MonitorPolicy::kName).c_str(), status);
  return status;
}
