// Classes, shapes and instances.
//
// A shape is immutable: the class and the names of the attributes with their slot numbers. Adding an attribute follows
// or creates a transition to a child shape, published by compare-and-swap. A slot number is never given to another
// name: a deleted attribute leaves a hole. The first Instance::aux slots live in the instance, the rest in one overflow
// buffer. A writer stores the value, then publishes the shape; a reader that sees the shape sees the value.
//
// Who may store without the instance's lock: replacing the value of an *inline* slot. Inline slots never move, so such
// a store is never lost. The overflow buffer is replaced by a longer copy when it is full; so that no store falls into
// the old copy, every store to an overflow slot holds the lock, as adding and deleting attributes do. Reads take no
// lock anywhere. Going over to dict mode moves the inline slots too: it happens with the world stopped.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/call_args.h"
#include "core/object.h"
#include "core/objects/containers.h"
#include "core/objects/text.h"

namespace turnstile {

struct Mutator;

enum class BinaryOp : std::uint8_t {
  add,
  sub,
  mul,
  true_div,
  floor_div,
  mod,
  pow,
  lshift,
  rshift,
  bit_and,
  bit_or,
  bit_xor,
  mat_mul
};
enum class UnaryOp : std::uint8_t { neg, pos, invert };
enum class CompareOp : std::uint8_t { lt, le, eq, ne, gt, ge };

/// What the builtin base of a class does, in C++. A null entry: not supported, or the generic behaviour (attributes).
/// All may run managed code, raise (empty Value / false / -1 with Mutator::exception set), and collect.
struct TypeSlots {
  Value (*repr)(Mutator&, Value self) = nullptr;
  Value (*str)(Mutator&, Value self) = nullptr;                              // null: repr
  bool (*hash)(Mutator&, Value self, std::int64_t* out) = nullptr;           // null: unhashable
  Value (*compare)(Mutator&, CompareOp, Value left, Value right) = nullptr;  // left is self; NotImplemented allowed
  /// Self is `left`, or `right` when `reflected`. NotImplemented allowed.
  Value (*binary)(Mutator&, BinaryOp, Value left, Value right, bool reflected) = nullptr;
  Value (*inplace)(Mutator&, BinaryOp, Value left, Value right) = nullptr;  // NotImplemented: use binary
  Value (*unary)(Mutator&, UnaryOp, Value) = nullptr;
  int (*truth)(Mutator&, Value) = nullptr;            // 0, 1, -1 raised; null: length, else true
  std::int64_t (*length)(Mutator&, Value) = nullptr;  // -1 raised
  Value (*get_item)(Mutator&, Value self, Value key) = nullptr;
  bool (*set_item)(Mutator&, Value self, Value key, Value value) = nullptr;  // empty value: delete
  int (*contains)(Mutator&, Value self, Value item) = nullptr;               // 0, 1, -1 raised; null: iterate
  Value (*iter)(Mutator&, Value) = nullptr;
  Value (*next)(Mutator&, Value) = nullptr;  // empty and nothing raised: exhausted
  Value (*call)(Mutator&, Value callee, const CallArgs&) = nullptr;
  Value (*get_attr)(Mutator&, Value self, Str* name) = nullptr;              // null: generic_get_attr
  bool (*set_attr)(Mutator&, Value self, Str* name, Value value) = nullptr;  // empty value: delete; null: generic
  /// Descriptor protocol; `instance` empty: looked up on the class.
  Value (*descriptor_get)(Mutator&, Value descriptor, Value instance, Type* owner) = nullptr;
  bool (*descriptor_set)(Mutator&, Value descriptor, Value instance, Value value) = nullptr;  // data descriptor if set
  Value (*new_object)(Mutator&, Type* cls, const CallArgs&) = nullptr;  // __new__: args without cls
  bool (*init)(Mutator&, Value self, const CallArgs&) = nullptr;  // __init__: args without self; null: accept none
};

enum TypeFlags : std::uint32_t {
  kHeapType = 1,          // made by a class statement (or type())
  kBaseType = 2,          // may be subclassed
  kOverridesGetAttr = 4,  // some class in the MRO defines __getattr__ or __getattribute__
  kOverridesSetAttr = 8,  // ... __setattr__ or __delattr__
  kOverridesEq = 16,      // ... __eq__ or __hash__ (heap types only)
  kOverridesNew = 32,     // a heap type in the MRO defines __new__
  kIsException = 64,
  kValueType = 128,  // int, float, str, bytes: their objects have no room for attributes. An instance of a heap
                     // subclass is an Instance that holds the plain value (core/types/boxed.cpp)
};

struct Type : Object {
  Str* name = nullptr;      // __name__
  Str* qualname = nullptr;  // __qualname__
  Tuple* bases = nullptr;
  Tuple* mro = nullptr;              // Type, this first
  Dict* dict = nullptr;              // written under this type's object lock, followed by type_modified()
  const TypeSlots* slots = nullptr;  // of the nearest builtin base
  Kind instance_kind = Kind::instance;
  std::uint8_t inline_slots = 0;  // of new instances: predicted from those made so far
  std::atomic<std::uint32_t> type_flags{0};
  /// Never the same for two states of any class of one runtime: caches test it. Changes whenever the dict of this
  /// class or of a base changes. Release by type_modified(), acquire by cache lookups.
  std::atomic<std::uint64_t> version{0};
  Shape* root_shape = nullptr;  // of new instances
  /// Null until there is one. Release under this type's object lock by add_subclass(), acquire by its readers.
  std::atomic<List*> subclasses{nullptr};
  std::atomic<std::uint32_t> predicted_slots{4};
  AtomicValue module_name;                  // str
  std::atomic<Shape*> dict_shape{nullptr};  // of instances in dict mode; made when first needed
  TypeSlots own_slots;                      // builtin classes: what `slots` points to, inherited entries filled in
  bool has_type_flag(TypeFlags f) const { return (type_flags.load(std::memory_order_relaxed) & f) != 0; }
};

/// In slot order: slot i belongs to names[i]; a deleted attribute has an empty name. `aux` is the number of slots.
/// Where there are more than kLinearNames, 2^sub 16-bit hash indices (slot + 1, 0: free) follow the names.
struct ShapeTable : Object {
  static constexpr std::uint32_t kLinearNames = 8;
  AtomicValue names[1];
  std::uint16_t* indices() { return reinterpret_cast<std::uint16_t*>(names + aux); }
  const std::uint16_t* indices() const { return reinterpret_cast<const std::uint16_t*>(names + aux); }
};

/// Kind::shape. Number of slots, holes included, in `aux`. `sub` is 1 where the step from the parent deletes `added`.
struct Shape : Object {
  Type* cls = nullptr;
  Shape* parent = nullptr;
  Str* added = nullptr;                       // name of the last slot; null in a root shape
  std::atomic<ShapeTable*> table{nullptr};    // slot -> name, all slots
  std::atomic<Object*> transitions{nullptr};  // ValueBuffer of child Shapes, replaced by compare-and-swap
  bool dict_mode = false;                     // attributes live in the Dict at Instance::overflow
  std::uint32_t slot_count() const { return aux; }
};

/// `aux` is the number of inline slots that this instance really has. `sub` is 1 where slots[aux] holds the plain value
/// of an instance of a subclass of int, float, str or bytes; it is set before the instance is published.
struct Instance : Object {
  std::atomic<Object*> overflow{nullptr};  // ValueBuffer of slots >= aux; a Dict in dict mode
  AtomicValue slots[1];
  static constexpr std::size_t slots_offset() { return sizeof(Object) + sizeof(void*); }
};

inline constexpr std::uint32_t kNoSlot = ~std::uint32_t{0};

/// Slot of an interned name, kNoSlot when the shape lacks it.
std::uint32_t find_slot(const Shape* shape, const Str* name);

/// Where slot `i` of an instance lives; the slot exists (the caller saw a shape that has it).
inline AtomicValue* instance_slot(Instance* self, std::uint32_t i) {
  if (i < self->aux) return &self->slots[i];
  auto* buffer = static_cast<ValueBuffer*>(self->overflow.load(std::memory_order_acquire));
  return &buffer->items[i - self->aux];
}

}  // namespace turnstile
