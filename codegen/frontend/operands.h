// Which registers an instruction reads and writes, and what its immediate means: for the verifier and the disassembler.
#pragma once

#include <cstdint>
#include <vector>

#include "codegen/frontend/code_unit.h"

namespace turnstile::frontend {

enum class Immediate : std::uint8_t { none, constant, target, number };

struct Operands {
  struct Range {
    std::uint16_t first;
    std::uint32_t count;
  };
  std::vector<Range> reads;
  std::vector<Range> writes;  // on normal completion
  Immediate immediate = Immediate::none;
};

Operands operands(const Insn& insn);

/// Control does not go on to the next instruction.
bool ends_path(Op op);
bool is_jump(Op op);
/// The opcode's name, without the core's table.
const char* op_text(Op op);

}  // namespace turnstile::frontend
