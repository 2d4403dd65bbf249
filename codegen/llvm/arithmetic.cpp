// Arithmetic, comparisons and truth on raw ints and doubles.
#include <llvm/IR/Intrinsics.h>

#include "codegen/llvm/emitter.h"
#include "core/objects/containers.h"
#include "core/objects/text.h"

namespace turnstile::codegen {

bool Emitter::emit_arithmetic(const Insn& i) {
  switch (decide_arithmetic(snapshot_, pc_, at(i.b).type, at(i.c).type)) {
    case Mode::trap:
      exit_now(true);
      return false;
    case Mode::integers: {
      refine_int(i.b);
      refine_int(i.c);
      V left = raw_int(i.b);
      V right = raw_int(i.c);
      if (i.op == Op::true_div_) {
        set_real(i.a, integer_operation(i, left, right));
      } else {
        set_int(i.a, integer_operation(i, left, right));
      }
      return true;
    }
    case Mode::reals: {
      V left;
      V right;
      real_operands(i, &left, &right);
      set_real(i.a, real_operation(i, left, right));
      return true;
    }
    case Mode::strings: {
      refine_object(i.b, SlotType::str);
      refine_object(i.c, SlotType::str);
      V left = boxed(i.b);
      V right = boxed(i.c);
      effect();
      store_pc();
      V v = helper(Helper::str_concat, {mutator_, left, right});
      forget_shapes(state_);
      check(nonzero(v));
      set_boxed(i.a, v, SlotType::str);
      return true;
    }
    default: {
      V left = boxed(i.b);
      V right = boxed(i.c);
      effect();
      store_pc();
      V v = helper(Helper::binary, {mutator_, insn_pointer(), left, right});
      forget_shapes(state_);
      check(nonzero(v));
      set_boxed(i.a, v);
      return true;
    }
  }
}

Emitter::V Emitter::overflow(llvm::Intrinsic::ID id, V left, V right) {
  V pair = b_.CreateBinaryIntrinsic(id, left, right);
  guard(b_.CreateNot(b_.CreateExtractValue(pair, 1)));
  return b_.CreateExtractValue(pair, 0);
}

Emitter::V Emitter::integer_operation(const Insn& i, V left, V right) {
  const std::uint64_t right_constant = at(i.c).constant;
  switch (i.op) {
    case Op::add_:
      return overflow(llvm::Intrinsic::sadd_with_overflow, left, right);
    case Op::sub_:
      return overflow(llvm::Intrinsic::ssub_with_overflow, left, right);
    case Op::mul_:
      return overflow(llvm::Intrinsic::smul_with_overflow, left, right);
    case Op::bit_and_:
      return b_.CreateAnd(left, right);
    case Op::bit_or_:
      return b_.CreateOr(left, right);
    case Op::bit_xor_:
      return b_.CreateXor(left, right);
    case Op::floor_div_:
      return floor_division(left, right, false, right_constant);
    case Op::mod_:
      return floor_division(left, right, true, right_constant);
    case Op::lshift_: {
      guard(b_.CreateICmpULT(right, c64(63)));
      V shifted = b_.CreateShl(left, right);
      guard(b_.CreateICmpEQ(b_.CreateAShr(shifted, right), left));
      return shifted;
    }
    case Op::rshift_: {
      guard(b_.CreateICmpSGE(right, c64(0)));
      return b_.CreateAShr(left, b_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, right, c64(63)));
    }
    case Op::true_div_: {
      // Correctly rounded by one division as long as both operands are exact doubles.
      const auto exact = [&](V v) {
        return b_.CreateICmpULE(b_.CreateAdd(v, c64(std::uint64_t{1} << 53)), c64(std::uint64_t{1} << 54));
      };
      guard(nonzero(right));
      guard(b_.CreateAnd(exact(left), exact(right)));
      return b_.CreateFDiv(b_.CreateSIToFP(left, double_), b_.CreateSIToFP(right, double_));
    }
    default:
      failed_ = true;
      return left;
  }
}

