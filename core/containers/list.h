// The list protocol: what the interpreter, the native methods and compiled code do to a List's memory.
//
//   List { size, buffer ──► ValueBuffer { aux = capacity, items[capacity] } }
//
//   Readers (no lock)          size (acquire), then buffer (acquire); index < size, index < capacity; items[index]
//                              (acquire). An empty slot means that a writer was seen half way: take the guard and look
//                              again, or report "out of range" if the index is beyond the size now.
//   Writers (ObjectGuard)      store to a slot: release store into the current buffer. Never without the guard: a
//                              concurrent growth might have copied the slot already, and the store would be lost.
//                              append: items[size], then size + 1 (release).
//                              pop:    items[size - 1] = empty, then size - 1 (release).
//                              grow:   copy to a new buffer, buffer (release), then size. The old buffer keeps its
//                              items: a reader that still has it reads what was true when it loaded `buffer`.
//
// Invariants: size > 0 implies a buffer; the buffer once set is never null again; slots below size are never empty and
// slots from size on are empty, as seen under the guard; size <= capacity under the guard. A new empty list has no
// buffer. Nothing is allocated while a guard is held: where memory is needed, it is allocated first and the state is
// checked again under the guard. Policies without object locks let no other thread run between two safepoints, and
// there is no safepoint in a guarded section, so the same code is right there.
#pragma once

#include "core/guard.h"
#include "core/objects/containers.h"

namespace turnstile {

/// Item `index` without a lock; empty when out of range or when a writer was seen half way (then ask get_item).
/// Negative indices are out of range.
inline Value list_get_fast(const List* list, std::int64_t index) {
  const std::uint64_t size = list->size.load(std::memory_order_acquire);
  if (static_cast<std::uint64_t>(index) >= size) [[unlikely]]
    return Value();
  const ValueBuffer* buffer = list->buffer.load(std::memory_order_acquire);
  if (static_cast<std::uint64_t>(index) >= buffer->capacity()) [[unlikely]]
    return Value();
  return buffer->items[index].load();
}

/// Replaces item `index`; false when out of range. The caller holds the list's guard.
inline bool list_store_locked(Mutator& m, List* list, std::int64_t index, Value value) {
  if (static_cast<std::uint64_t>(index) >= list->size.load(std::memory_order_relaxed)) return false;
  AtomicValue& slot = list->buffer.load(std::memory_order_relaxed)->items[index];
  slot.store(value);
  note_store(m, &slot);
  return true;
}

/// Appends where the buffer has room; false: it is full (or there is none). The caller holds the list's guard.
inline bool list_append_locked(Mutator& m, List* list, Value value) {
  const std::uint64_t size = list->size.load(std::memory_order_relaxed);
  ValueBuffer* buffer = list->buffer.load(std::memory_order_relaxed);
  if (buffer == nullptr || size >= buffer->capacity()) [[unlikely]]
    return false;
  buffer->items[size].store(value);
  note_store(m, &buffer->items[size]);
  list->size.store(size + 1, std::memory_order_release);
  return true;
}

/// Removes and returns the last item; empty when there is none. The caller holds the list's guard.
inline Value list_pop_locked(List* list) {
  const std::uint64_t size = list->size.load(std::memory_order_relaxed);
  if (size == 0) [[unlikely]]
    return Value();
  AtomicValue& slot = list->buffer.load(std::memory_order_relaxed)->items[size - 1];
  const Value value = slot.load_relaxed();
  slot.store(Value());
  list->size.store(size - 1, std::memory_order_release);
  return value;
}

/// A store to an existing index, with the guard; false when out of range. Negative indices count from the end.
inline bool list_store_fast(Mutator& m, List* list, std::int64_t index, Value value) {
  ObjectGuard guard(m, list, NotesStores{});
  if (index < 0) index += static_cast<std::int64_t>(list->size.load(std::memory_order_relaxed));
  return list_store_locked(m, list, index, value);
}

/// append() where the buffer has room; false: call list_append.
inline bool list_append_fast(Mutator& m, List* list, Value value) {
  ObjectGuard guard(m, list, NotesStores{});
  return list_append_locked(m, list, value);
}

/// pop() of the last item; empty: the list is empty.
inline Value list_pop_fast(Mutator& m, List* list) {
  ObjectGuard guard(m, list, NotesStores{});
  return list_pop_locked(list);
}

/// Item `index` for C++ loops that other threads may disturb: like list_get_fast, but empty only when the index is out
/// of range now. May wait for the guard.
inline Value list_get_checked(Mutator& m, List* list, std::int64_t index) {
  Value v = list_get_fast(list, index);
  if (!v.is_empty()) [[likely]]
    return v;
  if (static_cast<std::uint64_t>(index) >= list->size.load(std::memory_order_acquire)) return Value();
  ObjectGuard guard(m, list, NotesStores{});
  if (static_cast<std::uint64_t>(index) >= list->size.load(std::memory_order_relaxed)) return Value();
  return list->buffer.load(std::memory_order_relaxed)->items[index].load();
}

/// Makes the list hold exactly what it does, in a buffer of at least `capacity` slots. May collect; not under a guard.
bool list_reserve(Mutator& m, List* list, std::uint64_t capacity);
/// Items [begin, begin + count * step) at one moment, as a new list (bounds are clamped to the size at that moment).
List* list_copy(Mutator& m, List* list, std::int64_t begin, std::int64_t end, std::int64_t step = 1);
/// All items at one moment in a private buffer; *count of them. Null with MemoryError.
ValueBuffer* list_snapshot(Mutator& m, List* list, std::uint64_t* count);

}  // namespace turnstile
