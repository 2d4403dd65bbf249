#include "codegen/llvm/strip_polls.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/ProfDataUtils.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <llvm/Transforms/Utils/ValueMapper.h>

namespace turnstile::codegen {

namespace {

constexpr const char* kCountdown = "turnstile.countdown";
// Between two polls: instructions, and iterations that may take an unlikely way through a call and go on.
constexpr std::uint64_t kRunInstructions = 1 << 16;
constexpr std::uint64_t kRunCalls = 1024;

using Block = llvm::BasicBlock;

// A block that ends with a poll: to `go`, or to `stop` and from there to `go` (or elsewhere).
struct Poll {
  Block* block;
  Block* go;
  Block* stop;
};

std::optional<Poll> poll_of(Block& block) {
  auto* branch = llvm::dyn_cast<llvm::BranchInst>(block.getTerminator());
  if (branch == nullptr || !branch->isConditional()) return std::nullopt;
  auto* test = llvm::dyn_cast<llvm::ICmpInst>(branch->getCondition());
  if (test == nullptr || !test->isEquality()) return std::nullopt;
  auto* masked = llvm::dyn_cast<llvm::BinaryOperator>(test->getOperand(0));
  if (masked == nullptr || masked->getOpcode() != llvm::Instruction::And || masked->getParent() != &block) {
    return std::nullopt;
  }
  auto* load = llvm::dyn_cast<llvm::LoadInst>(masked->getOperand(0));
  auto* zero = llvm::dyn_cast<llvm::ConstantInt>(test->getOperand(1));
  if (load == nullptr || !load->isVolatile() || load->getParent() != &block || zero == nullptr || !zero->isZero()) {
    return std::nullopt;
  }
  const unsigned go = test->getPredicate() == llvm::ICmpInst::ICMP_EQ ? 0 : 1;
  return Poll{&block, branch->getSuccessor(go), branch->getSuccessor(1 - go)};
}

bool is_unlikely(const llvm::BranchInst& branch, unsigned successor) {
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  if (!branch.isConditional() || !llvm::extractBranchWeights(branch, yes, no)) return false;
  return (successor == 0 ? yes : no) * 100 < yes + no;
}

bool calls(const Block& block) {
  return std::any_of(block.begin(), block.end(), [](const llvm::Instruction& i) {
    return llvm::isa<llvm::CallBase>(i) && !llvm::isa<llvm::IntrinsicInst>(i);
  });
}

// How many iterations make a run; 0: there shall be none, since what is likely calls.
std::uint64_t run_length(const llvm::Loop& loop, const Poll& poll) {
  std::uint64_t instructions = 0;
  std::set<Block*> likely{loop.getHeader()};
  std::vector<Block*> open{loop.getHeader()};
  while (!open.empty()) {
    Block* block = open.back();
    open.pop_back();
    if (calls(*block)) return 0;
    instructions += block->size();
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
    for (unsigned s = 0; s < block->getTerminator()->getNumSuccessors(); ++s) {
      Block* next = block->getTerminator()->getSuccessor(s);
      if (!loop.contains(next) || (branch != nullptr && is_unlikely(*branch, s))) continue;
      if (likely.insert(next).second) open.push_back(next);
    }
  }
  const bool may_call = std::any_of(loop.block_begin(), loop.block_end(),
                                    [&](const Block* block) { return block != poll.stop && calls(*block); });
  const std::uint64_t iterations = kRunInstructions / instructions;
  return may_call ? std::min(iterations, kRunCalls) : iterations;
}

// What the loop's last block compares: it goes on while `counter` is on this side of `limit`.
struct Count {
  llvm::Value* counter;
  llvm::Value* limit;
  llvm::CmpInst::Predicate on;
  std::int64_t step;
  // What the counter is at the end of the first iteration: what this phi of the header is at its beginning, and that.
  // Null: unknown.
  llvm::PHINode* begin = nullptr;
  std::int64_t ahead = 0;
};

void find_begin(const llvm::Loop& loop, const llvm::SCEVAddRecExpr& counter, llvm::ScalarEvolution& evolution,
                Count& c) {
  for (llvm::PHINode& phi : loop.getHeader()->phis()) {
    if (phi.getType() != counter.getType()) continue;
    auto* moves = llvm::dyn_cast<llvm::SCEVAddRecExpr>(evolution.getSCEV(&phi));
    if (moves == nullptr || moves->getLoop() != &loop) continue;
    auto* ahead = llvm::dyn_cast<llvm::SCEVConstant>(evolution.getMinusSCEV(counter.getStart(), moves->getStart()));
    if (ahead == nullptr) continue;
    c.begin = &phi;
    c.ahead = ahead->getAPInt().getSExtValue();
    return;
  }
}

std::optional<Count> count_of(const llvm::Loop& loop, const Block& latch, llvm::ScalarEvolution& evolution) {
  auto* branch = llvm::dyn_cast<llvm::BranchInst>(latch.getTerminator());
  if (branch == nullptr || !branch->isConditional()) return std::nullopt;
  const bool on_true = branch->getSuccessor(0) == loop.getHeader();
  if (loop.contains(branch->getSuccessor(on_true ? 1 : 0))) return std::nullopt;
  auto* test = llvm::dyn_cast<llvm::ICmpInst>(branch->getCondition());
  if (test == nullptr || !test->getOperand(0)->getType()->isIntegerTy(64)) {
    return std::nullopt;
  }
  Count c{test->getOperand(0), test->getOperand(1), on_true ? test->getPredicate() : test->getInversePredicate(), 0};
  if (loop.isLoopInvariant(c.counter)) {
    std::swap(c.counter, c.limit);
    c.on = llvm::CmpInst::getSwappedPredicate(c.on);
  }
  if (!loop.isLoopInvariant(c.limit)) return std::nullopt;
  if (auto* load = llvm::dyn_cast<llvm::LoadInst>(c.counter)) {
    if (load->getMetadata(kCountdown) == nullptr || !loop.isLoopInvariant(load->getPointerOperand())) {
      return std::nullopt;
    }
    c.step = -1;
  } else {
    auto* moves = llvm::dyn_cast<llvm::SCEVAddRecExpr>(evolution.getSCEV(c.counter));
    if (moves == nullptr || moves->getLoop() != &loop || !moves->isAffine()) return std::nullopt;
    auto* step = llvm::dyn_cast<llvm::SCEVConstant>(moves->getStepRecurrence(evolution));
    if (step == nullptr) return std::nullopt;
    c.step = step->getAPInt().getSExtValue();
    find_begin(loop, *moves, evolution, c);
  }
  using Predicate = llvm::CmpInst::Predicate;
  const bool up = c.on == Predicate::ICMP_SLT || c.on == Predicate::ICMP_SLE;
  const bool down = c.on == Predicate::ICMP_SGT || c.on == Predicate::ICMP_SGE;
  constexpr std::int64_t kMaxStep = 1 << 20;
  if (up ? c.step <= 0 || c.step > kMaxStep : !down || c.step >= 0 || c.step < -kMaxStep) return std::nullopt;
  return c;
}

// The last block is executed twice where a run ends.
bool is_repeatable(const Block& block) {
  return std::all_of(block.begin(), block.end(), [](const llvm::Instruction& i) {
    return !i.mayHaveSideEffects() || (llvm::isa<llvm::LoadInst>(i) && !i.isVolatile());
  });
}

// Where the run that begins at `counter` ends. The counter may be anything: it never lies behind the limit.
llvm::Value* end_of_run(llvm::IRBuilder<>& b, const Count& c, llvm::Value* counter, std::uint64_t iterations) {
  llvm::Value* end = b.CreateAdd(counter, b.getInt64(static_cast<std::uint64_t>(c.step) * iterations));
  return b.CreateBinaryIntrinsic(c.step > 0 ? llvm::Intrinsic::smin : llvm::Intrinsic::smax, end, c.limit);
}

// What the counter was when `from` was left for the loop, or null: loaded there to see whether the loop is entered.
llvm::Value* loaded_before(const Count& c, Block* from) {
  auto* counter = llvm::dyn_cast<llvm::LoadInst>(c.counter);
  if (counter == nullptr) return nullptr;
  constexpr int kBlocks = 4;
  for (int k = 0; k < kBlocks && from != nullptr; ++k, from = from->getSinglePredecessor()) {
    for (llvm::Instruction& i : llvm::reverse(*from)) {
      auto* load = llvm::dyn_cast<llvm::LoadInst>(&i);
      if (load == nullptr || load->getMetadata(kCountdown) == nullptr) continue;
      return load->getPointerOperand() == counter->getPointerOperand() ? load : nullptr;
    }
  }
  return nullptr;
}

// Whether another block may leave the loop as `latch` does: what the latch makes is seen by phis alone.
bool is_exit_by_phis(const llvm::Loop& loop, Block& latch) {
  for (const llvm::Instruction& i : latch) {
    for (const llvm::User* user : i.users()) {
      auto* instruction = llvm::cast<llvm::Instruction>(user);
      if (instruction->getParent() == &latch) continue;
      auto* phi = llvm::dyn_cast<llvm::PHINode>(instruction);
      if (phi == nullptr) return false;
      if (phi->getParent() != loop.getHeader() && !llvm::is_contained(llvm::successors(&latch), phi->getParent()))
        return false;
    }
  }
  return true;
}

bool strip(llvm::Loop& loop, llvm::ScalarEvolution& evolution) {
  Block* header = loop.getHeader();
  Block* latch = loop.getLoopLatch();
  if (latch == nullptr || !is_repeatable(*latch)) return false;
  std::optional<Poll> poll;
  for (Block* block : loop.blocks()) {
    const std::optional<Poll> found = poll_of(*block);
    if (!found) continue;
    if (poll) return false;
    poll = found;
  }
  if (!poll || poll->go != latch) return false;
  const std::optional<Count> count = count_of(loop, *latch, evolution);
  if (!count) return false;
  const std::uint64_t iterations = run_length(loop, *poll);
  if (iterations < 2) return false;

  llvm::Function& function = *header->getParent();
  llvm::IRBuilder<> b(function.getContext());

  // The poll moves to a block of its own; a copy of the last block goes before it, and on while the run lasts.
  auto* test = llvm::cast<llvm::BranchInst>(poll->block->getTerminator());
  Block* ask = Block::Create(function.getContext(), "ask", &function, latch);
  llvm::ValueToValueMapTy copies;
  Block* fast = Block::Create(function.getContext(), "run", &function, latch);
  b.SetInsertPoint(fast);
  for (llvm::Instruction& i : *latch) {
    if (auto* phi = llvm::dyn_cast<llvm::PHINode>(&i)) {
      copies[phi] = phi->getIncomingValueForBlock(poll->block);
      continue;
    }
    if (i.isTerminator()) break;
    llvm::Instruction* copy = i.clone();
    llvm::RemapInstruction(copy, copies, llvm::RF_NoModuleLevelChanges | llvm::RF_IgnoreMissingLocals);
    copies[&i] = b.Insert(copy);
  }
  const auto in_copy = [&](llvm::Value* v) {
    auto found = copies.find(v);
    return found == copies.end() ? v : static_cast<llvm::Value*>(found->second);
  };
  llvm::Value* counter = in_copy(count->counter);

  b.SetInsertPoint(header, header->begin());
  llvm::PHINode* run = b.CreatePHI(b.getInt64Ty(), 3, "run");
  b.SetInsertPoint(fast);
  b.CreateCondBr(b.CreateICmp(count->on, counter, run), header, ask,
                 llvm::MDBuilder(function.getContext()).createBranchWeights(2000, 1));
  // Where the loop ends it does not ask, either.
  if (is_exit_by_phis(loop, *latch)) {
    auto* last = llvm::cast<llvm::BranchInst>(latch->getTerminator());
    Block* exit = last->getSuccessor(last->getSuccessor(0) == header ? 1 : 0);
    Block* end = ask;
    ask = Block::Create(function.getContext(), "ask", &function, latch);
    b.SetInsertPoint(end);
    b.CreateCondBr(b.CreateICmp(count->on, counter, count->limit), ask, exit);
    for (llvm::PHINode& phi : exit->phis()) phi.addIncoming(in_copy(phi.getIncomingValueForBlock(latch)), end);
    end->setName("end");
  }
  b.SetInsertPoint(ask);
  llvm::Value* next_run = end_of_run(b, *count, counter, iterations);
  auto* condition = llvm::cast<llvm::ICmpInst>(test->getCondition());
  auto* masked = llvm::cast<llvm::Instruction>(condition->getOperand(0));
  auto* load = llvm::cast<llvm::Instruction>(masked->getOperand(0));
  for (llvm::Instruction* i :
       {load, masked, static_cast<llvm::Instruction*>(condition), static_cast<llvm::Instruction*>(test)}) {
    i->moveBefore(*ask, ask->end());
  }
  b.SetInsertPoint(poll->block);
  b.CreateBr(fast);
  for (Block* next : {poll->go, poll->stop}) next->replacePhiUsesWith(poll->block, ask);

  // Entering, a run begins; where that cannot be told the end of the first iteration asks.
  const std::vector<Block*> predecessors(llvm::pred_begin(header), llvm::pred_end(header));
  for (Block* from : predecessors) {
    if (from == latch || from == fast) continue;
    llvm::Value* first = b.getInt64(static_cast<std::uint64_t>(count->step > 0 ? INT64_MIN : INT64_MAX));
    b.SetInsertPoint(from->getTerminator());
    if (run->getBasicBlockIndex(from) >= 0) {
      first = run->getIncomingValueForBlock(from);
    } else if (llvm::Value* loaded = loaded_before(*count, from); loaded != nullptr) {
      first = end_of_run(b, *count, loaded, iterations);
    } else if (count->begin != nullptr) {
      llvm::Value* begin = count->begin->getIncomingValueForBlock(from);
      begin = b.CreateAdd(begin, b.getInt64(static_cast<std::uint64_t>(count->ahead)));
      first = end_of_run(b, *count, begin, iterations);
    }
    run->addIncoming(first, from);
  }
  run->addIncoming(run, fast);
  run->addIncoming(next_run, latch);
  for (llvm::PHINode& phi : header->phis()) {
    if (&phi != run) phi.addIncoming(in_copy(phi.getIncomingValueForBlock(latch)), fast);
  }
  return true;
}

}  // namespace

void mark_countdown(llvm::LoadInst& load) { load.setMetadata(kCountdown, llvm::MDNode::get(load.getContext(), {})); }

llvm::PreservedAnalyses StripPolls::run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool changed = false;
  for (llvm::Loop* loop : loops.getLoopsInPreorder()) {
    if (loop->isInnermost()) changed |= strip(*loop, evolution);
  }
  return changed ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

}  // namespace turnstile::codegen
