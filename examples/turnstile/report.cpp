#include "report.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "core/stop_recorder.h"

namespace turnstile::cli {

void print_policies(std::span<const BundleInfo> policies) {
  std::array<std::size_t, 8> widths{};
  widths[0] = 6;
  for (std::size_t i = 0; i < kAxisNames.size(); ++i) widths[i + 1] = kAxisNames[i].size();
  for (const BundleInfo& bundle : policies) {
    widths[0] = std::max(widths[0], bundle.name.size());
    for (std::size_t i = 0; i < bundle.choices.size(); ++i)
      widths[i + 1] = std::max(widths[i + 1], bundle.choices[i].size());
  }
  const auto cell = [&](std::string_view text, std::size_t column) {
    std::printf("%-*.*s%s", static_cast<int>(widths[column]), static_cast<int>(text.size()), text.data(),
                column == 7 ? "\n" : "  ");
  };
  cell("bundle", 0);
  for (std::size_t i = 0; i < kAxisNames.size(); ++i) cell(kAxisNames[i], i + 1);
  for (const BundleInfo& bundle : policies) {
    cell(bundle.name, 0);
    for (std::size_t i = 0; i < bundle.choices.size(); ++i) cell(bundle.choices[i], i + 1);
  }
}

namespace {

void print_histogram(const char* name, const stats::Histogram& histogram) {
  const auto us = [](std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e3; };
  std::fprintf(stderr, "  %-20s %10llu %10.1f %10.1f %10.1f %10.1f\n", name,
               static_cast<unsigned long long>(histogram.count()), us(histogram.percentile(50)),
               us(histogram.percentile(90)), us(histogram.percentile(99)), us(histogram.max()));
}

}  // namespace

void print_stats(RuntimeCore& runtime) {
  const stats::Snapshot counts = runtime.counters();
  const allocator::HeapStatistics heap = runtime.heap_statistics();
  std::fprintf(stderr, "--- turnstile stats: policy %.*s\n", static_cast<int>(runtime.policy_name().size()),
               runtime.policy_name().data());
  for (std::size_t i = 0; i < stats::kCounterCount; ++i) {
    const std::string name(stats::kCounterNames[i]);
    if (name.ends_with("_ns")) {
      std::fprintf(stderr, "%-22s %14.3f ms\n", name.substr(0, name.size() - 3).c_str(),
                   static_cast<double>(counts.values[i]) / 1e6);
    } else {
      std::fprintf(stderr, "%-22s %14llu\n", name.c_str(), static_cast<unsigned long long>(counts.values[i]));
    }
  }
  const StopRecorder& stops = runtime.stop_recorder();
  if (stops.enabled()) {
    std::fprintf(stderr, "%-22s %10s %10s %10s %10s %10s\n", "stops, in us", "count", "p50", "p90", "p99", "max");
    print_histogram("time to stop", stops.time_to_stop);
    print_histogram("time stopped", stops.time_stopped);
    print_histogram("time to resume", stops.time_to_resume);
    print_histogram("collection's pause", stops.pause);
    print_histogram("of that, marking", stops.marking);
    const std::string straggler = stops.worst_straggler();
    std::fprintf(stderr, "%-22s %s\n", "last at the worst stop", straggler.empty() ? "-" : straggler.c_str());
  }
  std::fprintf(stderr, "%-22s %14zu\n%-22s %14zu\n%-22s %14zu\n", "heap_live_bytes", heap.live_bytes,
               "heap_committed_bytes", heap.committed_bytes, "heap_peak_bytes", heap.peak_committed_bytes);
  if (!runtime.tier_note().empty()) std::fprintf(stderr, "%-22s %s\n", "tier 1", runtime.tier_note().c_str());
}

}  // namespace turnstile::cli
