// All that the allocator knows about objects. The runtime's object model is one type with these static functions.
#pragma once

#include <concepts>

#include "allocator/marker.h"

namespace turnstile::allocator {

/// `trace(object, marker)` calls marker.mark(child) for every reference; it runs with the world stopped, on several
/// threads at once for different objects, and only reads. `is_object` is false for a cell whose header is not
/// initialized yet (it is kept, not traced). `check` is the verifier's question: could this be an object at all?
/// Optional: `is_external(p)` is true for objects that live outside the heap (statics); the verifier accepts those.
/// Optional: `describe(p)` says what kind of object a cell holds or held, for the verifier's report.
template <class M>
concept ObjectModel = requires(void* object, const void* constant, Marker& marker) {
  { M::trace(object, marker) } -> std::same_as<void>;
  { M::is_object(constant) } -> std::convertible_to<bool>;
  { M::check(constant) } -> std::convertible_to<bool>;
};

/// A model for heaps with generations. `trace_owner` also traces what only that object owns and writes (its buffer);
/// `trace_part` traces at least the references within [low, high) of a large object; `has_parts`: and not all of them
/// each time. `is_written_freely` is true for an
/// object whose references change without the write barrier (remembered_set.h), `notes_construction` for one that needs
/// it even while it is being built, if it is large.
template <class M>
concept GenerationalModel = ObjectModel<M> && requires(void* object, const void* constant, Marker& marker) {
  { M::trace_owner(object, marker) } -> std::same_as<void>;
  { M::trace_part(object, constant, constant, marker) } -> std::same_as<void>;
  { M::has_parts(constant) } -> std::convertible_to<bool>;
  { M::is_written_freely(constant) } -> std::convertible_to<bool>;
  { M::notes_construction(constant) } -> std::convertible_to<bool>;
};

/// Whether `p` is one of the model's objects outside the heap.
template <ObjectModel M>
bool model_has_external(const void* p) {
  if constexpr (requires { M::is_external(p); }) {
    return M::is_external(p);
  } else {
    return false;
  }
}

/// What `p` is, as far as the model says.
template <ObjectModel M>
const char* model_describe(const void* p) {
  if constexpr (requires { M::describe(p); }) {
    return M::describe(p);
  } else {
    return "object";
  }
}

}  // namespace turnstile::allocator
