// Threshold rules: how many bytes may be allocated between two collections. A rule is a function of the live bytes and
// of the number of threads that allocate at the same time.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace turnstile::gc_trigger {

template <class R>
concept Rule = requires(std::size_t live, std::uint32_t threads) {
  { R::kGenerational } -> std::convertible_to<bool>;  ///< most collections look only at what is new
  /// Nanoseconds for which the world stays stopped to be marked, as far as marking decides; then threads run until they
  /// have allocated another budget. Needs the generations' write barrier. 0: until all is marked.
  { R::kSliceNs } -> std::convertible_to<std::uint64_t>;
  /// Bytes until the next collection, given the live bytes and how many threads allocated lately, as far as
  /// there are processors for them.
  { R::budget(live, threads) } -> std::same_as<std::size_t>;
  /// Bytes that may survive until a full collection, given those alive after the last full one; 0: each one is full.
  { R::full_budget(live) } -> std::same_as<std::size_t>;
};

/// The same budget whatever lives: 2 MiB as in 2014.
template <std::size_t bytes = std::size_t{2} << 20>
struct FixedThreshold {
  static_assert(bytes > 0);
  static constexpr bool kGenerational = false;
  static constexpr std::uint64_t kSliceNs = 0;
  static constexpr std::size_t budget(std::size_t, std::uint32_t) { return bytes; }
  static constexpr std::size_t full_budget(std::size_t) { return 0; }
};

/// The heap may grow by `percent` of what lives, and in any case by `floor` bytes for each thread that allocates, up to
/// `most_threads` of them: a thread then meets as many collections as it would alone in a process.
template <std::size_t percent = 100, std::size_t floor = std::size_t{8} << 20, std::uint32_t most_threads = 16>
struct HeapGrowth {
  static_assert(percent > 0 && floor > 0 && most_threads > 0);
  static constexpr bool kGenerational = false;
  static constexpr std::uint64_t kSliceNs = 0;
  // Hundredths first: live * percent could overflow, and a percent of less than 100 bytes is below the floor anyway.
  static constexpr std::size_t budget(std::size_t live, std::uint32_t threads) {
    return std::max(floor * std::clamp(threads, std::uint32_t{1}, most_threads), live / 100 * percent);
  }
  static constexpr std::size_t full_budget(std::size_t) { return 0; }
};

/// Two generations: a collection of what is new after each `young` bytes of each thread that allocates (of
/// `most_threads` at most), of everything once what survived has grown by the budget of `Old`. Stores to old objects
/// are noted (a write barrier). Marking that takes longer than `slice_us` microseconds goes on beside the threads, in
/// slices.
template <Rule Old = HeapGrowth<>, std::size_t young = std::size_t{8} << 20, std::uint32_t most_threads = 16,
          std::uint32_t slice_us = 4000>
struct Generational {
  static_assert(young > 0 && most_threads > 0 && !Old::kGenerational);
  static constexpr bool kGenerational = true;
  static constexpr std::uint64_t kSliceNs = std::uint64_t{slice_us} * 1000;
  static constexpr std::size_t budget(std::size_t, std::uint32_t threads) {
    return young * std::clamp(threads, std::uint32_t{1}, most_threads);
  }
  static constexpr std::size_t full_budget(std::size_t live) { return Old::budget(live, 1); }
};

}  // namespace turnstile::gc_trigger
