// Guards and their exits, edges between blocks, and exceptions.
#include "codegen/llvm/emitter.h"
#include "core/frame.h"
#include "core/objects/iterators.h"

namespace turnstile::codegen {

void Emitter::open_region(std::uint32_t pc) {
  region_ = {pc, state_, nullptr, nullptr};
  region_open_ = true;
}

void Emitter::close_region_behind(const Insn& i) {
  if (!repeatable_) region_open_ = false;
  for (const SlotRange& w : slot_use(i).writes) {
    for (std::uint32_t s = w.first; s < w.first + w.count; ++s) {
      if (inference_.flow().is_live(region_.pc, s)) region_open_ = false;
    }
  }
}

Emitter::Block* Emitter::region_edge(std::uint32_t failing, bool trap) {
  llvm::IRBuilder<>::InsertPointGuard keep(b_);
  Block* edge = new_block("edge");
  if (region_.exit == nullptr) {
    region_.exit = new_block("exit");
    b_.SetInsertPoint(region_.exit);
    region_.failing = b_.CreatePHI(i32_, 4);
    emit_exit();
  }
  b_.SetInsertPoint(edge);
  region_.failing->addIncoming(c32(failing | (trap ? ExitInfo::kTrap : 0)), edge);
  b_.CreateBr(region_.exit);
  return edge;
}

// The frame as it was at the region's first instruction, then the interpreter.
void Emitter::emit_exit() {
  const std::uint32_t pc = region_.pc;
  const Flow& flow = inference_.flow();
  auto info = std::make_unique<ExitInfo>();
  info->pc = pc;
  for (std::uint32_t s = 0; s < region_.state.size(); ++s) {
    const SlotState& st = region_.state[s];
    if (!st.dirty || st.type == SlotType::dead || !flow.is_live(pc, s)) continue;
    if (st.constant != 0) {
      b_.CreateStore(c64(st.constant), frame_slot(s));
    } else if (st.type == SlotType::integer) {
      b_.CreateStore(b_.CreateLoad(i64_, home(ints_, s, i64_, "i")), frame_slot(s));
      info->slots.push_back({static_cast<std::uint16_t>(s), ExitInfo::Raw::integer});
    } else if (st.type == SlotType::real) {
      b_.CreateStore(b_.CreateLoad(double_, home(reals_, s, double_, "d")), frame_slot(s));
      info->slots.push_back({static_cast<std::uint16_t>(s), ExitInfo::Raw::real});
    } else if (st.type == SlotType::boolean) {
      b_.CreateStore(b_.CreateZExt(b_.CreateLoad(i1_, home(bools_, s, i1_, "b")), i64_), frame_slot(s));
      info->slots.push_back({static_cast<std::uint16_t>(s), ExitInfo::Raw::boolean});
    } else {
      b_.CreateStore(b_.CreateLoad(i64_, home(boxed_, s, i64_, "v")), frame_slot(s));
    }
  }
  helper(Helper::leave, {mutator_, frame_, pointer(info.get()), region_.failing});
  exits_.push_back(std::move(info));
  if (deopt_ == nullptr) {
    deopt_ = new_block("deopt");
    llvm::IRBuilder<>::InsertPointGuard keep(b_);
    b_.SetInsertPoint(deopt_);
    auto* call = llvm::cast<llvm::CallInst>(helper(Helper::deopt, {mutator_, frame_}));
    // The interpreter takes this activation's place: it must not pile up on the native stack.
    call->setTailCallKind(llvm::CallInst::TCK_MustTail);
    b_.CreateRet(call);
  }
  b_.CreateBr(deopt_);
}

Emitter::Block* Emitter::exit_block() {
  if (!repeatable_) failed_ = true;  // a guard behind an effect
  if (exit_ == nullptr) exit_ = region_edge(pc_, false);
  return exit_;
}

Emitter::Block* Emitter::exit_at(std::uint32_t pc, bool trap) {
  if (repeatable_) return region_edge(pc, trap);
  Region kept = std::move(region_);
  region_ = {pc, state_, nullptr, nullptr};
  Block* edge = region_edge(pc, trap);
  region_ = std::move(kept);
  return edge;
}

void Emitter::guard(V condition) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known != nullptr && known->isOne()) return;
  Block* ok = new_block("ok");
  branch(condition, ok, exit_block(), true);
  b_.SetInsertPoint(ok);
}

void Emitter::exit_now(bool trap) { b_.CreateBr(trap ? exit_at(pc_, true) : exit_block()); }

