// Layouts of str, bytes and heap ints.
#pragma once

#include <gmp.h>

#include <cstddef>

#include "core/object.h"

namespace turnstile {

/// Code points in the narrowest of three widths (the representation of PEP 393): `sub` is 1, 2 or 4 bytes a code
/// point, `aux` the length in code points. A str whose code points all fit a narrower width has that width, so equal
/// strings have equal bytes. Immutable once published.
struct Str : Object {
  std::atomic<std::uint64_t> cached_hash{0};  // 0: not computed (relaxed: idempotent)
  unsigned char data[8];                      // length * width bytes, then a zero code point

  std::uint32_t length() const { return aux; }
  std::uint32_t width() const { return sub; }
  char32_t at(std::size_t i) const {
    switch (sub) {
      case 1:
        return data[i];
      case 2:
        return reinterpret_cast<const char16_t*>(data)[i];
      default:
        return reinterpret_cast<const char32_t*>(data)[i];
    }
  }
};

struct Bytes : Object {
  std::atomic<std::uint64_t> cached_hash{0};
  unsigned char data[8];  // aux bytes, then a zero
  std::uint32_t length() const { return aux; }
};

/// Sign and magnitude, GMP limbs least significant first, no leading zero limb; never a value that fits Value's
/// inline int. `aux` is the number of limbs, `sub` is 1 when negative.
struct BigInt : Object {
  mp_limb_t limbs[1];
  std::uint32_t limb_count() const { return aux; }
  bool negative() const { return sub != 0; }
};

}  // namespace turnstile
