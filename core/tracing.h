// Which references an object holds: the collector's view of every layout.
#pragma once

#include "allocator/marker.h"
#include "core/object.h"

namespace turnstile {

/// Marks every object that `object` refers to. World stopped; runs on several threads for different objects at once.
void trace_object(Object* object, allocator::Marker& marker);

/// The object model of allocator::Heap (allocator/object_model.h).
struct ObjectModel {
  static void trace(void* object, allocator::Marker& marker) { trace_object(static_cast<Object*>(object), marker); }
  /// False for a cell that is allocated but has no header yet: its memory is zero, or what a dead object left.
  static bool is_object(const void* cell) { return check(cell); }
  static bool check(const void* cell) {
    const auto kind = static_cast<const Object*>(cell)->kind;
    return kind != Kind::none && kind < Kind::kind_count;
  }

  static const char* describe(const void* cell);

  // For heaps with generations (core/write_barrier.h).
  static void trace_owner(void* object, allocator::Marker& marker);
  static void trace_part(void* object, const void* low, const void* high, allocator::Marker& marker);
  static bool has_parts(const void* object);
  static bool is_written_freely(const void* object);
  static bool notes_construction(const void* object) {
    const auto kind = static_cast<const Object*>(object)->kind;
    return kind == Kind::value_buffer || kind == Kind::dict_table || kind == Kind::set_table;
  }
};

}  // namespace turnstile
