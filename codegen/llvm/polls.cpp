// Where compiled code polls. Loops do in each iteration (strip_polls.h takes most of these away). An activation that
// calls once at most need not: such activations are a chain, no longer than the stack is deep. One that may call twice
// polls before its first call, so that those of a recursion that call nothing do not poll at all; where that first call
// may be executed again and again, in a loop, it polls at its entry instead. Which calls are calls of compiled code is
// known when everything is emitted: until then each has a poll in front.
#include "codegen/llvm/emitter.h"
#include "core/frame.h"

namespace turnstile::codegen {

llvm::BranchInst* Emitter::emit_poll() {
  if (poll_word_ == nullptr) return nullptr;
  auto* word = b_.CreateLoad(i32_, poll_word_);
  word->setAlignment(llvm::Align(4));
  // A relaxed load: the slow path synchronizes with whoever stops the world. Said to be volatile because then it may be
  // part of the test; the sanitizer would take it for a plain one.
  word->setVolatile(true);
  word->setMetadata(llvm::LLVMContext::MD_nosanitize, llvm::MDNode::get(context_, {}));
  V clear = b_.CreateICmpEQ(b_.CreateAnd(word, c32(snapshot_.poll_mask)), c32(0));
  Block* go = new_block("go");
  Block* stop = new_block("stop");
  branch(clear, go, stop, true);
  auto* poll = llvm::cast<llvm::BranchInst>(b_.GetInsertBlock()->getTerminator());
  b_.SetInsertPoint(stop);
  store_pc();
  V ok = helper(Helper::safepoint, {mutator_});
  Block* raised = new_block("interrupted");
  branch(nonzero(b_.CreateAnd(ok, b_.getInt8(1))), go, raised, true);
  b_.SetInsertPoint(raised);
  raise_now(false);
  b_.SetInsertPoint(go);
  return poll;
}

// What is volatile stays unless it is taken away.
void Emitter::remove_poll(llvm::BranchInst* poll) {
  auto* test = llvm::cast<llvm::Instruction>(poll->getCondition());
  auto* masked = llvm::cast<llvm::Instruction>(test->getOperand(0));
  auto* word = llvm::cast<llvm::Instruction>(masked->getOperand(0));
  poll->setCondition(b_.getTrue());
  for (llvm::Instruction* i : {test, masked, word}) i->eraseFromParent();
}

// Before a call of compiled code.
void Emitter::emit_call_poll() {
  calling_.insert(pc_);
  if (entry_poll_ == nullptr) return;  // entered in a loop: one activation, which got here by polling
  call_polls_.emplace_back(pc_, emit_poll());
}

void Emitter::settle_polls() {
  if (entry_poll_ == nullptr) return;
  const std::set<std::uint32_t> needed = inference_.flow().first_of_two(snapshot_, calling_);
  bool again = false;
  for (std::uint32_t pc = 0; pc < snapshot_.size(); ++pc) {
    const Insn& i = snapshot_.insn(pc);
    if (i.op != Op::jump_back_) continue;
    auto first = needed.lower_bound(static_cast<std::uint32_t>(i.d));
    again = again || (first != needed.end() && *first <= pc);
  }
  if (!again) remove_poll(entry_poll_);
  for (const auto& [pc, poll] : call_polls_) {
    if (again || needed.count(pc) == 0) remove_poll(poll);
  }
}

}  // namespace turnstile::codegen
