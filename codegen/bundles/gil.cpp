#include "policies/bundles/gil.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<Gil>;
}  // namespace turnstile
