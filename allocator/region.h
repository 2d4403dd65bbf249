// One reserved range of addresses per heap, carved into blocks, and the side table of their descriptors.
#pragma once

#include <cstddef>
#include <cstdint>

#include "allocator/block.h"
#include "allocator/pages.h"

namespace turnstile::allocator {

/// Where a heap's blocks and descriptors are: enough to find the run of any address.
struct RegionView {
  std::uintptr_t base = 0;     ///< address of the first block
  std::size_t used_bytes = 0;  ///< blocks below base + used_bytes have been handed out at some time
  Block* table = nullptr;

  /// Head of the run that covers the block at `offset` bytes, and the offset of the run. `offset` < used_bytes.
  Block* head_at(std::size_t offset, std::size_t& run_offset) const {
    const std::size_t index = offset >> kBlockShift;
    Block* const block = table + index;
    if (block->state == BlockState::interior) {
      run_offset = (index - block->back) << kBlockShift;
      return block - block->back;
    }
    run_offset = index << kBlockShift;
    return block;
  }
  char* address_of(const Block& head) const {
    return reinterpret_cast<char*>(base) + (static_cast<std::size_t>(&head - table) << kBlockShift);
  }
};

/// Cell of the byte at `offset_in_run`; may be >= cell_count at the unused end of a run.
inline std::uint32_t cell_index(const Block& head, std::size_t offset_in_run) {
  return static_cast<std::uint32_t>((offset_in_run * head.reciprocal) >> 32);
}

/// Reserves without committing: pages become accessible by commit_blocks and are never made inaccessible again.
class Region {
 public:
  /// Reserves up to `bytes`, less (halved repeatedly) where the system refuses. `ok()` says whether anything was got.
  Region(std::size_t bytes, PageSource& pages);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  bool ok() const { return capacity_ != 0; }
  char* base() const { return base_; }
  Block* table() const { return table_; }
  std::size_t capacity_blocks() const { return capacity_; }

  /// Makes blocks [0, count) and their (zeroed) descriptors accessible. False: the system refused.
  bool commit_blocks(std::size_t count);
  /// Gives the pages of a free run back to the system; they read as zero afterwards. False: it refused, they stay.
  bool discard(const Block& first, std::size_t blocks);

 private:
  PageSource& pages_;
  char* mapping_ = nullptr;  // what mmap returned; base_ is aligned inside it
  std::size_t mapping_bytes_ = 0;
  char* base_ = nullptr;
  Block* table_ = nullptr;
  std::size_t table_bytes_ = 0;
  std::size_t capacity_ = 0;
  std::size_t committed_ = 0;
};

}  // namespace turnstile::allocator
