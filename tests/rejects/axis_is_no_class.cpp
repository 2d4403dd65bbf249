// expect: policy: axis WorldLock: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Mine : Biased {
  using WorldLock = int;
};
static_assert(CheckedPolicy<Mine>);
