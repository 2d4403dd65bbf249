// Which slots an instruction reads and writes: the one table for the verifier, the disassembler and type inference.
#pragma once

#include <cstdint>

#include "core/bytecode.h"

namespace turnstile::codegen {

struct SlotRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Unused ranges have count 0; used ones come first.
struct SlotUse {
  SlotRange reads[3];
  SlotRange writes[2];  // on normal completion
};

SlotUse slot_use(const Insn& insn);

/// Control does not go on to the next instruction.
bool ends_path(Op op);

}  // namespace turnstile::codegen
