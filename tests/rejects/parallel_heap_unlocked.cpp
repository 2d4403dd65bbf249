// expect: policy: HeapLock: parallel mutators need
#include "policies/bundles/grwl.h"
#include "policies/heap_lock/none.h"

using namespace turnstile;

struct Mine : Grwl {
  using HeapLock = heap_lock::None;
};
static_assert(CheckedPolicy<Mine>);
