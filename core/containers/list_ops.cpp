// Operations that change a list or copy it, by the protocol of core/containers/list.h.
#include <algorithm>
#include <cstring>
#include <limits>

#include "core/containers/sequences.h"
#include "core/containers/support.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

constexpr std::uint64_t kMaxCapacity = std::uint64_t{1} << 31;

// Half as much again: buffers are copied, not extended in place, so a smaller factor costs more garbage than it saves.
std::uint64_t grown_capacity(std::uint64_t needed) { return (needed + needed / 2 + 3) & ~std::uint64_t{1}; }

// The target is private and the source is private or under the guard, which every writer holds: whoever reads beside
// this only reads, so plain memory accesses do.
void copy_items(AtomicValue* to, const AtomicValue* from, std::uint64_t count) {
  std::memcpy(static_cast<void*>(to), static_cast<const void*>(from), count * sizeof(Value));
}

// Moves items within the current buffer, under the guard. Each slot changes once, by a release store, so a lock-free
// reader sees the old or the new item of its index.
void move_items(const Mutator& m, AtomicValue* items, std::uint64_t to, std::uint64_t from, std::uint64_t count) {
  if (!m.guards_objects) {  // no other thread runs beside this one, or none shares the list
    std::memmove(static_cast<void*>(items + to), static_cast<const void*>(items + from), count * sizeof(Value));
  } else if (to < from) {
    for (std::uint64_t i = 0; i < count; ++i) items[to + i].store(items[from + i].load_relaxed());
  } else {
    for (std::uint64_t i = count; i-- > 0;) items[to + i].store(items[from + i].load_relaxed());
  }
}

std::uint64_t size_of(const List* list) { return list->size.load(std::memory_order_relaxed); }
ValueBuffer* buffer_of(const List* list) { return list->buffer.load(std::memory_order_relaxed); }

// A private buffer looks empty until its capacity is published again.
std::uint32_t hide(ValueBuffer* buffer) {
  const std::uint32_t capacity = buffer->capacity();
  buffer->aux = 0;
  return capacity;
}

std::uint64_t capacity_of(const List* list) {
  const ValueBuffer* b = list->buffer.load(std::memory_order_acquire);
  return b == nullptr ? 0 : b->capacity();
}

ValueBuffer* buffer_for(Mutator& m, std::uint64_t capacity) {
  if (capacity > kMaxCapacity) {
    raise_memory_error(m);
    return nullptr;
  }
  return allocate_buffer(m, static_cast<std::uint32_t>(capacity));
}

}  // namespace

bool list_reserve(Mutator& m, List* list, std::uint64_t capacity) {
  while (capacity_of(list) < capacity) {
    ValueBuffer* bigger = buffer_for(m, capacity);
    if (bigger == nullptr) return false;
    std::optional<ObjectGuard> guard(std::in_place, m, list);
    const std::uint64_t size = size_of(list);
    if (capacity_of(list) >= capacity || size > bigger->capacity()) continue;  // another thread was faster
    const std::uint32_t room = hide(bigger);
    guarded_work_away(m, guard, size * sizeof(Value), [&] {
      if (size != 0) copy_items(bigger->items, buffer_of(list)->items, size);
      publish_capacity(bigger, room);
      list->buffer.store(bigger, std::memory_order_release);
    });
  }
  return true;
}

bool list_append(Mutator& m, List* list, Value item) {
  while (!list_append_fast(m, list, item)) {
    const std::uint64_t size = list->size.load(std::memory_order_relaxed);
    if (!list_reserve(m, list, size < 4 ? 4 : grown_capacity(size + 1))) return false;
  }
  return true;
}

Value list_get(const List* list, std::int64_t index) { return list_get_fast(list, index); }

void list_shrink(Mutator& m, List* list) {
  const std::uint64_t capacity = capacity_of(list);
  const std::uint64_t size = list->size.load(std::memory_order_relaxed);
  if (capacity < 64 || size >= capacity / 4) return;
  ValueBuffer* smaller = allocate_buffer(m, static_cast<std::uint32_t>(capacity / 2));
  if (smaller == nullptr) {  // staying large is no error
    m.exception = Value();
    return;
  }
  ObjectGuard guard(m, list);
  if (size_of(list) > smaller->capacity() || capacity_of(list) != capacity) return;
  copy_items(smaller->items, buffer_of(list)->items, size_of(list));
  list->buffer.store(smaller, std::memory_order_release);
}

List* allocate_list(Mutator& m, Type* cls) {
  if (cls == nullptr) return new_object<List>(m, static_cast<Shape*>(nullptr), Kind::list);
  if (cls->has_type_flag(kHeapType)) [[unlikely]]
    return new_object<ListWithAttributes>(m, cls, Kind::list);
  return new_object<List>(m, cls, Kind::list);
}

