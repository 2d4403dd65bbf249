// stats::Off: nothing is counted; the snapshot is all zeros.
#pragma once

#include <cstdint>
#include <string_view>

#include "policies/stats/counters.h"

namespace turnstile::stats {

class Off {
 public:
  static constexpr std::string_view kName = "off";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kCounts = false;
  static constexpr bool kCountsEveryAllocation = false;

  struct ThreadCounters {};

  void attach(ThreadCounters&) {}
  void detach(ThreadCounters&) {}
  void add(ThreadCounters&, Counter, std::uint64_t) {}
  void record_max(ThreadCounters&, Counter, std::uint64_t) {}
  Snapshot snapshot() const { return {}; }
};

}  // namespace turnstile::stats
