#include "allocator/block.h"

#include <algorithm>
#include <cstring>

namespace turnstile::allocator {
namespace {

void clear_bitmaps(Block& head) {
  for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
    head.marked[word].store(0, std::memory_order_relaxed);
    head.allocated[word] = 0;
  }
}

/// First cell at or after `from` whose bit equals `wanted`, or `end`.
std::uint32_t find_bit(const std::uint64_t* bits, std::uint32_t from, std::uint32_t end, bool wanted) {
  const std::uint64_t flip = wanted ? 0 : ~std::uint64_t{0};
  std::uint32_t word = from / 64;
  std::uint64_t rest = (bits[word] ^ flip) & (~std::uint64_t{0} << (from % 64));
  while (rest == 0) {
    if (++word * 64 >= end) return end;
    rest = bits[word] ^ flip;
  }
  return std::min(end, word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest)));
}

/// Calls fn(word, mask) for each bitmap word that the range touches.
template <class Fn>
void for_each_word(CellRange cells, Fn&& fn) {
  for (std::uint32_t at = cells.first; at < cells.end;) {
    const std::uint32_t word = at / 64;
    const std::uint32_t stop = std::min(cells.end, (word + 1) * 64);
    const std::uint32_t length = stop - at;
    const std::uint64_t ones = length == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << length) - 1;
    fn(word, ones << (at % 64));
    at = stop;
  }
}

void set_heads(Block& head, BlockState state) {
  head.state = state;
  head.back = 0;
  for (std::uint32_t i = 1; i < head.run_blocks; ++i) {
    (&head)[i].state = BlockState::interior;
    (&head)[i].back = i;
  }
}

}  // namespace

void format_small(Block& head, std::size_t size_class, std::uint32_t epoch) {
  set_heads(head, BlockState::small);
  head.size_class = static_cast<std::uint8_t>(size_class);
  head.cell_bytes = kCellBytes[size_class];
  head.cell_count = cells_of_class(size_class);
  head.reciprocal = reciprocal_of(kCellBytes[size_class]);
  head.epoch = epoch;
  head.scan_from = 0;
  clear_bitmaps(head);
}

void format_large(Block& head, std::uint32_t epoch) {
  set_heads(head, BlockState::large);
  head.size_class = 0;
  head.cell_bytes = std::uint64_t{head.run_blocks} << kBlockShift;
  head.cell_count = 1;
  head.reciprocal = 0;
  head.epoch = epoch;
  head.scan_from = 1;
  clear_bitmaps(head);
  head.allocated[0] = 1;
}

CellRange take_free_cells(Block& head) {
  if (head.scan_from >= head.cell_count) return {};
  const std::uint32_t first = find_bit(head.allocated, head.scan_from, head.cell_count, false);
  if (first == head.cell_count) {
    head.scan_from = first;
    return {};
  }
  const std::uint32_t end = find_bit(head.allocated, first, head.cell_count, true);
  for_each_word({first, end}, [&](std::uint32_t word, std::uint64_t mask) { head.allocated[word] |= mask; });
  head.scan_from = end;
  return {first, end};
}

void return_cells(Block& head, CellRange cells) {
  if (cells.empty()) return;
  for_each_word(cells, [&](std::uint32_t word, std::uint64_t mask) { head.allocated[word] &= ~mask; });
  head.scan_from = std::min(head.scan_from, cells.first);
}

bool sweep(Block& head, std::uint32_t epoch, char* base, bool poison) {
  std::uint64_t any = 0;
  for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
    const std::uint64_t live = head.marked[word].load(std::memory_order_relaxed);
    any |= live;
    if (poison) {
      for (std::uint64_t bits = head.allocated[word] & ~live; bits != 0; bits &= bits - 1) {
        const std::size_t cell = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        std::memset(base + cell * head.cell_bytes, kPoisonByte, head.cell_bytes);
      }
    }
    head.allocated[word] = live;
  }
  head.epoch = epoch;
  head.scan_from = 0;
  return any != 0;
}

void poison_cells(const Block& head, char* base) {
  std::memset(base, kPoisonByte, std::size_t{head.cell_count} * head.cell_bytes);
}

const char* find_overwritten_cell(const Block& head, const char* base) {
  for (std::uint32_t cell = 0; cell < head.cell_count; ++cell) {
    if (head.is_allocated(cell)) continue;
    const char* const at = base + cell * head.cell_bytes;
    // All bytes are the same iff the first is right and each equals its neighbour.
    if (static_cast<unsigned char>(at[0]) != kPoisonByte || std::memcmp(at, at + 1, head.cell_bytes - 1) != 0)
      return at;
  }
  return nullptr;
}

bool has_objects(const Block& head) {
  return std::any_of(head.allocated, head.allocated + head.bitmap_words(),
                     [](std::uint64_t word) { return word != 0; });
}

void clear_marks(Block& head) {
  for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
    head.marked[word].store(0, std::memory_order_relaxed);
  }
}

}  // namespace turnstile::allocator
