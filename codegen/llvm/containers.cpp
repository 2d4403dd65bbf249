// Items of lists and tuples, iteration.
#include "core/objects/containers.h"
#include "codegen/llvm/emitter.h"
#include "codegen/llvm/strip_polls.h"
#include "core/objects/iterators.h"

namespace turnstile::codegen {

// Leaves to `slow` where the index is out of range or a writer was seen half way (core/containers/list.h).
Emitter::V Emitter::list_item(V list, V index, Block* slow) {
  V size = load_acquire(i64_, address(list, offsetof(List, size)));
  Block* in_size = new_block("in_size");
  branch(b_.CreateICmpULT(index, size), in_size, slow, true);
  b_.SetInsertPoint(in_size);
  V buffer = load_acquire(ptr_, address(list, offsetof(List, buffer)));
  V item_address = b_.CreateInBoundsGEP(i64_, address(buffer, offsetof(ValueBuffer, items)), {index});
  if (snapshot_.guards_objects) {
    V capacity = b_.CreateZExt(load_plain(i32_, address(buffer, offsetof(Object, aux))), i64_);
    Block* in_buffer = new_block("in_buffer");
    branch(b_.CreateICmpULT(index, capacity), in_buffer, slow, true);
    b_.SetInsertPoint(in_buffer);
  }
  V item = load_acquire(i64_, item_address);
  Block* full = new_block("full");
  branch(nonzero(item), full, slow, true);
  b_.SetInsertPoint(full);
  return item;
}

bool Emitter::emit_load_item(const Insn& i) {
  const ItemMode mode = decide_load_item(snapshot_, pc_, at(i.b).type, at(i.c).type);
  if (mode == ItemMode::trap) {
    exit_now(true);
    return false;
  }
  if (mode == ItemMode::generic) {
    V container = boxed(i.b);
    V key = boxed(i.c);
    effect();
    store_pc();
    V v = helper(Helper::get_item, {mutator_, container, key});
    forget_shapes(state_);
    check(nonzero(v));
    set_boxed(i.a, v);
    return true;
  }
  refine_object(i.b, mode == ItemMode::list ? SlotType::list : SlotType::tuple);
  refine_int(i.c);
  V container = boxed(i.b);
  V object = to_pointer(container);
  V key = raw_int(i.c);
  V index = key;
  V size = nullptr;
  if (mode == ItemMode::list) {
    size = load_acquire(i64_, address(object, offsetof(List, size)));
  } else {
    size = b_.CreateZExt(load_plain(i32_, address(object, offsetof(Object, aux))), i64_);
  }
  auto* known = llvm::dyn_cast<llvm::ConstantInt>(key);
  if (known == nullptr || known->isNegative()) {
    index = b_.CreateSelect(b_.CreateICmpSLT(key, c64(0)), b_.CreateAdd(key, size), key);
  }
  Block* slow = new_block("slow");
  Block* done = new_block("item");
  V item = nullptr;
  if (mode == ItemMode::list) {
    item = list_item(object, index, slow);
  } else {
    Block* in_tuple = new_block("in_tuple");
    branch(b_.CreateICmpULT(index, size), in_tuple, slow, true);
    b_.SetInsertPoint(in_tuple);
    item = load_plain(i64_, b_.CreateInBoundsGEP(i64_, address(object, offsetof(Tuple, items)), {index}));
  }
  Block* fast_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  b_.SetInsertPoint(slow);
  // The index was small when it came from a value; a raw one may not be.
  const State kept = state_;
  V boxed_key = boxed(i.c);
  store_pc();
  V slow_item = helper(Helper::get_item, {mutator_, container, boxed_key});
  check(nonzero(slow_item));
  state_ = kept;
  Block* slow_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  llvm::PHINode* phi = b_.CreatePHI(i64_, 2);
  phi->addIncoming(item, fast_end);
  phi->addIncoming(slow_item, slow_end);
  forget_shapes(state_);
  const SlotType expected = expected_result(snapshot_, pc_);
  if (expected == SlotType::any) {
    set_boxed(i.a, phi);
  } else {
    set_loaded(i.a, phi, expected);
  }
  return true;
}

bool Emitter::emit_store_item(const Insn& i) {
  const ItemMode mode = decide_store_item(snapshot_, pc_, at(i.a).type, at(i.b).type);
  if (mode == ItemMode::trap) {
    exit_now(true);
    return false;
  }
  if (mode == ItemMode::list) {
    refine_object(i.a, SlotType::list);
    refine_int(i.b);
  }
  V container = boxed(i.a);
  V value = boxed(i.c);
  effect();
  if (mode != ItemMode::list) {
    V key = boxed(i.b);
    store_pc();
    V ok = helper(Helper::set_item, {mutator_, container, key, value});
    forget_shapes(state_);
    check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
    return true;
  }
  emit_list_store(container, raw_int(i.b), value);
  forget_shapes(state_);
  return true;
}

bool Emitter::emit_for_iter(const Insn& i) {
  const IterMode mode = decide_for_iter(snapshot_, pc_, at(i.b).type);
  if (mode == IterMode::trap) {
    exit_now(true);
    return false;
  }
  Block* exhausted = new_block("exhausted");
  Block* next = new_block("next");
  const auto target = static_cast<std::uint32_t>(i.d);
  const auto counter = [&](V it, unsigned n) {
    return address(it, offsetof(Iterator, counters) + n * sizeof(std::int64_t));
  };
  if (mode == IterMode::range) {
    refine_object(i.b, SlotType::range_iterator);
    V it = to_pointer(boxed(i.b));
    V remaining = load_plain(i64_, counter(it, 2));
    mark_countdown(*llvm::cast<llvm::LoadInst>(remaining));
    branch(b_.CreateICmpSGT(remaining, c64(0)), next, exhausted, true);
    b_.SetInsertPoint(exhausted);
    jump_to(target);
    b_.SetInsertPoint(next);
    effect();
    V value = load_plain(i64_, counter(it, 0));
    V step = load_plain(i64_, counter(it, 1));
    store_plain(b_.CreateAdd(value, step), counter(it, 0));
    store_plain(b_.CreateSub(remaining, c64(1)), counter(it, 2));
    set_int(i.a, value);
    return true;
  }
  V item = nullptr;
  if (mode == IterMode::list) {
    refine_object(i.b, SlotType::list_iterator);
    V boxed_it = boxed(i.b);
    V it = to_pointer(boxed_it);
    Block* slow = new_block("slow");
    Block* live = new_block("live");
    Block* done = new_block("item");
    effect();
    V list = load_acquire(i64_, address(it, offsetof(Iterator, a)));
    branch(nonzero(list), live, slow, true);
    b_.SetInsertPoint(live);
    V index = load_plain(i64_, counter(it, 0));
    V fast_item = list_item(to_pointer(list), index, slow);
    store_plain(b_.CreateAdd(index, c64(1)), counter(it, 0));
    Block* fast_end = b_.GetInsertBlock();
    b_.CreateBr(done);
    b_.SetInsertPoint(slow);
    store_pc();
    V slow_item = helper(Helper::iter_next, {mutator_, boxed_it});
    b_.CreateBr(done);
    b_.SetInsertPoint(done);
    llvm::PHINode* phi = b_.CreatePHI(i64_, 2);
    phi->addIncoming(fast_item, fast_end);
    phi->addIncoming(slow_item, slow);
    item = phi;
  } else {
    V it = boxed(i.b);
    effect();
    store_pc();
    item = helper(Helper::iter_next, {mutator_, it});
  }
  forget_shapes(state_);
  Block* empty = new_block("empty");
  branch(nonzero(item), next, empty, true);
  b_.SetInsertPoint(empty);
  V exception = b_.CreateLoad(i64_, mutator_field(offsetof(Mutator, exception)));
  Block* raised = new_block("raised");
  b_.CreateCondBr(nonzero(exception), raised, exhausted);
  b_.SetInsertPoint(raised);
  raise_now(false);
  b_.SetInsertPoint(exhausted);
  jump_to(target);
  b_.SetInsertPoint(next);
  set_boxed(i.a, item);
  return true;
}

void Emitter::emit_contains(const Insn& i) {
  V item = boxed(i.b);
  V container = boxed(i.c);
  effect();
  store_pc();
  V found = helper(Helper::contains, {mutator_, container, item});
  forget_shapes(state_);
  check(b_.CreateICmpSGE(found, c32(0)));
  set_bool(i.a, b_.CreateICmpNE(found, c32(i.op == Op::contains_ ? 0 : 1)));
}

}  // namespace turnstile::codegen
