#include "allocator/size_classes.h"

#include <doctest/doctest.h>

#include "allocator/cursors.h"

using namespace turnstile::allocator;

TEST_CASE("size classes: ascending, aligned, and 16 bytes apart up to 512") {
  for (std::size_t c = 0; c < kSizeClassCount; ++c) {
    CHECK(kCellBytes[c] % kGranule == 0);
    if (c > 0) CHECK(kCellBytes[c] > kCellBytes[c - 1]);
    if (kCellBytes[c] <= kMaxLinearBytes) CHECK(kCellBytes[c] == (c + 1) * kGranule);
  }
  CHECK(kCellBytes.back() == kMaxSmallBytes);
}

TEST_CASE("size classes: every request gets the smallest class that holds it") {
  for (std::size_t bytes = 0; bytes <= kMaxSmallBytes; ++bytes) {
    const std::size_t c = size_class_of(bytes);
    REQUIRE(kCellBytes[c] >= bytes);
    if (c > 0) REQUIRE(kCellBytes[c - 1] < bytes);
  }
}

TEST_CASE("size classes: above 512 bytes at most 12% of a run is wasted") {
  for (std::size_t bytes = kMaxLinearBytes + 1; bytes <= kMaxSmallBytes; ++bytes) {
    const std::size_t c = size_class_of(bytes);
    const std::size_t run = run_blocks_of_class(c) * kBlockBytes;
    REQUIRE(cells_of_class(c) * bytes * 100 >= run * 88);
  }
}

TEST_CASE("size classes: the reciprocal divides exactly at every offset of a run") {
  for (std::size_t c = 0; c < kSizeClassCount; ++c) {
    const std::uint64_t reciprocal = reciprocal_of(kCellBytes[c]);
    bool exact = true;
    for (std::uint64_t offset = 0; offset < run_blocks_of_class(c) * kBlockBytes; ++offset) {
      exact = exact && (offset * reciprocal) >> 32 == offset / kCellBytes[c];
    }
    CHECK(exact);
    CHECK(cells_of_class(c) <= kMaxCellsPerRun);
  }
}

TEST_CASE("cursors: bump within the span, then null") {
  alignas(16) char memory[4 * 48];
  AllocationCursors cursors;
  CHECK(try_allocate(cursors, 33) == nullptr);
  cursors.spans[size_class_of(48)] = {memory, memory + sizeof memory};
  for (int i = 0; i < 4; ++i) CHECK(try_allocate(cursors, static_cast<std::size_t>(33 + i)) == memory + i * 48);
  CHECK(try_allocate(cursors, 48) == nullptr);
  CHECK(try_allocate(cursors, 32) == nullptr);
  CHECK(try_allocate(cursors, kMaxSmallBytes + 1) == nullptr);
}
