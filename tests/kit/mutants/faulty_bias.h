// owner_biased's design, written out in one class that can be broken in one place. With BiasBug::none it must pass
// whatever the shipped one passes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "policies/object_lock/parking_lot.h"

namespace turnstile::kit {

enum class BiasBug : std::uint8_t {
  none,
  // Revocation.
  no_heavy_fence,        ///< the revoker's side of the Dekker pair dropped (HotSpot before FlushProcessWriteBuffers)
  no_light_fence,        ///< the owner's side
  looks_before_store,    ///< the owner looks whether it is the owner, says that it is inside, and does not look again
  takes_over_inside,     ///< the owner's section is not waited for
  waits_for_outside,     ///< the revoker looks whether the owner is inside before it takes the byte, not after
  takes_without_update,  ///< two revokers at once
  takeover_relaxed,      ///< who enters next does not see what the last owner did
  leave_relaxed,
  // The owner.
  nested_enter,           ///< a section inside of another overwrites it (HotSpot's recursive stack locks)
  leaves_by_wrong_path,   ///< its object was taken meanwhile: frees the ordinary lock, which it does not hold
  frees_despite_waiters,  ///< the object is ordinary by now and has waiters: nobody is woken
  // Retirement, and threads that end.
  retires_inside,         ///< an owner is retired while it is inside of another of its objects
  retires_without_fence,  ///< the same, where its store is still in its store buffer
  retired_keeps_mark,     ///< the retired owner goes on entering what others take without asking
  attach_revives,  ///< a number that is being retired meanwhile is given its mark (Turnstile's own, until found here)
  detach_relaxed,  ///< the next thread with the number does not see what the last one wrote
};

/// `wear`: takeovers until an owner is retired.
template <class Platform, BiasBug bug, std::uint32_t wear>
class FaultyOwnerBiased {
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  using Lot = object_lock::ParkingLot<Platform, 1>;
  static constexpr auto kRelaxed = std::memory_order_relaxed;
  static constexpr auto kAcquire = std::memory_order_acquire;
  static constexpr auto kRelease = std::memory_order_release;
  static constexpr std::memory_order unless(BiasBug b, std::memory_order order) { return bug == b ? kRelaxed : order; }
  static constexpr std::uint8_t kBiased = 0x80, kSecond = 0x40, kTaken = 0xbf, kNoMark = 0xff;
  static constexpr std::uint32_t kFree = 0, kUsed = 1, kRetiring = 2, kRetired = 3;

 public:
  using Byte = typename Lot::Byte;
  struct Owner {
    Atomic<const Byte*> inside{nullptr};
    Atomic<std::uint8_t> mark{kNoMark}, birth{0};
    Atomic<std::uint32_t> state{kFree}, takeovers{0};
  };

  FaultyOwnerBiased() {
    for (std::size_t i = 0; i < owners_.size(); ++i) mark(i);
  }

  Owner& attach() {
    for (std::size_t i = 0; i < owners_.size(); ++i) {
      std::uint32_t free = kFree;
      if (!owners_[i].state.compare_exchange_strong(free, kUsed, kAcquire, kRelaxed)) continue;
      if (bug == BiasBug::attach_revives) mark(i);
      return owners_[i];
    }
    return nobody_;
  }
  void detach(Owner& owner) {
    if (&owner == &nobody_) return;
    std::uint32_t used = kUsed;
    owner.state.compare_exchange_strong(used, kFree, unless(BiasBug::detach_relaxed, kRelease), kRelaxed);
  }

  bool enter(Owner& me, const Byte& byte) {
    if (bug != BiasBug::nested_enter && me.inside.load(kRelaxed) != nullptr) return false;
    if constexpr (bug == BiasBug::looks_before_store) {
      if ((byte.load(kAcquire) & ~kSecond) != me.mark.load(kRelaxed)) return false;
      me.inside.store(&byte, kRelease);
      return true;
    }
    me.inside.store(&byte, kRelease);
    if constexpr (bug != BiasBug::no_light_fence) Platform::asym_light();
    const std::memory_order order = unless(BiasBug::takeover_relaxed, kAcquire);
    if ((byte.load(order) & ~kSecond) == me.mark.load(kRelaxed)) return true;
    me.inside.store(nullptr, kRelease);
    return false;
  }

