// Plain code units to managed objects.
#pragma once

#include "codegen/frontend/code_unit.h"
#include "codegen/frontend/source.h"
#include "core/mutator.h"

namespace turnstile::frontend {

/// The managed code of a unit and of the units in its constants. Takes the units' CodeData. Equal constants of the
/// program become one object; names and strings that look like names are interned. Null with MemoryError raised. May
/// collect.
Code* materialize(Mutator& m, CodeUnit& unit);

/// Raises a problem as the exception that python3 raises, with its attributes. Always returns empty. May collect.
Value raise_problem(Mutator& m, const Problem& problem, std::string_view filename);

}  // namespace turnstile::frontend
