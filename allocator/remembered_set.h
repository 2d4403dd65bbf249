// What a minor collection looks at besides the roots: old objects that may refer to young ones.
//
//   written     cards of 128 bytes, set by the mutators' write barrier: slots (what lies in the card), owners (whole
//               objects that begin in it, with what they own: a list with its buffer)
//   on a stack  at the last collection: perhaps still being built then, by code that needs no barrier for that (but for
//               large buffers: those would be looked at each time that somebody uses them)
//   always      objects that are written in too many ways for a barrier (the model names them)
//
// Old objects are those with a mark: mark bits are sticky (Demers, Weiser, Hayes, Boehm, Bobrow, Shenker: Combining
// Generational and Conservative Garbage Collection, POPL 1990), so that all that survives a collection is old. Cards as
// in Hoelzle: A Fast Write Barrier for Generational Garbage Collectors, 1993.
// Invariant: what an old object refers to is old, unless the object is found by one of the three.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "allocator/block_pool.h"
#include "allocator/mark_run.h"
#include "allocator/note_list.h"
#include "allocator/object_model.h"
#include "allocator/pages.h"
#include "allocator/write_barrier.h"

namespace turnstile::allocator {

/// Used by the collector, world stopped; the cards are written by running mutators.
class RememberedSet {
 public:
  explicit RememberedSet(PageSource& pages) : pages_(pages), on_stacks_(pages), always_(pages) {}
  ~RememberedSet();
  RememberedSet(const RememberedSet&) = delete;
  RememberedSet& operator=(const RememberedSet&) = delete;

  /// Cards for `bytes` of addresses from `base` on. False: the system refused.
  bool reserve(std::uintptr_t base, std::size_t bytes);
  WriteBarrier barrier() const;

  /// What is remembered is traced in parts, by several threads: what was noted object by object, and the cards of
  /// part_count() parts of the heap. All of it has a mark.
  template <GenerationalModel Model>
  void trace_noted(const RegionView& view, Marker& marker);
  static std::size_t part_count(const RegionView& view) {
    return ((view.used_bytes >> kBlockShift) + kPartBlocks - 1) / kPartBlocks;
  }
  template <GenerationalModel Model>
  void trace_part(const RegionView& view, std::size_t part, Marker& marker);
  /// Before the marks are cleared: nothing is old, nothing is remembered.
  void forget(const RegionView& view);
  /// After a marking, whole or suspended: what the run found on stacks is remembered instead of what earlier ones did.
  void note(const MarkRun& run);
  /// False: there was no memory for something, so that only a full collection in one piece will do.
  bool complete() const { return complete_; }

 private:
  static constexpr std::size_t kWholeBytes = 1024;  // larger objects are traced by the card
  static constexpr std::size_t kPartBlocks = 16;

  std::uint8_t* slot_cards() const { return cards_; }
  std::uint8_t* owner_cards() const { return cards_ + count_; }
  /// Cards [low, high) of a run.
  template <GenerationalModel Model>
  void trace_run(const RegionView& view, Block& head, std::size_t low, std::size_t high, Marker& marker);
  template <GenerationalModel Model>
  void trace_card(const Block& head, char* base, std::size_t card, bool owners, Marker& marker);

  PageSource& pages_;
  std::uintptr_t base_ = 0;
  std::size_t count_ = 0;  // cards, of each of the two tables
  std::size_t mapped_bytes_ = 0;
  std::uint8_t* cards_ = nullptr;
  NoteList on_stacks_;
  NoteList always_;
  bool complete_ = true;
};

template <GenerationalModel Model>
void RememberedSet::trace_noted(const RegionView& view, Marker& marker) {
  for (void* const object : on_stacks_) {
    std::size_t ignored;
    const Block* const head = view.head_at(reinterpret_cast<std::uintptr_t>(object) - base_, ignored);
    const bool traced = head->cell_bytes <= kWholeBytes || !Model::notes_construction(object);
    if (traced && Model::is_object(object)) Model::trace(object, marker);
  }
  for (void* const object : always_) Model::trace_owner(object, marker);
}

/// A run may lie in several parts: of each it is the cards that lie there. They are clean afterwards: what they led to
/// has a mark now.
template <GenerationalModel Model>
void RememberedSet::trace_part(const RegionView& view, std::size_t part, Marker& marker) {
  constexpr std::size_t kBlockCards = kBlockBytes >> kCardShift;
  const std::size_t end = std::min((part + 1) * kPartBlocks, view.used_bytes >> kBlockShift);
  for (std::size_t at = part * kPartBlocks; at < end;) {
    Block* head = view.table + at;
    if (head->state == BlockState::free) {
      ++at;
      continue;
    }
    if (head->state == BlockState::interior) head -= head->back;
    const auto begin = static_cast<std::size_t>(head - view.table);
    const std::size_t stop = std::min(end, begin + head->run_blocks);
    trace_run<Model>(view, *head, (at - begin) * kBlockCards, (stop - begin) * kBlockCards, marker);
    at = stop;
  }
}

template <GenerationalModel Model>
void RememberedSet::trace_run(const RegionView& view, Block& head, std::size_t low, std::size_t high, Marker& marker) {
  char* const base = view.address_of(head);
  const std::size_t first = (reinterpret_cast<std::uintptr_t>(base) - base_) >> kCardShift;
  static_assert(kBlockBytes / kCardBytes % sizeof(std::uint64_t) == 0);
  for (const bool owners : {false, true}) {
    std::uint8_t* const table = (owners ? owner_cards() : slot_cards()) + first;
    for (std::size_t at = low; at < high; at += sizeof(std::uint64_t)) {
      std::atomic_ref<std::uint64_t> word(*reinterpret_cast<std::uint64_t*>(table + at));
      std::uint64_t eight = word.load(std::memory_order_relaxed);
      if (eight == 0) continue;
      // Another marker may be setting some (MarkRun::leave_to_cards): acquire, to see what it marked before.
      eight = word.exchange(0, std::memory_order_acquire);
      for (; eight != 0; eight &= eight - 1) {
        const auto byte = static_cast<std::size_t>(std::countr_zero(eight)) / 8;
        trace_card<Model>(head, base, at + byte, owners, marker);
      }
    }
  }
}

template <GenerationalModel Model>
void RememberedSet::trace_card(const Block& head, char* base, std::size_t card, bool owners, Marker& marker) {
  const std::size_t low = card << kCardShift;
  const std::size_t high = low + kCardBytes;
  std::uint32_t cell = cell_index(head, low);
  if (owners && std::size_t{cell} * head.cell_bytes < low) ++cell;  // began before: its owner's card is another
  for (; cell < head.cell_count && cell * head.cell_bytes < high; ++cell) {
    if (!head.is_marked(cell)) continue;
    char* const object = base + cell * head.cell_bytes;
    if (!Model::is_object(object)) continue;
    if (owners) {
      Model::trace_owner(object, marker);
    } else if (head.cell_bytes <= kWholeBytes) {
      Model::trace(object, marker);
    } else {
      Model::trace_part(object, base + low, base + high, marker);
    }
  }
}

}  // namespace turnstile::allocator
