// Constructs that are legal and surely mistakes: python3 prints a SyntaxWarning for them.
#pragma once

#include <cstdint>
#include <string>

#include "codegen/frontend/ast.h"

namespace turnstile::frontend {

struct CompileWarning {
  std::uint32_t line = 0;
  std::string message;
};

/// What is wrong with one call, subscript or comparison (not with its parts); empty: nothing.
std::string warning_of(const Expr* e);
/// assert (x, "message")
bool asserts_tuple(const AssertStmt* s);

}  // namespace turnstile::frontend