List* make_list(Mutator& m, const Value* items, std::size_t count) {
  List* list = allocate_list(m, m.runtime->types.list);
  if (list == nullptr || count == 0) return list;
  ValueBuffer* buffer = buffer_for(m, (count + 1) & ~std::size_t{1});
  if (buffer == nullptr) return nullptr;
  for (std::size_t i = 0; i < count; ++i) buffer->items[i].store_relaxed(items[i]);
  list->buffer.store(buffer, std::memory_order_relaxed);
  list->size.store(count, std::memory_order_relaxed);
  return list;
}

List* list_copy(Mutator& m, List* list, std::int64_t begin, std::int64_t end, std::int64_t step) {
  List* copy = allocate_list(m, m.runtime->types.list);
  if (copy == nullptr) return nullptr;
  // A list that grows between the two looks at it is tried again with more slack.
  for (std::uint64_t slack = 0;; slack = slack * 2 + 8) {
    const auto count_at = [&](std::uint64_t size) -> std::uint64_t {
      const std::int64_t first = std::min<std::int64_t>(begin, static_cast<std::int64_t>(size));
      const std::int64_t last = std::min<std::int64_t>(end, static_cast<std::int64_t>(size));
      return first < last ? static_cast<std::uint64_t>((last - first - 1) / step + 1) : 0;
    };
    const std::uint64_t expected = count_at(list->size.load(std::memory_order_acquire));
    if (expected == 0 && slack == 0) return copy;
    ValueBuffer* buffer = buffer_for(m, (expected + slack + 1) & ~std::uint64_t{1});
    if (buffer == nullptr) return nullptr;
    std::optional<ObjectGuard> guard(std::in_place, m, list);
    const std::uint64_t count = count_at(size_of(list));
    if (count > buffer->capacity()) continue;
    const std::uint32_t room = hide(buffer);
    guarded_work_away(m, guard, count * sizeof(Value), [&] {
      const AtomicValue* from = count == 0 ? nullptr : buffer_of(list)->items + begin;
      if (count != 0 && step == 1) {
        copy_items(buffer->items, from, count);
      } else {
        for (std::uint64_t i = 0; i < count; ++i) {
          buffer->items[i].store_relaxed(from[i * static_cast<std::uint64_t>(step)].load_relaxed());
        }
      }
      publish_capacity(buffer, room);
    });
    copy->buffer.store(buffer, std::memory_order_relaxed);
    copy->size.store(count, std::memory_order_relaxed);
    return copy;
  }
}

ValueBuffer* list_snapshot(Mutator& m, List* list, std::uint64_t* count) {
  List* copy = list_copy(m, list, 0, std::numeric_limits<std::int64_t>::max());
  if (copy == nullptr) return nullptr;
  *count = size_of(copy);
  ValueBuffer* buffer = buffer_of(copy);
  return buffer != nullptr ? buffer : allocate_buffer(m, 0);
}

bool list_replace(Mutator& m, List* list, std::int64_t begin, std::int64_t end, const ValueBuffer* items,
                  std::uint64_t count) {
  // What the replacement does to a list of that many items: removes [first, last), leaves `after`.
  struct Plan {
    std::uint64_t first, last, after;
  };
  const auto plan_for = [&](std::uint64_t size) {
    Plan p;
    p.first = std::min<std::uint64_t>(static_cast<std::uint64_t>(begin), size);
    p.last = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(begin, end)), p.first, size);
    p.after = size - (p.last - p.first) + count;
    return p;
  };
  for (;;) {
    const std::uint64_t room = plan_for(list->size.load(std::memory_order_relaxed)).after;
    if (room > capacity_of(list) && !list_reserve(m, list, grown_capacity(room))) return false;
    {
      ObjectGuard guard(m, list);
      const std::uint64_t size = size_of(list);
      const auto [first, last, after] = plan_for(size);
      if (after > capacity_of(list)) continue;
      ValueBuffer* buffer = buffer_of(list);
      if (buffer == nullptr) return true;  // empty and stays empty
      move_items(m, buffer->items, first + count, last, size - last);
      for (std::uint64_t i = 0; i < count; ++i) buffer->items[first + i].store(items->items[i].load_relaxed());
      for (std::uint64_t i = after; i < size; ++i) buffer->items[i].store(Value());
      list->size.store(after, std::memory_order_release);
    }
    list_shrink(m, list);
    return true;
  }
}

