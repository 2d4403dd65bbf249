// The pass pipeline and object emission; what debuggers and profilers see (debug_plugins.cpp).
#pragma once

#include "codegen/backend.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace turnstile::codegen {

void optimize(llvm::Module& module, llvm::TargetMachine& machine);
/// False when the target cannot.
bool emit_object(llvm::Module& module, llvm::TargetMachine& machine, llvm::SmallVectorImpl<char>& object);
/// perf and gdb see generated code (opt-in: registration costs time with every function).
void add_debug_plugins(llvm::orc::ExecutionSession& session, llvm::orc::ObjectLinkingLayer& linker,
                       const BackendOptions& options);

}  // namespace turnstile::codegen
