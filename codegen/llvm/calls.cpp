// Calls: frames of known functions are pushed inline.
#include "codegen/llvm/emitter.h"
#include "core/call_args.h"
#include "core/frame.h"
#include "core/mutator.h"

namespace turnstile::codegen {

void Emitter::identity_guard(std::uint32_t slot, std::uint64_t bits) {
  if (at(slot).constant == bits) return;
  guard(b_.CreateICmpEQ(boxed(slot), c64(bits)));
}

// Before anything else of the call: the defaults that it needs are what they were.
void Emitter::guard_defaults(const Callee& callee, std::size_t arguments) {
  if (arguments >= callee.positional) return;
  V defaults =
      load_acquire(i64_, pointer(reinterpret_cast<const char*>(callee.function) + offsetof(Function, defaults)));
  guard(b_.CreateICmpEQ(defaults, c64(callee.defaults_bits)));
}

// A call that is compiled in would be one too many where a real one was.
void Emitter::check_depth() {
  V depth = b_.CreateLoad(i32_, mutator_field(offsetof(Mutator, depth)));
  V limit = b_.CreateLoad(i32_, mutator_field(offsetof(Mutator, recursion_limit)));
  Block* fits = new_block("fits");
  Block* deep = new_block("deep");
  branch(b_.CreateICmpULT(depth, limit), fits, deep, true);
  b_.SetInsertPoint(deep);
  helper(Helper::recursion, {mutator_});
  raise_now(false);
  b_.SetInsertPoint(fits);
}

// Pushes the callee's frame, enters through Code::entry, pops it. The empty value: raised.
Emitter::V Emitter::direct_call(const Callee& callee, const std::vector<V>& arguments) {
  emit_call_poll();
  const std::size_t bytes = Frame::bytes(callee.slot_count);
  V top_address = mutator_field(offsetof(Mutator, frame_top));
  V top = b_.CreateLoad(ptr_, top_address);
  V new_top = b_.CreateConstInBoundsGEP1_64(i8_, top, bytes);
  V limit = b_.CreateLoad(ptr_, mutator_field(offsetof(Mutator, frame_limit)));
  V depth_address = mutator_field(offsetof(Mutator, depth));
  V depth = b_.CreateLoad(i32_, depth_address);
  V depth_limit = b_.CreateLoad(i32_, mutator_field(offsetof(Mutator, recursion_limit)));
  V here = b_.CreatePtrToInt(b_.CreateIntrinsic(llvm::Intrinsic::frameaddress, {ptr_}, {c32(0)}), i64_);
  V floor = b_.CreateLoad(i64_, mutator_field(offsetof(Mutator, stack_limit)));
  V fits = b_.CreateAnd(b_.CreateICmpULE(new_top, limit),
                        b_.CreateAnd(b_.CreateICmpULT(depth, depth_limit), b_.CreateICmpUGE(here, floor)));
  Block* push = new_block("push");
  Block* deep = new_block("deep");
  branch(fits, push, deep, true);
  b_.SetInsertPoint(deep);
  helper(Helper::recursion, {mutator_});
  raise_now(false);

  b_.SetInsertPoint(push);
  const auto field = [&](std::size_t offset) { return address(top, offset); };
  V null = llvm::ConstantPointerNull::get(ptr_);
  b_.CreateStore(frame_, field(offsetof(Frame, caller)));
  b_.CreateStore(pointer(callee.code), field(offsetof(Frame, code)));
  b_.CreateStore(pointer(callee.function), field(offsetof(Frame, function)));
  b_.CreateStore(pointer(callee.globals), field(offsetof(Frame, globals)));
  b_.CreateStore(pointer(callee.builtins), field(offsetof(Frame, builtins)));
  b_.CreateStore(null, field(offsetof(Frame, names)));
  b_.CreateStore(null, field(offsetof(Frame, generator)));
  static_assert(offsetof(Frame, state) == offsetof(Frame, pc) + 4);
  b_.CreateStore(c64(0), field(offsetof(Frame, pc)));
  const auto slot = [&](std::size_t n) { return field(Frame::slots_offset() + n * sizeof(std::uint64_t)); };
  std::uint32_t n = 0;
  for (; n < arguments.size(); ++n) b_.CreateStore(arguments[n], slot(n));
  const std::size_t first_default = callee.positional - callee.defaults.size();
  for (; n < callee.positional; ++n) b_.CreateStore(c64(callee.defaults[n - first_default]), slot(n));
  for (; n < callee.local_count; ++n) {
    const bool is_cell = n >= callee.free_begin && n < callee.free_begin + callee.cells.size();
    b_.CreateStore(c64(is_cell ? callee.cells[n - callee.free_begin] : 0), slot(n));
  }
  b_.CreateStore(new_top, top_address);
  b_.CreateStore(b_.CreateAdd(depth, c32(1)), depth_address);
  V frame_address = mutator_field(offsetof(Mutator, frame));
  b_.CreateStore(top, frame_address);
  V entry = load_acquire(ptr_, pointer(reinterpret_cast<const char*>(callee.code) + offsetof(Code, entry)));
  auto* call = b_.CreateCall(llvm::FunctionType::get(i64_, {ptr_, ptr_}, false), entry, {mutator_, top});
  call->addFnAttr(llvm::Attribute::NoUnwind);
  b_.CreateStore(frame_, frame_address);
  b_.CreateStore(top, top_address);
  b_.CreateStore(depth, depth_address);
  return call;
}

// Arguments are in frame slots [first, first + count).
Emitter::V Emitter::native_call(const Callee& callee, std::uint32_t first, std::uint32_t count) {
  sync_range(first, count);
  llvm::IRBuilder<> at_entry(prologue_, prologue_->begin());
  static_assert(sizeof(CallArgs) == 24);
  V args = at_entry.CreateAlloca(llvm::ArrayType::get(i64_, 3));
  b_.CreateStore(frame_slot(first), args);
  b_.CreateStore(c32(count), address(args, offsetof(CallArgs, positional)));
  b_.CreateStore(llvm::ConstantPointerNull::get(ptr_), address(args, offsetof(CallArgs, keyword_names)));
  return helper(Helper::native, {mutator_, pointer(reinterpret_cast<const void*>(callee.bits)), args});
}

// A heap class without __new__: an instance, passed to a plain __init__.
Emitter::V Emitter::instantiate(const Callee& callee, std::uint32_t first, std::uint32_t count) {
  V version = load_acquire(i64_, pointer(reinterpret_cast<const char*>(callee.type) + offsetof(Type, version)));
  guard(b_.CreateICmpEQ(version, c64(callee.type_version)));
  if (callee.has_init) guard_defaults(callee, count + 1);
  std::vector<V> arguments{nullptr};
  for (std::uint32_t s = first; s < first + count; ++s) arguments.push_back(boxed(s));
  effect();
  store_pc();
  if (callee.plain_init.shape != nullptr) {
    const std::size_t first_default = callee.positional - callee.defaults.size();
    while (arguments.size() < callee.positional) {
      arguments.push_back(c64(callee.defaults[arguments.size() - first_default]));
    }
    check_depth();
    return allocate_instance(callee, callee.plain_init, arguments);
  }
  V object = allocate_instance(callee, PlainInit(), arguments);
  if (!callee.has_init) return object;
  arguments[0] = object;
  V result = direct_call(callee, arguments);
  Block* plain = new_block("constructed");
  Block* odd = new_block("odd");
  branch(b_.CreateICmpEQ(result, c64(Value::none().bits())), plain, odd, true);
  b_.SetInsertPoint(odd);
  // Raised, or returned something: raises now.
  helper(Helper::init_result, {mutator_, result});
  raise_now(false);
  b_.SetInsertPoint(plain);
  return object;
}

void Emitter::emit_call(const Insn& i) {
  bool needs_guard = false;
  const Callee* callee = decide_callee(snapshot_, pc_, at(i.b), &needs_guard);
  if (decide_range_loop(snapshot_, pc_, callee, state_)) return emit_range_loop(i);
  const CallMode mode = decide_call(callee, i.c);
  V result = nullptr;
  if (mode != CallMode::generic && needs_guard) identity_guard(i.b, callee->bits);
  if (emit_intrinsic(i, callee, mode, i.b + 1u, i.c)) return;
  switch (mode) {
    case CallMode::direct: {
      guard_defaults(*callee, i.c);
      std::vector<V> arguments;
      for (std::uint32_t s = 1; s <= i.c; ++s) arguments.push_back(boxed(i.b + s));
      effect();
      store_pc();
      result = direct_call(*callee, arguments);
      break;
    }
    case CallMode::native:
      effect();
      store_pc();
      result = native_call(*callee, i.b + 1u, i.c);
      break;
    case CallMode::instantiate:
      result = instantiate(*callee, i.b + 1u, i.c);
      forget_shapes(state_);
      set_boxed(i.a, result);
      note_made(at(i.a), *callee);
      return;
    default:
      sync_range(i.b, 1u + i.c);
      effect();
      store_pc();
      result = helper(Helper::call, {mutator_, frame_, insn_pointer()});
      break;
  }
  forget_shapes(state_);
  check(nonzero(result));
  set_boxed(i.a, result);
}

void Emitter::emit_call_method(const Insn& i) {
  const MethodCall call = decide_method_call(snapshot_, pc_, state_);
  const auto& [callee, first, count, mode] = call;
  V result = nullptr;
  if (emit_intrinsic(i, callee, mode, first, count)) return;
  switch (mode) {
    case CallMode::direct: {
      guard_defaults(*callee, count);
      std::vector<V> arguments;
      arguments.reserve(count);
      for (std::uint32_t s = 0; s < count; ++s) arguments.push_back(boxed(first + s));
      effect();
      store_pc();
      result = direct_call(*callee, arguments);
      break;
    }
    case CallMode::native:
      effect();
      store_pc();
      result = native_call(*callee, first, count);
      break;
    default:
      result = call_of_methods(i);
      break;
  }
  forget_shapes(state_);
  check(nonzero(result));
  set_boxed(i.a, result);
}

}  // namespace turnstile::codegen
