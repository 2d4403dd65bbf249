// expect: (constraints not satisfied|constraint failure|constraint.*Rule)
#include "policies/bundles/biased.h"

using namespace turnstile;

struct FixedRule {
  static constexpr bool kGenerational = false;
  static constexpr std::uint64_t kSliceNs = 0;
  static std::size_t full_budget(std::size_t) { return 0; }
  static int budget(std::size_t, std::uint32_t) { return 1; }
};
struct Mine : Biased {
  using GcTrigger = gc_trigger::ThreadCached<FixedRule>;
};
static_assert(CheckedPolicy<Mine>);
