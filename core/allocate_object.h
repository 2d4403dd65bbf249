// How managed objects come into being: a cell of the heap with its header and fields initialized, so that a collection
// at the very next allocation can trace it.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "core/mutator.h"
#include "core/object.h"
#include "core/objects/type.h"
#include "core/runtime_core.h"

namespace turnstile {

/// What programs mutate item by item: where the policy's object locks are biased, to the thread that makes it.
template <class T>
inline constexpr bool kBelongsToThread =
    std::is_base_of_v<List, T> || std::is_same_v<T, Dict> || std::is_same_v<T, Set> || std::is_same_v<T, Instance>;

/// A new object of `bytes` bytes (sizeof(T) or more), its declared fields at their defaults. What lies behind sizeof(T)
/// is uninitialized: the caller fills it before it allocates again. `shape` is null for memory that programs never see.
/// Null with MemoryError raised. May collect (before the object exists, not after).
template <class T>
T* new_object(Mutator& m, Shape* shape, Kind kind, std::size_t bytes = sizeof(T)) {
  static_assert(std::is_base_of_v<Object, T>);
  void* cell = allocate(m, bytes);
  if (cell == nullptr) [[unlikely]]
    return nullptr;
  T* object = ::new (cell) T();
  object->shape_word.store(shape, std::memory_order_relaxed);
  object->kind = kind;
  if constexpr (kBelongsToThread<T>) {
    if (m.biases_objects) object->lock.store(m.bias->birth.load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  return object;
}

/// The same for an instance of `cls`, which is the builtin class of that layout or a subclass of it made by a class
/// statement. The latter carries attributes (kHasDict): its `attributes` field starts empty and is filled on demand.
template <class T>
T* new_object(Mutator& m, Type* cls, Kind kind, std::size_t bytes = sizeof(T)) {
  T* object = new_object<T>(m, cls->root_shape, kind, bytes);
  if (object != nullptr && cls->has_type_flag(kHeapType)) [[unlikely]] {
    object->flags.store(kHasDict, std::memory_order_relaxed);
  }
  return object;
}

}  // namespace turnstile
