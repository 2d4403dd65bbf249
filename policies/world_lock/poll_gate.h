// The word that polls test, for locks whose stops close a gate: two bits on a cache line of their own.
//
//   kStop     closed --open--> open --close--> closed    by stops, one at a time
//   kRequest  set by request() from any thread or signal handler, until clear()
//
// Memory order: open() releases what the exclusive thread did, closed(acquire) sees it. request() releases what was
// written before it, clear() acquires that.
#pragma once

#include <cstdint>

#include "policies/concepts.h"

namespace turnstile::world_lock {

template <class Platform>
class PollGate {
 public:
  bool closed(std::memory_order order) const { return (bits_.load(order) & kStop) != 0; }
  void close() { bits_.fetch_or(kStop, std::memory_order_relaxed); }
  void open() { bits_.fetch_and(~std::uint32_t{kStop}, std::memory_order_release); }

  /// Lock-free, hence async-signal-safe.
  void request() { bits_.fetch_or(kRequest, std::memory_order_release); }
  void clear() { bits_.fetch_and(~std::uint32_t{kRequest}, std::memory_order_acquire); }
  PollWord poll_word() const { return {Platform::poll_address(bits_), kStop | kRequest}; }

 private:
  enum Bits : std::uint32_t { kStop = 1, kRequest = 2 };
  alignas(64) typename Platform::template atomic<std::uint32_t> bits_{0};
};

}  // namespace turnstile::world_lock
