// expect: (constraints not satisfied|constraint failure|constraint.*Rule)
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Misspelt {
  static constexpr bool kGenerationl = true;
  static constexpr std::size_t budget(std::size_t, std::uint32_t) { return 1 << 20; }
  static constexpr std::size_t full_budget(std::size_t) { return 1 << 20; }
};
struct Mine : Biased {
  using GcTrigger = gc_trigger::ThreadCached<Misspelt>;
};
static_assert(CheckedPolicy<Mine>);
