// The allocation fast path: an ordinary struct that the interpreter, the builtins and generated code bump.
//
//   spans[class]:  cur ──► next free cell ... end      cur == end: take the slow path (Heap::allocate_slow)
//
// A span is a run of contiguous free cells of one block, so (end - cur) is always a multiple of the class's cell size.
// Whether a policy allows this path at all is not seen here: where it does not, the spans stay empty forever.
#pragma once

#include <cstddef>

#include "allocator/size_classes.h"

namespace turnstile::allocator {

struct Span {
  char* cur = nullptr;
  char* end = nullptr;
};

/// Owned by one thread; nobody else reads it while that thread may run managed code.
struct AllocationCursors {
  Span spans[kSizeClassCount];
};

/// Takes the next cell of a known class, or returns null when the span is empty.
inline void* try_allocate_class(AllocationCursors& cursors, std::size_t size_class) noexcept {
  Span& span = cursors.spans[size_class];
  char* const cell = span.cur;
  if (cell == span.end) [[unlikely]]
    return nullptr;
  span.cur = cell + kCellBytes[size_class];
  return cell;
}

/// `bytes` of uninitialized memory aligned to 16, or null: then call the heap's slow path. The object must be
/// initialized before the thread's next safepoint, because a collector traces every cell that was handed out.
inline void* try_allocate(AllocationCursors& cursors, std::size_t bytes) noexcept {
  if (bytes > kMaxSmallBytes) [[unlikely]]
    return nullptr;
  return try_allocate_class(cursors, size_class_of(bytes));
}

}  // namespace turnstile::allocator
