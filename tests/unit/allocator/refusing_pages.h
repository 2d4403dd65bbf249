// A source of pages that refuses once, or from some call on, and knows what has not been given back.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "allocator/pages.h"

namespace turnstile::allocator {

/// Refuses call number `first` and all up to `last`, counted from 1 over every kind of call; 0: none.
class RefusingPages final : public PageSource {
 public:
  explicit RefusingPages(std::uint64_t first = 0, std::uint64_t last = 0)
      : first_(first), last_(last < first ? first : last) {}

  void* reserve(std::size_t bytes) override { return refuses() ? nullptr : note(system().reserve(bytes), bytes); }
  void* map(std::size_t bytes) override { return refuses() ? nullptr : note(system().map(bytes), bytes); }
  bool commit(void* at, std::size_t bytes) override { return !refuses() && system().commit(at, bytes); }
  bool discard(void* at, std::size_t bytes) override { return !refuses() && system().discard(at, bytes); }
  void unmap(void* at, std::size_t bytes) override {
    system().unmap(at, bytes);
    mapped_.fetch_sub(bytes);
  }

  std::uint64_t calls() const { return calls_.load(); }
  std::uint64_t refused() const { return refused_.load(); }
  /// Bytes of addresses that were got and not given back.
  std::size_t mapped() const { return mapped_.load(); }

 private:
  bool refuses() {
    const std::uint64_t call = calls_.fetch_add(1) + 1;
    if (call < first_ || call > last_) return false;
    refused_.fetch_add(1);
    return true;
  }
  void* note(void* at, std::size_t bytes) {
    if (at != nullptr) mapped_.fetch_add(bytes);
    return at;
  }

  const std::uint64_t first_, last_;
  std::atomic<std::uint64_t> calls_{0}, refused_{0};
  std::atomic<std::size_t> mapped_{0};
};

}  // namespace turnstile::allocator
