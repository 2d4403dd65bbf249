// SHA-512 (FIPS 180-4): random.seed() spreads text seeds with it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace turnstile {

std::array<std::uint8_t, 64> sha512(std::string_view message);

}  // namespace turnstile
