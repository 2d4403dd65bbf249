#include "policies/bundles/biased_generational.h"

#include "codegen/runtime.h"

namespace turnstile {
template class Runtime<BiasedGenerational>;
}  // namespace turnstile
