#include "policies/bundles/nosync.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<NoSync>;
}  // namespace turnstile
