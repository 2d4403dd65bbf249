#include "allocator/block_pool.h"

#include <algorithm>
#include <bit>

namespace turnstile::allocator {

// Exact lengths 1 ... 31 use the bins of that number; bin 32 + i holds the lengths [32 << i, 64 << i).
std::size_t BlockPool::bin_of(std::size_t blocks) {
  if (blocks < kExactBins) return blocks;
  return kExactBins + static_cast<std::size_t>(std::bit_width(blocks)) - 6;
}

void BlockPool::insert_free(Block& first, std::size_t blocks, bool dirty) {
  Block& last = (&first)[blocks - 1];
  first.state = last.state = BlockState::free;
  first.run_blocks = static_cast<std::uint32_t>(blocks);
  last.back = static_cast<std::uint32_t>(blocks - 1);
  first.dirty = dirty;
  if (dirty) dirty_blocks_ += blocks;
  const std::size_t bin = bin_of(blocks);
  bins_[bin].push_front(first);
  nonempty_bins_ |= std::uint64_t{1} << bin;
}

void BlockPool::remove_free(Block& first) {
  const std::size_t blocks = first.run_blocks;
  const std::size_t bin = bin_of(blocks);
  BlockList::unlink(first);
  if (bins_[bin].empty()) nonempty_bins_ &= ~(std::uint64_t{1} << bin);
  if (first.dirty) dirty_blocks_ -= blocks;
}

Block* BlockPool::take_from_bins(std::size_t blocks) {
  std::size_t bin = bin_of(blocks);
  Block* found = nullptr;
  if (bin >= kExactBins) {  // its own bin also holds shorter runs
    bins_[bin].for_each([&](Block& run) {
      if (run.run_blocks >= blocks && (found == nullptr || run.run_blocks < found->run_blocks)) found = &run;
    });
    ++bin;
  }
  if (found == nullptr) {
    const std::uint64_t candidates = bin >= 64 ? 0 : nonempty_bins_ & (~std::uint64_t{0} << bin);
    if (candidates == 0) return nullptr;
    found = bins_[std::countr_zero(candidates)].front();
  }
  const std::size_t length = found->run_blocks;
  const bool dirty = found->dirty;
  remove_free(*found);
  if (length > blocks) insert_free(found[blocks], length - blocks, dirty);
  return found;
}

Block* BlockPool::grow(std::size_t blocks) {
  // A free run at the very end is extended rather than left behind.
  std::size_t first = used_blocks_;
  if (used_blocks_ != 0) {
    Block& last = region_.table()[used_blocks_ - 1];
    if (last.state == BlockState::free) first = used_blocks_ - 1 - last.back;
  }
  if (first + blocks > region_.capacity_blocks() || !region_.commit_blocks(first + blocks)) return nullptr;
  Block* const run = region_.table() + first;
  if (first != used_blocks_) remove_free(*run);
  used_blocks_ = first + blocks;
  return run;
}

Block* BlockPool::allocate(std::size_t blocks) {
  if (!region_.ok() || blocks > limit_blocks_ || in_use_blocks_ > limit_blocks_ - blocks) return nullptr;
  Block* run = take_from_bins(blocks);
  if (run == nullptr) run = grow(blocks);
  if (run == nullptr) return nullptr;
  run->run_blocks = static_cast<std::uint32_t>(blocks);
  run->next = run->prev = nullptr;
  in_use_blocks_ += blocks;
  if (limit_blocks_ != SIZE_MAX && in_use_blocks_ + dirty_blocks_ > limit_blocks_) {
    trim((limit_blocks_ - in_use_blocks_) << kBlockShift);
  }
  peak_blocks_ = std::max(peak_blocks_, in_use_blocks_ + dirty_blocks_);
  return run;
}

void BlockPool::release(Block& head) {
  Block* first = &head;
  std::size_t blocks = head.run_blocks;
  in_use_blocks_ -= blocks;
  for (std::size_t i = 0; i < blocks; ++i) {
    first[i].state = BlockState::free;
    first[i].back = 0;
  }
  Block* const table = region_.table();
  if (first != table && first[-1].state == BlockState::free) {
    Block& before = *(first - 1 - first[-1].back);
    blocks += before.run_blocks;
    remove_free(before);
    first = &before;
  }
  Block* const after = first + blocks;
  if (after != table + used_blocks_ && after->state == BlockState::free) {
    blocks += after->run_blocks;
    remove_free(*after);
  }
  insert_free(*first, blocks, true);  // a run is dirty as a whole
}

bool BlockPool::sweep_unowned(std::uint32_t epoch) {
  bool freed = false;
  for (auto& runs : unowned_) {
    runs.available.for_each([&](Block& run) {
      if (run.epoch == epoch ? has_objects(run) : sweep(run, epoch, nullptr, false)) return;
      BlockList::unlink(run);
      release(run);
      freed = true;
    });
  }
  return freed;
}

void BlockPool::trim(std::size_t bytes) {
  const std::size_t keep = bytes >> kBlockShift;
  for (std::size_t bin = kBins; bin-- > 0 && dirty_blocks_ > keep;) {
    bins_[bin].for_each([&](Block& run) {
      if (!run.dirty || dirty_blocks_ <= keep) return;
      if (!region_.discard(run, run.run_blocks)) return;
      run.dirty = false;
      dirty_blocks_ -= run.run_blocks;
    });
  }
}

const char* BlockPool::check_consistency() {
  Block* const table = region_.table();
  std::size_t in_use = 0;
  std::size_t free_runs = 0;
  std::size_t dirty = 0;
  bool after_free = false;
  for (std::size_t at = 0; at < used_blocks_;) {
    const Block& head = table[at];
    const std::size_t length = head.run_blocks;
    if (length == 0 || length > used_blocks_ - at) return "a run's length is impossible";
    switch (head.state) {
      case BlockState::interior:
        return "a run begins with an interior block";
      case BlockState::free:
        if (after_free) return "two adjacent free runs were not coalesced";
        if (table[at + length - 1].state != BlockState::free) return "the end of a free run is not free";
        if (length > 1 && table[at + length - 1].back != length - 1) return "a free run's end does not know its length";
        ++free_runs;
        dirty += head.dirty ? length : 0;
        break;
      case BlockState::small:
        if (head.size_class >= kSizeClassCount || head.cell_bytes != kCellBytes[head.size_class] ||
            head.cell_count != cells_of_class(head.size_class) || length != run_blocks_of_class(head.size_class)) {
          return "a run of cells contradicts its size class";
        }
        break;
      case BlockState::large:
        if (head.cell_count != 1 || head.cell_bytes != std::uint64_t{length} << kBlockShift) {
          return "a large object contradicts its run";
        }
        break;
      default:
        return "a descriptor's state is none";
    }
    after_free = head.state == BlockState::free;
    if (!after_free) {
      in_use += length;
      for (std::size_t i = 1; i < length; ++i) {
        if (table[at + i].state != BlockState::interior || table[at + i].back != i) {
          return "an interior block does not lead to its head";
        }
      }
      // Bits of cells that do not exist.
      const std::uint32_t rest = head.cell_count % 64;
      if (rest != 0 && head.allocated[head.cell_count / 64] >> rest != 0) return "a cell beyond the run is allocated";
    }
    at += length;
  }
  if (in_use != in_use_blocks_) return "the count of blocks in use is wrong";
  if (dirty != dirty_blocks_) return "the count of dirty blocks is wrong";
  std::size_t listed = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    bool right_bin = true;
    bins_[bin].for_each([&](Block& run) {
      ++listed;
      right_bin = right_bin && run.state == BlockState::free && bin_of(run.run_blocks) == bin;
    });
    if (!right_bin) return "a free run is in the wrong bin";
    if (bins_[bin].empty() == ((nonempty_bins_ >> bin & 1) != 0)) return "the summary of the bins is wrong";
  }
  if (listed != free_runs) return "a free run is in no bin";
  return nullptr;
}

}  // namespace turnstile::allocator
