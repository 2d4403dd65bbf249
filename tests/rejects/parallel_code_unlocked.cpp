// expect: policy: CodeLock: parallel mutators need
#include "policies/bundles/biased.h"
#include "policies/code_lock/none.h"

using namespace turnstile;

struct Mine : Biased {
  using CodeLock = code_lock::None;
};
static_assert(CheckedPolicy<Mine>);
