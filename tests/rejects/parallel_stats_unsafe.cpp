// expect: policy: Stats: parallel mutators need
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Unsafe : Biased::Stats {
  static constexpr bool kParallelSafe = false;
};
struct Mine : Biased {
  using Stats = Unsafe;
};
static_assert(CheckedPolicy<Mine>);
