// Histograms: what a bucket holds, percentiles against sorting, recording by several threads.
#include "policies/stats/histogram.h"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <thread>
#include <vector>

namespace turnstile::stats {
namespace {

TEST_CASE("buckets cover all values without gap or overlap") {
  CHECK(Histogram::bucket_of(0) == 0);
  for (std::size_t i = 0; i + 1 < Histogram::kBuckets; ++i) {
    CAPTURE(i);
    REQUIRE(Histogram::bucket_of(Histogram::upper_end(i)) == i);
    REQUIRE(Histogram::bucket_of(Histogram::upper_end(i) + 1) == i + 1);
  }
}

TEST_CASE("percentiles are those of the sorted values, within one bucket") {
  auto histogram = std::make_unique<Histogram>();
  CHECK(histogram->percentile(50) == 0);
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> values;
  for (int i = 0; i < 10000; ++i) {
    values.push_back(random() >> (24 + random() % 40));
    histogram->record(values.back());
  }
  std::sort(values.begin(), values.end());
  for (double percent : {1.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
    CAPTURE(percent);
    const std::uint64_t exact = values[static_cast<std::size_t>(percent / 100 * 10000) - 1];
    const std::uint64_t found = histogram->percentile(percent);
    CHECK(found >= exact);
    CHECK(found <= exact + exact / 16 + 1);
  }
  CHECK(histogram->max() == values.back());
  CHECK(histogram->count() == 10000);
}

TEST_CASE("what is beyond the limit is counted, and the maximum stays exact") {
  auto histogram = std::make_unique<Histogram>();
  histogram->record(~std::uint64_t{0});
  CHECK(histogram->count() == 1);
  CHECK(histogram->max() == ~std::uint64_t{0});
  CHECK(histogram->percentile(100) >= Histogram::kLimit);
}

TEST_CASE("threads may record at once") {
  auto histogram = std::make_unique<Histogram>();
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 0; i < 5000; ++i) histogram->record(i * 4 + t);
    });
  }
  for (std::thread& t : threads) t.join();
  CHECK(histogram->count() == 20000);
  CHECK(histogram->max() == 19999);
}

}  // namespace
}  // namespace turnstile::stats
