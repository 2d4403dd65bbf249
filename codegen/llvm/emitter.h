// LLVM IR of one function. Slots live in allocas, one for each representation that they have somewhere (promoted to
// registers by SROA); what is known of them at the point of emission is the same State that inference computes.
//
//   fast path ──► guard ──► ... ──► helper call ──► result empty? ──► raise: catch_exception, handler | propagate
//                   │
//                   └─► edge (one for each instruction) ──► exit of the region: dirty live slots to the frame, deopt()
//
// A region is a run of instructions without effects, so that all of them may be executed again: their guards share one
// exit, to the region's first instruction. It ends with an effect, with a block, and where a slot is overwritten that
// the first instruction needs.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "codegen/helpers.h"
#include "codegen/inference/inference.h"

#include <llvm/IR/Function.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

namespace turnstile::codegen {

class Emitter {
 public:
  Emitter(llvm::Module& module, const Snapshot& snapshot, const Inference& inference, const HelperTable& helpers);
  /// The function, or (`loops`) the one that enters at loop headers. Null: cannot be compiled.
  llvm::Function* emit(const std::string& name, bool loops);
  /// What the code refers to; must live as long as it does.
  std::vector<std::unique_ptr<ExitInfo>> take_exits() { return std::move(exits_); }

 private:
  using V = llvm::Value*;
  using Block = llvm::BasicBlock;

  // --- emitter.cpp: the walk over the bytecode
  void emit_prologue();
  void emit_loop_entries();
  void emit_blocks();
  /// False: the path ends.
  bool emit_insn(std::uint32_t pc);
  bool emit_simple(const Insn& i);
  void emit_step(const Insn& i);
  Block* block_at(std::uint32_t pc);

  // --- polls.cpp
  /// Its branch; null: the policy has none.
  llvm::BranchInst* emit_poll();
  void emit_call_poll();
  void remove_poll(llvm::BranchInst* poll);
  void settle_polls();

  // --- slots.cpp: representations
  llvm::AllocaInst* home(std::vector<llvm::AllocaInst*>& homes, std::uint32_t slot, llvm::Type* type, const char* what);
  V boxed(std::uint32_t slot);
  V raw_int(std::uint32_t slot);
  V raw_real(std::uint32_t slot);
  V raw_bool(std::uint32_t slot);
  void set_boxed(std::uint32_t slot, V v, SlotType type = SlotType::any, std::uint64_t constant = 0);
  /// A value that may be empty: guarded to be of the type that its users expect (or not to be empty).
  void set_loaded(std::uint32_t slot, V v, SlotType expected);
  void set_int(std::uint32_t slot, V v);
  void set_real(std::uint32_t slot, V v);
  void set_bool(std::uint32_t slot, V v);
  void set_constant(std::uint32_t slot, const SlotState& state);
  void move_slot(std::uint32_t to, std::uint32_t from);
  /// The frame's slot holds the value from here on.
  void sync(std::uint32_t slot);
  void sync_range(std::uint32_t first, std::uint32_t count);
  /// What a helper stored in the frame.
  void reload(std::uint32_t slot, SlotType type = SlotType::any);
  V box_int(V raw);
  V box_real(V raw);
  V box_bool(V raw);
  V unbox_int(V v);
  V unbox_real(V v);
  V is_int(V v);
  V is_real(V v);
  V is_object(V v);
  V frame_slot(std::uint32_t slot);
  V to_pointer(V v);

  // --- exits.cpp: guards, exits, edges, exceptions
  void guard(V condition);
  void exit_now(bool trap);
  Block* exit_block();
  /// To the region's exit because of what the instruction at `failing` found.
  Block* region_edge(std::uint32_t failing, bool trap);
  /// To the interpreter at `pc`, where the state is the present one.
  Block* exit_at(std::uint32_t pc, bool trap);
  void emit_exit();
  void open_region(std::uint32_t pc);
  void close_region_behind(const Insn& i);
  /// What comes now must not be done twice: no guards behind it in this instruction.
  void effect() { repeatable_ = false; }
  void refine_int(std::uint32_t slot);
  void refine_real(std::uint32_t slot);
  void refine_object(std::uint32_t slot, SlotType type);
  void guard_type(std::uint32_t slot, SlotType type);
  void guard_object(std::uint32_t slot);
  void guard_shape(std::uint32_t slot, const CacheInfo& cache);
  void jump_to(std::uint32_t target);
  void convert(const State& target, std::uint32_t target_pc);
  /// Goes on where `ok`; elsewhere Mutator::exception is set.
  void check(V ok, bool reraised = false);
  void raise_now(bool reraised);
  Block* propagate_block(bool reraised);

  // --- arithmetic.cpp
  bool emit_arithmetic(const Insn& i);
  bool emit_compare(const Insn& i);
  bool emit_unary(const Insn& i);
  V integer_operation(const Insn& i, V left, V right);
  V floor_division(V left, V right, bool modulo, std::uint64_t right_constant);
  V overflow(llvm::Intrinsic::ID id, V left, V right);
  V real_operand(std::uint32_t slot, RealOperand how);
  void real_operands(const Insn& i, V* left, V* right);
  V real_operation(const Insn& i, V left, V right);
  V truth(std::uint32_t slot);
  void emit_conditional_jump(const Insn& i);

  // --- containers.cpp
  bool emit_load_item(const Insn& i);
  bool emit_store_item(const Insn& i);
  bool emit_for_iter(const Insn& i);
  void emit_contains(const Insn& i);
  V list_item(V list, V index, Block* slow);

