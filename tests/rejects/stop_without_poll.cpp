// expect: policy: WorldLock: stopping several threads needs a poll
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Deaf : Biased::WorldLock {
  static constexpr bool kHasPoll = false;
};
struct Mine : Biased {
  using WorldLock = Deaf;
};
static_assert(CheckedPolicy<Mine>);
