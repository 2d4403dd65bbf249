// Searching in text of every pair of widths, compared with the obvious algorithm.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "core/text/text.h"

using namespace turnstile;
using strings::TextView;

namespace {

/// The same code points in a given width.
struct Points {
  std::vector<unsigned char> bytes;
  TextView view;
  Points(const std::u32string& points, std::uint32_t width) : bytes(points.size() * width + width) {
    for (std::size_t i = 0; i < points.size(); ++i) strings::put_point(bytes.data(), width, i, points[i]);
    view = TextView(bytes.data(), points.size(), width);
  }
};

std::size_t or_missing(std::size_t found) { return found == std::u32string::npos ? strings::kNotFound : found; }

std::size_t count_plainly(const std::u32string& haystack, const std::u32string& needle) {
  if (needle.empty()) return haystack.size() + 1;
  std::size_t n = 0;
  for (std::size_t at = 0; (at = haystack.find(needle, at)) != std::u32string::npos; at += needle.size()) ++n;
  return n;
}

}  // namespace

TEST_CASE("find, find_last and count agree with the obvious algorithm in every width") {
  std::mt19937 random(7);
  for (const std::u32string alphabet : {U"ab", U"a\x100", U"\x61\x161\x6161", U"\x10061\x61\x161"}) {
    char32_t widest = 0;
    for (const char32_t c : alphabet) widest |= c;
    for (int round = 0; round < 400; ++round) {
      std::u32string haystack, needle;
      for (std::size_t n = random() % 40; n > 0; --n) haystack += alphabet[random() % alphabet.size()];
      for (std::size_t n = random() % 4; n > 0; --n) needle += alphabet[random() % alphabet.size()];
      for (const std::uint32_t w : {1u, 2u, 4u}) {
        for (const std::uint32_t v : {1u, 2u, 4u}) {
          if (w < strings::width_of(widest) || v < strings::width_of(widest)) continue;
          const Points h(haystack, w), n(needle, v);
          CHECK(strings::find(h.view, n.view) == or_missing(haystack.find(needle)));
          CHECK(strings::find_last(h.view, n.view) == or_missing(haystack.rfind(needle)));
          CHECK(strings::count(h.view, n.view) == count_plainly(haystack, needle));
        }
      }
    }
  }
}

TEST_CASE("a needle too wide for the haystack is absent") {
  const Points narrow(U"abc", 1), wide(U"\x4e2d", 2);
  CHECK(strings::find(narrow.view, wide.view) == strings::kNotFound);
  CHECK(strings::find_last(narrow.view, wide.view) == strings::kNotFound);
  CHECK(strings::count(narrow.view, wide.view) == 0);
}

TEST_CASE("a byte pattern between two code points is no hit") {
  const Points haystack(U"\x6161\x6161\x0161", 2), needle(U"\x6161\x0161", 2);
  CHECK(strings::find(haystack.view, needle.view) == 1);
  const Points other(U"\x4161\x4261", 2), odd(U"\x6141", 2);  // little endian: 61 41 61 42 holds 41 61
  CHECK(strings::find(other.view, odd.view) == strings::kNotFound);
}

TEST_CASE("widest_point and is_ascii") {
  CHECK(strings::is_ascii(TextView("plain ascii text, longer than a word")));
  CHECK_FALSE(strings::is_ascii(TextView("caf\xe9")));
  const Points narrow_in_wide(U"abc", 4);
  CHECK(strings::width_of(strings::widest_point(narrow_in_wide.view)) == 1);
}

TEST_CASE("hashes depend on every byte and are never 0 or -1") {
  std::string data(100, 'x');
  const std::uint64_t h = strings::hash_memory(data.data(), data.size());
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = 'y';
    CHECK(strings::hash_memory(data.data(), data.size()) != h);
    data[i] = 'x';
  }
  CHECK(strings::hash_memory(nullptr, 0) == 0);
  for (std::size_t n = 1; n < 20; ++n) {
    const std::uint64_t zeros = strings::hash_memory(std::string(n, '\0').data(), n);
    CHECK(zeros != 0);
    CHECK(zeros != ~std::uint64_t{0});
  }
}
