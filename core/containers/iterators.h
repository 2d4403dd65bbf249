// Making the builtin iterators.
#pragma once

#include "core/containers/list.h"
#include "core/mutator.h"
#include "core/objects/iterators.h"
#include "core/value.h"

namespace turnstile {

/// An Iterator of that kind; what a, b, c and the counters hold: core/objects/iterators.h. Empty with MemoryError.
Value make_iterator(Mutator& m, IteratorKind kind, Value a, Value b = Value(), std::int64_t c0 = 0, std::int64_t c1 = 0,
                    std::int64_t c2 = 0);

/// Iterator over the ints start, start + step, ... (length of them), ints of any size.
Value make_range_iterator(Mutator& m, Value start, Value step, Value length);

/// Iterator over a str: python3 names the class by whether the str is ASCII.
Value make_str_iterator(Mutator& m, Value str);

/// next() of a list iterator without calls; empty: take iter_next (the end, or a writer was seen half way).
inline Value list_iterator_next_fast(Iterator* it) {
  const Value list = it->a.load();
  if (list.is_empty()) return list;
  const std::int64_t i = it->counters[0].load(std::memory_order_relaxed);
  const Value v = list_get_fast(list.as<List>(), i);
  if (!v.is_empty()) it->counters[0].store(i + 1, std::memory_order_relaxed);
  return v;
}

/// next() of the class reversed where a sequence is walked by index.
Value next_reversed_item(Mutator& m, Value self);

}  // namespace turnstile
