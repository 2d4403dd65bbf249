// What the fields of a CacheEntry mean, and how entries are looked up and replaced.
//
// An entry is immutable. It is published by a release store into its CacheSlot and read by an acquire load, so two
// threads that miss at once publish two right entries and one wins. An entry is valid while its tests hold; nothing is
// ever invalidated in place.
#pragma once

#include "core/guard.h"
#include "core/mutator.h"
#include "core/objects/function.h"
#include "core/objects/type.h"
#include "core/write_barrier.h"

namespace turnstile {

/// CacheEntry::sub.
enum class CacheKind : std::uint8_t {
  none,
  /// load_global found in globals; module attribute. refs[0]: the DictTable, words[0]: entry number. Valid while the
  /// dict's table is refs[0] and the entry's value is not empty (entries never change their key).
  table_entry,
  /// load_global found in builtins. refs[0]: globals Dict, words[0]: its keys_version; refs[1]: builtins' DictTable,
  /// words[1]: entry number. Valid while globals are refs[0] at that keys_version, and as table_entry for builtins.
  builtin_entry,
  /// Instance attribute in a slot. refs[0]: Shape, words[0]: slot, words[1]: version of its class.
  slot,
  /// Class attribute of an instance that binds nothing. refs[0]: Shape, refs[1]: value, words[1]: class version.
  class_value,
  /// Class attribute that is a Function or NativeFunction: binds the receiver. As class_value.
  method,
  /// Property read. refs[0]: Shape, refs[1]: the getter, words[1]: class version.
  property,
  /// Attribute of a class object that binds nothing. refs[0]: the Type, refs[1]: value, words[1]: its version.
  type_value,
  /// store_attr that adds: refs[0]: Shape before, refs[1]: Shape after, words[0]: slot, words[1]: class version.
  add_slot,
  /// Callee of a call: refs[0]: Function, NativeFunction or Type last called here. A hint for the code generator.
  callee,
};

inline constexpr std::uint32_t kMaxCacheMisses = 32;

/// Replaces the slot's entry unless it has missed too often. May collect.
void publish_cache(Mutator& m, CacheSlot& slot, CacheKind kind, Value r0, Value r1, std::uint64_t w0, std::uint64_t w1);

/// The value that a table entry caches, or empty when the entry does not hold any more.
[[gnu::always_inline]] inline Value cached_table_value(const Dict* dict, const CacheEntry* e) {
  auto* table = dict->table.load(std::memory_order_acquire);
  if (table != e->refs[0].load_relaxed().as<DictTable>()) return Value();
  return table->entries[e->words[0]].value.load();
}

inline Value cached_builtin_value(const Dict* globals, const Dict* builtins, const CacheEntry* e) {
  if (e->refs[0].load_relaxed().as<Dict>() != globals) return Value();
  if (globals->keys_version.load(std::memory_order_acquire) != e->words[0]) return Value();
  auto* table = builtins->table.load(std::memory_order_acquire);
  if (table != e->refs[1].load_relaxed().as<DictTable>()) return Value();
  return table->entries[e->words[1]].value.load();
}

inline CacheKind cache_kind(const CacheEntry* e) { return static_cast<CacheKind>(e->sub); }

/// The entry's shape test: the shape of the receiver and the version of its class are what they were.
[[gnu::always_inline]] inline bool cache_shape_matches(const CacheEntry* e, const Shape* shape) {
  return e->refs[0].load_relaxed().as<Shape>() == shape &&
         shape->cls->version.load(std::memory_order_acquire) == e->words[1];
}

/// A store that adds an attribute to an instance with room for it, as the add_slot entry says; false: its shape is
/// another one by now. May wait for the guard.
inline bool add_slot_cached(Mutator& m, Instance* self, const CacheEntry* e, Value value) {
  ObjectGuard guard(m, self, NotesStores{});
  if (Value::object(self->shape()) != e->refs[0].load_relaxed()) return false;
  self->slots[e->words[0]].store(value);
  note_store(m, &self->slots[e->words[0]]);
  self->set_shape(e->refs[1].load_relaxed().as<Shape>());
  return true;
}

// Slow paths of the cached instructions: do the operation and leave a cache entry behind. May run managed code.
Value load_global_slow(Mutator& m, Frame* frame, const Insn& insn);
Value load_attr_slow(Mutator& m, Frame* frame, const Insn& insn, Value self);
bool store_attr_slow(Mutator& m, Frame* frame, const Insn& insn, Value self, Value value);
/// Method lookup for load_method: *self_first says whether the callee takes the receiver as its first argument.
Value load_method_slow(Mutator& m, Frame* frame, const Insn& insn, Value self, bool* self_first);

}  // namespace turnstile
