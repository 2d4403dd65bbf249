// gc_trigger::ThreadCached: threads count the bytes of spans for themselves and add them to the total in batches.
//
//   ThreadCounter (own) --every kBatch bytes, or flush()--> total --reaches the rule's budget--> should_collect
//
// Late by at most kBatch bytes per thread. The caller of on_span and flush owns the ThreadCounter (or the world is
// stopped and its owner with it); after_collection needs the world stopped.
// Memory order: relaxed everywhere; the total is a hint that publishes nothing, a stop orders after_collection.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policies/gc_trigger/rules.h"
#include "policies/platform.h"

namespace turnstile::gc_trigger {

template <Rule R = HeapGrowth<>, class Platform = RealPlatform>
class ThreadCached {
 public:
  static constexpr std::string_view kName = R::kGenerational ? "thread_cached<generational>" : "thread_cached";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kGenerational = R::kGenerational;
  static constexpr std::uint64_t kSliceNs = R::kSliceNs;
  static constexpr bool kCountsEveryAllocation = false;
  static constexpr std::size_t kBatch = std::size_t{64} << 10;

  struct ThreadCounter {
    typename Platform::template var<std::size_t> bytes{0};  // not yet in the total
  };

  void on_allocate(ThreadCounter&, std::size_t) {}
  void on_span(ThreadCounter& counter, std::size_t bytes) {
    counter.bytes += bytes;
    if (counter.bytes >= kBatch) flush(counter);
  }
  void flush(ThreadCounter& counter) {
    if (counter.bytes == 0) return;
    total_.fetch_add(counter.bytes, std::memory_order_relaxed);
    counter.bytes = 0;
  }
  bool should_collect() const {
    return total_.load(std::memory_order_relaxed) >= budget_.load(std::memory_order_relaxed);
  }
  void after_collection(std::size_t live, std::uint32_t threads) {
    budget_.store(R::budget(live, threads), std::memory_order_relaxed);
    total_.store(0, std::memory_order_relaxed);
  }
  std::size_t budget() const { return budget_.load(std::memory_order_relaxed); }
  static constexpr std::size_t full_budget(std::size_t live) { return R::full_budget(live); }
  std::size_t allocated_since_collection() const { return total_.load(std::memory_order_relaxed); }

 private:
  alignas(64) typename Platform::template atomic<std::size_t> total_{0};
  alignas(64) typename Platform::template atomic<std::size_t> budget_{R::budget(0, 1)};
};

}  // namespace turnstile::gc_trigger
