// A user's policy under the program suite: the world lock of examples/custom_policy.
#include "examples/custom_policy/monitor_lock.h"
#include "policies/bundles/grwl.h"
#include "tests/programs/runtime_kit.h"

struct Monitor : turnstile::Grwl {
  static constexpr std::string_view kName = "monitor";
  using WorldLock = MonitorLock;
};

SYNC_RUNTIME_KIT(Monitor)