  template <class Wait>
  void lock(Owner& me, Byte& byte, Wait&& wait) {
    while (!enter(me, byte)) {
      if (!biased(byte)) return lot_.lock(byte, wait);
      wait([&] { unbias(byte, &me); });
    }
  }
  void unlock(Owner& me, Byte& byte) {
    const std::uint8_t seen = byte.load(kRelaxed);
    const bool mine =
        bug == BiasBug::leaves_by_wrong_path ? seen != kTaken && (seen & kBiased) != 0 : (seen & kBiased) != 0;
    if (mine) return me.inside.store(nullptr, unless(BiasBug::leave_relaxed, kRelease));
    if constexpr (bug == BiasBug::frees_despite_waiters) return byte.store(0, kRelease);
    lot_.unlock(byte);
  }
  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    make_ordinary(byte, wait);
    lot_.lock(byte, wait);
  }
  void unlock(Byte& byte) { lot_.unlock(byte); }
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
  void mark(std::size_t i) {
    owners_[i].mark.store(static_cast<std::uint8_t>(kBiased | i), kRelaxed);
    owners_[i].birth.store(static_cast<std::uint8_t>(kBiased | i), kRelaxed);
  }
  static bool biased(const Byte& byte) { return (byte.load(kRelaxed) & kBiased) != 0; }

  template <class Wait>
  void make_ordinary(Byte& byte, Wait&& wait) {
    while (biased(byte)) wait([&] { unbias(byte, nullptr); });
  }

  void unbias(Byte& byte, Owner* me) {
    std::uint8_t seen = byte.load(kRelaxed);
    if ((seen & kBiased) == 0) return;
    if (seen == kTaken) return Platform::await([&] { return byte.load(kRelaxed) != kTaken; });
    Owner& owner = owners_[seen & (kSecond - 1u)];
    if constexpr (bug == BiasBug::waits_for_outside) await_outside(owner, byte);
    if constexpr (bug == BiasBug::takes_without_update) {
      byte.store(kTaken, kRelaxed);
    } else if (!byte.compare_exchange_strong(seen, kTaken, kAcquire, kRelaxed)) {
      return;
    }
    if (&owner != me && owner.state.load(kAcquire) != kRetired) {
      if constexpr (bug != BiasBug::no_heavy_fence) Platform::asym_heavy();
      if constexpr (bug != BiasBug::takes_over_inside && bug != BiasBug::waits_for_outside) await_outside(owner, byte);
      if (owner.takeovers.fetch_add(1, kRelaxed) + 1 == wear) retire(owner);
    }
    const std::uint8_t mine = me == nullptr ? kNoMark : me->mark.load(kRelaxed);
    const bool again = (seen & kSecond) != 0 || &owner == me || mine == kNoMark;
    byte.store(again ? 0 : static_cast<std::uint8_t>(mine | kSecond), unless(BiasBug::takeover_relaxed, kRelease));
  }
  void await_outside(Owner& owner, Byte& byte) {
    Platform::await([&] { return owner.inside.load(kAcquire) != &byte; });
  }

  void retire(Owner& owner) {
    std::uint32_t used = kUsed;
    if (!owner.state.compare_exchange_strong(used, kRetiring, kRelaxed)) return;
    owner.birth.store(0, kRelaxed);
    if constexpr (bug != BiasBug::retired_keeps_mark) owner.mark.store(kNoMark, kRelaxed);
    if constexpr (bug != BiasBug::retires_without_fence) Platform::asym_heavy();
    if constexpr (bug != BiasBug::retires_inside) {
      Platform::await([&] { return owner.inside.load(kAcquire) == nullptr; });
    }
    owner.state.store(kRetired, kRelease);
  }

  std::array<Owner, 3> owners_;
  Owner nobody_;
  Lot lot_;
};

}  // namespace turnstile::kit
