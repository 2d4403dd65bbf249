// The format specification mini language: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ops.h"
#include "core/text/str_builder.h"

namespace turnstile::strings {

struct FormatSpec {
  char32_t fill = ' ';
  char32_t align = 0;             // '<' '>' '=' '^'
  char sign = 0;                  // '+', '-', ' ', 0: none given
  bool no_negative_zero = false;  // z
  bool alternate = false;         // #
  std::int64_t width = -1;        // -1: none
  char grouping = 0;              // ',' or '_'
  std::int64_t precision = -1;    // -1: none
  char32_t type = 0;
};

/// Parses what applies to an object of class `class_name` (for messages). False with ValueError.
bool parse_format_spec(Mutator& m, const TextView& text, std::string_view class_name, char default_type,
                       char default_align, FormatSpec* out);
Value raise_unknown_format(Mutator& m, char32_t type, std::string_view class_name);

/// A number taken apart, so that padding and grouping can go between its parts. ASCII.
struct NumberParts {
  bool negative = false;
  std::string prefix;      // 0x and the like
  std::string digits;      // integer part: grouped, zero padded
  std::string rest;        // point, fraction, exponent, percent sign; or inf, nan, or the character of 'c'
  char32_t character = 0;  // the rest is this one character instead, if not 0
};
/// Sign, prefix, digits and padding as the spec wants them. Null with MemoryError.
Str* compose_number(Mutator& m, const FormatSpec& spec, const NumberParts& parts, std::size_t group_size);

/// Decimal digits (of any script) of `text` from *at on: -1 when there are none, -2 when they do not fit 63 bits.
std::int64_t parse_decimal(const TextView& text, std::size_t* at);

}  // namespace turnstile::strings
