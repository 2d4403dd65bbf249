// expect: policy: BlockCache: blocks can be affine
#include "policies/block_cache/shared.h"
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Cache : block_cache::Shared {
  static constexpr bool kAffine = true;
};
struct Mine : Biased {
  using BlockCache = Cache;
};
static_assert(CheckedPolicy<Mine>);
