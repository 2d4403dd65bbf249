// The descriptor of a block, and the runs that blocks form.
//
// Descriptors live in a side table, one per 32 KiB block, so that marking and sweeping never touch the cells.
// A *run* is one or more contiguous blocks; the descriptor of its first block (the head) describes all of it:
//
//                        allocate                      swept empty, or detached empty
//        ┌──────────┐ ────────────► small  (cells of one class, 1 or 4 blocks) ────┐
//        │   free   │ ────────────► large  (one cell, any number of blocks)    ────┤
//        └────▲─────┘                                  died                        │
//             └────────────────────────── coalesced with free neighbours ◄─────────┘
//
// Of a small run:   current    one thread takes spans of its free cells
//                   available  may have free cells; unswept while run.epoch != the heap's epoch
//                   exhausted  had no free cells left when its owner last looked, until the next collection
//
// A cell is an object iff its `allocated` bit is set: taking a span sets the bits of the whole span, and a collection
// begins by clearing those of the cells that were not handed out. Sweeping a run is `allocated = marked`.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "allocator/cursors.h"
#include "allocator/size_classes.h"

namespace turnstile::allocator {

/// Node of an intrusive circular list.
struct BlockLinks {
  BlockLinks* next = nullptr;
  BlockLinks* prev = nullptr;
};

enum class BlockState : std::uint8_t {
  free,      ///< every block of a free run says so; only its first and last know the run's length
  interior,  ///< not the first of its run: the head is `back` blocks before
  small,
  large,
};

inline constexpr std::size_t kBitmapWords = kMaxCellsPerRun / 64;

/// Written by the run's owner while managed code runs, by the collector while it does not.
struct alignas(64) Block : BlockLinks {
  BlockState state;
  std::uint8_t size_class;   ///< small
  bool dirty;                ///< free: some of its pages may be resident
  std::uint32_t back;        ///< interior: distance to the head; last of a free run: distance to its first
  std::uint32_t run_blocks;  ///< heads, first block of a free run
  std::uint32_t cell_count;  ///< heads: 1 if large
  std::uint32_t reciprocal;  ///< of cell_bytes; 0 if large, so that every offset is in cell 0
  std::uint32_t epoch;       ///< heap epoch when `allocated` was last made exact
  std::uint64_t cell_bytes;  ///< large: the whole run
  std::uint32_t scan_from;   ///< small: no free cell before this one
  /// Set by markers, on several threads at once; the bits stay until the next full collection (or verification) begins.
  /// Relaxed: the end of marking is synchronized by the crew and by the world lock.
  alignas(64) std::atomic<std::uint64_t> marked[kBitmapWords];
  std::uint64_t allocated[kBitmapWords];

  bool is_allocated(std::uint32_t cell) const { return (allocated[cell / 64] >> (cell % 64) & 1) != 0; }
  bool is_marked(std::uint32_t cell) const {
    return (marked[cell / 64].load(std::memory_order_relaxed) >> (cell % 64) & 1) != 0;
  }
  std::uint32_t bitmap_words() const { return (cell_count + 63) / 64; }
};
static_assert(sizeof(Block) == 64 + 2 * sizeof(std::uint64_t) * kBitmapWords);

/// Cells [first, end) of a run.
struct CellRange {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  bool empty() const { return first == end; }
};

/// Makes a run of blocks that the pool handed out one of cells, all free, swept.
void format_small(Block& head, std::size_t size_class, std::uint32_t epoch);
/// Makes it one large object, allocated.
void format_large(Block& head, std::uint32_t epoch);

/// Takes the next contiguous free cells (sets their bits), or an empty range if there are none. The run is swept.
CellRange take_free_cells(Block& head);
/// Gives cells back that were taken and not handed out.
void return_cells(Block& head, CellRange cells);

/// allocated = marked. `poison`: fills the freed cells (first byte of the run at `base`) with kPoisonByte. Returns
/// whether an object is left.
bool sweep(Block& head, std::uint32_t epoch, char* base, bool poison);

void clear_marks(Block& head);

bool has_objects(const Block& head);

/// Fills all cells of a fresh run (first byte at `base`) with kPoisonByte.
void poison_cells(const Block& head, char* base);
/// The first free cell with a byte that is not kPoisonByte, or null: somebody wrote to what was not theirs.
const char* find_overwritten_cell(const Block& head, const char* base);

/// What freed cells are filled with on request. As a pointer, a double or a size it is conspicuous.
inline constexpr unsigned char kPoisonByte = 0xdb;

/// Intrusive list of runs. Lists do not own; a run is in at most one.
class BlockList {
 public:
  BlockList() { clear(); }
  BlockList(const BlockList&) = delete;
  BlockList& operator=(const BlockList&) = delete;

  bool empty() const { return links_.next == &links_; }
  void push_front(Block& block) { insert(block, links_.next); }
  void push_back(Block& block) { insert(block, &links_); }
  Block* front() { return empty() ? nullptr : static_cast<Block*>(links_.next); }
  Block* pop_front() {
    Block* const block = front();
    if (block != nullptr) unlink(*block);
    return block;
  }
  static void unlink(Block& block) {
    block.prev->next = block.next;
    block.next->prev = block.prev;
    block.next = block.prev = nullptr;
  }
  /// Appends all of `other`, which is empty afterwards.
  void splice_back(BlockList& other) {
    if (other.empty()) return;
    other.links_.next->prev = links_.prev;
    other.links_.prev->next = &links_;
    links_.prev->next = other.links_.next;
    links_.prev = other.links_.prev;
    other.clear();
  }
  /// Puts all of `other`, which is empty afterwards, before what is here.
  void splice_front(BlockList& other) {
    other.splice_back(*this);
    splice_back(other);
  }
  /// `fn(Block&)` may unlink the block it is given.
  template <class Fn>
  void for_each(Fn&& fn) {
    for (BlockLinks* at = links_.next; at != &links_;) {
      Block& block = *static_cast<Block*>(at);
      at = at->next;
      fn(block);
    }
  }

 private:
  void clear() { links_.next = links_.prev = &links_; }
  static void insert(Block& block, BlockLinks* before) {
    block.next = before;
    block.prev = before->prev;
    before->prev->next = &block;
    before->prev = &block;
  }
  BlockLinks links_;
};

}  // namespace turnstile::allocator
