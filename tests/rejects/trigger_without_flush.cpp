// expect: policy: axis GcTrigger: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Trigger : Biased::GcTrigger {
  void flush(ThreadCounter&) = delete;
};
struct Mine : Biased {
  using GcTrigger = Trigger;
};
static_assert(CheckedPolicy<Mine>);
