// MT19937 (Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998), seeded as CPython's random seeds it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace turnstile {

/// Not thread-safe: its owner locks.
class MersenneTwister {
 public:
  MersenneTwister() { seed({5489}); }
  /// 32-bit words of the absolute value of the seed, least significant first; at least one.
  void seed(const std::vector<std::uint32_t>& key);
  std::uint32_t next32();
  /// [0, 1) with 53 bits.
  double next_double();

  static constexpr std::size_t kWords = 624;
  std::array<std::uint32_t, kWords> words{};
  std::size_t index = kWords;

 private:
  void seed_one(std::uint32_t s);
  void refill();
};

}  // namespace turnstile
