// Builtins that are compiled in, for operands whose types are known.
#include <llvm/IR/Intrinsics.h>

#include "codegen/llvm/emitter.h"
#include "core/objects/containers.h"

namespace turnstile::codegen {

void Emitter::emit_range_loop(const Insn& i) {
  for (std::uint32_t k = 1; k <= i.c; ++k) refine_int(i.b + k);
  V start = i.c == 1 ? c64(0) : raw_int(i.b + 1u);
  V stop = raw_int(i.b + i.c);
  store_pc();
  V it = helper(Helper::range_iterator, {mutator_, start, stop});
  guard(nonzero(it));  // ints too big for it, or no memory: an iterator that nobody has seen may be made again
  forget_shapes(state_);
  set_boxed(i.a, it, SlotType::range_iterator);
}

bool Emitter::emit_intrinsic(const Insn& i, const Callee* callee, CallMode mode, std::uint32_t first,
                             std::uint32_t count) {
  const Intrinsic intrinsic = decide_intrinsic(callee, mode, state_, first, count);
  switch (intrinsic) {
    case Intrinsic::none:
    case Intrinsic::range:  // emit_range_loop
      return false;
    case Intrinsic::len: {
      V v = boxed(first);
      if (at(first).type == SlotType::list) {
        V size = load_acquire(i64_, address(to_pointer(v), offsetof(List, size)));
        forget_shapes(state_);
        set_int(i.a, size);
        return true;
      }
      effect();
      store_pc();
      V n = helper(Helper::length, {mutator_, v});
      check(b_.CreateICmpSGE(n, c64(0)));
      forget_shapes(state_);
      set_int(i.a, n);
      return true;
    }
    case Intrinsic::abs:
      if (at(first).type == SlotType::real) {
        set_real(i.a, b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, raw_real(first)));
      } else {
        V v = raw_int(first);
        guard(b_.CreateICmpNE(v, c64(std::uint64_t{1} << 63)));
        set_int(i.a, b_.CreateSelect(b_.CreateICmpSLT(v, c64(0)), b_.CreateNeg(v), v));
      }
      return true;
    case Intrinsic::min:
    case Intrinsic::max: {
      // The first operand unless the second is smaller (greater).
      const bool smaller = intrinsic == Intrinsic::min;
      if (at(first).type == SlotType::real) {
        V a = raw_real(first);
        V b = raw_real(first + 1);
        V second = smaller ? b_.CreateFCmpOLT(b, a) : b_.CreateFCmpOGT(b, a);
        set_real(i.a, b_.CreateSelect(second, b, a));
      } else {
        V a = raw_int(first);
        V b = raw_int(first + 1);
        V second = smaller ? b_.CreateICmpSLT(b, a) : b_.CreateICmpSGT(b, a);
        set_int(i.a, b_.CreateSelect(second, b, a));
      }
      return true;
    }
    case Intrinsic::math_sqrt: {
      V v = raw_real(first);
      guard(b_.CreateFCmpOGE(v, llvm::ConstantFP::get(double_, 0.0)));  // else it raises, or NaN
      set_real(i.a, b_.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, v));
      return true;
    }
    case Intrinsic::list_append: {
      V list = boxed(first);
      V item = boxed(first + 1);
      effect();
      emit_list_append(list, item, false);
      forget_shapes(state_);
      set_boxed(i.a, c64(Value::none().bits()), SlotType::none);
      return true;
    }
    case Intrinsic::list_pop: {
      V list = boxed(first);
      effect();
      V item = emit_list_pop(list);
      forget_shapes(state_);
      set_boxed(i.a, item);
      return true;
    }
  }
  return false;
}

}  // namespace turnstile::codegen