  // --- sections.cpp: what holds an object's lock
  /// Emits `body` where the object's lock is held: once for its owner, once for who takes the byte; `slow` is where
  /// neither is quick. No safepoint and no call in a body, which ends with leave_section() and a branch.
  void in_section(V object, Block* slow, const std::function<void()>& body);
  void leave_section();
  /// Leaves the section and goes to `slow` unless `condition`.
  void check_in_section(V condition, Block* slow);
  void emit_list_append(V list, V item, bool is_private);
  V emit_list_pop(V list);
  void emit_list_store(V list, V index, V value);

  // --- attributes.cpp
  void emit_load_attr(const Insn& i);
  void emit_store_attr(const Insn& i);
  void emit_load_method(const Insn& i);
  // --- polymorphic.cpp: what several shapes have, then the general helper
  V attribute_of_shapes(V self);
  void method_of_shapes(const Insn& i, V self);
  V call_of_methods(const Insn& i);
  /// Control goes on where the object's shape (and its class) is the entry's; `other` is where it is not.
  void branch_on_shape(V shape, const CacheInfo& cache, Block* other);
  /// The value that a module's attribute had, guarded to be found where it was.
  V module_value(std::uint32_t slot, const CacheInfo& cache);
  void emit_load_global(const Insn& i);
  void emit_load_cell(const Insn& i);
  /// Whether the slot is in the object itself (newer instances have room for more than older ones). Null: yes, known.
  V slot_is_inline(V object, const CacheInfo& cache);
  V inline_slot(V object, const CacheInfo& cache);
  void recheck_shapes();

  // --- allocation.cpp: objects made without a call
  V bump_cell(std::size_t bytes, Block* refill);
  void write_header(V cell, const Shape* shape, Kind kind, std::uint32_t aux, bool belongs);
  V allocate_instance(const Callee& callee, const PlainInit& init, const std::vector<V>& arguments);
  void build_inline(const Insn& i, SlotType type,
                    const std::function<V(const std::vector<V>& items, Block* refill)>& make);
  void emit_build_tuple(const Insn& i);
  void emit_build_list(const Insn& i);

  // --- calls.cpp
  void emit_call(const Insn& i);
  void emit_call_method(const Insn& i);
  void guard_defaults(const Callee& callee, std::size_t arguments);
  void check_depth();
  V direct_call(const Callee& callee, const std::vector<V>& arguments);
  V native_call(const Callee& callee, std::uint32_t first, std::uint32_t count);
  V instantiate(const Callee& callee, std::uint32_t first, std::uint32_t count);
  void emit_range_loop(const Insn& i);
  /// False: not compiled in.
  bool emit_intrinsic(const Insn& i, const Callee* callee, CallMode mode, std::uint32_t first, std::uint32_t count);
  void identity_guard(std::uint32_t slot, std::uint64_t bits);

  // --- small tools (emitter.cpp)
  V c64(std::uint64_t v) { return llvm::ConstantInt::get(i64_, v); }
  V c32(std::uint64_t v) { return llvm::ConstantInt::get(i32_, v); }
  V pointer(const void* p);
  V address(V base, std::uint64_t offset);
  V load_acquire(llvm::Type* type, V p);
  V load_plain(llvm::Type* type, V p);
  void store_release(V v, V p);
  void store_plain(V v, V p);
  void note_store(V slot);
  V helper(Helper h, std::initializer_list<V> arguments);
  V call_address(const void* function, llvm::FunctionType* type, llvm::ArrayRef<V> arguments);
  V insn_pointer() { return pointer(&snapshot_.insn(pc_)); }
  V mutator_field(std::size_t offset) { return address(mutator_, offset); }
  void store_pc();
  Block* new_block(const char* name) { return Block::Create(context_, name, function_); }
  void branch(V condition, Block* yes, Block* no, bool likely_yes);
  V nonzero(V v) { return b_.CreateICmpNE(v, llvm::Constant::getNullValue(v->getType())); }
  SlotState& at(std::uint32_t slot) { return state_[slot]; }

  llvm::LLVMContext& context_;
  llvm::Module& module_;
  const Snapshot& snapshot_;
  const Inference& inference_;
  const HelperTable& helpers_;
  llvm::IRBuilder<> b_;
  llvm::Type *i64_, *i32_, *i8_, *i1_, *double_, *void_;
  llvm::PointerType* ptr_;
  llvm::MDNode *likely_, *unlikely_;

  llvm::Function* function_ = nullptr;
  V mutator_ = nullptr;
  V frame_ = nullptr;
  V poll_word_ = nullptr;
  llvm::BranchInst* entry_poll_ = nullptr;
  std::vector<std::pair<std::uint32_t, llvm::BranchInst*>> call_polls_;
  std::set<std::uint32_t> calling_;  // instructions that call compiled code; helpers poll where they call (core/call.h)
  V owner_ = nullptr;                // BiasOwner of this thread
  enum class Held : std::uint8_t { nothing, by_owner, by_byte };
  Held held_ = Held::nothing;  // how, in the body of a section
  V held_object_ = nullptr;
  Block* prologue_ = nullptr;
  std::vector<llvm::AllocaInst*> boxed_, ints_, reals_, bools_;
  std::vector<Block*> blocks_;
  Block* propagate_[2] = {nullptr, nullptr};
  Block* deopt_ = nullptr;

  struct Region {
    std::uint32_t pc = 0;
    State state;                       // at pc: what the exit stores
    Block* exit = nullptr;             // made by the first guard
    llvm::PHINode* failing = nullptr;  // whose guard failed
  };

  State state_;  // at the point of emission
  Region region_;
  bool region_open_ = false;
  bool repeatable_ = true;  // what was emitted of this instruction so far has no effect
  std::uint32_t pc_ = 0;
  Block* exit_ = nullptr;  // of this instruction: its edge to the region's exit
  bool failed_ = false;
  std::vector<std::unique_ptr<ExitInfo>> exits_;
};

}  // namespace turnstile::codegen
