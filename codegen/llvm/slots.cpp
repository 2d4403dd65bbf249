// Representations of slots: boxing, unboxing, and the frame's copy.
#include "codegen/llvm/emitter.h"
#include "core/frame.h"

namespace turnstile::codegen {

llvm::AllocaInst* Emitter::home(std::vector<llvm::AllocaInst*>& homes, std::uint32_t slot, llvm::Type* type,
                                const char* what) {
  if (homes[slot] == nullptr) {
    llvm::IRBuilder<> at_entry(prologue_, prologue_->begin());
    homes[slot] = at_entry.CreateAlloca(type, nullptr, llvm::Twine(what) + llvm::Twine(slot));
  }
  return homes[slot];
}

Emitter::V Emitter::frame_slot(std::uint32_t slot) {
  return address(frame_, Frame::slots_offset() + slot * sizeof(std::uint64_t));
}

Emitter::V Emitter::to_pointer(V v) { return b_.CreateIntToPtr(v, ptr_); }

Emitter::V Emitter::boxed(std::uint32_t slot) {
  SlotState& s = at(slot);
  if (s.constant != 0) return c64(s.constant);
  if (s.type == SlotType::dead) {
    failed_ = true;
    return c64(0);
  }
  if (!s.boxed) {
    V v = nullptr;
    switch (s.type) {
      case SlotType::integer:
        v = box_int(raw_int(slot));
        break;
      case SlotType::real:
        v = box_real(raw_real(slot));
        break;
      default:
        v = box_bool(raw_bool(slot));
        break;
    }
    b_.CreateStore(v, home(boxed_, slot, i64_, "v"));
    s.boxed = true;
    return v;
  }
  return b_.CreateLoad(i64_, home(boxed_, slot, i64_, "v"));
}

Emitter::V Emitter::raw_int(std::uint32_t slot) {
  const SlotState& s = at(slot);
  if (s.constant != 0) return c64(static_cast<std::uint64_t>(Value::from_bits(s.constant).as_int()));
  return b_.CreateLoad(i64_, home(ints_, slot, i64_, "i"));
}

Emitter::V Emitter::raw_real(std::uint32_t slot) {
  const SlotState& s = at(slot);
  if (s.constant != 0) return llvm::ConstantFP::get(double_, Value::from_bits(s.constant).as_double());
  return b_.CreateLoad(double_, home(reals_, slot, double_, "d"));
}

Emitter::V Emitter::raw_bool(std::uint32_t slot) {
  const SlotState& s = at(slot);
  if (s.constant != 0) return b_.getInt1(Value::from_bits(s.constant).is_true());
  return b_.CreateLoad(i1_, home(bools_, slot, i1_, "b"));
}

void Emitter::set_boxed(std::uint32_t slot, V v, SlotType type, std::uint64_t constant) {
  b_.CreateStore(v, home(boxed_, slot, i64_, "v"));
  at(slot) = boxed_slot(type);
  at(slot).constant = constant;
}

void Emitter::set_loaded(std::uint32_t slot, V v, SlotType expected) {
  guard(expected == SlotType::real ? is_real(v) : expected == SlotType::integer ? is_int(v) : nonzero(v));
  set_boxed(slot, v, expected);
  if (expected == SlotType::real) b_.CreateStore(unbox_real(v), home(reals_, slot, double_, "d"));
  if (expected == SlotType::integer) b_.CreateStore(unbox_int(v), home(ints_, slot, i64_, "i"));
}

void Emitter::set_int(std::uint32_t slot, V v) {
  b_.CreateStore(v, home(ints_, slot, i64_, "i"));
  at(slot) = raw_slot(SlotType::integer);
}

void Emitter::set_real(std::uint32_t slot, V v) {
  b_.CreateStore(v, home(reals_, slot, double_, "d"));
  at(slot) = raw_slot(SlotType::real);
}

void Emitter::set_bool(std::uint32_t slot, V v) {
  b_.CreateStore(v, home(bools_, slot, i1_, "b"));
  at(slot) = raw_slot(SlotType::boolean);
}

void Emitter::set_constant(std::uint32_t slot, const SlotState& state) {
  at(slot) = state;
  at(slot).constant = 0;
  const Value v = Value::from_bits(state.constant);
  b_.CreateStore(c64(state.constant), home(boxed_, slot, i64_, "v"));
  switch (state.type) {
    case SlotType::integer:
      b_.CreateStore(c64(static_cast<std::uint64_t>(v.as_int())), home(ints_, slot, i64_, "i"));
      break;
    case SlotType::real:
      b_.CreateStore(llvm::ConstantFP::get(double_, v.as_double()), home(reals_, slot, double_, "d"));
      break;
    case SlotType::boolean:
      b_.CreateStore(b_.getInt1(v.is_true()), home(bools_, slot, i1_, "b"));
      break;
    default:
      break;
  }
  at(slot).constant = state.constant;
}

void Emitter::move_slot(std::uint32_t to, std::uint32_t from) {
  if (to == from) return;
  const SlotState s = at(from);
  if (s.constant != 0) {
    set_constant(to, s);
  } else {
    if (s.boxed || !is_raw(s.type)) b_.CreateStore(boxed(from), home(boxed_, to, i64_, "v"));
    if (s.type == SlotType::integer) b_.CreateStore(raw_int(from), home(ints_, to, i64_, "i"));
    if (s.type == SlotType::real) b_.CreateStore(raw_real(from), home(reals_, to, double_, "d"));
    if (s.type == SlotType::boolean) b_.CreateStore(raw_bool(from), home(bools_, to, i1_, "b"));
  }
  at(to) = s;
  at(to).dirty = true;
}

void Emitter::sync(std::uint32_t slot) {
  if (!at(slot).dirty) return;
  b_.CreateStore(boxed(slot), frame_slot(slot));
  at(slot).dirty = false;
}

void Emitter::sync_range(std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t s = first; s < first + count; ++s) sync(s);
}

