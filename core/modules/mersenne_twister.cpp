#include "core/modules/mersenne_twister.h"

#include <algorithm>

namespace turnstile {

void MersenneTwister::seed_one(std::uint32_t s) {
  words[0] = s;
  for (std::uint32_t i = 1; i < kWords; ++i) words[i] = 1812433253u * (words[i - 1] ^ (words[i - 1] >> 30)) + i;
  index = kWords;
}

void MersenneTwister::seed(const std::vector<std::uint32_t>& key) {
  seed_one(19650218u);
  std::size_t i = 1;
  std::size_t j = 0;
  const auto advance = [&] {
    if (++i < kWords) return;
    words[0] = words[kWords - 1];
    i = 1;
  };
  for (std::size_t k = std::max<std::size_t>(kWords, key.size()); k != 0; --k) {
    words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) * 1664525u)) + key[j] + static_cast<std::uint32_t>(j);
    if (++j == key.size()) j = 0;
    advance();
  }
  for (std::size_t k = kWords - 1; k != 0; --k) {
    words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) * 1566083941u)) - static_cast<std::uint32_t>(i);
    advance();
  }
  words[0] = 0x80000000u;
}

void MersenneTwister::refill() {
  constexpr std::size_t kShift = 397;
  for (std::size_t k = 0; k < kWords; ++k) {
    const std::uint32_t y = (words[k] & 0x80000000u) | (words[(k + 1) % kWords] & 0x7fffffffu);
    words[k] = words[(k + kShift) % kWords] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfu : 0u);
  }
  index = 0;
}

std::uint32_t MersenneTwister::next32() {
  if (index >= kWords) refill();
  std::uint32_t y = words[index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

double MersenneTwister::next_double() {
  const std::uint32_t a = next32() >> 5;
  const std::uint32_t b = next32() >> 6;
  return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

}  // namespace turnstile
