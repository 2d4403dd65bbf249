// Where code says that it writes references into objects that others can see: a collection of the young has to look
// there (allocator/remembered_set.h). Nothing is said about
//
//   objects of kinds that is_written_freely() names (core/tracing.cpp): they are looked at each time;
//   objects under construction: some native stack refers to them, and what stacks refer to is looked at once more.
//   Large
//     buffers and tables are not: who fills one with what was not alive when it was allocated, and allocates meanwhile,
//     notes each store.
//
// Lists, dicts, sets and instances are written under an ObjectGuard, which says it for them. What writes without one,
// or one slot of a large buffer, calls note_store(). No safepoint lies between the store and its note.
#pragma once

#include "core/mutator.h"
#include "core/object.h"

namespace turnstile {

/// A reference was stored to `slot`, which lies in a managed object.
inline void note_store(const Mutator& m, const void* slot) {
  if (m.barrier.slots != 0) [[unlikely]]
    allocator::mark_card(m.barrier.slots, slot);
}

/// References may be stored in `owner` and in what only it owns: its buffer, its table.
inline void note_owner(const Mutator& m, const Object* owner) {
  if (m.barrier.owners != 0) [[unlikely]]
    allocator::mark_card(m.barrier.owners, owner);
}

/// Tag of an ObjectGuard whose holder calls note_store().
struct NotesStores {};

}  // namespace turnstile
