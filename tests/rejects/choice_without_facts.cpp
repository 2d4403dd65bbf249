// expect: policy: axis BlockCache: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Cache {
  static constexpr std::string_view kName = "cache";
  static constexpr bool kPerThread = true;
  static constexpr bool kAffine = true;
};
struct Mine : Biased {
  using BlockCache = Cache;
};
static_assert(CheckedPolicy<Mine>);
