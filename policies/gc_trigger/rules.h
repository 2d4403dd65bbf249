// Threshold rules: how many bytes may be allocated between two collections. A rule is a function of the live bytes.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>

namespace turnstile::gc_trigger {

template <class R>
concept Rule = requires(std::size_t live) {
  { R::budget(live) } -> std::same_as<std::size_t>;  ///< bytes until the next collection, given the live bytes
};

/// The same budget whatever lives: 2 MiB as in 2014.
template <std::size_t bytes = std::size_t{2} << 20>
struct FixedThreshold {
  static_assert(bytes > 0);
  static constexpr std::size_t budget(std::size_t) { return bytes; }
};

/// The heap may grow by `percent` of what lives, and by `floor` bytes in any case.
template <std::size_t percent = 100, std::size_t floor = std::size_t{8} << 20>
struct HeapGrowth {
  static_assert(percent > 0 && floor > 0);
  // Hundredths first: live * percent could overflow, and a percent of less than 100 bytes is below the floor anyway.
  static constexpr std::size_t budget(std::size_t live) { return std::max(floor, live / 100 * percent); }
};

}  // namespace turnstile::gc_trigger
