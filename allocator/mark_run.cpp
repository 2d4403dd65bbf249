#include "allocator/mark_run.h"

#include <algorithm>
#include <new>
#include <utility>

namespace turnstile::allocator {
namespace {

constexpr std::size_t kKeptStackBytes = std::size_t{2} << 20;

}  // namespace

MarkRun::MarkRun(BlockPool& pool, MarkSegmentPool& segments, MarkCrew& crew, Members members)
    : pool_(pool),
      segments_(segments),
      crew_(crew),
      wake_(members == Members::all && crew.wants_more()),
      first_(pool.view(), segments) {
  const bool alone = members == Members::one || (!wake_ && crew.waiting() == 0);
  for (; !alone && count_ < crew.threads(); ++count_) {
    auto* const marker = new (std::nothrow) Marker(pool.view(), segments);
    if (marker == nullptr) break;
    all_[count_] = marker;
  }
  for (Marker* const marker : markers()) {
    marker->precise_limit_ = marker->view_.used_bytes;
    marker->parallel_ = count_ > 1;
  }
}

MarkRun::~MarkRun() {
  // Before the segments' memory may be unmapped below: the first marker is destroyed after that.
  for (Marker* const marker : markers()) {
    while (MarkSegment* const segment = std::exchange(marker->stack_, nullptr)) {
      marker->stack_ = segment->next;
      segments_.free(segment);
    }
  }
  for (Marker* const marker : markers().subspan(1)) delete marker;
  // A sixteenth of the heap is what one array of a heap full of small objects needs: mapping that anew for each
  // collection costs more than it saves.
  segments_.trim(std::max(kKeptStackBytes, (pool_.in_use_blocks() << kBlockShift) / 16));
}

void MarkRun::start_verification(Marker& marker, bool (*check)(const void*), bool (*is_external)(const void*),
                                 const char* (*describe)(const void*)) {
  marker.precise_limit_ = 0;
  marker.check_ = check;
  marker.is_external_ = is_external;
  marker.describe_ = describe;
}

void MarkRun::remember(const WriteBarrier& cards) {
  for (Marker* const marker : markers()) {
    marker->remembers_ = true;
    marker->cards_ = cards;
  }
}

void MarkRun::start(const MarkBudget& budget) {
  const bool limited = budget.deadline_ns != MarkBudget::kUnlimited || budget.objects != MarkBudget::kUnlimited;
  for (Marker* const marker : markers()) {
    marker->budget_ = budget;
    if (limited && marker->remembers_) marker->in_parts_from_ = Marker::kInPartsBytes;
  }
}

bool MarkRun::take_left_to_cards() {
  bool any = false;
  for (Marker* const marker : markers()) any = std::exchange(marker->left_to_cards_, false) || any;
  return any;
}

bool MarkRun::take_findings(NoteList& on_stacks, NoteList& always) const {
  bool all = true;
  for (const Marker* const marker : markers()) {
    const bool taken = on_stacks.append(marker->on_stacks_) && always.append(marker->always_);
    all = all && taken && !marker->forgot_;
  }
  return all;
}

bool MarkRun::take_overflowed() {
  bool any = false;
  for (Marker* const marker : markers()) {
    any = any || marker->overflowed_;
    marker->overflowed_ = false;
  }
  return any;
}

std::uint64_t MarkRun::live_bytes() const {
  std::uint64_t sum = 0;
  for (const Marker* const marker : markers()) sum += marker->live_bytes_;
  return sum;
}

std::uint64_t MarkRun::live_objects() const {
  std::uint64_t sum = 0;
  for (const Marker* const marker : markers()) sum += marker->live_objects_;
  return sum;
}

std::string MarkRun::violation() const {
  for (const Marker* const marker : markers()) {
    if (!marker->violation_.empty()) return marker->violation_;
  }
  return {};
}

}  // namespace turnstile::allocator
