// A histogram of durations: log-linear buckets, so that every recorded value is off by at most 1/16 of itself.
//
//   bucket   0..15: the value itself; beyond: 16 equal steps for each power of two
//
// Recording is one relaxed addition: threads may record at any time, and a reader sees some recent state. The layout
// is that of HdrHistogram (Gil Tene) with 4 significant bits.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace turnstile::stats {

class Histogram {
 public:
  /// Values from kLimit on count as kLimit (about 18 minutes in nanoseconds).
  static constexpr std::uint64_t kLimit = std::uint64_t{1} << 40;
  static constexpr int kStepBits = 4;
  static constexpr std::uint64_t kSteps = std::uint64_t{1} << kStepBits;
  static constexpr std::size_t kBuckets = 593;

  void record(std::uint64_t value) {
    buckets_[bucket_of(std::min(value, kLimit))].fetch_add(1, std::memory_order_relaxed);
    std::uint64_t seen = max_.load(std::memory_order_relaxed);
    while (seen < value && !max_.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
    }
  }

  std::uint64_t count() const {
    std::uint64_t sum = 0;
    for (const auto& bucket : buckets_) sum += bucket.load(std::memory_order_relaxed);
    return sum;
  }

  /// The largest recorded value, exactly; 0 if there is none.
  std::uint64_t max() const { return max_.load(std::memory_order_relaxed); }

  /// The smallest bucket's upper end below which `percent` of the values lie, never more than max(); 0 without values.
  std::uint64_t percentile(double percent) const {
    const std::uint64_t total = count();
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      below += buckets_[i].load(std::memory_order_relaxed);
      if (below != 0 && static_cast<double>(below) >= percent / 100 * static_cast<double>(total)) {
        return std::min(upper_end(i), max());
      }
    }
    return max();
  }

  static constexpr std::size_t bucket_of(std::uint64_t value) {
    if (value < kSteps) return static_cast<std::size_t>(value);
    const int power = std::bit_width(value) - 1;  // >= kStepBits
    return static_cast<std::size_t>(power - kStepBits + 1) * kSteps + ((value >> (power - kStepBits)) - kSteps);
  }
  /// The largest value of a bucket.
  static constexpr std::uint64_t upper_end(std::size_t bucket) {
    if (bucket < kSteps) return bucket;
    const std::size_t shift = bucket / kSteps - 1;
    return ((kSteps + bucket % kSteps + 1) << shift) - 1;
  }

 private:
  std::array<std::atomic<std::uint32_t>, kBuckets> buckets_{};
  std::atomic<std::uint64_t> max_{0};
};
static_assert(Histogram::bucket_of(Histogram::kLimit) + 1 <= Histogram::kBuckets);

}  // namespace turnstile::stats
