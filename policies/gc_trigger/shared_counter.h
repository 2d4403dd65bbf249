// gc_trigger::SharedCounter: every allocation adds its bytes to one shared word, the bottleneck that was found in 2014.
//
//   on_allocate --fetch_add--> total --reaches the rule's budget--> should_collect
//
// Exact at every moment. Spans are not counted, since their objects are: the allocator calls on_allocate for each
// object, large ones included. after_collection needs the world stopped.
// Memory order: relaxed everywhere; the total is a hint that publishes nothing, a stop orders after_collection.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policies/gc_trigger/rules.h"
#include "policies/platform.h"

namespace turnstile::gc_trigger {

template <Rule R = FixedThreshold<>, class Platform = RealPlatform>
class SharedCounter {
 public:
  static constexpr std::string_view kName = R::kGenerational ? "shared_counter<generational>" : "shared_counter";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kGenerational = R::kGenerational;
  static constexpr std::uint64_t kSliceNs = R::kSliceNs;
  static constexpr bool kCountsEveryAllocation = true;

  struct ThreadCounter {};

  void on_allocate(ThreadCounter&, std::size_t bytes) { total_.fetch_add(bytes, std::memory_order_relaxed); }
  void on_span(ThreadCounter&, std::size_t) {}
  void flush(ThreadCounter&) {}
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
