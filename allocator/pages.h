// Where the runtime's memory comes from: the system, or in tests a source that refuses.
//
//   reserved (not accessible) --commit--> accessible, zero --written--> resident --discard--> accessible, zero
//       └───────────────────────────────────── unmap ◄──────────────────────────────────────────┘
//
// Every function may be refused; who calls says what the refusal means (a null, never an end of the process).
#pragma once

#include <cstddef>

namespace turnstile::allocator {

/// Pages by the range. Addresses and sizes are multiples of the page size. Several threads may call at once.
class PageSource {
 public:
  PageSource() = default;
  virtual ~PageSource() = default;
  PageSource(const PageSource&) = delete;
  PageSource& operator=(const PageSource&) = delete;

  /// Addresses without memory, not accessible. Null: refused.
  virtual void* reserve(std::size_t bytes) = 0;
  /// Accessible memory that reads as zero; pages are taken as they are touched. Null: refused.
  virtual void* map(std::size_t bytes) = 0;
  /// Makes reserved addresses accessible; what is accessible already keeps its contents. False: refused.
  virtual bool commit(void* at, std::size_t bytes) = 0;
  /// Gives the memory back, not the addresses: they read as zero from now on. False: refused, nothing has changed.
  virtual bool discard(void* at, std::size_t bytes) = 0;
  /// Gives addresses back that reserve() or map() returned, all of them.
  virtual void unmap(void* at, std::size_t bytes) = 0;

  /// mmap and its kin.
  static PageSource& system();
};

}  // namespace turnstile::allocator
