#include "codegen/frontend/literals.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "codegen/frontend/source.h"

namespace turnstile::frontend {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/// The largest decimal literal that python3 converts by default.
constexpr std::size_t kMaxDecimalDigits = 4300;

}  // namespace

bool number_value(std::string_view token, Constant* out, std::string* error) {
  std::string digits;
  for (char c : token) {
    if (c != '_') digits += c;
  }
  if (digits.back() == 'j' || digits.back() == 'J') {
    *error = "Turnstile does not support complex numbers";
    return false;
  }
  int base = 10;
  if (digits.size() > 2 && digits[0] == '0') {
    char r = static_cast<char>(digits[1] | 0x20);
    base = r == 'x' ? 16 : r == 'o' ? 8 : r == 'b' ? 2 : 10;
  }
  if (base != 10) {
    digits.erase(0, 2);
  } else if (digits.find_first_of(".eE") != std::string::npos) {
    *out = Constant::of_number(std::strtod(digits.c_str(), nullptr));
    return true;
  }
  std::int64_t value = 0;
  auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (status == std::errc() && end == digits.data() + digits.size()) {
    *out = Constant::of_int(value);
    return true;
  }
  std::size_t zeros = digits.find_first_not_of('0');
  if (zeros == std::string::npos) zeros = digits.size() - 1;
  digits.erase(0, zeros);
  if (base == 10 && digits.size() > kMaxDecimalDigits) {
    *error = "Exceeds the limit (4300 digits) for integer string conversion: value has " +
             std::to_string(digits.size()) +
             " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer "
             "literals to avoid decimal conversion limits.";
    return false;
  }
  *out = Constant::of_int(0);
  out->base = static_cast<std::uint8_t>(base);
  out->text = std::move(digits);
  return true;
}

StringPrefix split_string(std::string_view token) {
  StringPrefix p;
  std::uint32_t i = 0;
  for (;; ++i) {
    char c = static_cast<char>(token[i] | 0x20);
    if (token[i] == '"' || token[i] == '\'') break;
    if (c == 'b') p.bytes = true;
    if (c == 'r') p.raw = true;
    if (c == 'f') p.format = true;
  }
  p.triple = token.size() >= i + 6 && token[i + 1] == token[i] && token[i + 2] == token[i];
  std::uint32_t quotes = p.triple ? 3 : 1;
  p.body_begin = i + quotes;
  p.body_end = static_cast<std::uint32_t>(token.size()) - quotes;
  return p;
}

namespace {

/// The character that the escape \c stands for in str and bytes alike, or 0.
char simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      return c;
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return 0;
  }
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// The value of an octal escape whose first digit is at *at: at most three digits are taken.
std::uint32_t octal_escape(std::string_view body, std::size_t* at) {
  std::uint32_t value = 0;
  for (int k = 0; k < 3 && *at < body.size() && is_octal(body[*at]); ++k) {
    value = value * 8 + static_cast<std::uint32_t>(body[(*at)++] - '0');
  }
  return value;
}

/// Takes up to `count` hexadecimal digits; false if there are fewer.
bool hex_escape(std::string_view body, std::size_t* at, int count, char32_t* value) {
  *value = 0;
  int k = 0;
  for (; k < count && *at < body.size() && hex_value(body[*at]) < 16; ++k) {
    *value = *value * 16 + static_cast<char32_t>(hex_value(body[(*at)++]));
  }
  return k == count;
}

/// Copies a literal's body; what escapes mean beyond the common ones is for `special(c, start, &at)`, which is called
/// with the character after the backslash at `start` and the index behind it: false ends with its error.
template <class Octal, class Special>
bool unescape(std::string_view body, std::string* out, Octal&& octal, Special&& special) {
  for (std::size_t at = 0; at < body.size();) {
    char c = body[at++];
    if (c != '\\' || at == body.size()) {
      out->push_back(c);
      continue;
    }
    const std::size_t start = at - 1;
    c = body[at++];
    if (c == '\n') continue;
    if (const char simple = simple_escape(c); simple != 0) {
      out->push_back(simple);
    } else if (is_octal(c)) {
      --at;
      octal(octal_escape(body, &at));
    } else if (!special(c, start, &at)) {
      return false;
    }
  }
  return true;
}

void keep_escape(std::string* out, char c) {
  out->push_back('\\');
  out->push_back(c);
}

}  // namespace

bool unescape_str(std::string_view body, std::string* out, std::string* error) {
  return unescape(
      body, out, [&](char32_t value) { append_utf8(out, value); },
      [&](char c, std::size_t start, std::size_t* at) {
        if (c == 'N') {
          *error = "Turnstile does not support \\N{...} escapes";
          return false;
        }
        const int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits == 0) return keep_escape(out, c), true;
        char32_t value = 0;
        const bool complete = hex_escape(body, at, digits, &value);
        if (complete && value <= 0x10ffff) return append_utf8(out, value), true;
        *error = "(unicode error) 'unicodeescape' codec can't decode bytes in position " + std::to_string(start) + "-" +
                 std::to_string(*at - 1) + ": " +
                 (complete ? "illegal Unicode character"
                           : std::string("truncated \\") + c + std::string(static_cast<std::size_t>(digits), 'X') +
                                 " escape");
        return false;
      });
}

bool unescape_bytes(std::string_view body, std::string* out, std::string* error) {
  return unescape(
      body, out, [&](std::uint32_t value) { out->push_back(static_cast<char>(value)); },
      [&](char c, std::size_t start, std::size_t* at) {
        if (c != 'x') return keep_escape(out, c), true;
        char32_t value = 0;
        if (hex_escape(body, at, 2, &value)) return out->push_back(static_cast<char>(value)), true;
        *error = "(value error) invalid \\x escape at position " + std::to_string(start);
        return false;
      });
}

bool Constant::same(const Constant& o) const {
  if (kind != o.kind) return false;
  if (kind == Kind::code) return unit == o.unit;
  return key() == o.key();
}

std::string Constant::key() const {
  std::string k(1, static_cast<char>('a' + static_cast<int>(kind)));
  switch (kind) {
    case Kind::integer:
      return k + (text.empty() ? std::to_string(small) : std::to_string(base) + ":" + text) + ";";
    case Kind::number: {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%a", number);
      return k + buffer + ";";
    }
    case Kind::str:
    case Kind::bytes:
    case Kind::name:
      return k + std::to_string(text.size()) + ":" + text;
    case Kind::tuple:
    case Kind::frozenset:
      k += std::to_string(items.size()) + "(";
      for (const Constant& c : items) k += c.key();
      return k + ")";
    case Kind::code: {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%p", static_cast<const void*>(unit.get()));
      return k + buffer;
    }
    default:
      return k;
  }
}

}  // namespace turnstile::frontend
