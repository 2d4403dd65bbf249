// Properties and case mappings of code points.
#include <doctest/doctest.h>

#include <string>

#include "core/text/unicode.h"

using namespace turnstile;

namespace {

std::u32string mapped(int (*map)(char32_t, char32_t[3]), char32_t c) {
  char32_t out[3];
  const int n = map(c, out);
  return {out, out + n};
}

}  // namespace

TEST_CASE("ASCII and Latin-1 properties") {
  CHECK(unicode::has('a', unicode::kLower));
  CHECK(unicode::has('Z', unicode::kUpper));
  CHECK(unicode::has('_', unicode::kIdentifierStart));
  CHECK_FALSE(unicode::has('7', unicode::kIdentifierStart));
  CHECK(unicode::has('7', unicode::kIdentifierContinue));
  CHECK(unicode::is_space(0x1c));
  CHECK(unicode::is_space(0xa0));
  CHECK_FALSE(unicode::is_printable(0xad));
  CHECK(unicode::is_printable(' '));
  CHECK_FALSE(unicode::is_printable(0xa0));
}

TEST_CASE("properties beyond Latin-1, at the ends of runs") {
  CHECK(unicode::has(0x100, unicode::kUpper));
  CHECK(unicode::has(0x101, unicode::kLower));
  CHECK(unicode::has(0x1c5, unicode::kTitle));
  CHECK(unicode::has(0x4e2d, unicode::kAlpha));
  CHECK(unicode::has(0xb2, unicode::kDigit));
  CHECK_FALSE(unicode::has(0xb2, unicode::kDecimal));
  CHECK(unicode::has(0x2167, unicode::kNumeric));
  CHECK_FALSE(unicode::is_printable(0xd800));
  CHECK_FALSE(unicode::is_printable(0x10ffff));
  CHECK(unicode::is_printable(0x1f600));
}

TEST_CASE("decimal values") {
  CHECK(unicode::decimal_value('0') == 0);
  CHECK(unicode::decimal_value('9') == 9);
  CHECK(unicode::decimal_value('a') == -1);
  CHECK(unicode::decimal_value(0x663) == 3);
  CHECK(unicode::decimal_value(0x660 - 1) == -1);
  CHECK(unicode::decimal_value(0x1d7ff) == 9);
}

TEST_CASE("case mappings, one to many included") {
  CHECK(mapped(unicode::to_upper, U'q') == U"Q");
  CHECK(mapped(unicode::to_upper, 0xdf) == U"SS");
  CHECK(mapped(unicode::to_upper, 0xfb03) == U"FFI");
  CHECK(mapped(unicode::to_upper, 0x101) == std::u32string(1, 0x100));
  CHECK(mapped(unicode::to_upper, 0x100) == std::u32string(1, 0x100));
  CHECK(mapped(unicode::to_lower, 0x130) == std::u32string({U'i', 0x307}));
  CHECK(mapped(unicode::to_title, 0x1c6) == std::u32string(1, 0x1c5));
  CHECK(mapped(unicode::to_folded, 0xdf) == U"ss");
  CHECK(mapped(unicode::to_folded, 0x3c2) == std::u32string(1, 0x3c3));
  CHECK(mapped(unicode::to_lower, 0x10400) == std::u32string(1, 0x10428));
}

TEST_CASE("line breaks") {
  for (const char32_t c : {0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029})
    CHECK(unicode::is_line_break(c));
  CHECK_FALSE(unicode::is_line_break(0x1f));
  CHECK_FALSE(unicode::is_line_break(' '));
}
