// Globals, cells and attributes through compiled-in inline caches.
#include "codegen/llvm/emitter.h"
#include "core/frame.h"
#include "core/objects/containers.h"
#include "core/objects/function.h"

namespace turnstile::codegen {

namespace {
const void* constant_address(std::uint64_t bits) { return reinterpret_cast<const void*>(bits); }
}  // namespace

void Emitter::emit_load_global(const Insn& i) {
  const CacheInfo* c = decide_load_global(snapshot_, pc_);
  if (c == nullptr) {
    effect();
    store_pc();
    V v = helper(Helper::load_global, {mutator_, frame_, insn_pointer()});
    check(nonzero(v));
    set_boxed(i.a, v);
    return;
  }
  V globals = load_plain(ptr_, address(frame_, offsetof(Frame, globals)));
  if (c->kind == CacheKind::table_entry) {
    V table = load_acquire(ptr_, address(globals, offsetof(Dict, table)));
    guard(b_.CreateICmpEQ(table, pointer(constant_address(c->ref0))));
  } else {
    guard(b_.CreateICmpEQ(globals, pointer(constant_address(c->ref0))));
    V version = load_acquire(i32_, address(globals, offsetof(Dict, keys_version)));
    guard(b_.CreateICmpEQ(version, c32(c->word0)));
    V builtins = load_plain(ptr_, address(frame_, offsetof(Frame, builtins)));
    V table = load_acquire(ptr_, address(builtins, offsetof(Dict, table)));
    guard(b_.CreateICmpEQ(table, pointer(constant_address(c->ref1))));
  }
  V v = load_acquire(i64_, pointer(constant_address(c->value_address)));
  if (is_worth_identity(snapshot_, c->value)) {
    guard(b_.CreateICmpEQ(v, c64(c->value)));
    set_boxed(i.a, c64(c->value), SlotType::any, c->value);
  } else {
    set_loaded(i.a, v, expected_result(snapshot_, pc_));
  }
}

void Emitter::emit_load_cell(const Insn& i) {
  V v = load_acquire(i64_, address(to_pointer(boxed(i.b)), offsetof(Cell, value)));
  Block* bad = new_block("unbound");
  Block* ok = new_block("bound");
  branch(nonzero(v), ok, bad, true);
  b_.SetInsertPoint(bad);
  store_pc();
  helper(Helper::unbound, {mutator_, frame_, insn_pointer(), c32(i.c != 0 ? 1 : 0)});
  raise_now(false);
  b_.SetInsertPoint(ok);
  const SlotType expected = expected_result(snapshot_, pc_);
  if (expected == SlotType::any) return set_boxed(i.a, v);
  set_loaded(i.a, v, expected);
}

Emitter::V Emitter::slot_is_inline(V object, const CacheInfo& cache) {
  if (snapshot_.slot_is_inline(cache.ref0, cache.word0)) return nullptr;
  return b_.CreateICmpUGT(load_plain(i32_, address(object, offsetof(Object, aux))), c32(cache.word0));
}

Emitter::V Emitter::inline_slot(V object, const CacheInfo& cache) {
  return address(object, Instance::slots_offset() + cache.word0 * sizeof(std::uint64_t));
}

// A helper may have waited: other threads may have given objects another shape meanwhile. What is done is done, so a
// surprise leaves behind this instruction.
void Emitter::recheck_shapes() {
  Block* out = nullptr;
  for (std::uint32_t s = 0; s < state_.size(); ++s) {
    if (at(s).shape == nullptr || at(s).type != SlotType::any) continue;
    if (out == nullptr) out = exit_at(pc_ + 1, false);
    Block* same = new_block("same");
    V shape = load_acquire(ptr_, to_pointer(boxed(s)));
    branch(b_.CreateICmpEQ(shape, pointer(at(s).shape)), same, out, true);
    b_.SetInsertPoint(same);
  }
}

void Emitter::emit_load_attr(const Insn& i) {
  const CacheInfo* c = decide_load_attr(snapshot_, pc_, at(i.b).type);
  if (c == nullptr) {
    V self = boxed(i.b);
    effect();
    V v = attribute_of_shapes(self);
    forget_shapes(state_);
    set_boxed(i.a, v);
    return;
  }
  switch (c->kind) {
    case CacheKind::slot: {
      guard_shape(i.b, *c);
      V self = boxed(i.b);
      V object = to_pointer(self);
      V is_near = slot_is_inline(object, *c);
      const SlotType expected = expected_result(snapshot_, pc_);
      if (is_near == nullptr) return set_loaded(i.a, load_acquire(i64_, inline_slot(object, *c)), expected);
      Block* near = new_block("near");
      Block* far = new_block("far");
      Block* done = new_block("attribute");
      branch(is_near, near, far, true);
      b_.SetInsertPoint(far);
      V far_value = helper(Helper::slot_value, {self, c32(c->word0)});
      b_.CreateBr(done);
      b_.SetInsertPoint(near);
      V near_value = load_acquire(i64_, inline_slot(object, *c));
      b_.CreateBr(done);
      b_.SetInsertPoint(done);
      llvm::PHINode* v = b_.CreatePHI(i64_, 2);
      v->addIncoming(near_value, near);
      v->addIncoming(far_value, far);
      return set_loaded(i.a, v, expected);  // empty: deleted meanwhile
    }
    case CacheKind::class_value: {
      guard_shape(i.b, *c);
      set_constant(i.a, constant_slot(snapshot_, c->ref1));
      return;
    }
    case CacheKind::type_value: {
      identity_guard(i.b, c->ref0);
      V version = load_acquire(i64_, pointer(constant_address(c->ref0 + offsetof(Type, version))));
      guard(b_.CreateICmpEQ(version, c64(c->word1)));
      set_constant(i.a, constant_slot(snapshot_, c->ref1));
      return;
    }
    default: {
      V v = module_value(i.b, *c);
      if (is_worth_identity(snapshot_, c->value)) {
        guard(b_.CreateICmpEQ(v, c64(c->value)));
        set_boxed(i.a, c64(c->value), SlotType::any, c->value);
      } else {
        set_loaded(i.a, v, expected_result(snapshot_, pc_));
      }
    }
  }
}

// Its dict's table is what it was.
Emitter::V Emitter::module_value(std::uint32_t slot, const CacheInfo& cache) {
  V self = boxed(slot);
  guard(is_object(self));
  V object = to_pointer(self);
  V kind = load_plain(i8_, address(object, offsetof(Object, kind)));
  guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<std::uint8_t>(Kind::module))));
  V dict = load_plain(ptr_, address(object, offsetof(Module, dict)));
  V table = load_acquire(ptr_, address(dict, offsetof(Dict, table)));
  guard(b_.CreateICmpEQ(table, pointer(constant_address(cache.ref0))));
  return load_acquire(i64_, pointer(constant_address(cache.value_address)));
}

