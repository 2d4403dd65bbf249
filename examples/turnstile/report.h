// Tables that `turnstile` prints.
#pragma once

#include <span>

#include "codegen/bundles/bundles.h"

namespace turnstile::cli {

/// bundle × axis, to standard output.
void print_policies(std::span<const BundleInfo> policies);
/// Counters of a run, to standard error.
void print_stats(RuntimeCore& runtime);

}  // namespace turnstile::cli
