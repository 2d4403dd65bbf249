// The runs that one thread allocates from (or that all threads share, where the policy caches nothing per thread).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "allocator/block.h"
#include "allocator/region.h"

namespace turnstile::allocator {

/// Owned by one thread, or guarded by the heap's lock; used by the collector while the world is stopped.
class LocalCache {
 public:
  LocalCache() = default;
  LocalCache(const LocalCache&) = delete;
  LocalCache& operator=(const LocalCache&) = delete;

  /// The spans that allocation bumps: the thread's cursors, or spans of our own where the fast path is off.
  void set_spans(Span* spans) { spans_ = spans; }
  Span& span(std::size_t size_class) { return spans_[size_class]; }

  /// Makes span(size_class) the next free cells of the cache's own runs, sweeping those that need it. False: none left.
  /// Precondition: the span is used up.
  bool refill(std::size_t size_class, std::uint32_t epoch, const RegionView& view);
  /// `run` (of that class) is the one to take cells from next. Precondition: refill returned false.
  void adopt(std::size_t size_class, Block& run);

  /// Empties the spans: cells that were not handed out are free again, current runs become available.
  void retire_spans(const RegionView& view);
  /// Cells taken for spans and not given back, since the last call.
  std::size_t fetch_taken() { return std::exchange(taken_, 0); }
  /// A collection is over: what was exhausted may have free cells again. Precondition: spans are retired.
  void make_all_available();

  struct ClassRuns {
    Block* current = nullptr;
    BlockList available;
    BlockList exhausted;
  };
  ClassRuns& runs(std::size_t size_class) { return runs_[size_class]; }

 private:
  Span* spans_ = nullptr;
  std::size_t taken_ = 0;
  ClassRuns runs_[kSizeClassCount];
};

}  // namespace turnstile::allocator
