// Descriptors, the block pool, the local cache: the ordinary code under the heap.
#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <random>

#include "allocator/block_pool.h"

using namespace turnstile::allocator;

namespace {
constexpr std::size_t kReserve = std::size_t{1} << 30;

std::uint32_t count_allocated(const Block& run) {
  std::uint32_t count = 0;
  for (std::uint32_t cell = 0; cell < run.cell_count; ++cell) count += run.is_allocated(cell) ? 1 : 0;
  return count;
}
}  // namespace

TEST_CASE("block: free cells are taken as maximal runs and given back exactly") {
  BlockPool pool(kReserve);
  Block& run = *pool.allocate(1);
  const std::size_t c = size_class_of(16);
  format_small(run, c, 1);
  CellRange cells = take_free_cells(run);
  CHECK(cells.first == 0);
  CHECK(cells.end == 2048);
  CHECK(take_free_cells(run).empty());
  CHECK(count_allocated(run) == 2048);

  return_cells(run, {60, 70});
  return_cells(run, {127, 129});
  return_cells(run, {2047, 2048});
  CHECK(count_allocated(run) == 2048 - 13);
  for (const auto& [first, end] : std::map<std::uint32_t, std::uint32_t>{{60, 70}, {127, 129}, {2047, 2048}}) {
    cells = take_free_cells(run);
    CHECK(cells.first == first);
    CHECK(cells.end == end);
  }
  CHECK(take_free_cells(run).empty());
}

TEST_CASE("block: sweeping keeps what is marked, frees the rest, and poisons on request") {
  BlockPool pool(kReserve);
  Block& run = *pool.allocate(1);
  const std::size_t c = size_class_of(256);
  format_small(run, c, 1);
  char* const base = pool.view().address_of(run);
  std::memset(base, 0x11, kBlockBytes);
  take_free_cells(run);
  for (std::uint32_t cell = 0; cell < run.cell_count; cell += 3) {
    run.marked[cell / 64].fetch_or(std::uint64_t{1} << (cell % 64));
  }
  CHECK(sweep(run, 2, base, true));
  CHECK(has_objects(run));
  CHECK(count_allocated(run) == 43);
  CHECK(run.epoch == 2);
  for (std::uint32_t cell = 0; cell < run.cell_count; ++cell) {
    CHECK(run.is_allocated(cell) == (cell % 3 == 0));
    CHECK(run.is_marked(cell) == (cell % 3 == 0));  // until the next full collection
    const auto expected = static_cast<char>(cell % 3 == 0 ? 0x11 : kPoisonByte);
    CHECK(base[cell * 256] == expected);
    CHECK(base[cell * 256 + 255] == expected);
  }
  const CellRange cells = take_free_cells(run);
  CHECK(cells.first == 1);
  CHECK(cells.end == 3);
  CHECK(sweep(run, 3, base, false));  // marks are sticky
  clear_marks(run);
  CHECK_FALSE(sweep(run, 4, base, false));
  CHECK_FALSE(has_objects(run));
}

TEST_CASE("pool: neighbours coalesce in whichever order they are freed") {
  for (const int order : {0, 1, 2, 3, 4, 5}) {
    BlockPool pool(kReserve);
    Block* runs[3];
    for (Block*& run : runs) format_large(*(run = pool.allocate(5)), 1);
    format_large(*pool.allocate(1), 1);
    const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (const int i : orders[order]) {
      pool.release(*runs[i]);
      CHECK(pool.check_consistency() == nullptr);
    }
    CHECK(pool.in_use_blocks() == 1);
    CHECK(pool.allocate(15) == runs[0]);  // one run again, and the best fit
  }
}

TEST_CASE("pool: a free run at the end grows instead of staying behind") {
  BlockPool pool(kReserve);
  Block* const a = pool.allocate(10);
  format_large(*a, 1);
  pool.release(*a);
  Block* const b = pool.allocate(100);
  CHECK(b == a);
  CHECK(pool.view().used_bytes == 100 * kBlockBytes);
}