void Emitter::refine_int(std::uint32_t slot) {
  if (at(slot).type == SlotType::integer) return;
  V v = boxed(slot);
  guard(is_int(v));
  b_.CreateStore(unbox_int(v), home(ints_, slot, i64_, "i"));
  at(slot).type = SlotType::integer;
  at(slot).maybe_empty = false;
}

void Emitter::refine_real(std::uint32_t slot) {
  if (at(slot).type == SlotType::real) return;
  V v = boxed(slot);
  guard(is_real(v));
  b_.CreateStore(unbox_real(v), home(reals_, slot, double_, "d"));
  at(slot).type = SlotType::real;
  at(slot).maybe_empty = false;
}

void Emitter::guard_type(std::uint32_t slot, SlotType type) {
  V v = boxed(slot);
  switch (type) {
    case SlotType::none:
      return guard(b_.CreateICmpEQ(v, c64(Value::none().bits())));
    case SlotType::str:
    case SlotType::list:
    case SlotType::tuple:
    case SlotType::dict: {
      const Shape* shape = type == SlotType::str     ? snapshot_.str_shape
                           : type == SlotType::list  ? snapshot_.list_shape
                           : type == SlotType::tuple ? snapshot_.tuple_shape
                                                     : snapshot_.dict_shape;
      guard(is_object(v));
      return guard(b_.CreateICmpEQ(load_plain(ptr_, to_pointer(v)), pointer(shape)));
    }
    case SlotType::range_iterator:
    case SlotType::list_iterator: {
      guard(is_object(v));
      V kind = load_plain(i8_, address(to_pointer(v), offsetof(Object, kind)));
      guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<std::uint8_t>(Kind::iterator))));
      V sub = load_plain(i8_, address(to_pointer(v), offsetof(Object, sub)));
      const IteratorKind wanted = type == SlotType::range_iterator ? IteratorKind::range : IteratorKind::list;
      return guard(b_.CreateICmpEQ(sub, b_.getInt8(static_cast<std::uint8_t>(wanted))));
    }
    default:
      failed_ = true;
  }
}

void Emitter::refine_object(std::uint32_t slot, SlotType type) {
  if (at(slot).type == type) return;
  guard_type(slot, type);
  at(slot).type = type;
  at(slot).maybe_empty = false;
}

void Emitter::guard_object(std::uint32_t slot) {
  SlotState& s = at(slot);
  if (s.object || (s.type != SlotType::any && s.type != SlotType::none)) return;
  guard(is_object(boxed(slot)));
  s.object = true;
}

void Emitter::guard_shape(std::uint32_t slot, const CacheInfo& cache) {
  SlotState& s = at(slot);
  const auto* shape = reinterpret_cast<const Shape*>(cache.ref0);
  if (s.shape == shape && s.version == cache.word1) return;
  const SlotType type = builtin_type(snapshot_, shape);
  if (type != SlotType::any && s.type == type) {  // builtin classes never change
    set_shape(s, shape, cache.word1);
    s.maybe_empty = false;
    s.object = true;
    return;
  }
  V v = boxed(slot);
  guard_object(slot);
  V same_shape = b_.CreateICmpEQ(load_acquire(ptr_, to_pointer(v)), pointer(shape));
  // The class, too, is what it was: no data descriptor or property of that name came up.
  V version = load_acquire(i64_, pointer(reinterpret_cast<const void*>(cache.version_address)));
  V holds = b_.CreateAnd(same_shape, b_.CreateICmpEQ(version, c64(cache.word1)));
  if (auto known = snapshot_.inline_slots.find(cache.ref0);
      known != snapshot_.inline_slots.end() && known->second != 0) {
    V slots = load_plain(i32_, address(to_pointer(v), offsetof(Object, aux)));
    holds = b_.CreateAnd(holds, b_.CreateICmpUGE(slots, c32(known->second)));
  }
  guard(holds);
  set_shape(s, shape, cache.word1);
  s.maybe_empty = false;
  if (type != SlotType::any) s.type = type;
}

void Emitter::jump_to(std::uint32_t target) {
  const State* wanted = inference_.entry_state(target);
  if (wanted == nullptr) {
    b_.CreateBr(exit_at(target, true));
    return;
  }
  const State kept = state_;
  convert(*wanted, target);
  b_.CreateBr(block_at(target));
  state_ = kept;
}

