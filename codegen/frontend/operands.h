// What an instruction's immediate means: for the verifier and the disassembler. Its registers: codegen/slot_use.h.
#pragma once

#include <cstdint>

#include "codegen/frontend/code_unit.h"
#include "codegen/slot_use.h"

namespace turnstile::frontend {

using codegen::ends_path;

enum class Immediate : std::uint8_t { none, constant, target, number };

Immediate immediate(Op op);
bool is_jump(Op op);
/// The opcode's name, without the core's table.
const char* op_text(Op op);

}  // namespace turnstile::frontend
