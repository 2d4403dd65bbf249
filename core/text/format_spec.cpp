#include "core/text/format_spec.h"

#include <algorithm>
#include <cstdio>

#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

bool is_align(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// How messages show a type character.
std::string shown(char32_t c) {
  if (c > 32 && c < 128) return std::string(1, static_cast<char>(c));
  char buffer[16];
  std::snprintf(buffer, sizeof(buffer), "\\x%x", static_cast<unsigned>(c));
  return buffer;
}

bool fail(Mutator& m, std::string_view message) {
  raise_value_error(m, message);
  return false;
}

bool allows_grouping(char grouping, char32_t type) {
  switch (type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case '%':
    case 'F':
    case 0:
      return true;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      return grouping == '_';
    default:
      return false;
  }
}

/// Puts separators between groups of digits, counted from the right, and zeros in front up to min_width characters.
std::string group_digits(const std::string& digits, char separator, std::size_t group, std::int64_t min_width) {
  auto left = static_cast<std::int64_t>(digits.size());
  if (separator == 0) {
    const std::int64_t zeros = std::max<std::int64_t>(min_width - left, 0);
    return std::string(static_cast<std::size_t>(zeros), '0') + digits;
  }
  std::string reversed;
  for (;;) {
    const std::int64_t length =
        std::min(static_cast<std::int64_t>(group), std::max({left, min_width, std::int64_t{1}}));
    const std::int64_t taken = std::max<std::int64_t>(0, std::min(left, length));
    for (std::int64_t i = 0; i < taken; ++i) reversed += digits[static_cast<std::size_t>(--left)];
    reversed.append(static_cast<std::size_t>(length - taken), '0');
    min_width -= length;
    if (left <= 0 && min_width <= 0) break;
    reversed += separator;
    --min_width;
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

}  // namespace

std::int64_t parse_decimal(const TextView& text, std::size_t* at) {
  std::int64_t value = -1;
  for (int digit; *at < text.length && (digit = unicode::decimal_value(text[*at])) >= 0; ++*at) {
    if (value < 0) value = 0;
    if (value > (INT64_MAX - 9) / 10) return -2;
    value = value * 10 + digit;
  }
  return value;
}

Value raise_unknown_format(Mutator& m, char32_t type, std::string_view class_name) {
  return raise_value_error(
      m, "Unknown format code '" + shown(type) + "' for object of type '" + std::string(class_name) + "'");
}

bool parse_format_spec(Mutator& m, const TextView& text, std::string_view class_name, char default_type,
                       char default_align, FormatSpec* out) {
  const std::size_t n = text.length;
  std::size_t i = 0;
  const auto next_is = [&](char32_t c) { return i < n && text[i] == c; };
  FormatSpec spec;
  spec.align = static_cast<unsigned char>(default_align);
  spec.type = static_cast<unsigned char>(default_type);
  bool fill_given = false, align_given = false;
  if (n >= 2 && is_align(text[1])) {
    spec.fill = text[0];
    spec.align = text[1];
    fill_given = align_given = true;
    i = 2;
  } else if (n >= 1 && is_align(text[0])) {
    spec.align = text[0];
    align_given = true;
    i = 1;
  }
  if (next_is('+') || next_is('-') || next_is(' ')) spec.sign = static_cast<char>(text[i++]);
  if (next_is('z')) {
    spec.no_negative_zero = true;
    ++i;
  }
  if (next_is('#')) {
    spec.alternate = true;
    ++i;
  }
  if (!fill_given && next_is('0')) {
    spec.fill = '0';
    if (!align_given && default_align == '>') spec.align = '=';
    ++i;
  }
  spec.width = parse_decimal(text, &i);
  if (spec.width == -2) return fail(m, "Too many decimal digits in format string");
  if (next_is(',')) {
    spec.grouping = ',';
    ++i;
  }
  if (next_is('_')) {
    if (spec.grouping != 0) return fail(m, "Cannot specify both ',' and '_'.");
    spec.grouping = '_';
    ++i;
  }
  if (next_is(',') && spec.grouping == '_') return fail(m, "Cannot specify both ',' and '_'.");
  if (next_is('.')) {
    ++i;
    spec.precision = parse_decimal(text, &i);
    if (spec.precision == -1) return fail(m, "Format specifier missing precision");
    if (spec.precision == -2) return fail(m, "Too many decimal digits in format string");
  }
  if (n - i > 1) {
    std::string whole;
    for (std::size_t k = 0; k < n; ++k) append_utf8(whole, text[k]);
    return fail(m, "Invalid format specifier '" + whole + "' for object of type '" + std::string(class_name) + "'");
  }
  if (n - i == 1) spec.type = text[i];
  if (spec.grouping != 0 && !allows_grouping(spec.grouping, spec.type)) {
    return fail(m, std::string("Cannot specify '") + spec.grouping + "' with '" + shown(spec.type) + "'.");
  }
  *out = spec;
  return true;
}

Str* compose_number(Mutator& m, const FormatSpec& spec, const NumberParts& parts, std::size_t group_size) {
  const char32_t sign = parts.negative ? U'-' : spec.sign == '+' ? U'+' : spec.sign == ' ' ? U' ' : 0;
  const std::size_t rest = parts.character != 0 ? 1 : parts.rest.size();
  const std::size_t fixed = (sign != 0) + parts.prefix.size() + rest;
  std::string digits;
  if (!parts.digits.empty()) {
    const std::int64_t min_width =
        spec.fill == '0' && spec.align == '=' ? spec.width - static_cast<std::int64_t>(fixed) : 0;
    digits = group_digits(parts.digits, spec.grouping, group_size, min_width);
  }
  const auto used = static_cast<std::int64_t>(fixed + digits.size());
  const auto padding = static_cast<std::size_t>(std::max<std::int64_t>(spec.width - used, 0));
  const std::size_t before = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  const std::size_t inside = spec.align == '=' ? padding : 0;
  StrBuilder out;
  out.append_fill(spec.fill, before);
  if (sign != 0) out.append(sign);
  out.append(parts.prefix);
  out.append_fill(spec.fill, inside);
  out.append(digits);
  if (parts.character != 0) {
    out.append(parts.character);
  } else {
    out.append(parts.rest);
  }
  out.append_fill(spec.fill, padding - before - inside);
  return out.finish(m);
}

}  // namespace turnstile::strings
