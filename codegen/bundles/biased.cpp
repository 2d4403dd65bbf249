#include "policies/bundles/biased.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<Biased>;
}  // namespace turnstile
