// When compiled code is made, thrown away, and made again.
#pragma once

#include "codegen/code_record.h"
#include "core/frame.h"
#include "core/mutator.h"
#include "core/runtime_core.h"

namespace turnstile::codegen {

/// Compiled code leaves to the interpreter because of the instruction at `pc`: a failed guard, or (`trap`) code that
/// had never run. May throw the code away, to be compiled again.
void note_exit(Mutator& m, Frame* frame, std::uint32_t pc, bool trap);

/// Heat at which compiling pays: LLVM's time goes with the size of the function.
std::uint32_t compile_heat(const RuntimeOptions& options, const CodeData& data);

/// Entries go to the interpreter until the function is hot again.
void invalidate(Mutator& m, Code* code);

}  // namespace turnstile::codegen