void Emitter::convert(const State& target, std::uint32_t target_pc) {
  Block* kept_exit = exit_;
  const std::uint32_t kept_pc = pc_;
  const bool repeatable = repeatable_;
  Region kept;
  if (!repeatable) {
    kept = std::move(region_);
    region_ = {target_pc, state_, nullptr, nullptr};
    repeatable_ = true;
  }
  exit_ = nullptr;
  pc_ = target_pc;
  for (std::uint32_t s = 0; s < target.size(); ++s) {
    const SlotState& t = target[s];
    SlotState& c = at(s);
    if (t.type == SlotType::dead) continue;
    if (c.type == SlotType::dead) {
      failed_ = true;
      break;
    }
    if (t.constant != 0 && c.constant != t.constant) guard(b_.CreateICmpEQ(boxed(s), c64(t.constant)));
    if (c.type != t.type) {
      if (t.type == SlotType::integer) {
        if (c.type != SlotType::any)
          guard(b_.getInt1(false));
        else
          refine_int(s);
      } else if (t.type == SlotType::real) {
        if (c.type != SlotType::any)
          guard(b_.getInt1(false));
        else
          refine_real(s);
      } else if (t.type == SlotType::boolean) {
        if (c.type != SlotType::any) {
          guard(b_.getInt1(false));
        } else {
          V v = boxed(s);
          guard(b_.CreateICmpEQ(b_.CreateOr(v, c64(1)), c64(Value::true_value().bits())));
          b_.CreateStore(b_.CreateICmpEQ(v, c64(Value::true_value().bits())), home(bools_, s, i1_, "b"));
          c.type = SlotType::boolean;
        }
      } else if (t.type == SlotType::any) {
        boxed(s);
      } else {
        refine_object(s, t.type);
      }
    }
    if (t.boxed && !c.boxed) boxed(s);
    if (t.object && t.type == SlotType::any) guard_object(s);
    if (c.maybe_empty && !t.maybe_empty && t.type == SlotType::any) {
      guard(nonzero(boxed(s)));
      c.maybe_empty = false;
    }
    // Code behind reads homes where it does not know a constant.
    if (c.constant != 0 && t.constant == 0) {
      const bool dirty = c.dirty;
      set_constant(s, constant_slot(snapshot_, c.constant));
      c.dirty = dirty;
    }
    if (c.dirty && !t.dirty) sync(s);
  }
  if (!repeatable) region_ = std::move(kept);
  repeatable_ = repeatable;
  exit_ = kept_exit;
  pc_ = kept_pc;
}

Emitter::Block* Emitter::propagate_block(bool reraised) {
  Block*& block = propagate_[reraised ? 1 : 0];
  if (block == nullptr) {
    llvm::IRBuilder<>::InsertPointGuard keep(b_);
    block = new_block("propagate");
    b_.SetInsertPoint(block);
    helper(Helper::propagate, {mutator_, frame_, c32(reraised ? 1 : 0)});
    b_.CreateRet(c64(0));
  }
  return block;
}

void Emitter::raise_now(bool reraised) {
  const int h = snapshot_.handler(pc_);
  if (h < 0) {
    b_.CreateBr(propagate_block(reraised));
    return;
  }
  const ExceptionEntry& e = snapshot_.data->exceptions[static_cast<std::size_t>(h)];
  const State kept = state_;
  const bool repeatable = repeatable_;
  effect();
  helper(Helper::catch_exception, {mutator_, frame_, c32(reraised ? 1 : 0)});
  state_ = handler_state(state_, e.reg);
  reload(e.reg);
  const Op op = snapshot_.insn(pc_).op;
  if (op == Op::unpack_sequence_ || op == Op::unpack_ex_ || op == Op::with_enter_) {
    for (const SlotRange& w : slot_use(snapshot_.insn(pc_)).writes) {
      for (std::uint32_t s = w.first; s < w.first + w.count; ++s) at(s).dirty = true;
    }
  }
  jump_to(e.handler);
  state_ = kept;
  repeatable_ = repeatable;
}

void Emitter::check(V ok, bool reraised) {
  Block* next = new_block("next");
  const int h = snapshot_.handler(pc_);
  Block* raised = h < 0 ? propagate_block(reraised) : new_block("raised");
  branch(ok, next, raised, true);
  if (h >= 0) {
    b_.SetInsertPoint(raised);
    raise_now(reraised);
  }
  b_.SetInsertPoint(next);
}

}  // namespace turnstile::codegen