// Rounds towards minus infinity, as Python does; the remainder has the divisor's sign.
Emitter::V Emitter::floor_division(V left, V right, bool modulo, std::uint64_t right_constant) {
  if (right_constant != 0) {
    const std::int64_t divisor = Value::from_bits(right_constant).as_int();
    if (divisor > 0 && (divisor & (divisor - 1)) == 0) {
      if (modulo) return b_.CreateAnd(left, c64(static_cast<std::uint64_t>(divisor - 1)));
      return b_.CreateAShr(left, static_cast<std::uint64_t>(__builtin_ctzll(static_cast<std::uint64_t>(divisor))));
    }
    if (divisor == 0 || divisor == -1) guard(b_.getInt1(false));
  } else {
    guard(nonzero(right));
    guard(b_.CreateICmpNE(right, c64(~std::uint64_t{0})));  // the one division that overflows
  }
  V remainder = b_.CreateSRem(left, right);
  V other_sign = b_.CreateICmpSLT(b_.CreateXor(remainder, right), c64(0));
  V adjust = b_.CreateAnd(nonzero(remainder), other_sign);
  if (modulo) return b_.CreateSelect(adjust, b_.CreateAdd(remainder, right), remainder);
  V quotient = b_.CreateSDiv(left, right);
  return b_.CreateSub(quotient, b_.CreateZExt(adjust, i64_));
}

Emitter::V Emitter::real_operand(std::uint32_t slot, RealOperand how) {
  switch (how) {
    case RealOperand::raw:
      return raw_real(slot);
    case RealOperand::convert:
      return b_.CreateSIToFP(raw_int(slot), double_);
    case RealOperand::guard_real:
      refine_real(slot);
      return raw_real(slot);
    case RealOperand::guard_int:
      refine_int(slot);
      return b_.CreateSIToFP(raw_int(slot), double_);
    default: {
      V v = boxed(slot);
      V integer = is_int(v);
      guard(b_.CreateOr(integer, is_real(v)));
      return b_.CreateSelect(integer, b_.CreateSIToFP(unbox_int(v), double_), unbox_real(v));
    }
  }
}

void Emitter::real_operands(const Insn& i, V* left, V* right) {
  const SlotType l = at(i.b).type;
  const SlotType r = at(i.c).type;
  const std::uint8_t fb = snapshot_.feedback[pc_];
  const RealOperand how_left = decide_real_operand(fb, l, r);
  const RealOperand how_right = decide_real_operand(fb, r, l);
  if (how_left == RealOperand::either && how_right == RealOperand::either) {
    // Two ints would give an int.
    guard(b_.CreateNot(b_.CreateAnd(is_int(boxed(i.b)), is_int(boxed(i.c)))));
  }
  *left = real_operand(i.b, how_left);
  *right = i.b == i.c && how_left == how_right ? *left : real_operand(i.c, how_right);
}

Emitter::V Emitter::real_operation(const Insn& i, V left, V right) {
  const auto zero = [&] { return llvm::ConstantFP::get(double_, 0.0); };
  switch (i.op) {
    case Op::add_:
      return b_.CreateFAdd(left, right);
    case Op::sub_:
      return b_.CreateFSub(left, right);
    case Op::mul_:
      return b_.CreateFMul(left, right);
    case Op::true_div_:
      guard(b_.CreateFCmpUNE(right, zero()));
      return b_.CreateFDiv(left, right);
    case Op::floor_div_:
      guard(b_.CreateFCmpUNE(right, zero()));
      return helper(Helper::float_floor_div, {left, right});
    case Op::mod_:
      guard(b_.CreateFCmpUNE(right, zero()));
      return helper(Helper::float_mod, {left, right});
    case Op::pow_: {
      guard(b_.CreateFCmpOGT(left, zero()));
      V result = helper(Helper::float_pow, {left, right});
      // Overflow raises; infinite operands are the interpreter's, too.
      V infinity = llvm::ConstantFP::getInfinity(double_);
      guard(b_.CreateFCmpONE(b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, result), infinity));
      return result;
    }
    default:
      failed_ = true;
      return left;
  }
}

