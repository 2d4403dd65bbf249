// Copies what the compiler wants to know about a function: see codegen/inference/snapshot.h.
#pragma once

#include <vector>

#include "codegen/code_record.h"
#include "codegen/inference/snapshot.h"
#include "core/mutator.h"

namespace turnstile::codegen {

/// Running. Objects whose addresses end up in machine code are appended to `keep_alive` (duplicates are possible).
Snapshot make_snapshot(Mutator& m, const Code* code, const CodeRecord& record, std::vector<Value>& keep_alive);

}  // namespace turnstile::codegen
