// Value buffers and tuples: the memory that the other containers are made of.
#include <algorithm>
#include <cstring>

#include "core/containers/sequences.h"
#include "core/containers/support.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

Shape* internal_shape(Mutator& m) {
  const Type* internal = m.runtime->types.internal;
  return internal == nullptr ? nullptr : internal->root_shape;
}

// Slots as plain memory: nobody else has seen the object yet.
void clear_slots(AtomicValue* slots, std::size_t count) {
  std::memset(static_cast<void*>(slots), 0, count * sizeof(Value));
}

}  // namespace

ValueBuffer* allocate_buffer(Mutator& m, std::uint32_t capacity) {
  const std::size_t slots = capacity == 0 ? 1 : capacity;
  auto* buffer = new_object<ValueBuffer>(m, internal_shape(m), Kind::value_buffer,
                                         sizeof(ValueBuffer) + (slots - 1) * sizeof(Value));
  if (buffer == nullptr) return nullptr;
  // Without a capacity the collector looks at no slot, so that large ones are cleared away from the world.
  fill_away(m, slots * sizeof(Value), [&] { clear_slots(buffer->items, slots); });
  buffer->aux = capacity;
  return buffer;
}

Tuple* allocate_tuple_of(Mutator& m, Type* cls, std::uint32_t length) {
  Shape* shape = cls == nullptr ? nullptr : cls->root_shape;  // null: the class tuple does not exist yet
  const bool attributes = cls != nullptr && cls->has_type_flag(kHeapType);
  const std::size_t slots = std::max<std::size_t>(1, length + std::size_t{attributes});
  auto* tuple = new_object<Tuple>(m, shape, Kind::tuple, sizeof(Tuple) + (slots - 1) * sizeof(Value));
  if (tuple == nullptr) return nullptr;
  fill_away(m, slots * sizeof(Value), [&] { clear_slots(tuple->items, slots); });
  if (attributes) tuple->flags.store(kHasDict, std::memory_order_relaxed);
  tuple->aux = length;
  return tuple;
}

Tuple* allocate_tuple(Mutator& m, std::uint32_t length) {
  if (length == 0 && m.runtime->empty_tuple != nullptr) return m.runtime->empty_tuple;
  return allocate_tuple_of(m, m.runtime->types.tuple, length);
}

Value make_tuple(Mutator& m, std::initializer_list<Value> items) {
  Tuple* tuple = allocate_tuple(m, static_cast<std::uint32_t>(items.size()));
  if (tuple == nullptr) return Value();
  std::size_t i = 0;
  for (Value v : items) tuple->items[i++].store_relaxed(v);
  return Value::object(tuple);
}

}  // namespace turnstile