bool Emitter::emit_compare(const Insn& i) {
  const auto which = static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::lt_);
  using P = llvm::CmpInst::Predicate;
  static constexpr P kIntegers[] = {P::ICMP_SLT, P::ICMP_SLE, P::ICMP_EQ, P::ICMP_NE, P::ICMP_SGT, P::ICMP_SGE};
  static constexpr P kReals[] = {P::FCMP_OLT, P::FCMP_OLE, P::FCMP_OEQ, P::FCMP_UNE, P::FCMP_OGT, P::FCMP_OGE};
  switch (decide_compare(snapshot_, pc_, at(i.b).type, at(i.c).type)) {
    case Mode::trap:
      exit_now(true);
      return false;
    case Mode::integers: {
      refine_int(i.b);
      refine_int(i.c);
      V left = raw_int(i.b);
      set_bool(i.a, b_.CreateICmp(kIntegers[which], left, raw_int(i.c)));
      return true;
    }
    case Mode::reals: {
      // A raw int may need more than 53 bits; then the conversion is no comparison any more.
      const auto exact = [&](std::uint32_t slot) {
        if (at(slot).type != SlotType::integer || at(slot).constant != 0) return;
        V v = raw_int(slot);
        guard(b_.CreateICmpULE(b_.CreateAdd(v, c64(std::uint64_t{1} << 53)), c64(std::uint64_t{1} << 54)));
      };
      exact(i.b);
      exact(i.c);
      V left;
      V right;
      real_operands(i, &left, &right);
      set_bool(i.a, b_.CreateFCmp(kReals[which], left, right));
      return true;
    }
    case Mode::strings: {
      refine_object(i.b, SlotType::str);
      refine_object(i.c, SlotType::str);
      V left = boxed(i.b);
      V same = nonzero(helper(Helper::str_equal, {left, boxed(i.c)}));
      set_bool(i.a, i.op == Op::eq_ ? same : b_.CreateNot(same));
      return true;
    }
    default: {
      V left = boxed(i.b);
      V right = boxed(i.c);
      effect();
      store_pc();
      V v = helper(Helper::compare, {mutator_, insn_pointer(), left, right});
      forget_shapes(state_);
      check(nonzero(v));
      set_boxed(i.a, v);
      return true;
    }
  }
}

bool Emitter::emit_unary(const Insn& i) {
  switch (decide_unary(snapshot_, pc_, at(i.b).type)) {
    case Mode::trap:
      exit_now(true);
      return false;
    case Mode::integers: {
      refine_int(i.b);
      V v = raw_int(i.b);
      if (i.op == Op::neg_) v = overflow(llvm::Intrinsic::ssub_with_overflow, c64(0), v);
      if (i.op == Op::invert_) v = b_.CreateNot(v);
      set_int(i.a, v);
      return true;
    }
    case Mode::reals: {
      refine_real(i.b);
      V v = raw_real(i.b);
      set_real(i.a, i.op == Op::neg_ ? b_.CreateFNeg(v) : v);
      return true;
    }
    default: {
      V v = boxed(i.b);
      effect();
      store_pc();
      v = helper(Helper::unary, {mutator_, insn_pointer(), v});
      forget_shapes(state_);
      check(nonzero(v));
      set_boxed(i.a, v);
      return true;
    }
  }
}

Emitter::V Emitter::truth(std::uint32_t slot) {
  const SlotState& s = at(slot);
  switch (s.type) {
    case SlotType::integer:
      return nonzero(raw_int(slot));
    case SlotType::real:
      return b_.CreateFCmpUNE(raw_real(slot), llvm::ConstantFP::get(double_, 0.0));
    case SlotType::boolean:
      return raw_bool(slot);
    case SlotType::none:
      return b_.getInt1(false);
    case SlotType::list:
      return nonzero(load_plain(i64_, address(to_pointer(boxed(slot)), offsetof(List, size))));
    case SlotType::str:
    case SlotType::tuple:
      return nonzero(load_plain(i32_, address(to_pointer(boxed(slot)), offsetof(Object, aux))));
    default:
      break;
  }
  // None, False, True are 2, 4, 5.
  V v = boxed(slot);
  Block* ask = new_block("ask");
  Block* known = new_block("truth");
  Block* from = b_.GetInsertBlock();
  V immediate = b_.CreateICmpULE(v, c64(Value::true_value().bits()));
  V yes = b_.CreateICmpEQ(v, c64(Value::true_value().bits()));
  branch(immediate, known, ask, true);
  b_.SetInsertPoint(ask);
  effect();
  store_pc();
  V answer = helper(Helper::truth, {mutator_, v});
  check(b_.CreateICmpSGE(answer, c32(0)));
  V asked = nonzero(answer);
  Block* asked_end = b_.GetInsertBlock();
  b_.CreateBr(known);
  b_.SetInsertPoint(known);
  llvm::PHINode* phi = b_.CreatePHI(i1_, 2);
  phi->addIncoming(yes, from);
  phi->addIncoming(asked, asked_end);
  return phi;
}

void Emitter::emit_conditional_jump(const Insn& i) {
  V t = truth(i.a);
  if (!is_raw(at(i.a).type)) forget_shapes(state_);
  Block* jumps = new_block("jumps");
  Block* falls = new_block("falls");
  if (i.op == Op::jump_if_true_) {
    b_.CreateCondBr(t, jumps, falls);
  } else {
    b_.CreateCondBr(t, falls, jumps);
  }
  b_.SetInsertPoint(jumps);
  jump_to(static_cast<std::uint32_t>(i.d));
  b_.SetInsertPoint(falls);
}

}  // namespace turnstile::codegen
