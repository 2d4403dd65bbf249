// What the collector knows about the runtime's objects.
#pragma once

#include "allocator/marker.h"
#include "core/object.h"

namespace turnstile {

/// Marks everything that an object refers to. World stopped; several threads trace different objects at once.
void trace_object(Object* object, allocator::Marker& marker);

/// The ObjectModel of Heap<P, ObjectModel>.
struct ObjectModel {
  static void trace(void* object, allocator::Marker& marker) { trace_object(static_cast<Object*>(object), marker); }
  static bool is_object(const void* object) { return static_cast<const Object*>(object)->kind != Kind::none; }
  static bool check(const void* object) { return static_cast<const Object*>(object)->kind < Kind::kind_count; }
};

}  // namespace turnstile
