// The set protocol, and the operations on sets that core/ops.h does not declare.
//
//   Set { table, live } ──► SetTable { open addressed entries: key, hash }
//
// Probing, growth and the order of entries are CPython's (runs of ten neighbours, then a jump; an addition takes the
// last tombstone on its way), so that programs which print sets of ints print the same.
//
//   Readers (no lock)      table (acquire); probe; key (acquire), then hash. The hash may already belong to the key
//   that
//                          replaced the one seen: then that one was removed meanwhile, and "absent" is right.
//   Writers (ObjectGuard)  add: hash, then key (release); fill; live; version. discard: key = tombstone; live; version.
//                          grow: new table (release).
// A writer that looked up without the guard (managed __eq__) goes on only if `version` is what it was before.
#pragma once

#include "core/containers/keys.h"
#include "core/guard.h"
#include "core/objects/containers.h"

namespace turnstile {

inline std::int64_t set_length(const Set* set) {
  return static_cast<std::int64_t>(set->live.load(std::memory_order_acquire));
}

/// An empty set or frozenset of class `cls` (by its kind).
Set* allocate_set(Mutator& m, Type* cls);
int set_contains_hashed(Mutator& m, Set* set, Value key, std::int64_t hash);
bool set_add_hashed(Mutator& m, Set* set, Value key, std::int64_t hash);
/// 1 removed, 0 absent, -1 raised.
int set_discard_hashed(Mutator& m, Set* set, Value key, std::int64_t hash);
bool set_clear(Mutator& m, Set* set);
/// Removes some element; empty: there is none.
Value set_pop(Mutator& m, Set* set);
/// Walks a table in its order. *position starts at 0; false at the end. Tolerates concurrent changes.
bool set_next(const SetTable* table, std::uint32_t* position, Value* key, std::int64_t* hash);
/// All elements at one moment in a table of its own, of the same size and order. Null with MemoryError.
SetTable* set_snapshot(Mutator& m, Set* set);
/// Makes a snapshot the table of an empty set, when it has no tombstones and the size of the set's own table: elements
/// keep their places. False: not so.
bool set_take_over(Mutator& m, Set* set, SetTable* snapshot);
/// Gives a mutable set the contents of a private one, at once.
void set_adopt(Mutator& m, Set* set, Set* contents);

inline bool is_any_set(Value v) { return is_kind(v, Kind::set) || is_kind(v, Kind::frozenset); }

// core/containers/set_ops.cpp: the set algebra. `other` is any iterable.
bool set_update(Mutator& m, Set* set, Value other);
bool set_difference_update(Mutator& m, Set* set, Value other);
bool set_symmetric_difference_update(Mutator& m, Set* set, Value other);
Set* set_copy(Mutator& m, Set* set, Type* cls);
Set* set_difference(Mutator& m, Set* set, Value other, Type* cls);
Set* set_intersection(Mutator& m, Set* set, Value other, Type* cls);
/// set(iterable), frozenset(iterable).
Set* set_from(Mutator& m, Value iterable, Type* cls);
int set_is_subset(Mutator& m, Set* set, Set* other);  // 1, 0, -1
int set_is_disjoint(Mutator& m, Set* set, Value other);
int set_equal(Mutator& m, Set* a, Set* b);
/// After many discards: a smaller table.
bool set_drop_tombstones(Mutator& m, Set* set);
/// Room as CPython makes it before merging `count` elements.
bool set_reserve_for_merge(Mutator& m, Set* set, std::uint64_t count);

/// set, or the builtin base of a set subclass: the class of what its operators make.
Type* plain_set_type(Mutator& m, const Set* set);

}  // namespace turnstile
