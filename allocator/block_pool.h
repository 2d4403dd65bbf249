// The central heap: free runs of blocks, large objects, and the runs of cells that no thread owns.
// Ordinary code; whoever calls holds the heap's lock.
#pragma once

#include <cstddef>
#include <cstdint>

#include "allocator/block.h"
#include "allocator/local_cache.h"
#include "allocator/region.h"

namespace turnstile::allocator {

/// Free runs are kept in bins by length (exact below 32 blocks, by powers of two above) and coalesced with their
/// neighbours when they are freed: boundary tags in the descriptors of their first and last block. Their pages stay
/// resident up to a budget (trim), the rest goes back to the system.
class BlockPool {
 public:
  explicit BlockPool(std::size_t reserve_bytes, PageSource& pages = PageSource::system())
      : region_(reserve_bytes, pages) {}

  /// A run of exactly that many blocks, null when the limit or the system refuses. To be formatted (block.h) before the
  /// next call: until then its descriptors still say that it is free.
  Block* allocate(std::size_t blocks);
  /// Takes back a run that is in no list.
  void release(Block& head);

  /// Runs of one class that belong to no thread.
  LocalCache::ClassRuns& unowned(std::size_t size_class) { return unowned_[size_class]; }
  BlockList& large_objects() { return large_; }

  /// Sweeps the unowned runs and releases those without objects. True if blocks were freed.
  bool sweep_unowned(std::uint32_t epoch);

  /// Bytes in use beyond which allocate() refuses; 0: no limit.
  void set_limit(std::size_t bytes) { limit_blocks_ = bytes == 0 ? SIZE_MAX : bytes / kBlockBytes; }
  /// Returns pages of free runs to the system until at most `bytes` of them may be resident (or it takes no more).
  void trim(std::size_t bytes);

  /// Base and table never change; used_bytes is a snapshot.
  RegionView view() const {
    return {reinterpret_cast<std::uintptr_t>(region_.base()), used_blocks_ << kBlockShift, region_.table()};
  }
  std::size_t in_use_blocks() const { return in_use_blocks_; }
  std::size_t dirty_blocks() const { return dirty_blocks_; }
  std::size_t peak_blocks() const { return peak_blocks_; }
  std::size_t capacity_blocks() const { return region_.capacity_blocks(); }

  /// `fn(Block& head)` for each run in use, by ascending address. It may release the run that it is given.
  template <class Fn>
  void for_each_run(Fn&& fn) {
    for (std::size_t at = 0; at < used_blocks_;) {
      Block& head = region_.table()[at];
      const std::size_t length = head.run_blocks;
      const BlockState state = head.state;
      if (state != BlockState::free) fn(head);
      at += length;
    }
  }

  /// First inconsistency of descriptors, free lists and counts, or null.
  const char* check_consistency();

 private:
  static constexpr std::size_t kExactBins = 32;
  static constexpr std::size_t kBins = 64;
  static std::size_t bin_of(std::size_t blocks);

  Block* take_from_bins(std::size_t blocks);
  Block* grow(std::size_t blocks);
  void insert_free(Block& first, std::size_t blocks, bool dirty);
  void remove_free(Block& first);

  Region region_;
  std::size_t used_blocks_ = 0;  // blocks below this index have been handed out at some time
  std::size_t in_use_blocks_ = 0;
  std::size_t dirty_blocks_ = 0;  // in free runs marked dirty
  std::size_t peak_blocks_ = 0;   // most of in_use + dirty
  std::size_t limit_blocks_ = SIZE_MAX;
  std::uint64_t nonempty_bins_ = 0;
  BlockList bins_[kBins];
  BlockList large_;
  LocalCache::ClassRuns unowned_[kSizeClassCount];
};

}  // namespace turnstile::allocator
