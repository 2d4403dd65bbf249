// expect: policy: axis HeapLock: the type does not model the concept
#include "policies/bundles/biased.h"

using namespace turnstile;

struct Mine : Biased {
  using HeapLock = Biased::CodeLock;
};
static_assert(CheckedPolicy<Mine>);
