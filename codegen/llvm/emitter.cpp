// The walk over the bytecode, and what needs no file of its own.
#include "codegen/llvm/emitter.h"

#include <llvm/IR/MDBuilder.h>

#include "core/frame.h"
#include "core/mutator.h"

namespace turnstile::codegen {

Emitter::Emitter(llvm::Module& module, const Snapshot& snapshot, const Inference& inference, const HelperTable& helpers)
    : context_(module.getContext()),
      module_(module),
      snapshot_(snapshot),
      inference_(inference),
      helpers_(helpers),
      b_(context_),
      i64_(b_.getInt64Ty()),
      i32_(b_.getInt32Ty()),
      i8_(b_.getInt8Ty()),
      i1_(b_.getInt1Ty()),
      double_(b_.getDoubleTy()),
      void_(b_.getVoidTy()),
      ptr_(b_.getPtrTy()) {
  llvm::MDBuilder md(context_);
  likely_ = md.createBranchWeights(2000, 1);
  unlikely_ = md.createBranchWeights(1, 2000);
}

llvm::Function* Emitter::emit(const std::string& name, bool loops) {
  auto* type = llvm::FunctionType::get(i64_, {ptr_, ptr_}, false);
  function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module_);
  function_->addFnAttr(llvm::Attribute::NoUnwind);
  function_->addFnAttr("frame-pointer", "all");
  mutator_ = function_->getArg(0);
  frame_ = function_->getArg(1);
  for (unsigned i = 0; i < 2; ++i) function_->addParamAttr(i, llvm::Attribute::NonNull);
  const std::uint32_t slots = snapshot_.data->slot_count;
  boxed_.assign(slots, nullptr);
  ints_.assign(slots, nullptr);
  reals_.assign(slots, nullptr);
  bools_.assign(slots, nullptr);
  blocks_.assign(snapshot_.size(), nullptr);
  prologue_ = new_block("entry");
  Block* start = new_block("start");
  {
    b_.SetInsertPoint(prologue_);
    if (snapshot_.polls) {
      auto* word = b_.CreateLoad(ptr_, mutator_field(offsetof(Mutator, poll_word)));
      word->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
      poll_word_ = word;
    }
    if (snapshot_.biases_objects) {
      auto* owner = b_.CreateLoad(ptr_, mutator_field(offsetof(Mutator, bias)));
      owner->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
      owner_ = owner;
    }
    b_.CreateBr(start);
  }
  b_.SetInsertPoint(start);
  if (loops) {
    emit_loop_entries();
  } else {
    emit_prologue();
  }
  emit_blocks();
  if (!failed_) settle_polls();
  return failed_ ? nullptr : function_;
}

Emitter::Block* Emitter::block_at(std::uint32_t pc) {
  if (blocks_[pc] == nullptr) blocks_[pc] = new_block(("pc" + std::to_string(pc)).c_str());
  return blocks_[pc];
}

void Emitter::emit_prologue() {
  const CodeData& d = *snapshot_.data;
  state_.assign(d.slot_count, SlotState());
  const std::uint32_t parameters =
      d.positional + d.keyword_only + ((d.flags & kVarArgs) != 0 ? 1u : 0u) + ((d.flags & kVarKeywords) != 0 ? 1u : 0u);
  pc_ = 0;
  for (std::uint32_t s = 0; s < d.local_count; ++s) {
    const bool is_free = s >= d.free_begin && s < static_cast<std::uint32_t>(d.free_begin + d.free_count);
    if (s < parameters || is_free) {
      reload(s);
    } else {
      b_.CreateStore(c64(0), home(boxed_, s, i64_, "v"));
      state_[s] = boxed_slot(SlotType::any, false);
      state_[s].maybe_empty = true;
    }
  }
  entry_poll_ = emit_poll();
  effect();
  jump_to(0);
}

