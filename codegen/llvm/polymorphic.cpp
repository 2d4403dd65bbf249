// Attributes and methods where objects of a few shapes come by: their shapes are tried one after the other, the general
// helper does the rest. No guard, so nothing leaves for the interpreter when yet another shape comes.
#include <algorithm>

#include "codegen/llvm/emitter.h"
#include "core/object.h"

namespace turnstile::codegen {

void Emitter::branch_on_shape(V shape, const CacheInfo& cache, Block* other) {
  Block* same = new_block("same_shape");
  V is_shape = b_.CreateICmpEQ(shape, pointer(reinterpret_cast<const void*>(cache.ref0)));
  b_.CreateCondBr(is_shape, same, other);
  b_.SetInsertPoint(same);
}

Emitter::V Emitter::attribute_of_shapes(V self) {
  const std::vector<const CacheInfo*> shapes = decide_shapes(snapshot_, pc_, CacheKind::slot);
  Block* slow = new_block("slow");
  Block* done = new_block("attribute");
  std::vector<std::pair<V, Block*>> values;
  if (!shapes.empty()) {
    Block* is_there = new_block("object");
    branch(is_object(self), is_there, slow, true);
    b_.SetInsertPoint(is_there);
    V object = to_pointer(self);
    V shape = load_acquire(ptr_, object);
    V slots = load_plain(i32_, address(object, offsetof(Object, aux)));
    for (const CacheInfo* c : shapes) {
      Block* other = c == shapes.back() ? slow : new_block("other_shape");
      branch_on_shape(shape, *c, other);
      V version = load_acquire(i64_, pointer(reinterpret_cast<const void*>(c->version_address)));
      V holds = b_.CreateAnd(b_.CreateICmpEQ(version, c64(c->word1)), b_.CreateICmpUGT(slots, c32(c->word0)));
      Block* near = new_block("near");
      branch(holds, near, slow, true);
      b_.SetInsertPoint(near);
      V v = load_acquire(i64_, inline_slot(object, *c));
      values.emplace_back(v, near);
      branch(nonzero(v), done, slow, true);
      b_.SetInsertPoint(other);
    }
  } else {
    b_.CreateBr(slow);
  }
  b_.SetInsertPoint(slow);
  store_pc();
  V looked_up = helper(Helper::load_attr, {mutator_, frame_, insn_pointer(), self});
  check(nonzero(looked_up));
  values.emplace_back(looked_up, b_.GetInsertBlock());
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  llvm::PHINode* v = b_.CreatePHI(i64_, static_cast<unsigned>(values.size()));
  for (const auto& [value, from] : values) v->addIncoming(value, from);
  return v;
}

void Emitter::method_of_shapes(const Insn& i, V self) {
  const std::vector<const CacheInfo*> shapes = decide_shapes(snapshot_, pc_, CacheKind::method);
  Block* slow = new_block("slow");
  Block* done = new_block("method");
  std::vector<std::pair<const CacheInfo*, Block*>> hits;
  if (!shapes.empty()) {
    Block* is_there = new_block("object");
    branch(is_object(self), is_there, slow, true);
    b_.SetInsertPoint(is_there);
    V object = to_pointer(self);
    V shape = load_acquire(ptr_, object);
    // As in tier 0: an object that carries attributes in a dict may hide the method.
    V flags = load_plain(i8_, address(object, offsetof(Object, flags)));
    V is_plain = b_.CreateICmpEQ(b_.CreateAnd(flags, b_.getInt8(kHasDict)), b_.getInt8(0));
    Block* plain = new_block("plain");
    branch(is_plain, plain, slow, true);
    b_.SetInsertPoint(plain);
    for (const CacheInfo* c : shapes) {
      Block* other = c == shapes.back() ? slow : new_block("other_shape");
      branch_on_shape(shape, *c, other);
      V version = load_acquire(i64_, pointer(reinterpret_cast<const void*>(c->version_address)));
      hits.emplace_back(c, b_.GetInsertBlock());
      branch(b_.CreateICmpEQ(version, c64(c->word1)), done, slow, true);
      b_.SetInsertPoint(other);
    }
  } else {
    b_.CreateBr(slow);
  }
  b_.SetInsertPoint(slow);
  store_pc();
  V ok = helper(Helper::load_method, {mutator_, frame_, insn_pointer(), self});
  check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
  V found = b_.CreateLoad(i64_, frame_slot(i.a));
  V found_self = b_.CreateLoad(i64_, frame_slot(i.a + 1u));
  Block* slow_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  const auto entries = static_cast<unsigned>(hits.size() + 1);
  llvm::PHINode* callee = b_.CreatePHI(i64_, entries);
  llvm::PHINode* receiver = b_.CreatePHI(i64_, entries);
  for (const auto& [c, from] : hits) {
    callee->addIncoming(c64(c->ref1), from);
    receiver->addIncoming(self, from);
  }
  callee->addIncoming(found, slow_end);
  receiver->addIncoming(found_self, slow_end);
  set_boxed(i.a + 1u, receiver);
  at(i.a + 1u).maybe_empty = true;
  set_boxed(i.a, callee);
}

// Functions that the shapes have are entered directly, where no defaults are needed.
Emitter::V Emitter::call_of_methods(const Insn& i) {
  std::vector<const Callee*> callees;
  if (at(i.b).constant == 0) {
    for (const CacheInfo* c : decide_shapes(snapshot_, load_of_method(snapshot_, pc_), CacheKind::method)) {
      const Callee* callee = snapshot_.callee(c->ref1);
      if (decide_call(callee, i.c + 1u) != CallMode::direct || callee->positional != i.c + 1u) continue;
      if (std::find(callees.begin(), callees.end(), callee) == callees.end()) callees.push_back(callee);
    }
  }
  std::vector<V> arguments;
  if (!callees.empty()) {
    for (std::uint32_t s = 0; s <= i.c; ++s) arguments.push_back(boxed(i.b + 1u + s));
  }
  effect();
  store_pc();
  Block* done = new_block("called");
  std::vector<std::pair<V, Block*>> results;
  if (!callees.empty()) {
    V function = boxed(i.b);
    Block* slow = new_block("any_callee");
    Block* with_receiver = new_block("receiver");
    branch(nonzero(arguments[0]), with_receiver, slow, true);
    b_.SetInsertPoint(with_receiver);
    for (const Callee* callee : callees) {
      Block* same = new_block("same_callee");
      Block* other = callee == callees.back() ? slow : new_block("other_callee");
      b_.CreateCondBr(b_.CreateICmpEQ(function, c64(callee->bits)), same, other);
      b_.SetInsertPoint(same);
      V result = direct_call(*callee, arguments);
      results.emplace_back(result, b_.GetInsertBlock());
      b_.CreateBr(done);
      b_.SetInsertPoint(other);
    }
  }
  const State kept = state_;
  sync_range(i.b, 2u + i.c);
  V result = helper(Helper::call_method, {mutator_, frame_, insn_pointer()});
  if (callees.empty()) {
    done->eraseFromParent();
    return result;
  }
  state_ = kept;
  results.emplace_back(result, b_.GetInsertBlock());
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  llvm::PHINode* v = b_.CreatePHI(i64_, static_cast<unsigned>(results.size()));
  for (const auto& [value, from] : results) v->addIncoming(value, from);
  return v;
}

}  // namespace turnstile::codegen
