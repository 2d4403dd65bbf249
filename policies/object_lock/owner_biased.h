// object_lock::OwnerBiased: PerObject, and free for the thread that made an object as long as no other writes to it.
//
//   bit 7 of the byte: biased to a thread (bias.h draws the states); else as PerObject (parking_lot.h draws them)
//
// A byte is biased from birth: one that is ordinary never becomes biased again.
// Fairness, memory order: bias.h, parking_lot.h.
// The caller must hold what it unlocks, is running, and `wait` puts it into a blocking region. lock(byte, wait) is for
// callers that have no owner at hand; the byte is an ordinary lock then.
#pragma once

#include <functional>
#include <string_view>

#include "policies/object_lock/bias.h"
#include "policies/object_lock/parking_lot.h"

namespace turnstile::object_lock {

template <class Platform = RealPlatform, std::size_t threads = 63, std::size_t buckets = 128,
          std::uint32_t max_takeovers = 128>
class BasicOwnerBiased {
  using Table = BiasTable<Platform, threads, max_takeovers>;
  using Lot = ParkingLot<Platform, buckets>;

 public:
  using Byte = typename Lot::Byte;
  using Owner = BiasOwner<Platform>;
  static constexpr std::string_view kName = "owner_biased";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kLocks = true;
  static constexpr bool kHeaderByte = true;

  /// Generated code has the light fence compiled in: where it costs something, nothing is biased.
  Owner& attach() { return Platform::light_is_free() ? bias_.attach() : bias_.nobody(); }
  void detach(Owner& owner) { bias_.detach(owner); }

  template <class Wait>
  void lock(Owner& me, Byte& byte, Wait&& wait) {
    while (!me.enter(byte)) {
      if (!biased(byte)) return lot_.lock(byte, wait);
      wait([&] { bias_.unbias(byte, &me); });
    }
  }
  void unlock(Owner& me, Byte& byte) {
    if (biased(byte)) return me.leave();  // taken over or not: who holds an ordinary lock sees no bias
    lot_.unlock(byte);
  }

  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    make_ordinary(byte, wait);
    lot_.lock(byte, wait);
  }
  void unlock(Byte& byte) { lot_.unlock(byte); }

  /// By ascending address, so that two threads with swapped arguments cannot wait for each other.
  template <class Wait>
  void lock_two(Byte& a, Byte& b, Wait&& wait) {
    make_ordinary(a, wait);
    make_ordinary(b, wait);
    const bool in_order = !std::less<>{}(&b, &a);
    lot_.lock(in_order ? a : b, wait);
    if (&a != &b) lot_.lock(in_order ? b : a, wait);
  }
  void unlock_two(Byte& a, Byte& b) {
    lot_.unlock(a);
    if (&a != &b) lot_.unlock(b);
  }

 private:
  static bool biased(const Byte& byte) { return Table::is_biased(byte.load(std::memory_order_relaxed)); }

  template <class Wait>
  void make_ordinary(Byte& byte, Wait&& wait) {
    while (biased(byte)) wait([&] { bias_.unbias(byte, nullptr); });
  }

  Table bias_;
  Lot lot_;
};
using OwnerBiased = BasicOwnerBiased<>;

}  // namespace turnstile::object_lock
