// object_lock::PerObject: a byte in each object's header is its lock; waiters park in the lock's own table.
//
//   0 free <--CAS--> 1 held; bit 2: somebody waits (parking_lot.h draws all states)
//
// Fairness: see parking_lot.h; first come, first served among the parked, a running thread may go first.
// The caller must hold what it unlocks, is running, and `wait` puts it into a blocking region.
// Memory order: acquire on taking pairs with release on freeing, both in parking_lot.h.
#pragma once

#include <functional>
#include <string_view>

#include "policies/object_lock/parking_lot.h"

namespace turnstile::object_lock {

template <class Platform = RealPlatform, std::size_t buckets = 128>
class BasicPerObject {
  using Lot = ParkingLot<Platform, buckets>;

 public:
  using Byte = typename Lot::Byte;
  static constexpr std::string_view kName = "per_object";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kLocks = true;
  static constexpr bool kHeaderByte = true;

  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    lot_.lock(byte, wait);
  }
  void unlock(Byte& byte) { lot_.unlock(byte); }

  /// By ascending address, so that two threads with swapped arguments cannot wait for each other.
  template <class Wait>
  void lock_two(Byte& a, Byte& b, Wait&& wait) {
    const bool in_order = !std::less<>{}(&b, &a);
    lot_.lock(in_order ? a : b, wait);
    if (&a != &b) lot_.lock(in_order ? b : a, wait);
  }
  void unlock_two(Byte& a, Byte& b) {
    lot_.unlock(a);
    if (&a != &b) lot_.unlock(b);
  }

 private:
  Lot lot_;
};
using PerObject = BasicPerObject<>;

}  // namespace turnstile::object_lock
