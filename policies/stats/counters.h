// The runtime's counters: what --stats prints, whichever choice of the Stats axis keeps them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace turnstile::stats {

enum class Counter : std::uint8_t {
  collections,          ///< garbage collections
  collection_ns,        ///< nanoseconds with the world stopped for them
  max_pause_ns,         ///< longest of those (kept by record_max)
  stops,                ///< times the world was stopped, for any reason
  time_to_stop_ns,      ///< nanoseconds from the request to exclusivity, summed
  max_time_to_stop_ns,  ///< longest of those (kept by record_max)
  allocations,          ///< objects; cells of the spans taken and large objects where Stats does not count each one
  spans,                ///< spans of free cells taken from the heap
  span_bytes,           ///< bytes in them
  large_objects,        ///< large objects allocated
  large_bytes,          ///< bytes in them
  safepoints,           ///< slow paths of the poll
  object_lock_waits,    ///< object locks that were not free at once
  compilations,         ///< functions compiled to machine code
  osr_compilations,     ///< loops compiled for entry in the middle
  compile_ns,           ///< nanoseconds in the code generator
  deopts,               ///< exits from compiled code into the interpreter
  invalidations,        ///< compiled functions thrown away
  threads_started,      ///< threads that programs started
  kCount,
};

inline constexpr std::size_t kCounterCount = static_cast<std::size_t>(Counter::kCount);

/// Printable names, in the order of Counter.
inline constexpr std::array<std::string_view, kCounterCount> kCounterNames = {
    "collections",       "collection_ns", "max_pause_ns",     "stops",         "time_to_stop_ns", "max_time_to_stop_ns",
    "allocations",       "spans",         "span_bytes",       "large_objects", "large_bytes",     "safepoints",
    "object_lock_waits", "compilations",  "osr_compilations", "compile_ns",    "deopts",          "invalidations",
    "threads_started"};

/// Counters that keep the largest value (Stats::record_max) where the others keep a sum (Stats::add).
constexpr bool is_maximum(Counter c) { return c == Counter::max_pause_ns || c == Counter::max_time_to_stop_ns; }

/// Sums (or maxima) over all threads, indexed by Counter.
struct Snapshot {
  std::array<std::uint64_t, kCounterCount> values{};
  std::uint64_t operator[](Counter c) const { return values[static_cast<std::size_t>(c)]; }
};

}  // namespace turnstile::stats
