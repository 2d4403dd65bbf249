// expect: policy: axis WorldLock: the type does not model the concept
#include "policies/absl_mutex.h"
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Mine : Biased {
  using WorldLock = AbslMutex;
};
static_assert(CheckedPolicy<Mine>);
