// The command line as a function of the policies that it offers: `turnstile` offers the bundles that ship, the tests
// everything in tests/policy_list.h.
#pragma once

#include <span>

#include "codegen/bundles/bundles.h"

namespace turnstile::cli {

/// Returns the process's exit status. Does not return while daemon threads of the program live: the process ends.
int run_command_line(int argc, char** argv, std::span<const BundleInfo> policies);

}  // namespace turnstile::cli
