// Short sections that hold an object's lock: the way in and out for its owner, compiled in; everybody else calls a
// helper. The protocol, and which line each order pairs with: policies/object_lock/bias.h. The lists':
// core/containers/list.h.
#include "codegen/llvm/emitter.h"
#include "core/mutator.h"
#include "core/objects/containers.h"
#include "policies/object_lock/parking_lot.h"

namespace turnstile::codegen {

using Owner = object_lock::BiasOwner<>;
using ParkingLot = object_lock::ParkingLot<>;

void Emitter::in_section(V object, Block* slow, const std::function<void()>& body) {
  held_object_ = object;
  if (!snapshot_.guards_objects) {
    held_ = Held::nothing;
    return body();
  }
  V lock = address(object, offsetof(Object, lock));
  V inside = address(owner_, offsetof(Owner, inside));
  // Of an object that others write to, the cache line is wanted once, to be written, not twice.
  b_.CreateIntrinsic(llvm::Intrinsic::prefetch, {ptr_}, {lock, c32(1), c32(3), c32(1)});
  store_release(lock, inside);
  // Platform::asym_light(), where it is a compiler fence (else nothing is biased, see OwnerBiased::attach).
  b_.CreateFence(llvm::AtomicOrdering::SequentiallyConsistent, llvm::SyncScope::SingleThread);
  // Relaxed, as in BiasOwner::enter(): the byte has this thread's mark by its own store alone.
  V byte = b_.CreateAnd(load_plain(i8_, lock), b_.getInt8(static_cast<std::uint8_t>(~Owner::kSecond)));
  V mark = load_plain(i8_, address(owner_, offsetof(Owner, mark)));
  Block* owned = new_block("owned");
  Block* other = new_block("not_owned");
  Block* taken = new_block("taken");
  branch(b_.CreateICmpEQ(byte, mark), owned, other, true);
  b_.SetInsertPoint(owned);
  held_ = Held::by_owner;
  body();
  b_.SetInsertPoint(other);
  store_release(llvm::ConstantPointerNull::get(ptr_), inside);
  // ParkingLot::try_lock(): an ordinary lock, free.
  V exchange = b_.CreateAtomicCmpXchg(lock, b_.getInt8(0), b_.getInt8(ParkingLot::kHeld), llvm::Align(1),
                                      llvm::AtomicOrdering::Acquire, llvm::AtomicOrdering::Monotonic);
  branch(b_.CreateExtractValue(exchange, 1), taken, slow, true);
  b_.SetInsertPoint(taken);
  held_ = Held::by_byte;
  body();
  held_ = Held::nothing;
}

void Emitter::leave_section() {
  if (held_ == Held::nothing) return;
  if (held_ == Held::by_owner) {
    return store_release(llvm::ConstantPointerNull::get(ptr_), address(owner_, offsetof(Owner, inside)));
  }
  // The quick half of ParkingLot::unlock(); somebody may have parked meanwhile.
  V lock = address(held_object_, offsetof(Object, lock));
  V exchange = b_.CreateAtomicCmpXchg(lock, b_.getInt8(ParkingLot::kHeld), b_.getInt8(0), llvm::Align(1),
                                      llvm::AtomicOrdering::Release, llvm::AtomicOrdering::Monotonic);
  Block* wake = new_block("wake");
  Block* left = new_block("left");
  branch(b_.CreateExtractValue(exchange, 1), left, wake, true);
  b_.SetInsertPoint(wake);
  helper(Helper::unlock_object, {mutator_, b_.CreatePtrToInt(held_object_, i64_)});
  b_.CreateBr(left);
  b_.SetInsertPoint(left);
}

void Emitter::check_in_section(V condition, Block* slow) {
  Block* ok = new_block("ok");
  Block* out = new_block("leave");
  branch(condition, ok, out, true);
  b_.SetInsertPoint(out);
  leave_section();
  b_.CreateBr(slow);
  b_.SetInsertPoint(ok);
}

// `is_private`: nobody else has seen the list.
void Emitter::emit_list_append(V list, V item, bool is_private) {
  Block* slow = new_block("slow");
  Block* done = new_block("appended");
  V object = to_pointer(list);
  const auto append = [&] {
    V size = load_plain(i64_, address(object, offsetof(List, size)));
    V buffer = load_plain(ptr_, address(object, offsetof(List, buffer)));
    check_in_section(b_.CreateIsNotNull(buffer), slow);
    V capacity = b_.CreateZExt(load_plain(i32_, address(buffer, offsetof(Object, aux))), i64_);
    check_in_section(b_.CreateICmpULT(size, capacity), slow);
    V place = b_.CreateInBoundsGEP(i64_, address(buffer, offsetof(ValueBuffer, items)), {size});
    store_release(item, place);
    note_store(place);
    store_release(b_.CreateAdd(size, c64(1)), address(object, offsetof(List, size)));
    leave_section();
    b_.CreateBr(done);
  };
  if (is_private) {
    append();
  } else if (snapshot_.compiles_sections()) {
    in_section(object, slow, append);
  } else {
    b_.CreateBr(slow);
  }
  b_.SetInsertPoint(slow);
  store_pc();
  V ok = helper(Helper::list_append, {mutator_, list, item});
  check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
}

Emitter::V Emitter::emit_list_pop(V list) {
  if (!snapshot_.compiles_sections()) {
    store_pc();
    V item = helper(Helper::list_pop, {mutator_, list});
    check(nonzero(item));
    return item;
  }
  Block* slow = new_block("slow");
  Block* shrink = new_block("shrink");
  Block* done = new_block("popped");
  V object = to_pointer(list);
  std::vector<std::pair<V, Block*>> quick;
  in_section(object, slow, [&] {
    V size_address = address(object, offsetof(List, size));
    V size = load_plain(i64_, size_address);
    check_in_section(nonzero(size), slow);
    V last = b_.CreateSub(size, c64(1));
    V buffer = load_plain(ptr_, address(object, offsetof(List, buffer)));
    V place = b_.CreateInBoundsGEP(i64_, address(buffer, offsetof(ValueBuffer, items)), {last});
    V item = load_plain(i64_, place);
    store_release(c64(0), place);
    store_release(last, size_address);
    leave_section();
    // As list_shrink() decides: it looks again.
    V capacity = b_.CreateZExt(load_plain(i32_, address(buffer, offsetof(Object, aux))), i64_);
    V is_long = b_.CreateOr(b_.CreateICmpULT(capacity, c64(64)), b_.CreateICmpUGE(last, b_.CreateLShr(capacity, 2)));
    quick.emplace_back(item, b_.GetInsertBlock());
    branch(is_long, done, shrink, true);
  });
  b_.SetInsertPoint(shrink);
  llvm::PHINode* kept = b_.CreatePHI(i64_, 2);
  for (const auto& [item, from] : quick) kept->addIncoming(item, from);
  store_pc();
  helper(Helper::list_shrink, {mutator_, list});
  b_.CreateBr(done);
  b_.SetInsertPoint(slow);
  store_pc();
  V slow_item = helper(Helper::list_pop, {mutator_, list});
  check(nonzero(slow_item));
  quick.emplace_back(slow_item, b_.GetInsertBlock());
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
  llvm::PHINode* popped = b_.CreatePHI(i64_, 4);
  for (const auto& [item, from] : quick) popped->addIncoming(item, from);
  popped->addIncoming(kept, shrink);
  return popped;
}

void Emitter::emit_list_store(V list, V key, V value) {
  Block* slow = new_block("slow");
  Block* done = new_block("stored");
  if (snapshot_.compiles_sections()) {
    V object = to_pointer(list);
    in_section(object, slow, [&] {
      V size = load_plain(i64_, address(object, offsetof(List, size)));
      V index = b_.CreateSelect(b_.CreateICmpSLT(key, c64(0)), b_.CreateAdd(key, size), key);
      check_in_section(b_.CreateICmpULT(index, size), slow);
      V buffer = load_plain(ptr_, address(object, offsetof(List, buffer)));
      V place = b_.CreateInBoundsGEP(i64_, address(buffer, offsetof(ValueBuffer, items)), {index});
      store_release(value, place);
      note_store(place);
      leave_section();
      b_.CreateBr(done);
    });
  } else {
    b_.CreateBr(slow);
  }
  b_.SetInsertPoint(slow);
  store_pc();
  V ok = helper(Helper::list_store, {mutator_, list, key, value});
  check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
  b_.CreateBr(done);
  b_.SetInsertPoint(done);
}

}  // namespace turnstile::codegen
