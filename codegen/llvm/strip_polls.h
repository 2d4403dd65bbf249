// Polls of counted loops: tested once for a run of iterations instead of in each, at no cost in between.
//
//   i = next; stop asked for? ─► i < limit ─► loop      becomes      i = next; i < run ─► loop
//                                                                    else: stop asked for? run = min(limit, i + n)
//                                                                          i < limit ─► loop
//
// The loop compares with the end of the run instead of with its limit, so that the poll needs no instruction of its
// own. Only innermost loops without calls (but for what is unlikely), whose counter moves by a constant; n is chosen so
// that a run is as long as a few thousand instructions: a stop waits for some microseconds. This is what the literature
// calls strip mining (safepoints of counted loops in the HotSpot server compiler).
#pragma once

#include <llvm/IR/PassManager.h>

namespace llvm {
class LoadInst;
}

namespace turnstile::codegen {

/// Marks what a loop counts down in memory: by one in each iteration of the loop whose condition it is.
void mark_countdown(llvm::LoadInst& load);

/// Behind all that changes loops. Polls are the volatile loads that Emitter::emit_poll() makes.
struct StripPolls : llvm::PassInfoMixin<StripPolls> {
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace turnstile::codegen