TEST_CASE("pool: the limit is exact, and trimming gives pages back") {
  BlockPool pool(kReserve);
  pool.set_limit(100 * kBlockBytes);
  Block* const a = pool.allocate(60);
  REQUIRE(a != nullptr);
  format_large(*a, 1);
  std::memset(pool.view().address_of(*a), 1, 60 * kBlockBytes);
  CHECK(pool.allocate(41) == nullptr);
  Block* const b = pool.allocate(40);
  REQUIRE(b != nullptr);
  format_large(*b, 1);
  CHECK(pool.allocate(1) == nullptr);
  pool.release(*a);
  CHECK(pool.dirty_blocks() == 60);
  char* const memory = pool.view().address_of(*a);
  CHECK(memory[0] == 1);
  pool.trim(0);
  CHECK(pool.dirty_blocks() == 0);
  CHECK(memory[0] == 0);
  CHECK(pool.check_consistency() == nullptr);
}

TEST_CASE("pool: the system's refusal is a null") {
  BlockPool pool(std::size_t{4} << 20);
  CHECK(pool.capacity_blocks() == 128);
  CHECK(pool.allocate(129) == nullptr);
  Block* const all = pool.allocate(128);
  REQUIRE(all != nullptr);
  format_large(*all, 1);
  CHECK(pool.allocate(1) == nullptr);
}

TEST_CASE("pool: an absurd reservation falls back to a smaller one") {
  BlockPool pool(std::size_t{1} << 50);
  CHECK(pool.capacity_blocks() > 0);
  CHECK(pool.allocate(4) != nullptr);
}

TEST_CASE("pool: random allocations and releases stay consistent and disjoint") {
  std::mt19937 random(1);
  BlockPool pool(kReserve);
  std::map<Block*, std::size_t> live;
  for (int step = 0; step < 4000; ++step) {
    if (live.size() < 40 || random() % 2 == 0) {
      const std::size_t blocks = random() % 4 == 0 ? 1 + random() % 200 : 1 + random() % 6;
      Block* const run = pool.allocate(blocks);
      REQUIRE(run != nullptr);
      format_large(*run, 1);
      const auto next = live.upper_bound(run);
      if (next != live.end()) REQUIRE(run + blocks <= next->first);
      if (next != live.begin()) REQUIRE(std::prev(next)->first + std::prev(next)->second <= run);
      live[run] = blocks;
    } else {
      const auto victim = std::next(live.begin(), static_cast<long>(random() % live.size()));
      pool.release(*victim->first);
      live.erase(victim);
    }
    if (step % 64 == 0) {
      REQUIRE(pool.check_consistency() == nullptr);
      if (step % 512 == 0) pool.trim(random() % (1 << 20));
    }
  }
  for (const auto& [run, blocks] : live) pool.release(*run);
  CHECK(pool.in_use_blocks() == 0);
  CHECK(pool.check_consistency() == nullptr);
}

TEST_CASE("list: splice, unlink, and iteration that removes") {
  BlockPool pool(kReserve);
  BlockList a;
  BlockList b;
  Block* runs[6];
  for (int i = 0; i < 6; ++i) {
    runs[i] = pool.allocate(1);
    format_large(*runs[i], 1);
    (i < 3 ? a : b).push_back(*runs[i]);
  }
  a.splice_back(b);
  CHECK(b.empty());
  int seen = 0;
  a.for_each([&](Block& block) {
    CHECK(&block == runs[seen++]);
    if (seen % 2 == 0) BlockList::unlink(block);
  });
  CHECK(seen == 6);
  CHECK(a.pop_front() == runs[0]);
  CHECK(a.pop_front() == runs[2]);
  CHECK(a.pop_front() == runs[4]);
  CHECK(a.pop_front() == nullptr);
}
