// Source text to bytecode, without a runtime.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "codegen/frontend/ast.h"
#include "codegen/frontend/code_unit.h"
#include "codegen/frontend/source.h"
#include "codegen/frontend/warnings.h"

namespace turnstile::frontend {

struct BuildResult {
  std::shared_ptr<CodeUnit> unit;  // null: see problem
  std::optional<Problem> problem;
  std::vector<CompileWarning> warnings;  // to be printed, in order
};

/// Compiles a program. `stack_floor`: native stack addresses below it must not be used (0: some megabytes from here are
/// free); code nested too deeply for it is a problem, not a crash. Never runs managed code.
BuildResult build(std::string_view source, std::string_view filename, Mode mode, std::uintptr_t stack_floor = 0);

}  // namespace turnstile::frontend
