// expect: policy: axis WorldLock: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

// As promoteGL of 2014: it does not say what happened in between.
struct Silent : Biased::WorldLock {
  bool promote(ThreadState& t) { return Biased::WorldLock::stop(t); }
};
struct Mine : Biased {
  using WorldLock = Silent;
};
static_assert(CheckedPolicy<Mine>);
