// Builds a str piece by piece in malloc'ed memory, in the narrowest width that its pieces need.
#pragma once

#include <cstdlib>
#include <string_view>

#include "core/text/text.h"

namespace turnstile::strings {

/// Not shared between threads. Holds no references to objects. Appending never collects; finish() may. Out of memory:
/// appending stops and finish() raises MemoryError.
class StrBuilder {
 public:
  StrBuilder() = default;
  ~StrBuilder() {
    if (data_ != inline_) std::free(data_);
  }
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;

  std::size_t length() const { return length_; }
  void append(char32_t point) {
    if (!reserve(1, point)) return;
    put_point(data_, width_, length_++, point);
  }
  void append(const TextView& v) {
    if (v.length == 0) return;
    if (!reserve(v.length, v.width <= width_ ? 0 : widest_point(v))) return;
    copy_points(data_ + length_ * width_, width_, v);
    length_ += v.length;
  }
  void append(const Str* s) { append(TextView(s)); }
  /// ASCII or Latin-1.
  void append(std::string_view latin1) { append(TextView(latin1)); }
  void append_fill(char32_t point, std::size_t times) {
    if (times == 0 || !reserve(times, point)) return;
    for (std::size_t i = 0; i < times; ++i) put_point(data_, width_, length_ + i, point);
    length_ += times;
  }
  TextView view() const { return {data_, length_, width_}; }
  /// Null with MemoryError.
  Str* finish(Mutator& m) const;

 private:
  bool reserve(std::size_t more, char32_t point) {
    const std::uint32_t width = width_of(point) > width_ ? width_of(point) : width_;
    if (width == width_ && (length_ + more) * width <= capacity_) [[likely]]
      return !failed_;
    return grow(length_ + more, width);
  }
  bool grow(std::size_t length, std::uint32_t width);

  unsigned char* data_ = inline_;
  std::size_t capacity_ = sizeof(inline_);  // bytes
  std::size_t length_ = 0;                  // code points
  std::uint32_t width_ = 1;
  bool failed_ = false;
  alignas(4) unsigned char inline_[256];
};

}  // namespace turnstile::strings
