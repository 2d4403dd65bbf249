#include "policies/bundles/grwl.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<Grwl>;
}  // namespace turnstile
