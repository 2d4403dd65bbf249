#include "core/numbers/float_ops.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cwctype>
#include <string>

#include "core/exceptions.h"
#include "core/numbers/int_ops.h"
#include "core/ops.h"

namespace turnstile {

std::string_view trim_ascii(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string decimal_to_ascii(const Str* text) {
  // First code points of the decimal digit runs outside ASCII that programs may meet (Unicode category Nd).
  static constexpr char32_t kZeros[] = {0x660,  0x6f0,  0x7c0,  0x966,   0x9e6,   0xa66,   0xae6,   0xb66,
                                        0xbe6,  0xc66,  0xce6,  0xd66,   0xe50,   0xed0,   0xf20,   0x1040,
                                        0x17e0, 0x1810, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6};
  std::string ascii;
  for (std::uint32_t i = 0; i < text->length(); ++i) {
    const char32_t c = text->at(i);
    char out = '?';
    if (c < 0x80) out = static_cast<char>(c);
    if (c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
        c == 0x205f || c == 0x3000 || c == 0x85) {
      out = ' ';
    }
    for (char32_t zero : kZeros) {
      if (c >= zero && c < zero + 10) out = static_cast<char>('0' + (c - zero));
    }
    ascii.push_back(out);
  }
  return ascii;
}

std::optional<double> parse_double(std::string_view text) {
  text = trim_ascii(text);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      plain.push_back(text[i]);
      continue;
    }
    const bool between = i > 0 && i + 1 < text.size() && text[i - 1] >= '0' && text[i - 1] <= '9' &&
                         text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!between) return std::nullopt;
  }
  std::size_t at = 0;
  const bool negative = !plain.empty() && plain[0] == '-';
  if (!plain.empty() && (plain[0] == '-' || plain[0] == '+')) at = 1;
  std::string word;
  for (std::size_t i = at; i < plain.size(); ++i)
    word.push_back(static_cast<char>(plain[i] >= 'A' && plain[i] <= 'Z' ? plain[i] | 0x20 : plain[i]));
  if (word == "inf" || word == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  if (word == "nan") return std::nan("");
  bool digits = false;
  for (char c : word) {
    if (c >= '0' && c <= '9')
      digits = true;
    else if (c != '.' && c != 'e' && c != '+' && c != '-')
      return std::nullopt;
  }
  if (!digits || word[0] == '+' || word[0] == '-') return std::nullopt;
  double d = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), d);
  if (end != word.data() + word.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) d = std::strtod(word.c_str(), nullptr);
  return negative ? -d : d;
}

std::string double_repr(double d) {
  if (std::isnan(d)) return "nan";
  if (std::isinf(d)) return d > 0 ? "inf" : "-inf";
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific);
  const std::string_view shortest(buffer, static_cast<std::size_t>(result.ptr - buffer));
  // [-]d[.ddd]e[+-]xx -> digits and exponent
  std::string_view rest = shortest;
  std::string text;
  if (rest[0] == '-') {
    text = "-";
    rest.remove_prefix(1);
  }
  const std::size_t e = rest.find('e');
  const int exponent = std::atoi(std::string(rest.substr(e + 1)).c_str());
  std::string digits(1, rest[0]);
  if (e > 2) digits += rest.substr(2, e - 2);
  if (exponent < -4 || exponent >= 16) {
    text += digits[0];
    if (digits.size() > 1) text += "." + digits.substr(1);
    char tail[16];
    std::snprintf(tail, sizeof tail, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
    return text + tail;
  }
  if (exponent < 0) return text + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return text + digits + std::string(whole - digits.size(), '0') + ".0";
  return text + digits.substr(0, whole) + "." + digits.substr(whole);
}

bool number_to_double(Mutator& m, Value v, double* out) {
  if (v.is_double()) {
    *out = v.as_double();
    return true;
  }
  if (is_any_int(v) || v.is_bool()) return int_to_double(m, v, out);
  const WellKnownNames& names = m.runtime->names;
  Type* cls = type_of(m, v);
  if (!lookup_type(m, cls, names.__float__).is_empty()) {
    Value result = call_method(m, v, names.__float__, {});
    if (result.is_empty()) return false;
    if (result.is_double()) {
      *out = result.as_double();
      return true;
    }
    raise_type_error(
        m, to_utf8(cls->name) + ".__float__ returned non-float (type " + to_utf8(type_of(m, result)->name) + ")");
    return false;
  }
  if (!lookup_type(m, cls, names.__index__).is_empty()) {
    Value result = call_method(m, v, names.__index__, {});
    return !result.is_empty() && number_to_double(m, result, out);
  }
  raise_type_error(m, "must be real number, not " + to_utf8(cls->name));
  return false;
}

Value double_round(Mutator& m, double d, std::int64_t digits) {
  if (!std::isfinite(d) || digits > 323) return Value::number(d);
  if (digits < -308) return Value::number(std::copysign(0.0, d));
  // printf rounds the exact binary value, ties to even; strtod reads the nearest double back.
  if (digits >= 0) {
    char buffer[700];
    std::snprintf(buffer, sizeof buffer, "%.*f", static_cast<int>(digits), d);
    return Value::number(std::strtod(buffer, nullptr));
  }
  const double unit = std::pow(10.0, static_cast<double>(-digits));
  double quotient = d / unit;
  double rounded = std::nearbyint(quotient);
  const double result = rounded * unit;
  if (!std::isfinite(result)) return raise_overflow_error(m, "rounded value too large to represent");
  return Value::number(result == 0 ? std::copysign(0.0, d) : result);
}

void double_divmod(double d, double e, double* quotient, double* remainder) {
  double mod = std::fmod(d, e);
  double div = (d - mod) / e;
  if (mod != 0) {
    if ((e < 0) != (mod < 0)) {
      mod += e;
      div -= 1.0;
    }
  } else {
    mod = std::copysign(0.0, e);
  }
  if (div != 0) {
    double floor = std::floor(div);
    if (div - floor > 0.5) floor += 1.0;
    *quotient = floor;
  } else {
    *quotient = std::copysign(0.0, d / e);
  }
  *remainder = mod;
}

Value double_pow(Mutator& m, double a, double b) {
  if (b == 0 || a == 1) return Value::number(1.0);
  if (a == 0 && b < 0 && !std::isinf(b)) return raise_zero_division(m, "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    return raise_not_implemented(m, "complex numbers (a fractional power of a negative number)");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) {
    Value args = make_tuple(m, {Value::small_int(34), Value::object(make_str(m, "Numerical result out of range"))});
    if (args.is_empty()) return args;
    Value error =
        call(m, Value::object(m.runtime->exceptions.OverflowError), {args.as<Tuple>()->at(0), args.as<Tuple>()->at(1)});
    return error.is_empty() ? error : raise_value(m, error);
  }
  return Value::number(result);
}

}  // namespace turnstile
