// object_lock::Striped: a table of locks, chosen by the object's address; objects carry no lock state.
//
//   each stripe: 0 free <--CAS--> 1 held; bit 2: somebody waits (parking_lot.h draws all states)
//
// Two objects may share a stripe: a thread that holds one object's lock must not ask for another's, but takes both
// by lock_two (PerObject has no such rule, but follow it for both).
// Fairness: see parking_lot.h; first come, first served among the parked, a running thread may go first.
// The caller must hold what it unlocks, is running, and `wait` puts it into a blocking region.
// Memory order: acquire on taking pairs with release on freeing, both in parking_lot.h.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "policies/object_lock/parking_lot.h"

namespace turnstile::object_lock {

template <class Platform = RealPlatform, std::size_t stripes = 256, std::size_t buckets = 128>
class BasicStriped {
  using Lot = ParkingLot<Platform, buckets>;

 public:
  using Byte = typename Lot::Byte;
  static constexpr std::string_view kName = "striped";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kLocks = true;
  static constexpr bool kHeaderByte = false;

  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    lot_.lock(stripe_of(byte), wait);
  }
  void unlock(Byte& byte) { lot_.unlock(stripe_of(byte)); }

  /// By ascending stripe; a shared stripe is taken once.
  template <class Wait>
  void lock_two(Byte& a, Byte& b, Wait&& wait) {
    Byte* first = &stripe_of(a);
    Byte* second = &stripe_of(b);
    if (std::less<>{}(second, first)) std::swap(first, second);
    lot_.lock(*first, wait);
    if (second != first) lot_.lock(*second, wait);
  }
  void unlock_two(Byte& a, Byte& b) {
    Byte& first = stripe_of(a);
    Byte& second = stripe_of(b);
    lot_.unlock(first);
    if (&second != &first) lot_.unlock(second);
  }

 private:
  struct alignas(64) Stripe {
    Byte byte{0};
  };

  Byte& stripe_of(const Byte& byte) {
    const auto address = reinterpret_cast<std::uintptr_t>(&byte) >> 4;
    return stripes_[((address * 0x9E3779B97F4A7C15u) >> 32) * stripes >> 32].byte;
  }

  std::array<Stripe, stripes> stripes_;
  Lot lot_;
};
using Striped = BasicStriped<>;

}  // namespace turnstile::object_lock
