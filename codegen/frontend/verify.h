// Checks bytecode: what every tier may rely on.
#pragma once

#include <string>
#include <vector>

#include "codegen/frontend/code_unit.h"

namespace turnstile::frontend {

/// What is wrong with a unit and the units in its constants; empty when nothing is. Checked: tables of the same length,
/// registers and constants within bounds, jump targets, jump_back the only way backwards, no way to fall off the end,
/// exception entries within bounds and innermost first, cache indices used once, and that no path reads a temporary
/// that it has not written.
std::vector<std::string> verify(const CodeUnit& unit);

}  // namespace turnstile::frontend