// The interpreter comes here with frame->pc at a loop header and everything in the frame.
void Emitter::emit_loop_entries() {
  const Flow& flow = inference_.flow();
  Block* start = b_.GetInsertBlock();
  V pc = b_.CreateLoad(i32_, address(frame_, offsetof(Frame, pc)));
  Block* unknown = new_block("unknown");
  llvm::SwitchInst* dispatch = b_.CreateSwitch(pc, unknown);
  bool any = false;
  for (std::uint32_t h = 0; h < snapshot_.size(); ++h) {
    if (!flow.is_loop_header(h) || inference_.entry_state(h) == nullptr) continue;
    any = true;
    Block* entry = new_block("osr");
    dispatch->addCase(llvm::cast<llvm::ConstantInt>(c32(h)), entry);
    b_.SetInsertPoint(entry);
    pc_ = h;
    state_.assign(snapshot_.data->slot_count, SlotState());
    for (std::uint32_t s = 0; s < snapshot_.data->slot_count; ++s) {
      if (!flow.is_live(h, s)) continue;
      reload(s);
      state_[s].maybe_empty = true;
    }
    effect();
    jump_to(h);
  }
  b_.SetInsertPoint(unknown);
  helper(Helper::unknown_loop, {mutator_, frame_});  // what was never executed so far may be on the way to a loop
  auto* call = llvm::cast<llvm::CallInst>(helper(Helper::deopt, {mutator_, frame_}));
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  b_.CreateRet(call);
  if (!any) failed_ = true;
  (void)start;
}

void Emitter::emit_blocks() {
  const Flow& flow = inference_.flow();
  // A block is emitted once something jumps to it; edges to lower addresses are loop headers, which are reached from
  // above or from an entry, so a few rounds find all.
  std::vector<std::uint8_t> emitted(snapshot_.size(), 0);
  for (bool progress = true; progress && !failed_;) {
    progress = false;
    for (const std::uint32_t leader : flow.leaders()) {
      if (blocks_[leader] == nullptr || emitted[leader] != 0) continue;
      emitted[leader] = 1;
      progress = true;
      b_.SetInsertPoint(blocks_[leader]);
      state_ = *inference_.entry_state(leader);
      region_open_ = false;
      for (std::uint32_t pc = leader;; ++pc) {
        pc_ = pc;
        exit_ = nullptr;
        repeatable_ = true;
        if (!region_open_) open_region(pc);
        if (!emit_insn(pc) || failed_) break;
        close_region_behind(snapshot_.insn(pc));
        if (pc + 1 >= snapshot_.size()) {
          failed_ = true;
          break;
        }
        if (flow.is_leader(pc + 1)) {
          jump_to(pc + 1);
          break;
        }
      }
    }
  }
}

bool Emitter::emit_insn(std::uint32_t pc) {
  const Insn& i = snapshot_.insn(pc);
  if (is_arithmetic(i.op)) return emit_arithmetic(i);
  if (is_comparison(i.op)) return emit_compare(i);
  if (is_unary_arithmetic(i.op)) return emit_unary(i);
  switch (i.op) {
    case Op::nop_:
      return true;
    case Op::jump_:
      jump_to(static_cast<std::uint32_t>(i.d));
      return false;
    case Op::jump_back_:
      forget_shapes(state_);
      emit_poll();
      effect();
      jump_to(static_cast<std::uint32_t>(i.d));
      return false;
    case Op::jump_if_true_:
    case Op::jump_if_false_:
      emit_conditional_jump(i);
      return true;
    case Op::return_value_:
      b_.CreateRet(boxed(i.a));
      return false;
    case Op::load_item_:
      return emit_load_item(i);
    case Op::store_item_:
      return emit_store_item(i);
    case Op::for_iter_:
      return emit_for_iter(i);
    case Op::contains_:
    case Op::not_contains_:
      emit_contains(i);
      return true;
    case Op::load_attr_:
      emit_load_attr(i);
      return true;
    case Op::store_attr_:
      emit_store_attr(i);
      return true;
    case Op::load_global_:
      emit_load_global(i);
      return true;
    case Op::load_cell_:
      emit_load_cell(i);
      return true;
    case Op::call_:
      emit_call(i);
      return true;
    case Op::load_method_:
      emit_load_method(i);
      return true;
    case Op::call_method_:
      emit_call_method(i);
      return true;
    case Op::build_tuple_:
      emit_build_tuple(i);
      return true;
    case Op::build_list_:
      emit_build_list(i);
      return true;
    case Op::list_append_: {
      if (at(i.a).type != SlotType::list) {
        emit_step(i);
        return true;
      }
      V list = boxed(i.a);
      V item = boxed(i.b);
      effect();
      emit_list_append(list, item, true);
      forget_shapes(state_);
      return true;
    }
    case Op::raise_:
    case Op::raise_bare_:
      // A bare raise names no slot; its function may have none.
      if (i.op == Op::raise_) sync(i.a);
      if (i.op == Op::raise_ && i.b != kNoRegister) sync(i.b);
      effect();
      store_pc();
      call_address(helpers_.steps[static_cast<std::size_t>(i.op)],
                   llvm::FunctionType::get(i8_, {ptr_, ptr_, ptr_}, false), {mutator_, frame_, insn_pointer()});
      raise_now(false);
      return false;
    case Op::reraise_:
      store_pc();
      helper(Helper::set_exception, {mutator_, boxed(i.a)});
      raise_now(true);
      return false;
    case Op::yield_value_:
    case Op::yield_from_:
    case Op::get_yield_from_iter_:
    case Op::count:
      failed_ = true;
      return false;
    default:
      if (!emit_simple(i)) emit_step(i);
      return true;
  }
}