void Emitter::reload(std::uint32_t slot, SlotType type) {
  b_.CreateStore(b_.CreateLoad(i64_, frame_slot(slot)), home(boxed_, slot, i64_, "v"));
  at(slot) = boxed_slot(type, false);
}

Emitter::V Emitter::box_int(V raw) {
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(raw)) {
    if (Value::fits_int(constant->getSExtValue())) return c64(Value::small_int(constant->getSExtValue()).bits());
  }
  V moved = b_.CreateAdd(raw, c64(static_cast<std::uint64_t>(-Value::kIntMin)));
  V fits = b_.CreateICmpULT(moved, c64(std::uint64_t{1} << Value::kIntBits));
  Block* from = b_.GetInsertBlock();
  Block* big = new_block("big");
  Block* done = new_block("boxed");
  V small = b_.CreateOr(raw, c64(Value::kIntTag));
  branch(fits, done, big, true);
  from = b_.GetInsertBlock();
  b_.SetInsertPoint(big);
  store_pc();
  V heap = helper(Helper::box_int, {mutator_, raw});
  Block* big_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  llvm::PHINode* phi = b_.CreatePHI(i64_, 2);
  phi->addIncoming(small, from);
  phi->addIncoming(heap, big_end);
  return phi;
}

Emitter::V Emitter::box_real(V raw) {
  V bits = b_.CreateBitCast(raw, i64_);
  V is_nan = b_.CreateFCmpUNO(raw, raw);
  V canonical = b_.CreateSelect(is_nan, c64(0x7ff8000000000000u), bits);
  return b_.CreateAdd(canonical, c64(Value::kDoubleOffset));
}

Emitter::V Emitter::box_bool(V raw) { return b_.CreateOr(b_.CreateZExt(raw, i64_), c64(Value::false_value().bits())); }

Emitter::V Emitter::unbox_int(V v) {
  constexpr int kShift = 64 - Value::kIntBits;
  return b_.CreateAShr(b_.CreateShl(v, kShift), kShift);
}

Emitter::V Emitter::unbox_real(V v) { return b_.CreateBitCast(b_.CreateSub(v, c64(Value::kDoubleOffset)), double_); }

Emitter::V Emitter::is_int(V v) { return b_.CreateICmpUGE(v, c64(Value::kIntTag)); }

Emitter::V Emitter::is_real(V v) {
  return b_.CreateICmpULT(b_.CreateSub(v, c64(Value::kDoubleOffset)), c64(Value::kIntTag - Value::kDoubleOffset));
}

Emitter::V Emitter::is_object(V v) {
  return b_.CreateICmpULT(b_.CreateSub(v, c64(Value::kFirstPointer)), c64(Value::kDoubleOffset - Value::kFirstPointer));
}

}  // namespace turnstile::codegen