Value list_remove_at(Mutator& m, List* list, std::int64_t index, Value expected) {
  Value removed;
  {
    ObjectGuard guard(m, list);
    const std::uint64_t size = size_of(list);
    if (static_cast<std::uint64_t>(index) >= size) return Value();
    AtomicValue* items = buffer_of(list)->items;
    removed = items[index].load_relaxed();
    if (!expected.is_empty() && removed != expected) return Value();
    const auto at = static_cast<std::uint64_t>(index);
    move_items(m, items, at, at + 1, size - at - 1);
    items[size - 1].store(Value());
    list->size.store(size - 1, std::memory_order_release);
  }
  list_shrink(m, list);
  return removed;
}

bool list_insert(Mutator& m, List* list, std::int64_t index, Value value) {
  for (;;) {
    {
      ObjectGuard guard(m, list);
      const std::uint64_t size = size_of(list);
      if (size < capacity_of(list)) {
        if (index < 0) index = std::max<std::int64_t>(0, index + static_cast<std::int64_t>(size));
        const std::uint64_t at = std::min<std::uint64_t>(static_cast<std::uint64_t>(index), size);
        AtomicValue* items = buffer_of(list)->items;
        move_items(m, items, at + 1, at, size - at);
        items[at].store(value);
        list->size.store(size + 1, std::memory_order_release);
        return true;
      }
    }
    const std::uint64_t size = list->size.load(std::memory_order_relaxed);
    if (!list_reserve(m, list, size < 4 ? 4 : grown_capacity(size + 1))) return false;
  }
}

bool list_clear(Mutator& m, List* list) {
  if (capacity_of(list) == 0) return true;
  ValueBuffer* empty = allocate_buffer(m, 0);
  if (empty == nullptr) return false;
  ObjectGuard guard(m, list);
  list->size.store(0, std::memory_order_release);
  list->buffer.store(empty, std::memory_order_release);
  return true;
}

bool list_reverse(Mutator& m, List* list) {
  ObjectGuard guard(m, list);
  const std::uint64_t size = size_of(list);
  if (size < 2) return true;
  AtomicValue* items = buffer_of(list)->items;
  for (std::uint64_t i = 0, k = size - 1; i < k; ++i, --k) {
    const Value left = items[i].load_relaxed();
    items[i].store(items[k].load_relaxed());
    items[k].store(left);
  }
  return true;
}

List* list_repeat(Mutator& m, List* list, std::int64_t count) {
  std::uint64_t size = 0;
  ValueBuffer* items = list_snapshot(m, list, &size);
  if (items == nullptr) return nullptr;
  List* result = allocate_list(m, m.runtime->types.list);
  if (result == nullptr || count <= 0 || size == 0) return result;
  if (static_cast<std::uint64_t>(count) > kMaxCapacity / size) {
    raise_memory_error(m);
    return nullptr;
  }
  const std::uint64_t total = size * static_cast<std::uint64_t>(count);
  ValueBuffer* buffer = buffer_for(m, (total + 1) & ~std::uint64_t{1});
  if (buffer == nullptr) return nullptr;
  // Both buffers are private, and the items are kept alive by the first.
  const std::uint32_t room = hide(buffer);
  work_away(m, total * sizeof(Value), [&] {
    if (size == 1) {
      const Value v = items->items[0].load_relaxed();
      for (std::uint64_t i = 0; i < total; ++i) buffer->items[i].store_relaxed(v);
    } else {
      for (std::uint64_t at = 0; at < total; at += size) copy_items(buffer->items + at, items->items, size);
    }
    publish_capacity(buffer, room);
  });
  result->buffer.store(buffer, std::memory_order_relaxed);
  result->size.store(total, std::memory_order_relaxed);
  return result;
}

bool list_repeat_in_place(Mutator& m, List* list, std::int64_t count) {
  if (count <= 0) return list_clear(m, list);
  List* repeated = list_repeat(m, list, count);
  if (repeated == nullptr) return false;
  ValueBuffer* buffer = buffer_of(repeated);
  if (buffer == nullptr) return true;
  ObjectGuard guard(m, list);
  list->buffer.store(buffer, std::memory_order_release);
  list->size.store(size_of(repeated), std::memory_order_release);
  return true;
}

Tuple* tuple_from_buffer(Mutator& m, const ValueBuffer* items, std::uint64_t count) {
  Tuple* tuple = allocate_tuple(m, static_cast<std::uint32_t>(count));
  if (tuple == nullptr || count == 0) return tuple;
  tuple->aux = 0;
  work_away(m, count * sizeof(Value), [&] { copy_items(tuple->items, items->items, count); });
  tuple->aux = static_cast<std::uint32_t>(count);
  return tuple;
}

}  // namespace turnstile
