// Finding text in text. The needle is brought to the haystack's width first; then the C library's memchr and memmem
// (two-way, linear) do the work on bytes.
#include <algorithm>
#include <memory>

#include "core/text/text.h"

namespace turnstile::strings {

namespace {

/// A needle in the width of its haystack, or impossible when the haystack is too narrow to hold it.
class Needle {
 public:
  Needle(const TextView& haystack, const TextView& needle) : view_(needle) {
    if (needle.width == haystack.width) return;
    if (width_of(widest_point(needle)) > haystack.width && needle.width > haystack.width) {
      possible_ = false;
      return;
    }
    if (needle.length * haystack.width > sizeof(inline_)) {
      large_ = std::make_unique<unsigned char[]>(needle.length * haystack.width);
    }
    unsigned char* data = large_ ? large_.get() : inline_;
    copy_points(data, haystack.width, needle);
    view_ = TextView(data, needle.length, haystack.width);
  }
  bool possible() const { return possible_; }
  const TextView& view() const { return view_; }

 private:
  TextView view_;
  bool possible_ = true;
  std::unique_ptr<unsigned char[]> large_;
  alignas(8) unsigned char inline_[128];
};

template <class T>
std::size_t find_point(const T* p, std::size_t n, T point) {
  if constexpr (sizeof(T) == 1) {
    const void* hit = n == 0 ? nullptr : std::memchr(p, point, n);
    return hit == nullptr ? kNotFound : static_cast<std::size_t>(static_cast<const T*>(hit) - p);
  } else {
    const T* hit = std::find(p, p + n, point);
    return hit == p + n ? kNotFound : static_cast<std::size_t>(hit - p);
  }
}

/// Both of one width; the needle is not empty.
std::size_t find_same_width(const TextView& h, const TextView& n) {
  if (n.length > h.length) return kNotFound;
  if (n.length == 1) {
    return with_points(h, [&](const auto* p) {
      using T = std::remove_cvref_t<decltype(*p)>;
      return find_point<T>(p, h.length, static_cast<T>(n[0]));
    });
  }
  // memmem may hit between two code points of a wide string: go on from the next one then.
  std::size_t from = 0;
  const std::size_t bytes = h.bytes();
  while (const void* hit = memmem(h.data + from, bytes - from, n.data, n.bytes())) {
    const auto offset = static_cast<std::size_t>(static_cast<const unsigned char*>(hit) - h.data);
    if (offset % h.width == 0) return offset / h.width;
    from = offset + 1;
  }
  return kNotFound;
}

}  // namespace

std::size_t find(const TextView& haystack, const TextView& needle) {
  if (needle.length == 0) return 0;
  if (needle.length > haystack.length) return kNotFound;
  const Needle n(haystack, needle);
  return n.possible() ? find_same_width(haystack, n.view()) : kNotFound;
}

std::size_t find_last(const TextView& haystack, const TextView& needle) {
  if (needle.length > haystack.length) return kNotFound;
  if (needle.length == 0) return haystack.length;
  const Needle n(haystack, needle);
  if (!n.possible()) return kNotFound;
  return with_points(haystack, [&](const auto* h) {
    using T = std::remove_cvref_t<decltype(*h)>;
    const auto* p = reinterpret_cast<const T*>(n.view().data);
    for (std::size_t i = haystack.length - needle.length + 1; i-- > 0;) {
      if (h[i] == p[0] && std::memcmp(h + i, p, needle.length * sizeof(T)) == 0) return i;
    }
    return kNotFound;
  });
}

std::size_t count(const TextView& haystack, const TextView& needle, std::size_t limit) {
  if (needle.length == 0) return std::min(haystack.length + 1, limit);
  if (needle.length > haystack.length) return 0;
  const Needle n(haystack, needle);
  if (!n.possible()) return 0;
  std::size_t found = 0;
  for (std::size_t from = 0; found < limit; ++found) {
    const std::size_t hit = find_same_width(haystack.slice(from, haystack.length), n.view());
    if (hit == kNotFound) break;
    from += hit + needle.length;
  }
  return found;
}

}  // namespace turnstile::strings
