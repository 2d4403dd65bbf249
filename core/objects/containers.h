// Layouts of the builtin containers. Reads are lock-free, writes hold the object's lock (core/guard.h).
#pragma once

#include <cstddef>

#include "core/object.h"

namespace turnstile {

/// A tuple of a subclass (kHasDict) has one slot more, items[length()]: its attributes (Dict, or empty).
struct Tuple : Object {
  AtomicValue items[1];
  std::uint32_t length() const { return aux; }
  Value at(std::size_t i) const { return items[i].load_relaxed(); }  // immutable once published
};

/// `size` never exceeds the buffer's capacity at the moment it is stored under the lock; a lock-free reader loads size,
/// then buffer, checks its index against both, and takes the locked path where the slot is empty.
/// Shrinking clears slots; growing publishes a new buffer. The protocol: core/containers/list.h.
struct List : Object {
  std::atomic<std::uint64_t> size{0};
  std::atomic<ValueBuffer*> buffer{nullptr};
};

/// A list of a subclass (kHasDict). Lists proper have no such word: their cell is a third smaller without it.
struct ListWithAttributes : List {
  AtomicValue attributes;  // Dict, or empty
};

struct DictEntry {
  AtomicValue key;    // written once per table, before the index that leads to it is published
  AtomicValue value;  // empty: deleted
  std::atomic<std::uint64_t> hash;
};

/// Open-addressed indices over entries in insertion order, one allocation: entries first, then the int32 indices.
/// index: -1 free, -2 deleted, else entry number. Entries are never reused within one table, so a key never changes.
struct DictTable : Object {
  std::uint32_t index_mask = 0;  // size of the index array - 1, a power of two - 1
  std::uint32_t entry_capacity = 0;
  std::atomic<std::uint32_t> entries_used{0};  // live and deleted; release by writers, acquire by iterators
  std::uint32_t live_end = 0;                  // no live entry from here on; under the dict's lock
  DictEntry entries[1];
  std::atomic<std::int32_t>* indices() {
    return reinterpret_cast<std::atomic<std::int32_t>*>(entries + entry_capacity);
  }
};

struct Dict : Object {
  std::atomic<DictTable*> table{nullptr};  // never null once constructed
  std::atomic<std::uint64_t> live{0};
  /// Changes whenever a key is added or removed or the table is replaced (not when a value is replaced): what
  /// caches of "this name is absent" and of entry positions test. Starts at 1; unique per dict only.
  std::atomic<std::uint32_t> keys_version{1};
  std::uint32_t padding = 0;
  AtomicValue attributes;  // Dict, only in subclasses (kHasDict)
};

struct SetEntry {
  AtomicValue key;  // empty: free; deleted: SetTable::tombstone(), which may be used again
  std::atomic<std::uint64_t> hash;
};

struct SetTable : Object {
  std::uint32_t mask = 0;
  std::atomic<std::uint32_t> fill{0};  // live and tombstones; written under the set's lock
  SetEntry entries[1];
  static constexpr Value tombstone() { return Value::from_bits(0x10); }  // no value that programs can have
};

/// set and frozenset (by kind).
struct Set : Object {
  std::atomic<SetTable*> table{nullptr};
  std::atomic<std::uint64_t> live{0};
  std::atomic<std::uint64_t> cached_hash{0};  // frozenset; 0: not computed
  std::uint32_t finger = 0;                   // where pop() goes on looking; under the set's lock
  std::atomic<std::uint32_t> version{0};      // changes whenever an element is added or removed
  AtomicValue attributes;
};

enum class DictViewKind : std::uint8_t { keys, values, items };
/// `sub` is the DictViewKind.
struct DictView : Object {
  Dict* dict = nullptr;
};

struct Range : Object {
  Value start, stop, step, length;  // ints of any size
};

struct Slice : Object {
  Value start, stop, step;
};

}  // namespace turnstile