bool Emitter::emit_simple(const Insn& i) {
  switch (i.op) {
    case Op::load_const_:
      set_constant(i.a, constant_slot(snapshot_, snapshot_.consts[static_cast<std::size_t>(i.d)]));
      return true;
    case Op::move_:
      move_slot(i.a, i.b);
      return true;
    case Op::check_local_:
    case Op::delete_local_:
      if (at(i.a).maybe_empty) {
        V v = boxed(i.a);
        Block* bad = new_block("unbound");
        Block* ok = new_block("bound");
        branch(nonzero(v), ok, bad, true);
        b_.SetInsertPoint(bad);
        store_pc();
        helper(Helper::unbound, {mutator_, frame_, insn_pointer(), c32(0)});
        raise_now(false);
        b_.SetInsertPoint(ok);
        at(i.a).maybe_empty = false;
      }
      if (i.op == Op::check_local_) return true;
      [[fallthrough]];
    case Op::clear_local_:
      set_boxed(i.a, c64(0));
      at(i.a).maybe_empty = true;
      return true;
    case Op::is_op_:
    case Op::is_not_: {
      V same = b_.CreateICmpEQ(boxed(i.b), boxed(i.c));
      set_bool(i.a, i.op == Op::is_op_ ? same : b_.CreateNot(same));
      return true;
    }
    case Op::logical_not_: {
      V t = truth(i.b);
      if (!is_raw(at(i.b).type)) forget_shapes(state_);
      set_bool(i.a, b_.CreateNot(t));
      return true;
    }
    case Op::store_cell_: {
      effect();
      V value = boxed(i.b);
      V place = address(to_pointer(boxed(i.a)), offsetof(Cell, value));
      store_release(value, place);
      note_store(place);
      return true;
    }
    case Op::make_cell_: {
      effect();
      store_pc();
      V cell = helper(Helper::make_cell, {mutator_, boxed(i.a)});
      check(nonzero(cell));
      set_boxed(i.a, cell);
      return true;
    }
    case Op::get_iter_: {
      const SlotType type = at(i.b).type;
      if (type == SlotType::range_iterator || type == SlotType::list_iterator) {
        set_boxed(i.a, boxed(i.b), type);  // itself
        return true;
      }
      V v = boxed(i.b);
      effect();
      store_pc();
      V it = helper(Helper::get_iter, {mutator_, v});
      check(nonzero(it));
      forget_shapes(state_);
      set_boxed(i.a, it);
      return true;
    }
    default:
      return false;
  }
}

// A helper that works on the frame.
void Emitter::emit_step(const Insn& i) {
  const void* function = helpers_.steps[static_cast<std::size_t>(i.op)];
  if (function == nullptr) {
    failed_ = true;
    return;
  }
  const SlotUse use = slot_use(i);
  for (const SlotRange& r : use.reads) {
    for (std::uint32_t s = r.first; s < r.first + r.count; ++s) sync(s);
  }
  effect();
  store_pc();
  V ok = call_address(function, llvm::FunctionType::get(i8_, {ptr_, ptr_, ptr_}, false),
                      {mutator_, frame_, insn_pointer()});
  forget_shapes(state_);
  if (can_raise(i.op)) check(b_.CreateICmpNE(b_.CreateAnd(ok, b_.getInt8(1)), b_.getInt8(0)));
  for (const SlotRange& w : use.writes) {
    for (std::uint32_t s = w.first; s < w.first + w.count; ++s) reload(s);
  }
  switch (i.op) {
    case Op::build_list_:
      at(i.a).type = SlotType::list;
      break;
    case Op::build_tuple_:
      at(i.a).type = SlotType::tuple;
      break;
    case Op::build_map_:
      at(i.a).type = SlotType::dict;
      break;
    case Op::build_string_:
      at(i.a).type = SlotType::str;
      break;
    default:
      break;
  }
}

