// A window onto code points (or bytes) of width 1, 2 or 4, and copying between the widths. Owns nothing: whoever holds
// a view into an object keeps it alive, because stacks are scanned and interior pointers count.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/objects/text.h"

namespace turnstile::strings {

struct TextView {
  const unsigned char* data = nullptr;
  std::size_t length = 0;   // in code points
  std::uint32_t width = 1;  // bytes a code point

  TextView() = default;
  TextView(const unsigned char* d, std::size_t n, std::uint32_t w) : data(d), length(n), width(w) {}
  /// ASCII or Latin-1 text, or raw bytes.
  explicit TextView(std::string_view latin1)
      : data(reinterpret_cast<const unsigned char*>(latin1.data())), length(latin1.size()) {}
  explicit TextView(const Str* s) : data(s->data), length(s->length()), width(s->width()) {}
  explicit TextView(const Bytes* b) : data(b->data), length(b->length()) {}

  char32_t operator[](std::size_t i) const {
    switch (width) {
      case 1:
        return data[i];
      case 2:
        return reinterpret_cast<const char16_t*>(data)[i];
      default:
        return reinterpret_cast<const char32_t*>(data)[i];
    }
  }
  TextView slice(std::size_t from, std::size_t to) const { return {data + from * width, to - from, width}; }
  std::size_t bytes() const { return length * width; }
};

/// Calls fn(pointer to code points of the real width).
template <class Fn>
decltype(auto) with_points(const TextView& v, Fn&& fn) {
  switch (v.width) {
    case 1:
      return fn(v.data);
    case 2:
      return fn(reinterpret_cast<const char16_t*>(v.data));
    default:
      return fn(reinterpret_cast<const char32_t*>(v.data));
  }
}

inline std::uint32_t width_of(char32_t point) { return point < 0x100 ? 1 : point < 0x10000 ? 2 : 4; }

/// A code point at least as wide as the widest of `v`, in the same width class: what allocate_str wants. The OR of the
/// points serves because the classes end at powers of two, and the loop vectorizes.
inline char32_t widest_point(const TextView& v) {
  if (v.width == 1) return 0xff;
  return with_points(v, [&](const auto* p) {
    char32_t all = 0;
    for (std::size_t i = 0; i < v.length; ++i) all |= p[i];
    return all;
  });
}

inline bool is_ascii(const TextView& v) {
  if (v.width != 1) return false;
  std::size_t i = 0;
  std::uint64_t all = 0;
  for (; i + 8 <= v.length; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, v.data + i, 8);
    all |= word;
  }
  for (; i < v.length; ++i) all |= v.data[i];
  return (all & 0x8080808080808080u) == 0;
}

/// Copies the points of `from` to width `to_width` at `to`, which must be able to hold them.
inline void copy_points(unsigned char* to, std::uint32_t to_width, const TextView& from) {
  if (to_width == from.width) {
    if (from.length != 0) std::memcpy(to, from.data, from.bytes());
    return;
  }
  with_points(from, [&](const auto* p) {
    if (to_width == 1) {
      for (std::size_t i = 0; i < from.length; ++i) to[i] = static_cast<unsigned char>(p[i]);
    } else if (to_width == 2) {
      auto* out = reinterpret_cast<char16_t*>(to);
      for (std::size_t i = 0; i < from.length; ++i) out[i] = static_cast<char16_t>(p[i]);
    } else {
      auto* out = reinterpret_cast<char32_t*>(to);
      for (std::size_t i = 0; i < from.length; ++i) out[i] = p[i];
    }
  });
}

inline void put_point(unsigned char* to, std::uint32_t width, std::size_t i, char32_t point) {
  if (width == 1) {
    to[i] = static_cast<unsigned char>(point);
  } else if (width == 2) {
    reinterpret_cast<char16_t*>(to)[i] = static_cast<char16_t>(point);
  } else {
    reinterpret_cast<char32_t*>(to)[i] = point;
  }
}

inline bool same_text(const TextView& a, const TextView& b) {
  if (a.length != b.length) return false;
  if (a.width == b.width) return a.length == 0 || std::memcmp(a.data, b.data, a.bytes()) == 0;
  for (std::size_t i = 0; i < a.length; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace turnstile::strings
