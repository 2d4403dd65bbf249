// A readable dump of bytecode.
#pragma once

#include <string>

#include "codegen/frontend/code_unit.h"

namespace turnstile::frontend {

/// One line for each instruction, with inner units behind. `spans`: with the source span of each.
std::string disassemble(const CodeUnit& unit, bool spans = false);
/// A constant as Python would write it, roughly; code as <code name>.
std::string to_text(const Constant& c);

}  // namespace turnstile::frontend
