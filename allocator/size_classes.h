// Size classes: how a request in bytes becomes a cell size, and how many cells a run of blocks holds.
//
// Up to 512 bytes the classes are 16 bytes apart. Above that each class is the largest "harmonic" size (run bytes / n,
// rounded down to 16) that wastes at most 12% of its run, counting both the unused end of every cell and the unused end
// of the run. Cells above 2 KiB live in runs of four blocks, because one block holds too few of them to divide well.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace turnstile::allocator {

inline constexpr std::size_t kBlockShift = 15;
inline constexpr std::size_t kBlockBytes = std::size_t{1} << kBlockShift;  ///< 32 KiB, the unit of the block pool
inline constexpr std::size_t kGranule = 16;                                ///< alignment of every cell, in bytes
inline constexpr std::size_t kMaxLinearBytes = 512;                        ///< last class of the 16-byte steps
inline constexpr std::size_t kMaxSingleBlockCell = 2048;                   ///< larger cells live in wide runs
inline constexpr std::size_t kWideRunBlocks = 4;
inline constexpr std::size_t kMaxSmallBytes = 16384;  ///< larger requests are large objects with blocks of their own
inline constexpr std::size_t kMaxCellsPerRun = kBlockBytes / kGranule;

/// Blocks in a run of cells of that size.
constexpr std::size_t run_blocks_of_cell(std::size_t cell_bytes) {
  return cell_bytes <= kMaxSingleBlockCell ? 1 : kWideRunBlocks;
}

namespace detail {

/// The class after `previous`: see the top of the file. Zero after the last one.
constexpr std::size_t next_cell_size(std::size_t previous) {
  if (previous >= kMaxSmallBytes) return 0;
  if (previous < kMaxLinearBytes) return previous + kGranule;
  std::size_t best = 0;
  for (const std::size_t blocks : {std::size_t{1}, kWideRunBlocks}) {
    const std::size_t run = blocks * kBlockBytes;
    for (std::size_t n = run / (previous + kGranule); n >= run / kBlockBytes && n > 0; --n) {
      const std::size_t size = run / n / kGranule * kGranule;
      if (size <= previous || size > kMaxSmallBytes || run_blocks_of_cell(size) != blocks) continue;
      const std::size_t useful = run / size * (previous + 1);  // every cell holds the smallest request of the class
      if (useful * 100 >= run * 88 && size > best) best = size;
    }
  }
  return best;
}

constexpr std::size_t count_size_classes() {
  std::size_t count = 0;
  for (std::size_t size = next_cell_size(0); size != 0; size = next_cell_size(size)) ++count;
  return count;
}

}  // namespace detail

inline constexpr std::size_t kSizeClassCount = detail::count_size_classes();

/// Cell size in bytes of each class, ascending.
inline constexpr std::array<std::uint32_t, kSizeClassCount> kCellBytes = [] {
  std::array<std::uint32_t, kSizeClassCount> sizes{};
  std::size_t size = 0;
  for (auto& slot : sizes) {
    size = detail::next_cell_size(size);
    slot = static_cast<std::uint32_t>(size);
  }
  return sizes;
}();
static_assert(kCellBytes.back() == kMaxSmallBytes && kSizeClassCount < 256);

/// Class of a request of (index * 16 - 15 ... index * 16) bytes. A request of no bytes gets the smallest cell.
inline constexpr std::array<std::uint8_t, kMaxSmallBytes / kGranule + 1> kClassOfGranules = [] {
  std::array<std::uint8_t, kMaxSmallBytes / kGranule + 1> table{};
  std::size_t size_class = 0;
  for (std::size_t granules = 0; granules < table.size(); ++granules) {
    while (kCellBytes[size_class] < granules * kGranule) ++size_class;
    table[granules] = static_cast<std::uint8_t>(size_class);
  }
  return table;
}();

/// Precondition: bytes <= kMaxSmallBytes.
constexpr std::size_t size_class_of(std::size_t bytes) { return kClassOfGranules[(bytes + kGranule - 1) / kGranule]; }

constexpr std::size_t run_blocks_of_class(std::size_t size_class) { return run_blocks_of_cell(kCellBytes[size_class]); }

constexpr std::uint32_t cells_of_class(std::size_t size_class) {
  return static_cast<std::uint32_t>(run_blocks_of_class(size_class) * kBlockBytes / kCellBytes[size_class]);
}

/// offset / cell_bytes == (offset * reciprocal) >> 32 for every offset inside a run: the error of the rounded-up
/// reciprocal is below cell_bytes * offset <= 2^14 * 2^17 < 2^32.
constexpr std::uint32_t reciprocal_of(std::uint32_t cell_bytes) {
  return static_cast<std::uint32_t>(((std::uint64_t{1} << 32) + cell_bytes - 1) / cell_bytes);
}

}  // namespace turnstile::allocator
