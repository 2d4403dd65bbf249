#include "report.h"

#include <algorithm>
#include <cstdio>
#include <string>

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
  std::fprintf(stderr, "%-22s %14zu\n%-22s %14zu\n%-22s %14zu\n", "heap_live_bytes", heap.live_bytes,
               "heap_committed_bytes", heap.committed_bytes, "heap_peak_bytes", heap.peak_committed_bytes);
  if (!runtime.tier_note().empty()) std::fprintf(stderr, "%-22s %s\n", "tier 1", runtime.tier_note().c_str());
}

}  // namespace turnstile::cli
