// How much one marking may do before the mutators run on.
#pragma once

#include <chrono>
#include <cstdint>

namespace turnstile::allocator {

inline std::uint64_t steady_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

/// Both are looked at every few hundred objects. Roots are marked whatever the budget.
struct MarkBudget {
  static constexpr std::uint64_t kUnlimited = ~std::uint64_t{0};
  std::uint64_t deadline_ns = kUnlimited;  ///< of steady_ns()
  std::uint64_t objects = kUnlimited;      ///< that each marker traces
};

}  // namespace turnstile::allocator