// --- small tools
// ------------------------------------------------------------------------------------------------------

Emitter::V Emitter::pointer(const void* p) {
  return llvm::ConstantExpr::getIntToPtr(llvm::ConstantInt::get(i64_, reinterpret_cast<std::uint64_t>(p)), ptr_);
}

Emitter::V Emitter::address(V base, std::uint64_t offset) {
  return offset == 0 ? base : b_.CreateConstInBoundsGEP1_64(i8_, base, offset);
}

Emitter::V Emitter::load_acquire(llvm::Type* type, V p) {
  auto* load = b_.CreateLoad(type, p);
  load->setAlignment(llvm::Align(module_.getDataLayout().getTypeStoreSize(type)));
  load->setAtomic(llvm::AtomicOrdering::Acquire);
  return load;
}

// Of what never changes once it can be seen, and of relaxed atomics that are read once.
Emitter::V Emitter::load_plain(llvm::Type* type, V p) {
  auto* load = b_.CreateLoad(type, p);
  load->setAlignment(llvm::Align(module_.getDataLayout().getTypeStoreSize(type)));
  load->setAtomic(llvm::AtomicOrdering::Monotonic);
  return load;
}

void Emitter::store_release(V v, V p) {
  auto* store = b_.CreateStore(v, p);
  store->setAlignment(llvm::Align(module_.getDataLayout().getTypeStoreSize(v->getType())));
  store->setAtomic(llvm::AtomicOrdering::Release);
}

// Of relaxed atomics.
void Emitter::store_plain(V v, V p) {
  auto* store = b_.CreateStore(v, p);
  store->setAlignment(llvm::Align(module_.getDataLayout().getTypeStoreSize(v->getType())));
  store->setAtomic(llvm::AtomicOrdering::Monotonic);
}

// core/write_barrier.h: what the policy's collector wants to know of a store to `slot`.
void Emitter::note_store(V slot) {
  if (snapshot_.slot_cards == 0) return;
  V card = b_.CreateLShr(b_.CreatePtrToInt(slot, i64_), c64(allocator::kCardShift));
  V byte = b_.CreateIntToPtr(b_.CreateAdd(card, c64(snapshot_.slot_cards)), ptr_);
  Block* first = new_block("first_store");
  Block* noted = new_block("noted");
  branch(b_.CreateICmpEQ(load_plain(i8_, byte), b_.getInt8(0)), first, noted, false);
  b_.SetInsertPoint(first);
  store_plain(b_.getInt8(1), byte);
  b_.CreateBr(noted);
  b_.SetInsertPoint(noted);
}

Emitter::V Emitter::call_address(const void* function, llvm::FunctionType* type, llvm::ArrayRef<V> arguments) {
  auto* call = b_.CreateCall(type, pointer(function), arguments);
  call->addFnAttr(llvm::Attribute::NoUnwind);
  return call;
}

Emitter::V Emitter::helper(Helper h, std::initializer_list<V> arguments) {
  static constexpr const char* kResults[] = {
#define TURNSTILE_HELPER(name, result, parameters) #result,
      TURNSTILE_HELPERS(TURNSTILE_HELPER)
#undef TURNSTILE_HELPER
  };
  const auto index = static_cast<std::size_t>(h);
  llvm::Type* result = void_;
  switch (kResults[index][0]) {
    case 'v':
      result = i64_;
      break;
    case 'i':
      result = i32_;
      break;
    case 'b':
      result = i8_;
      break;
    case 'd':
      result = double_;
      break;
    case 'p':
      result = ptr_;
      break;
    default:
      break;
  }
  std::vector<llvm::Type*> types;
  for (V a : arguments) types.push_back(a->getType());
  return call_address(helpers_.functions[index], llvm::FunctionType::get(result, types, false), arguments);
}

void Emitter::store_pc() { b_.CreateStore(c32(pc_), address(frame_, offsetof(Frame, pc))); }

void Emitter::branch(V condition, Block* yes, Block* no, bool likely_yes) {
  b_.CreateCondBr(condition, yes, no, likely_yes ? likely_ : unlikely_);
}

}  // namespace turnstile::codegen
