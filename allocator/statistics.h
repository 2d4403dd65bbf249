// What collections and heaps report.
#pragma once

#include <cstddef>
#include <cstdint>

namespace turnstile::allocator {

struct CollectionResult {
  std::size_t live_bytes = 0;  ///< in cells that survived, rounded to cells
  std::size_t live_objects = 0;
  std::size_t freed_objects = 0;  ///< found dead; their memory is reused when their blocks are swept
  std::size_t finalized = 0;      ///< finalizers that ran
  bool minor = false;             ///< only what is new was looked at (Extent::due)
  bool complete = true;        ///< false: one slice of it; nothing was freed, live_* are those of the last complete one
  std::uint64_t mark_ns = 0;   ///< nanoseconds of marking
  std::uint64_t total_ns = 0;  ///< nanoseconds in collect()
};

struct HeapStatistics {
  std::size_t live_bytes = 0;       ///< after the last collection
  std::size_t in_use_bytes = 0;     ///< in blocks that hold cells or large objects
  std::size_t committed_bytes = 0;  ///< in_use_bytes and free blocks whose pages may be resident
  std::size_t peak_committed_bytes = 0;
  std::size_t large_bytes = 0;  ///< in blocks of large objects
  std::size_t large_objects = 0;
  std::size_t reserved_bytes = 0;  ///< address space
  std::uint64_t collections = 0;
  std::uint64_t minor_collections = 0;         ///< of these
  std::size_t thread_caches = 0;               ///< of attached threads
  std::size_t allocated_since_collection = 0;  ///< bytes, as the policy's trigger has counted them
};

}  // namespace turnstile::allocator
