#include "allocator/marker.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <utility>

namespace turnstile::allocator {

Marker::~Marker() = default;

bool Marker::grow() {
  MarkSegment* const segment = segments_.allocate();
  if (segment == nullptr) {
    overflowed_ = true;
    return false;
  }
  segment->next = stack_;
  stack_ = segment;
  return true;
}

bool Marker::shrink() {
  if (stack_ == nullptr || stack_->next == nullptr) return false;
  MarkSegment* const segment = stack_;
  stack_ = segment->next;
  segments_.free(segment);
  return true;
}

bool Marker::mark_all_fetched() {
  for (unsigned i = 0; i < kFetched; ++i) {
    void* const object = std::exchange(fetched_[(next_fetched_ + i) % kFetched], nullptr);
    if (object != nullptr) mark_fetched(object);
  }
  return stack_ != nullptr && stack_->count != 0;
}

// Older entries lead to more work as a rule: a whole segment from below the top if there is one, else the older half of
// the top.
void Marker::share_some() {
  if (stack_ == nullptr) return;
  if (stack_->next != nullptr) {
    MarkSegment* const segment = stack_->next;
    stack_->next = segment->next;
    segments_.share(segment);
    return;
  }
  const std::size_t half = stack_->count / 2;
  if (half == 0) return;
  MarkSegment* const segment = segments_.allocate();
  if (segment == nullptr) return;
  for (std::size_t i = 0; i < half; ++i) segment->slots[i] = stack_->slots[i];
  for (std::size_t i = half; i < stack_->count; ++i) stack_->slots[i - half] = stack_->slots[i];
  segment->count = half;
  stack_->count -= half;
  segments_.share(segment);
}

bool Marker::start_with(MarkSegment* segment) {
  if (segment == nullptr) return false;
  // Only the top segment of a stack may be empty.
  if (stack_ != nullptr) segments_.free(stack_);
  segment->next = nullptr;
  stack_ = segment;
  return true;
}

bool Marker::take_shared() { return start_with(segments_.take_shared()); }

bool Marker::try_take_shared() { return start_with(segments_.try_take_shared()); }

void Marker::look(unsigned traced) {
  if (budget_.objects != MarkBudget::kUnlimited) {
    budget_.objects -= std::min<std::uint64_t>(budget_.objects, traced);
    over_ = over_ || budget_.objects == 0;
  }
  if (budget_.deadline_ns != MarkBudget::kUnlimited) over_ = over_ || steady_ns() >= budget_.deadline_ns;
}

void Marker::suspend() {
  segments_.suspend();
  mark_all_fetched();
  while (stack_ != nullptr) {
    MarkSegment* const segment = stack_;
    stack_ = segment->next;
    if (segment->count != 0) {
      segments_.share(segment);
    } else {
      segments_.free(segment);
    }
  }
}

bool Marker::is_marked(const void* object) const {
  const std::size_t offset = reinterpret_cast<std::uintptr_t>(object) - view_.base;
  if (offset >= view_.used_bytes) return true;
  std::size_t run_offset;
  const Block* const head = view_.head_at(offset, run_offset);
  return head->state != BlockState::free && head->is_marked(cell_index(*head, offset - run_offset));
}

void Marker::mark_offset(std::size_t offset) {
  std::size_t run_offset;
  Block* const head = view_.head_at(offset, run_offset);
  if (head->state == BlockState::free) return;
  const std::uint32_t cell = cell_index(*head, offset - run_offset);
  if (cell >= head->cell_count || !head->is_allocated(cell)) return;
  void* const object = reinterpret_cast<char*>(view_.base) + run_offset + cell * head->cell_bytes;
  if (finds_) note(on_stacks_, object);
  mark_cell(*head, cell, object);
}

// Release: whoever sees the card sees the object's mark (RememberedSet::trace_run).
void Marker::trace_by_cards(const void* object) {
  std::size_t run_offset;
  const Block* const head = view_.head_at(reinterpret_cast<std::uintptr_t>(object) - view_.base, run_offset);
  const std::uintptr_t first = reinterpret_cast<std::uintptr_t>(object) >> kCardShift;
  const std::size_t cards = head->cell_bytes >> kCardShift;
  for (std::size_t at = 0; at < cards; at += sizeof(std::uint64_t)) {
    std::atomic_ref<std::uint64_t>(*reinterpret_cast<std::uint64_t*>(cards_.slots + first + at))
        .store(0x0101010101010101, std::memory_order_release);
  }
  left_to_cards_ = true;
}

bool Marker::leave_to_cards(void* object) {
  if (in_parts_from_ == SIZE_MAX) return false;
  const std::size_t offset = reinterpret_cast<std::uintptr_t>(object) - view_.base;
  std::size_t run_offset;
  if (offset >= view_.used_bytes || view_.head_at(offset, run_offset)->cell_bytes <= in_parts_from_) return false;
  mark_fetched(object);
  trace_by_cards(object);
  return true;
}

void Marker::mark_word(std::uintptr_t word) {
  const std::size_t offset = word - view_.base;
  if (offset > view_.used_bytes) return;
  if (offset < view_.used_bytes) mark_offset(offset);
  // Cells begin and end at multiples of the granule. If `word` is not the end of its predecessor, this marks the same
  // cell once more or the unused end of a run, both harmless.
  if (offset % kGranule == 0 && offset != 0) mark_offset(offset - 1);
}

// Stacks are scanned word by word, whatever lies in them: redzones of AddressSanitizer, words that another (stopped)
// thread wrote without synchronization that ThreadSanitizer knows.
__attribute__((no_sanitize("address", "thread"))) void Marker::mark_words(const void* low, const void* high) {
  constexpr std::uintptr_t kWord = sizeof(std::uintptr_t);
  std::uintptr_t at = (reinterpret_cast<std::uintptr_t>(low) + kWord - 1) & ~(kWord - 1);
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(high) & ~(kWord - 1);
  for (; at < end; at += kWord) {
    const std::uintptr_t word = *reinterpret_cast<const std::uintptr_t*>(at);
    if (word - view_.base <= view_.used_bytes) mark_word(word);
  }
}

void Marker::fail(const void* object, const char* what) {
  if (!violation_.empty()) return;
  char text[256];
  if (parent_ != nullptr) {
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(parent_) - view_.base;
    std::size_t run_offset;
    const std::size_t words = view_.head_at(offset, run_offset)->cell_bytes / sizeof(void*);
    const auto* const first = static_cast<void* const*>(parent_);
    const auto word = std::find(first, first + words, object) - first;
    std::snprintf(text, sizeof text, "%s %p, word %td, refers to %p: %s", describe_(parent_), parent_, word, object,
                  what);
  } else {
    std::snprintf(text, sizeof text, "a root refers to %p: %s", object, what);
  }
  violation_ = text;
}

void Marker::mark_other(void* object) {
  if (check_ == nullptr || object == nullptr) return;
  const std::size_t offset = reinterpret_cast<std::uintptr_t>(object) - view_.base;
  if (offset >= view_.used_bytes) {
    if (!is_external_(object)) fail(object, "outside the heap");
    return;
  }
  std::size_t run_offset;
  Block* const head = view_.head_at(offset, run_offset);
  if (head->state == BlockState::free) return fail(object, "in a free block");
  const std::uint32_t cell = cell_index(*head, offset - run_offset);
  if (cell >= head->cell_count) return fail(object, "in the unused end of a block");
  if (run_offset + cell * head->cell_bytes != offset) return fail(object, "not the first byte of a cell");
  if (!head->is_allocated(cell)) return fail(object, "in a free cell");
  if (!check_(object)) return fail(object, "not a sound object");
  mark_cell(*head, cell, object);
}

}  // namespace turnstile::allocator
