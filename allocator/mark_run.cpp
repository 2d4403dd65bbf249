#include "allocator/mark_run.h"

#include <algorithm>

namespace turnstile::allocator {
namespace {

constexpr std::size_t kKeptStackBytes = std::size_t{2} << 20;

}  // namespace

MarkRun::MarkRun(BlockPool& pool, MarkSegmentPool& segments, MarkCrew& crew, Members members)
    : pool_(pool), segments_(segments), crew_(crew), wake_(members == Members::all && crew.wants_more()) {
  const bool alone = members == Members::one || (!wake_ && crew.waiting() == 0);
  const unsigned count = alone ? 1 : crew.threads();
  for (unsigned i = 0; i < count; ++i) {
    auto* const marker = new Marker(pool.view(), segments);
    marker->precise_limit_ = marker->view_.used_bytes;
    marker->parallel_ = count > 1;
    markers_.push_back(marker);
  }
}

MarkRun::~MarkRun() {
  for (Marker* const marker : markers_) delete marker;
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

void MarkRun::remember() {
  for (Marker* const marker : markers_) marker->remembers_ = true;
}

void MarkRun::take_findings(std::vector<void*>& on_stacks, std::vector<void*>& always) {
  for (const Marker* const marker : markers_) {
    on_stacks.insert(on_stacks.end(), marker->on_stacks_.begin(), marker->on_stacks_.end());
    always.insert(always.end(), marker->always_.begin(), marker->always_.end());
  }
}

bool MarkRun::take_overflowed() {
  bool any = false;
  for (Marker* const marker : markers_) {
    any = any || marker->overflowed_;
    marker->overflowed_ = false;
  }
  return any;
}

std::uint64_t MarkRun::live_bytes() const {
  std::uint64_t sum = 0;
  for (const Marker* const marker : markers_) sum += marker->live_bytes_;
  return sum;
}

std::uint64_t MarkRun::live_objects() const {
  std::uint64_t sum = 0;
  for (const Marker* const marker : markers_) sum += marker->live_objects_;
  return sum;
}

std::string MarkRun::violation() const {
  for (const Marker* const marker : markers_) {
    if (!marker->violation_.empty()) return marker->violation_;
  }
  return {};
}

}  // namespace turnstile::allocator
