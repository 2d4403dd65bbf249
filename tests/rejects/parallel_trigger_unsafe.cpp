// expect: policy: GcTrigger: parallel mutators need
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Trigger : Biased::GcTrigger {
  static constexpr bool kParallelSafe = false;
};
struct Mine : Biased {
  using GcTrigger = Trigger;
};
static_assert(CheckedPolicy<Mine>);
