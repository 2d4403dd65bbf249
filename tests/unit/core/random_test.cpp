// The generator behind random, against published and CPython's numbers.
#include <doctest/doctest.h>

#include <string>

#include "core/modules/mersenne_twister.h"
#include "core/modules/sha512.h"

namespace turnstile {
namespace {

std::string hex(const std::array<std::uint8_t, 64>& digest) {
  std::string out;
  for (std::uint8_t b : digest) {
    out += "0123456789abcdef"[b >> 4];
    out += "0123456789abcdef"[b & 15];
  }
  return out;
}

TEST_CASE("SHA-512 of the standard's examples") {
  CHECK(hex(sha512("")) ==
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  CHECK(hex(sha512("abc")) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("the Mersenne Twister gives the numbers of its authors' test vector") {
  MersenneTwister twister;
  twister.seed({0x123, 0x234, 0x345, 0x456});
  CHECK(twister.next32() == 1067595299u);
  CHECK(twister.next32() == 955945823u);
  CHECK(twister.next32() == 477289528u);
}

TEST_CASE("a seed gives the doubles that CPython gives") {
  MersenneTwister twister;
  twister.seed({42});
  CHECK(twister.next_double() == 0.6394267984578837);
  CHECK(twister.next_double() == 0.025010755222666936);
}

}  // namespace
}  // namespace turnstile
