// expect: policy: ObjectLock: kHeaderByte without kLocks
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Byteful : Biased::ObjectLock {
  static constexpr bool kLocks = false;
};
struct Mine : Biased {
  using ObjectLock = Byteful;
};
static_assert(CheckedPolicy<Mine>);
