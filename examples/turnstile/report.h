// Tables that `turnstile` prints.
#pragma once

#include "core/runtime_core.h"

namespace turnstile::cli {

/// bundle × axis, to standard output.
void print_policies();
/// Counters of a run, to standard error.
void print_stats(RuntimeCore& runtime);

}  // namespace turnstile::cli
