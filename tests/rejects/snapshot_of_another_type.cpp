// expect: policy: axis Stats: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Numbers : Biased::Stats {
  int snapshot() const { return 0; }
};
struct Mine : Biased {
  using Stats = Numbers;
};
static_assert(CheckedPolicy<Mine>);
