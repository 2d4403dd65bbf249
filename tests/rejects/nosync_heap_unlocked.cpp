// expect: policy: HeapLock: parallel mutators need
#include "policies/bundles/nosync.h"
#include "policies/heap_lock/none.h"

using namespace turnstile;

struct Mine : NoSync {
  using HeapLock = heap_lock::None;
};
static_assert(CheckedPolicy<Mine>);
