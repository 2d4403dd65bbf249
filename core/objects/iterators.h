// Builtin iterators share one layout; the sub-kind (Object::sub) selects next().
#pragma once

#include "core/object.h"
#include "core/objects/containers.h"

namespace turnstile {

struct Code;

enum class IteratorKind : std::uint8_t {
  range,      // counters: next, step, remaining (inline ints only)
  big_range,  // a, b, c: next, step, remaining as ints of any size
  list,       // a: list, counter 0: index
  list_reversed,
  tuple,
  str,
  bytes,
  dict_keys,  // a: dict, b: table at creation; counter 0: position, 1: size at creation
  dict_values,
  dict_items,
  dict_keys_reversed,
  dict_values_reversed,
  dict_items_reversed,
  set,       // a: set, b: table; counter 0: position, 1: size at creation
  sequence,  // a: object with __getitem__, counter 0: index
  sequence_reversed,
  callable,   // a: callable, b: sentinel
  enumerate,  // a: iterator, b: next number (int of any size)
  zip,        // a: tuple of iterators, counter 0: strict
  map,        // a: function, b: tuple of iterators
  filter,     // a: function or None, b: iterator
  count
};

/// `a`, `b`, `c` by sub-kind; a is empty once exhausted. Counters are relaxed atomics: threads that share an iterator
/// may see an item twice, but never crash.
struct Iterator : Object {
  AtomicValue a, b, c;
  std::atomic<std::int64_t> counters[3];
};

struct RangeIterator : Iterator {
  std::int64_t next() const { return counters[0].load(std::memory_order_relaxed); }
  std::int64_t step() const { return counters[1].load(std::memory_order_relaxed); }
  std::int64_t remaining() const { return counters[2].load(std::memory_order_relaxed); }
};

/// A property of a program (sub 0), a builtin class's computed attribute (kGetSet: a data descriptor even where it
/// cannot be set), or a default that an attribute of the instance overrides (kDefault).
struct Property : Object {
  static constexpr std::uint8_t kGetSet = 1, kDefault = 2;
  AtomicValue get, set, del, doc;
  AtomicValue name;  // str or empty
};

/// static_method, class_method.
struct MethodWrapper : Object {
  AtomicValue function;
};

struct SuperObject : Object {
  Type* this_class = nullptr;
  Value self;
  Type* self_class = nullptr;
};

/// A C++ payload behind a Python object. `destroy` runs when it is found dead.
struct NativeObject : Object {
  void* payload = nullptr;
  void (*destroy)(void*) = nullptr;
  AtomicValue refs[2];     // values that the payload keeps alive
  AtomicValue attributes;  // Dict or empty
};

struct FrameObject : Object {
  Code* code = nullptr;
  std::uint32_t line = 0;
  Dict* globals = nullptr;
  Value back;
};

}  // namespace turnstile
