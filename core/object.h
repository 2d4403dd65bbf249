// The header of every managed object, and the kinds of objects that the runtime knows.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/value.h"

namespace turnstile {

struct Shape;
struct Type;

/// What a cell holds: selects its tracer and its layout. 0 is "not an object yet".
enum class Kind : std::uint8_t {
  none = 0,
  // Managed memory that programs never see.
  value_buffer,  // ValueBuffer: list items, overflow segments of instances
  dict_table,    // DictTable
  set_table,     // SetTable
  shape,         // Shape
  shape_table,   // ShapeTable: attribute names of a shape
  raw,           // bytes that hold no references
  cache_entry,   // CacheEntry
  // Objects.
  big_int,
  str,
  bytes,
  tuple,
  list,
  dict,
  dict_view,  // keys(), values(), items()
  set,
  frozenset,
  range,
  slice,
  cell,
  code,
  function,
  native_function,
  bound_method,
  instance,
  type,
  exception,
  traceback,
  frame_object,
  module,
  generator,
  iterator,  // every builtin iterator: Iterator with a sub-kind
  property,
  static_method,
  class_method,
  super_object,
  native_object,  // NativeObject: a C++ payload (locks, thread handles, random state, files)
  kind_count,
};

/// Bits of Object::flags.
enum ObjectFlags : std::uint8_t {
  kInterned = 1,  // str: the one instance of its text
  kHasDict = 2,   // not an instance, but carries attributes (subclass of a builtin, exception, function)
  kImmortal = 4,
};

/// 16 bytes in front of every managed object. `shape` names the class (Shape::cls) and, for instances, where the
/// attributes are. `lock` belongs to the policy's ObjectLock. `aux` is the kind's own: length of a tuple or str, slots
/// of an instance, capacity of a buffer.
struct Object {
  std::atomic<Shape*> shape_word{nullptr};
  Kind kind = Kind::none;
  std::atomic<std::uint8_t> lock{0};
  std::atomic<std::uint8_t> flags{0};
  std::uint8_t sub = 0;  // the kind's own: width of a str, sub-kind of an iterator
  std::uint32_t aux = 0;

  /// Pairs with the release store of set_shape: whoever sees the shape sees the slots it describes.
  Shape* shape() const { return shape_word.load(std::memory_order_acquire); }
  void set_shape(Shape* s) { shape_word.store(s, std::memory_order_release); }
  bool has_flag(ObjectFlags f) const { return (flags.load(std::memory_order_relaxed) & f) != 0; }
  void set_flag(ObjectFlags f) { flags.fetch_or(f, std::memory_order_relaxed); }
};
static_assert(sizeof(Object) == 16);

inline bool is_kind(Value v, Kind kind) { return v.is_object() && v.as_object()->kind == kind; }

/// An array of values that is an object of its own, so that a thread which holds only an interior pointer keeps it
/// alive. `aux` is the capacity; a free slot is empty.
struct ValueBuffer : Object {
  AtomicValue items[1];
  std::uint32_t capacity() const { return aux; }
};

}  // namespace turnstile
