#include "core/text/unicode.h"

#include <algorithm>

namespace turnstile::unicode {

std::uint16_t properties_slow(char32_t point) {
  // The last run that starts at or before the point.
  const std::uint32_t* end = kPropertyRuns + kPropertyRunCount;
  const std::uint32_t* run = std::upper_bound(kPropertyRuns, end, (static_cast<std::uint32_t>(point) << 8) | 0xff);
  return kPropertySets[run[-1] & 0xff];
}

bool is_line_break(char32_t c) {
  return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

int decimal_value(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  const std::uint32_t* end = kDecimalStarts + kDecimalStartCount;
  const std::uint32_t* zero = std::upper_bound(kDecimalStarts, end, static_cast<std::uint32_t>(c));
  if (zero == kDecimalStarts || c - zero[-1] > 9) return -1;
  return static_cast<int>(c - zero[-1]);
}

namespace {

int map(const Mapping& mapping, char32_t c, char32_t out[3]) {
  const MappingRun* runs_end = mapping.runs + mapping.run_count;
  const MappingRun* run =
      std::upper_bound(mapping.runs, runs_end, c, [](char32_t p, const MappingRun& r) { return p < r.first; });
  if (run != mapping.runs) {
    --run;
    const std::uint32_t distance = c - run->first;
    if (distance % run->stride == 0 && distance / run->stride < run->count) {
      out[0] = c + static_cast<char32_t>(run->delta);
      return 1;
    }
  }
  const SpecialMapping* end = mapping.specials + mapping.special_count;
  const SpecialMapping* special =
      std::lower_bound(mapping.specials, end, c, [](const SpecialMapping& s, char32_t p) { return s.point < p; });
  if (special != end && special->point == c) {
    int n = 0;
    while (n < 3 && special->to[n] != 0) {
      out[n] = special->to[n];
      ++n;
    }
    return n;
  }
  out[0] = c;
  return 1;
}

}  // namespace

int to_upper(char32_t c, char32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
    return 1;
  }
  return map(kUpperMapping, c, out);
}

int to_lower(char32_t c, char32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'A' && c <= 'Z' ? c + 32 : c;
    return 1;
  }
  return map(kLowerMapping, c, out);
}

int to_title(char32_t c, char32_t out[3]) {
  if (c < 0x80) return to_upper(c, out);
  return map(kTitleMapping, c, out);
}

int to_folded(char32_t c, char32_t out[3]) {
  if (c < 0x80) return to_lower(c, out);
  return map(kFoldMapping, c, out);
}

}  // namespace turnstile::unicode
