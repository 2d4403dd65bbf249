// Objects that compiled code makes by itself: cells of the thread's spans. Where a span is empty a helper allocates.
#include <algorithm>

#include "allocator/size_classes.h"
#include "codegen/llvm/emitter.h"
#include "core/mutator.h"
#include "core/objects/containers.h"

namespace turnstile::codegen {

namespace {
constexpr std::uint16_t kMostItems = 8;
}  // namespace

// A cell of this thread's span without a call, to be written by the caller; `refill` is where the span is empty.
Emitter::V Emitter::bump_cell(std::size_t bytes, Block* refill) {
  const std::size_t size_class = allocator::size_class_of(bytes);
  const std::size_t span =
      offsetof(Mutator, cursors) + offsetof(allocator::AllocationCursors, spans) + size_class * sizeof(allocator::Span);
  V cursor = mutator_field(span + offsetof(allocator::Span, cur));
  V cell = b_.CreateLoad(ptr_, cursor);
  V end = b_.CreateLoad(ptr_, mutator_field(span + offsetof(allocator::Span, end)));
  Block* bump = new_block("bump");
  branch(b_.CreateICmpNE(cell, end), bump, refill, true);
  b_.SetInsertPoint(bump);
  b_.CreateStore(address(cell, allocator::kCellBytes[size_class]), cursor);
  return cell;
}

// What core/allocate_object.h writes. `belongs`: to this thread, where the policy's locks are biased.
void Emitter::write_header(V cell, const Shape* shape, Kind kind, std::uint32_t aux, bool belongs) {
  b_.CreateStore(pointer(shape), cell);
  // kind, lock, flags, sub, aux: the header's second word.
  static_assert(offsetof(Object, kind) == 8 && offsetof(Object, lock) == 9 && offsetof(Object, aux) == 12);
  V word = c64(static_cast<std::uint64_t>(kind) | std::uint64_t{aux} << 32);
  if (belongs && snapshot_.biases_objects) {
    V birth = load_plain(i8_, address(owner_, offsetof(object_lock::BiasOwner<>, birth)));
    word = b_.CreateOr(word, b_.CreateShl(b_.CreateZExt(birth, i64_), 8));
  }
  b_.CreateStore(word, address(cell, 8));
}

// Its attributes are those that `init` stores, values of `arguments`; none where __init__ is called.
Emitter::V Emitter::allocate_instance(const Callee& callee, const PlainInit& init, const std::vector<V>& arguments) {
  const std::uint32_t slots = std::max(1u, callee.inline_slots);
  const auto slot_address = [&](V instance, std::uint32_t slot) {
    return address(instance, Instance::slots_offset() + slot * sizeof(std::uint64_t));
  };
  std::vector<V> values(slots, c64(0));
  for (const InitStore& s : init.stores) {
    values[s.slot] = s.parameter != 0 ? arguments[s.parameter] : c64(s.constant);
  }
  Block* refill = new_block("refill");
  Block* done = new_block("allocated");
  V cell = bump_cell(Instance::slots_offset() + slots * sizeof(std::uint64_t), refill);
  write_header(cell, init.shape != nullptr ? init.shape : callee.root_shape, Kind::instance, slots, true);
  b_.CreateStore(c64(0), address(cell, offsetof(Instance, overflow)));
  for (std::uint32_t s = 0; s < slots; ++s) b_.CreateStore(values[s], slot_address(cell, s));
  V fast = b_.CreatePtrToInt(cell, i64_);
  Block* fast_end = b_.GetInsertBlock();
  b_.CreateBr(done);

  b_.SetInsertPoint(refill);
  V slow = helper(Helper::new_instance, {mutator_, pointer(callee.type), c32(slots)});
  check(nonzero(slow));
  if (init.shape != nullptr) {
    V instance = to_pointer(slow);
    for (const InitStore& s : init.stores) b_.CreateStore(values[s.slot], slot_address(instance, s.slot));
    b_.CreateStore(pointer(init.shape), instance);
  }
  Block* slow_end = b_.GetInsertBlock();
  b_.CreateBr(done);

  b_.SetInsertPoint(done);
  llvm::PHINode* object = b_.CreatePHI(i64_, 2);
  object->addIncoming(slow, slow_end);
  object->addIncoming(fast, fast_end);
  return object;
}

// `make` returns the object where the spans have room, else goes to its operand, where the helper that works on the
// frame does it.
void Emitter::build_inline(const Insn& i, SlotType type,
                           const std::function<V(const std::vector<V>& items, Block* refill)>& make) {
  Block* refill = new_block("refill");
  Block* done = new_block("built");
  std::vector<V> items;
  for (std::uint32_t s = i.b; s < i.b + std::uint32_t{i.c}; ++s) items.push_back(boxed(s));
  effect();
  V fast = b_.CreatePtrToInt(make(items, refill), i64_);
  b_.CreateBr(done);
  Block* fast_end = b_.GetInsertBlock();

  b_.SetInsertPoint(refill);
  for (std::size_t k = 0; k < items.size(); ++k) {
    b_.CreateStore(items[k], frame_slot(i.b + static_cast<std::uint32_t>(k)));
  }
  store_pc();
  V ok = call_address(helpers_.steps[static_cast<std::size_t>(i.op)],
                      llvm::FunctionType::get(i8_, {ptr_, ptr_, ptr_}, false), {mutator_, frame_, insn_pointer()});
  check(nonzero(b_.CreateAnd(ok, b_.getInt8(1))));
  V slow = b_.CreateLoad(i64_, frame_slot(i.a));
  Block* slow_end = b_.GetInsertBlock();
  b_.CreateBr(done);

  b_.SetInsertPoint(done);
  llvm::PHINode* built = b_.CreatePHI(i64_, 2);
  built->addIncoming(fast, fast_end);
  built->addIncoming(slow, slow_end);
  forget_shapes(state_);
  set_boxed(i.a, built, type);
}

void Emitter::emit_build_tuple(const Insn& i) {
  if (i.c == 0 || i.c > kMostItems) return emit_step(i);
  build_inline(i, SlotType::tuple, [&](const std::vector<V>& items, Block* refill) {
    V cell = bump_cell(offsetof(Tuple, items) + i.c * sizeof(Value), refill);
    write_header(cell, snapshot_.tuple_shape, Kind::tuple, i.c, false);
    for (std::size_t k = 0; k < items.size(); ++k) {
      b_.CreateStore(items[k], address(cell, offsetof(Tuple, items) + k * sizeof(Value)));
    }
    return cell;
  });
}

void Emitter::emit_build_list(const Insn& i) {
  if (i.c > kMostItems) return emit_step(i);
  build_inline(i, SlotType::list, [&](const std::vector<V>& items, Block* refill) {
    V list = bump_cell(sizeof(List), refill);
    const auto write_list = [&](V buffer) {
      write_header(list, snapshot_.list_shape, Kind::list, 0, true);
      b_.CreateStore(buffer == nullptr ? c64(0) : c64(items.size()), address(list, offsetof(List, size)));
      b_.CreateStore(buffer == nullptr ? llvm::ConstantPointerNull::get(ptr_) : buffer,
                     address(list, offsetof(List, buffer)));
    };
    if (items.empty()) {
      write_list(nullptr);
      return list;
    }
    // As make_list() makes it. A cell that was taken is an object, though nobody wants it.
    const std::size_t capacity = (items.size() + 1) & ~std::size_t{1};
    Block* abandon = new_block("abandon");
    V buffer = bump_cell(offsetof(ValueBuffer, items) + capacity * sizeof(Value), abandon);
    write_header(buffer, nullptr, Kind::value_buffer, static_cast<std::uint32_t>(capacity), false);
    for (std::size_t k = 0; k < capacity; ++k) {
      b_.CreateStore(k < items.size() ? items[k] : c64(0),
                     address(buffer, offsetof(ValueBuffer, items) + k * sizeof(Value)));
    }
    write_list(buffer);
    llvm::IRBuilder<>::InsertPointGuard keep(b_);
    b_.SetInsertPoint(abandon);
    write_list(nullptr);
    b_.CreateBr(refill);
    return list;
  });
}

}  // namespace turnstile::codegen
