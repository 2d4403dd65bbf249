// expect: policy: ObjectLock: parallel mutators need
#include "policies/bundles/biased.h"
#include "policies/object_lock/none.h"

using namespace turnstile;

struct Mine : Biased {
  using ObjectLock = object_lock::None;
};
static_assert(CheckedPolicy<Mine>);