// The callee and its receiver, unbound: no object is made for the pair.
void Emitter::emit_load_method(const Insn& i) {
  const CacheInfo* c = decide_load_method(snapshot_, pc_, at(i.b).type);
  if (c == nullptr) {
    V self = boxed(i.b);
    effect();
    method_of_shapes(i, self);
    forget_shapes(state_);
    return;
  }
  if (c->kind == CacheKind::table_entry) {
    guard(b_.CreateICmpEQ(module_value(i.b, *c), c64(c->value)));
    set_boxed(i.a + 1u, c64(0), SlotType::absent);
    at(i.a + 1u) = absent_slot();
    set_boxed(i.a, c64(c->value), SlotType::any, c->value);
    return;
  }
  guard_shape(i.b, *c);
  move_slot(i.a + 1u, i.b);
  at(i.a + 1u).dirty = true;
  set_boxed(i.a, c64(c->ref1), SlotType::any, c->ref1);
}

void Emitter::emit_store_attr(const Insn& i) {
  const CacheInfo* c = decide_store_attr(snapshot_, pc_, at(i.a).type);
  if (c == nullptr) {
    V self = boxed(i.a);
    V value = boxed(i.b);
    effect();
    store_pc();
    V ok = helper(Helper::store_attr, {mutator_, frame_, insn_pointer(), self, value});
    forget_shapes(state_);
    check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
    return;
  }
  V value = boxed(i.b);
  guard_shape(i.a, *c);
  V self = boxed(i.a);
  V object = to_pointer(self);
  const bool adds = c->kind == CacheKind::add_slot;
  const auto* after = reinterpret_cast<const Shape*>(adds ? c->ref1 : c->ref0);
  // No object, of which the collector need not know; an int may be boxed as one.
  const bool plain = at(i.b).type == SlotType::real || at(i.b).type == SlotType::boolean;
  V is_near = slot_is_inline(object, *c);
  if (adds && snapshot_.slot_is_inline(c->ref1, c->word0)) {
    guard(is_near);  // from here on known of the shape
    is_near = nullptr;
  }
  if (adds) forget_shapes(state_);
  set_shape(at(i.a), after, c->word1);
  effect();
  if (is_near == nullptr && !(adds && snapshot_.guards_objects)) {
    V place = inline_slot(object, *c);
    store_release(value, place);
    if (adds) store_release(pointer(after), object);
    if (!plain) note_store(place);
    return;
  }
  Block* near = new_block("near");
  Block* far = new_block("far");
  Block* done = new_block("stored");
  branch(is_near == nullptr ? b_.getTrue() : is_near, near, far, true);
  b_.SetInsertPoint(near);
  // The value, then the shape that shows it. An existing inline slot never moves: no lock. The owner of the object has
  // owned it since its shape was read: it was not taken over since, and what this thread takes over is read again.
  if (adds) {
    in_section(object, far, [&] {
      if (held_ == Held::by_byte) {
        check_in_section(b_.CreateICmpEQ(load_plain(ptr_, object), pointer(constant_address(c->ref0))), far);
      }
      V place = inline_slot(object, *c);
      store_release(value, place);
      store_release(pointer(after), object);
      if (!plain) note_store(place);
      leave_section();
      b_.CreateBr(done);
    });
  } else {
    V place = inline_slot(object, *c);
    store_release(value, place);
    if (!plain) note_store(place);
    b_.CreateBr(done);
  }
  b_.SetInsertPoint(far);
  store_pc();
  V ok = helper(Helper::store_attr, {mutator_, frame_, insn_pointer(), self, value});
  check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
  recheck_shapes();
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
}

}  // namespace turnstile::codegen
