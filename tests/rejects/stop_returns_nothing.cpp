// expect: policy: axis WorldLock: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Silent : Biased::WorldLock {
  void stop(ThreadState& t) { Biased::WorldLock::stop(t); }
};
struct Mine : Biased {
  using WorldLock = Silent;
};
static_assert(CheckedPolicy<Mine>);
