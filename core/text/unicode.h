// Properties and case mappings of Unicode 14 (what Python 3.11 has), from the tables in unicode_tables.cpp, which
// make_unicode_tables.py writes. Independent of any locale.
#pragma once

#include <cstdint>

namespace turnstile::unicode {

enum Property : std::uint16_t {
  kAlpha = 1,
  kDecimal = 2,
  kDigit = 4,
  kNumeric = 8,
  kLower = 16,
  kUpper = 32,
  kTitle = 64,
  kSpace = 128,
  kPrintable = 256,
  kIdentifierStart = 512,
  kIdentifierContinue = 1024,
  kCased = 2048,          // for titles and the final sigma
  kCaseIgnorable = 4096,  // for the final sigma
};

/// Bits of Property.
std::uint16_t properties_slow(char32_t point);
extern const std::uint16_t kLatin1Properties[256];
inline std::uint16_t properties(char32_t point) {
  return point < 256 ? kLatin1Properties[point] : properties_slow(point);
}
inline bool has(char32_t point, Property p) { return (properties(point) & p) != 0; }

inline bool is_space(char32_t c) { return has(c, kSpace); }
inline bool is_printable(char32_t c) { return has(c, kPrintable); }
inline bool is_identifier_start(char32_t c) { return has(c, kIdentifierStart); }
inline bool is_identifier_continue(char32_t c) { return has(c, kIdentifierContinue); }
/// Ends a line for str.splitlines().
bool is_line_break(char32_t c);
/// 0-9 for a decimal digit of any script, else -1.
int decimal_value(char32_t c);

/// Full mappings: writes 1 to 3 code points, returns how many.
int to_upper(char32_t c, char32_t out[3]);
int to_lower(char32_t c, char32_t out[3]);
int to_title(char32_t c, char32_t out[3]);
int to_folded(char32_t c, char32_t out[3]);

// --- layout of the tables ---
struct MappingRun {
  std::uint32_t first;
  std::uint16_t count;  // code points first, first + stride, ...
  std::uint16_t stride;
  std::int32_t delta;
};
struct SpecialMapping {
  char32_t point;
  char32_t to[3];  // zero: absent
};
struct Mapping {
  const MappingRun* runs;
  std::uint32_t run_count;
  const SpecialMapping* specials;  // sorted by point
  std::uint32_t special_count;
};
extern const std::uint32_t kPropertyRuns[];  // first code point << 8 | index into kPropertySets; sorted
extern const std::uint32_t kPropertyRunCount;
extern const std::uint16_t kPropertySets[];
extern const std::uint32_t kDecimalStarts[];  // code points of the zeros
extern const std::uint32_t kDecimalStartCount;
extern const Mapping kUpperMapping, kLowerMapping, kTitleMapping, kFoldMapping;

}  // namespace turnstile::unicode
