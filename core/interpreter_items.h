// Items of lists, and iteration over ranges and lists, without calls. Empty: take the general path.
#pragma once

#include "core/containers/iterators.h"
#include "core/containers/list.h"
#include "core/interpreter_support.h"
#include "core/objects/iterators.h"

namespace turnstile {

[[gnu::always_inline]] inline Value load_item_quick(Frame* frame, std::uint32_t pc, Value container, Value key) {
  if (!key.is_int() || !is_kind(container, Kind::list) || container.as_object()->has_flag(kHasDict)) return Value();
  record_feedback(frame, pc, kSawList);
  auto* list = container.as<List>();
  std::int64_t i = key.as_int();
  if (i < 0) i += static_cast<std::int64_t>(list->size.load(std::memory_order_acquire));
  return list_get_fast(list, i);
}

/// The iterator's next item; *exhausted: there is none.
[[gnu::always_inline]] inline Value next_cached(Frame* frame, std::uint32_t pc, Value it, bool* exhausted) {
  if (!is_kind(it, Kind::iterator)) return Value();
  auto* iterator = it.as<Iterator>();
  if (static_cast<IteratorKind>(iterator->sub) == IteratorKind::list) {
    record_feedback(frame, pc, kSawList);
    return list_iterator_next_fast(iterator);
  }
  if (static_cast<IteratorKind>(iterator->sub) != IteratorKind::range) return Value();
  record_feedback(frame, pc, kSawInt);
  const std::int64_t remaining = iterator->counters[2].load(std::memory_order_relaxed);
  *exhausted = remaining <= 0;
  if (*exhausted) return Value();
  const std::int64_t value = iterator->counters[0].load(std::memory_order_relaxed);
  const std::int64_t step = iterator->counters[1].load(std::memory_order_relaxed);
  iterator->counters[0].store(value + step, std::memory_order_relaxed);
  iterator->counters[2].store(remaining - 1, std::memory_order_relaxed);
  return Value::small_int(value);
}

}  // namespace turnstile
