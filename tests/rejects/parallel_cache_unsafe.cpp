// expect: policy: BlockCache: parallel mutators need
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Cache : Biased::BlockCache {
  static constexpr bool kParallelSafe = false;
};
struct Mine : Biased {
  using BlockCache = Cache;
};
static_assert(CheckedPolicy<Mine>);
