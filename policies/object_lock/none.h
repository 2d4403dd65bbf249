// object_lock::None: objects are not locked. For a world in which one thread runs at a time, or for programs whose
// threads share no mutable objects (the policy must say so, see consistency.h).
//
// No state. Fairness: nobody waits. The caller must be alone with the object. Memory order: none of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace turnstile::object_lock {

class None {
 public:
  static constexpr std::string_view kName = "none";
  static constexpr bool kParallelSafe = false;
  static constexpr bool kLocks = false;
  static constexpr bool kHeaderByte = false;

  template <class Wait>
  void lock(std::atomic<std::uint8_t>&, Wait&&) {}
  void unlock(std::atomic<std::uint8_t>&) {}
  template <class Wait>
  void lock_two(std::atomic<std::uint8_t>&, std::atomic<std::uint8_t>&, Wait&&) {}
  void unlock_two(std::atomic<std::uint8_t>&, std::atomic<std::uint8_t>&) {}
};

}  // namespace turnstile::object_lock
