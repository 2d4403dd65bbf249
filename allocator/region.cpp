#include "allocator/region.h"

#include <algorithm>

#include "allocator/sanitizer.h"
#if defined(TURNSTILE_ASAN)
#include <sanitizer/lsan_interface.h>
#endif

namespace turnstile::allocator {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kAlignment = kHugePage;              // of the first block
constexpr std::size_t kCommitStep = std::size_t{1} << 20;  // fewer system calls than one per block
constexpr std::size_t kHugeFrom = std::size_t{4} << 20;    // beyond what most programs need
constexpr std::size_t kSmallestRegion = std::size_t{4} << 20;

std::size_t round_up(std::size_t n, std::size_t step) { return (n + step - 1) / step * step; }

}  // namespace

Region::Region(std::size_t bytes, PageSource& pages) : pages_(pages) {
  bytes = round_up(std::max(bytes, kSmallestRegion), kAlignment);
  for (; bytes >= kSmallestRegion; bytes = round_up(bytes / 2, kAlignment)) {
    const std::size_t blocks = bytes >> kBlockShift;
    mapping_bytes_ = bytes + kAlignment;
    table_bytes_ = round_up(blocks * sizeof(Block), kCommitStep);
    mapping_ = static_cast<char*>(pages_.reserve(mapping_bytes_));
    void* const table = mapping_ == nullptr ? nullptr : pages_.reserve(table_bytes_);
    if (table != nullptr) {
      base_ = reinterpret_cast<char*>(round_up(reinterpret_cast<std::uintptr_t>(mapping_), kAlignment));
      table_ = static_cast<Block*>(table);
      capacity_ = blocks;
#if defined(TURNSTILE_ASAN)
      // What only managed objects refer to is not leaked. Pages that are not accessible are skipped.
      __lsan_register_root_region(mapping_, mapping_bytes_);
#endif
      return;
    }
    if (mapping_ != nullptr) pages_.unmap(mapping_, mapping_bytes_);
    mapping_ = nullptr;
    if (bytes == kSmallestRegion) break;
  }
}

Region::~Region() {
  if (!ok()) return;
#if defined(TURNSTILE_ASAN)
  __lsan_unregister_root_region(mapping_, mapping_bytes_);
#endif
  pages_.unmap(mapping_, mapping_bytes_);
  pages_.unmap(table_, table_bytes_);
}

bool Region::commit_blocks(std::size_t count) {
  if (count <= committed_) return true;
  if (count > capacity_) return false;
  // Ahead by an eighth, so that a growing heap asks the system a logarithmic number of times.
  std::size_t wanted = std::max(count + count / 8, count + (kCommitStep >> kBlockShift));
  // What is committed in one step from one boundary to another can be huge pages at once (pages.cpp).
  if (wanted << kBlockShift >= kHugeFrom) wanted = round_up(wanted, kHugePage >> kBlockShift);
  wanted = std::min(capacity_, wanted);
  for (const std::size_t target : {wanted, count}) {
    const std::size_t table_end = std::min(table_bytes_, round_up(target * sizeof(Block), kCommitStep));
    if (!pages_.commit(table_, table_end)) continue;
    char* const from = base_ + (committed_ << kBlockShift);
    if (!pages_.commit(from, (target - committed_) << kBlockShift)) continue;
    committed_ = target;
    return true;
  }
  return false;
}

bool Region::discard(const Block& first, std::size_t blocks) {
  char* const from = base_ + (static_cast<std::size_t>(&first - table_) << kBlockShift);
  return pages_.discard(from, blocks << kBlockShift);
}

}  // namespace turnstile::allocator
