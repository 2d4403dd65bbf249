#include "policies/bundles/shared_mutex.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<AbslSharedMutex>;
}  // namespace turnstile
