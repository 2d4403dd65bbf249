// stats::SharedAtomic: one word per counter, shared by all threads, as in 2014: counting is itself a contention point.
// Each object that is allocated adds one, so that allocation has no inline fast path: the second of the two counters
// that were found to cost a quarter of a threaded benchmark.
//
// Fairness: nobody waits. Memory order: relaxed; a count publishes nothing. A snapshot taken while threads count is a
// mixture of moments.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "policies/platform.h"
#include "policies/stats/counters.h"

namespace turnstile::stats {

template <class Platform = RealPlatform>
class BasicSharedAtomic {
 public:
  static constexpr std::string_view kName = "shared_atomic";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kCounts = true;
  static constexpr bool kCountsEveryAllocation = true;

  struct ThreadCounters {};

  void attach(ThreadCounters&) {}
  void detach(ThreadCounters&) {}
  void add(ThreadCounters&, Counter c, std::uint64_t n) {
    counts_[static_cast<std::size_t>(c)].fetch_add(n, std::memory_order_relaxed);
  }
  void record_max(ThreadCounters&, Counter c, std::uint64_t value) {
    auto& word = counts_[static_cast<std::size_t>(c)];
    std::uint64_t largest = word.load(std::memory_order_relaxed);
    while (largest < value && !word.compare_exchange_weak(largest, value, std::memory_order_relaxed)) {
    }
  }
  Snapshot snapshot() const {
    Snapshot result;
    for (std::size_t i = 0; i < kCounterCount; ++i) result.values[i] = counts_[i].load(std::memory_order_relaxed);
    return result;
  }

 private:
  std::array<typename Platform::template atomic<std::uint64_t>, kCounterCount> counts_{};
};
using SharedAtomic = BasicSharedAtomic<>;

}  // namespace turnstile::stats
