#include "allocator/local_cache.h"

namespace turnstile::allocator {

bool LocalCache::refill(std::size_t size_class, std::uint32_t epoch, const RegionView& view) {
  ClassRuns& runs = runs_[size_class];
  for (;;) {
    if (runs.current == nullptr) {
      runs.current = runs.available.pop_front();
      if (runs.current == nullptr) return false;
      if (runs.current->epoch != epoch) sweep(*runs.current, epoch, nullptr, false);
    }
    Block& run = *runs.current;
    const CellRange cells = take_free_cells(run);
    if (!cells.empty()) {
      taken_ += cells.end - cells.first;
      char* const base = view.address_of(run);
      spans_[size_class] = {base + cells.first * run.cell_bytes, base + cells.end * run.cell_bytes};
      return true;
    }
    runs.exhausted.push_front(run);
    runs.current = nullptr;
  }
}

void LocalCache::adopt(std::size_t size_class, Block& run) { runs_[size_class].available.push_front(run); }

void LocalCache::retire_spans(const RegionView& view) {
  for (std::size_t size_class = 0; size_class < kSizeClassCount; ++size_class) {
    ClassRuns& runs = runs_[size_class];
    if (runs.current == nullptr) continue;
    Block& run = *runs.current;
    Span& span = spans_[size_class];
    if (span.cur != span.end) {
      char* const base = view.address_of(run);
      const CellRange left{cell_index(run, static_cast<std::size_t>(span.cur - base)),
                           static_cast<std::uint32_t>(static_cast<std::size_t>(span.end - base) / run.cell_bytes)};
      return_cells(run, left);
      taken_ -= left.end - left.first;
    }
    span = {};
    runs.available.push_front(run);
    runs.current = nullptr;
  }
}

// What was used last is used first again, while it is in the processor's caches. What is not reached before the next
// collection is swept by that, and free for all if it is empty.
void LocalCache::make_all_available() {
  for (ClassRuns& runs : runs_) runs.available.splice_front(runs.exhausted);
}

}  // namespace turnstile::allocator
