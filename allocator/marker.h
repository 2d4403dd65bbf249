// What a collection gives to those who know the references: mark() for objects, mark_words() for memory that may hold
// references among other things.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "allocator/mark_budget.h"
#include "allocator/mark_stack.h"
#include "allocator/note_list.h"
#include "allocator/region.h"
#include "allocator/write_barrier.h"

namespace turnstile::allocator {

/// One marking thread's part of a collection (or of a verification, which visits the same way and checks each step).
/// World stopped; not shared between threads.
class Marker {
 public:
  /// The object at `object` (its first byte) is reachable. Null and addresses outside the heap are ignored, so objects
  /// that live elsewhere (statics) may be passed; they are not traced.
  void mark(void* object) {
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(object) - view_.base;
    if (offset >= precise_limit_) [[unlikely]] {
      mark_other(object);
      return;
    }
    // What the heap knows about the object is fetched now and looked at some objects later. A first guess: an object of
    // a longer run has it in another descriptor.
    Block* const block = view_.table + (offset >> kBlockShift);
    __builtin_prefetch(block);
    __builtin_prefetch(&block->marked[0], 1);
    __builtin_prefetch(&block->marked[8], 1);
    void* const earlier = fetched_[next_fetched_];
    fetched_[next_fetched_] = object;
    next_fetched_ = (next_fetched_ + 1) % kFetched;
    if (earlier != nullptr) mark_fetched(earlier);
  }

  /// Whatever the words of [low, high) may point to is reachable: any address inside a cell, and the address just past
  /// its end. Reads whole aligned words, without regard to who else might poison or instrument them.
  void mark_words(const void* low, const void* high);
  /// The same for one word.
  void mark_word(std::uintptr_t word);
  /// mark_words for native stacks and registers: whoever is there may be under construction (remembered_set.h).
  void mark_stack_words(const void* low, const void* high) {
    finds_ = remembers_;
    mark_words(low, high);
    finds_ = false;
  }

  /// For the model: whether the object at `object` (first byte, not null), which is reachable and has parts, is traced
  /// later, part by part and by several threads, because it is large. If not, the caller traces it.
  bool leave_to_cards(void* object);

  /// Whether the object at `object` (first byte) has been reached so far; true for addresses outside the heap.
  bool is_marked(const void* object) const;

  Marker(const Marker&) = delete;
  Marker& operator=(const Marker&) = delete;

 private:
  friend class MarkRun;
  Marker(const RegionView& view, MarkSegmentPool& segments)
      : view_(view), segments_(segments), on_stacks_(segments.pages()), always_(segments.pages()) {}
  ~Marker();

  static constexpr unsigned kLookInterval = 256;  // objects traced between two looks at idle markers and the clock

  // On the stack: the object is to be traced by its cards (MarkRun::trace).
  static constexpr std::uintptr_t kInParts = 1;
  static constexpr std::size_t kInPartsBytes = std::size_t{128} << 10;

  static constexpr unsigned kFetched = 16;
  void mark_fetched(void* object) {
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(object) - view_.base;
    std::size_t run_offset;
    Block* const head = view_.head_at(offset, run_offset);
    mark_cell(*head, cell_index(*head, offset - run_offset), object);
  }
  bool mark_all_fetched();  // true: there is something on the stack now

  void mark_cell(Block& head, std::uint32_t cell, void* object) {
    std::atomic<std::uint64_t>& word = head.marked[cell / 64];
    const std::uint64_t bit = std::uint64_t{1} << (cell % 64);
    const std::uint64_t seen = word.load(std::memory_order_relaxed);
    if ((seen & bit) != 0) return;
    if (parallel_) {
      if ((word.fetch_or(bit, std::memory_order_relaxed) & bit) != 0) return;  // another marker was first
    } else {
      word.store(seen | bit, std::memory_order_relaxed);
    }
    live_bytes_ += head.cell_bytes;
    ++live_objects_;
    if (head.cell_bytes > in_parts_from_) [[unlikely]] {
      object = static_cast<char*>(object) + kInParts;
    }
    push(object);
  }

  void push(void* object) {
    __builtin_prefetch(object);
    if (stack_ == nullptr || stack_->count == MarkSegment::kSlots) [[unlikely]] {
      if (!grow()) return;
    }
    stack_->slots[stack_->count++] = object;
  }
  void* pop() {
    if (stack_ == nullptr || stack_->count == 0) [[unlikely]] {
      if (!shrink() && !mark_all_fetched()) return nullptr;
    }
    return stack_->slots[--stack_->count];
  }

  void mark_other(void* object);            // outside the heap, or any at all when verifying
  void mark_offset(std::size_t offset);     // the cell around that byte, if it is an object
  void trace_by_cards(const void* object);  // it has a mark
  void note(NoteList& list, void* object) {
    if (!list.add(object)) [[unlikely]]
      forgot_ = true;
  }
  bool grow();    // false: no memory; the object stays marked but untraced, overflowed_ is set
  bool shrink();  // false: the stack is empty
  /// Gives part of a long enough stack to an idle marker.
  void share_if_hungry() {
    if (parallel_ && segments_.hungry()) share_some();
  }
  void share_some();
  bool start_with(MarkSegment* segment);  // false: null
  bool take_shared();                     // precondition: the stack is empty; waits; false: marking is over
  bool try_take_shared();                 // the same without waiting
  /// Takes `traced` objects from the budget, looks at the clock, and sets over_ if either is used up.
  void look(unsigned traced);
  /// Ends the marking with what is on the stack left for the next.
  void suspend();
  void fail(const void* object, const char* what);

  RegionView view_;
  std::size_t precise_limit_ = 0;  // view_.used_bytes, or 0 when verifying: then mark() always goes to mark_other
  MarkSegmentPool& segments_;
  MarkSegment* stack_ = nullptr;  // top segment; those below it are full
  void* fetched_[kFetched] = {};  // a ring of objects that mark() was called with
  unsigned next_fetched_ = 0;
  std::uint64_t live_bytes_ = 0;
  std::uint64_t live_objects_ = 0;
  bool parallel_ = false;
  bool overflowed_ = false;
  bool over_ = false;  // the budget is used up
  unsigned until_look_ = kLookInterval;
  MarkBudget budget_;

  // Generations only.
  bool remembers_ = false;
  bool finds_ = false;                    // cells that words lead to are noted in on_stacks_
  std::size_t in_parts_from_ = SIZE_MAX;  // objects of more bytes are traced by their cards
  bool left_to_cards_ = false;            // some have been
  WriteBarrier cards_;
  NoteList on_stacks_;
  NoteList always_;
  bool forgot_ = false;  // memory for a note was refused

  // Verification only.
  bool (*check_)(const void*) = nullptr;
  bool (*is_external_)(const void*) = nullptr;
  const char* (*describe_)(const void*) = nullptr;
  const void* parent_ = nullptr;  // object being traced, null for roots
  std::string violation_;
};

}  // namespace turnstile::allocator
