// expect: policy: axis ObjectLock: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

// A lock that is not told how to wait would wait outside of a blocking region.
struct Stubborn : Biased::ObjectLock {
  void lock(Byte& byte) { Biased::ObjectLock::lock(byte, DirectWait{}); }
};
struct Mine : Biased {
  using ObjectLock = Stubborn;
};
static_assert(CheckedPolicy<Mine>);
