// Slices of lists, and filling lists and tuples from iterables.
#include <limits>

#include "core/containers/dict.h"
#include "core/containers/sequences.h"
#include "core/containers/slice.h"
#include "core/containers/support.h"

namespace turnstile {

Value list_get_slice(Mutator& m, List* list, const Slice* slice) {
  SliceBounds bounds;
  if (!unpack_slice(m, slice, &bounds)) return Value();
  const SliceRange r = adjust_slice(bounds, static_cast<std::int64_t>(list->size.load(std::memory_order_acquire)));
  if (r.step > 0) return value_or_empty(list_copy(m, list, r.start, r.start + (r.count - 1) * r.step + 1, r.step));
  // Backwards: a snapshot first, bounds by its own length.
  std::uint64_t count = 0;
  const ValueBuffer* items = list_snapshot(m, list, &count);
  if (items == nullptr) return Value();
  const SliceRange b = adjust_slice(bounds, static_cast<std::int64_t>(count));
  List* result = make_list(m, nullptr, 0);
  if (result == nullptr || b.count == 0) return value_or_empty(result);
  ValueBuffer* buffer = allocate_buffer(m, static_cast<std::uint32_t>(b.count));
  if (buffer == nullptr) return Value();
  for (std::int64_t i = 0; i < b.count; ++i) {
    buffer->items[i].store_relaxed(items->items[b.start + i * b.step].load_relaxed());
  }
  result->buffer.store(buffer, std::memory_order_relaxed);
  result->size.store(static_cast<std::uint64_t>(b.count), std::memory_order_relaxed);
  return Value::object(result);
}

namespace {

// del list[a:b:step] with a step other than 1: the survivors move down in one pass under the guard.
bool delete_extended(Mutator& m, List* list, const SliceBounds& bounds) {
  {
    ObjectGuard guard(m, list);
    const std::uint64_t size = list->size.load(std::memory_order_relaxed);
    SliceRange r = adjust_slice(bounds, static_cast<std::int64_t>(size));
    if (r.count == 0) return true;
    if (r.step < 0) {
      r.start += (r.count - 1) * r.step;
      r.step = -r.step;
    }
    AtomicValue* items = list->buffer.load(std::memory_order_relaxed)->items;
    auto to = static_cast<std::uint64_t>(r.start);
    std::int64_t next = r.start;
    std::int64_t left = r.count;
    for (auto from = static_cast<std::uint64_t>(r.start); from < size; ++from) {
      if (left > 0 && static_cast<std::int64_t>(from) == next) {
        next += r.step;
        --left;
        continue;
      }
      items[to++].store(items[from].load_relaxed());
    }
    for (std::uint64_t i = to; i < size; ++i) items[i].store(Value());
    list->size.store(to, std::memory_order_release);
  }
  list_shrink(m, list);
  return true;
}

}  // namespace

bool list_set_slice(Mutator& m, List* list, const Slice* slice, Value value) {
  SliceBounds bounds;
  if (!unpack_slice(m, slice, &bounds)) return false;
  std::uint64_t count = 0;
  const ValueBuffer* items = nullptr;
  if (!value.is_empty()) {
    if (!is_iterable(m, value)) {
      raise_type_error(m, bounds.step == 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
      return false;
    }
    List* source = is_exactly(value, Kind::list) ? value.as<List>() : list_from(m, value);
    if (source == nullptr || (items = list_snapshot(m, source, &count)) == nullptr) return false;
  }
  if (bounds.step == 1) {
    SliceRange r = adjust_slice(bounds, static_cast<std::int64_t>(list->size.load(std::memory_order_acquire)));
    return list_replace(m, list, r.start, r.stop, items, count);
  }
  if (value.is_empty()) return delete_extended(m, list, bounds);
  std::int64_t slots;
  {
    ObjectGuard guard(m, list);
    const SliceRange r = adjust_slice(bounds, static_cast<std::int64_t>(list->size.load(std::memory_order_relaxed)));
    slots = r.count;
    if (static_cast<std::uint64_t>(slots) == count) {
      if (slots == 0) return true;
      AtomicValue* target = list->buffer.load(std::memory_order_relaxed)->items;
      for (std::int64_t i = 0; i < slots; ++i) target[r.start + i * r.step].store(items->items[i].load_relaxed());
      return true;
    }
  }
  raise_value_error(m, "attempt to assign sequence of size " + std::to_string(count) + " to extended slice of size " +
                           std::to_string(slots));
  return false;
}

bool list_extend(Mutator& m, List* list, Value iterable) {
  constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
  if (is_kind(iterable, Kind::list) && type_of(m, iterable)->slots == m.runtime->types.list->slots &&
      !iterable.as_object()->has_flag(kHasDict)) {
    std::uint64_t count = 0;
    const ValueBuffer* items = list_snapshot(m, iterable.as<List>(), &count);
    return items != nullptr && (count == 0 || list_replace(m, list, kEnd, kEnd, items, count));
  }
  if (is_exactly(iterable, Kind::tuple)) {
    const auto* tuple = iterable.as<Tuple>();
    if (tuple->length() == 0) return true;
    // A tuple's slots are laid out as a buffer's.
    static_assert(sizeof(Tuple) == sizeof(ValueBuffer));
    return list_replace(m, list, kEnd, kEnd, reinterpret_cast<const ValueBuffer*>(tuple), tuple->length());
  }
  if (is_exactly(iterable, Kind::dict) || is_kind(iterable, Kind::dict_view)) {
    List* items = dict_contents(m, iterable);
    return items != nullptr && list_extend(m, list, Value::object(items));
  }
  return for_each(m, iterable, [&](Value item) { return list_append(m, list, item); });
}

List* list_from(Mutator& m, Value iterable) {
  if (is_exactly(iterable, Kind::list))
    return list_copy(m, iterable.as<List>(), 0, std::numeric_limits<std::int64_t>::max());
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr || !list_extend(m, list, iterable)) return nullptr;
  return list;
}

Tuple* tuple_from(Mutator& m, Value iterable) {
  if (is_exactly(iterable, Kind::tuple)) return iterable.as<Tuple>();
  List* list = is_exactly(iterable, Kind::list) ? iterable.as<List>() : list_from(m, iterable);
  if (list == nullptr) return nullptr;
  std::uint64_t count = 0;
  const ValueBuffer* items = list_snapshot(m, list, &count);
  return items == nullptr ? nullptr : tuple_from_buffer(m, items, count);
}

}  // namespace turnstile
