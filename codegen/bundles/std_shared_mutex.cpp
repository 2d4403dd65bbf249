#include "policies/bundles/shared_mutex.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<StdSharedMutex>;
}  // namespace turnstile
