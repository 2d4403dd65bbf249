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

bool unescape_str(std::string_view body, std::string* out, std::string* error) {
  for (std::size_t i = 0; i < body.size();) {
    char c = body[i++];
    if (c != '\\' || i == body.size()) {
      out->push_back(c);
      continue;
    }
    std::size_t start = i - 1;
    c = body[i++];
    switch (c) {
      case '\n':
        break;
      case '\\':
      case '\'':
      case '"':
        out->push_back(c);
        break;
      case 'a':
        out->push_back('\a');
        break;
      case 'b':
        out->push_back('\b');
        break;
      case 'f':
        out->push_back('\f');
        break;
      case 'n':
        out->push_back('\n');
        break;
      case 'r':
        out->push_back('\r');
        break;
      case 't':
        out->push_back('\t');
        break;
      case 'v':
        out->push_back('\v');
        break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        char32_t value = static_cast<char32_t>(c - '0');
        for (int k = 0; k < 2 && i < body.size() && body[i] >= '0' && body[i] <= '7'; ++k) {
          value = value * 8 + static_cast<char32_t>(body[i++] - '0');
        }
        append_utf8(out, value);
        break;
      }
      case 'x':
      case 'u':
      case 'U': {
        int count = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        char32_t value = 0;
        int k = 0;
        for (; k < count && i < body.size() && hex_value(body[i]) < 16; ++k) {
          value = value * 16 + static_cast<char32_t>(hex_value(body[i++]));
        }
        if (k < count || value > 0x10ffff) {
          std::string where = std::to_string(start) + "-" + std::to_string(i - 1);
          *error = "(unicode error) 'unicodeescape' codec can't decode bytes in position " + where + ": " +
                   (k < count ? std::string("truncated \\") + c +
                                    (c == 'x'   ? "XX"
                                     : c == 'u' ? "XXXX"
                                                : "XXXXXXXX") +
                                    " escape"
                              : "illegal Unicode character");
          return false;
        }
        append_utf8(out, value);
        break;
      }
      case 'N':
        *error = "Turnstile does not support \\N{...} escapes";
        return false;
      default:
        out->push_back('\\');
        out->push_back(c);
        break;
    }
  }
  return true;
}

bool unescape_bytes(std::string_view body, std::string* out, std::string* error) {
  for (std::size_t i = 0; i < body.size();) {
    char c = body[i++];
    if (c != '\\' || i == body.size()) {
      out->push_back(c);
      continue;
    }
    std::size_t start = i - 1;
    c = body[i++];
    switch (c) {
      case '\n':
        break;
      case '\\':
      case '\'':
      case '"':
        out->push_back(c);
        break;
      case 'a':
        out->push_back('\a');
        break;
      case 'b':
        out->push_back('\b');
        break;
      case 'f':
        out->push_back('\f');
        break;
      case 'n':
        out->push_back('\n');
        break;
      case 'r':
        out->push_back('\r');
        break;
      case 't':
        out->push_back('\t');
        break;
      case 'v':
        out->push_back('\v');
        break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        int value = c - '0';
        for (int k = 0; k < 2 && i < body.size() && body[i] >= '0' && body[i] <= '7'; ++k)
          value = value * 8 + (body[i++] - '0');
        out->push_back(static_cast<char>(value));
        break;
      }
      case 'x':
        if (i + 1 < body.size() && hex_value(body[i]) < 16 && hex_value(body[i + 1]) < 16) {
          out->push_back(static_cast<char>(hex_value(body[i]) * 16 + hex_value(body[i + 1])));
          i += 2;
          break;
        }
        *error = "(value error) invalid \\x escape at position " + std::to_string(start);
        return false;
      default:
        out->push_back('\\');
        out->push_back(c);
        break;
    }
  }
  return true;
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
