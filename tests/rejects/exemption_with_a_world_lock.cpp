// expect: policy: ObjectLock: kUnguardedObjects is only for
#include "policies/bundles/biased.h"
#include "policies/object_lock/none.h"

using namespace turnstile;

struct Mine : Biased {
  static constexpr bool kUnguardedObjects = true;
  using ObjectLock = object_lock::None;
};
static_assert(CheckedPolicy<Mine>);
