// What tuple and list share, and what makes one from the other.
#pragma once

#include "core/containers/list.h"
#include "core/ops.h"

namespace turnstile {

/// A tuple of class `cls` (tuple or a subclass), slots empty.
Tuple* allocate_tuple_of(Mutator& m, Type* cls, std::uint32_t length);
/// An empty list of class `cls`.
List* allocate_list(Mutator& m, Type* cls);
/// Exact tuple of `count` values of a private buffer.
Tuple* tuple_from_buffer(Mutator& m, const ValueBuffer* items, std::uint64_t count);

/// Replaces the slots [begin, end) by `count` items of a buffer nobody writes to. Bounds are clamped to the list's size
/// at the moment of the change. May collect.
bool list_replace(Mutator& m, List* list, std::int64_t begin, std::int64_t end, const ValueBuffer* items,
                  std::uint64_t count);
/// Removes item `index` if it is `expected` (empty: whatever it is). Returns what was removed, or empty.
Value list_remove_at(Mutator& m, List* list, std::int64_t index, Value expected);
bool list_insert(Mutator& m, List* list, std::int64_t index, Value value);
bool list_clear(Mutator& m, List* list);
bool list_reverse(Mutator& m, List* list);
/// list * count, into a new list or in place.
List* list_repeat(Mutator& m, List* list, std::int64_t count);
bool list_repeat_in_place(Mutator& m, List* list, std::int64_t count);
/// Gives memory back when most of the buffer is unused.
void list_shrink(Mutator& m, List* list);

Value list_get_slice(Mutator& m, List* list, const Slice* slice);
bool list_set_slice(Mutator& m, List* list, const Slice* slice, Value value);  // empty: delete

/// Subscript as an index: false with TypeError "`what` indices must be integers or slices, not T".
bool subscript_index(Mutator& m, Value key, const char* what, std::int64_t* out);
/// The repetition count of `sequence * n`. 1: *out, 0: not a number (NotImplemented or TypeError by the caller), -1
/// raised.
int repeat_count(Mutator& m, Value v, std::int64_t* out);
/// NotImplemented when the other operand can do it in Python, else the TypeError of a failed concatenation or
/// repetition.
Value concat_failed(Mutator& m, const char* what, Value right);
Value repeat_failed(Mutator& m, Value other, bool reflected);

}  // namespace turnstile
