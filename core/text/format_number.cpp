#include "core/text/format_number.h"

#include <cmath>
#include <cstdio>

#include "core/numbers/int_format.h"
#include "core/numbers/mpz.h"
#include "core/text/arguments.h"
#include "core/text/format_spec.h"

namespace turnstile {

namespace strings {

namespace {

std::string print(const char* format, std::int64_t precision, double d) {
  char inline_buffer[128];
  const int places = static_cast<int>(precision);
  const int n = std::snprintf(inline_buffer, sizeof(inline_buffer), format, places, d);
  if (n < static_cast<int>(sizeof(inline_buffer))) return inline_buffer;
  std::string large(static_cast<std::size_t>(n) + 1, '\0');
  std::snprintf(large.data(), large.size(), format, places, d);
  large.pop_back();
  return large;
}

void strip_trailing_zeros(std::string& digits) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
}

/// g with ".0" added to whole numbers: what float's empty type with a precision means. The exponent form starts one
/// digit earlier than that of C's %g.
std::string general_with_point(double d, std::int64_t precision, bool alternate) {
  if (precision == 0) precision = 1;
  const std::string scientific = print("%.*e", precision - 1, std::fabs(d));
  const std::size_t e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);
  std::string digits = scientific.substr(0, 1) + (e > 2 ? scientific.substr(2, e - 2) : "");
  if (!alternate) strip_trailing_zeros(digits);
  std::string out = std::signbit(d) ? "-" : "";
  if (exponent < -4 || exponent + 1 > precision - 1) {
    out += digits.substr(0, 1);
    if (digits.size() > 1 || alternate) out += "." + digits.substr(1);
    return out + scientific.substr(e);
  }
  if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0') + ".0";
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace

std::string float_digits(double d, const FloatStyle& style) {
  const bool upper = style.type >= 'A' && style.type <= 'Z';
  if (std::isnan(d)) return upper ? "NAN" : "nan";
  if (std::isinf(d)) return std::string(d < 0 ? "-" : "") + (upper ? "INF" : "inf");
  std::string out;
  switch (style.type) {
    case 'e':
      out = print(style.alternate ? "%#.*e" : "%.*e", style.precision, d);
      break;
    case 'E':
      out = print(style.alternate ? "%#.*E" : "%.*E", style.precision, d);
      break;
    case 'f':
    case 'F':
      out = print(style.alternate ? "%#.*f" : "%.*f", style.precision, d);
      break;
    case 'g':
      out = style.add_point_zero ? general_with_point(d, style.precision, style.alternate)
                                 : print(style.alternate ? "%#.*g" : "%.*g", style.precision, d);
      break;
    case 'G':
      out = print(style.alternate ? "%#.*G" : "%.*G", style.precision, d);
      break;
    default:
      out = double_repr(d);
      if (style.alternate && out.find('.') == std::string::npos) {
        out.insert(out.find('e') == std::string::npos ? out.size() : out.find('e'), ".");
      }
      break;
  }
  if (style.no_negative_zero && out[0] == '-' &&
      out.find_first_of("123456789") >= std::min(out.find_first_of("eE"), out.size())) {
    out.erase(0, 1);
  }
  return out;
}

namespace {

constexpr std::int64_t kMaxPrecision = 0x7fffffff;

Value format_double(Mutator& m, double d, const FormatSpec& spec) {
  if (spec.precision > kMaxPrecision) return raise_value_error(m, "precision too big");
  FloatStyle style;
  style.alternate = spec.alternate;
  style.no_negative_zero = spec.no_negative_zero;
  std::string tail;
  switch (spec.type) {
    case 0:
      style.add_point_zero = true;
      style.type = spec.precision < 0 ? 'r' : 'g';
      break;
    case 'n':
      style.type = 'g';
      break;
    case '%':
      style.type = 'f';
      d *= 100;
      tail = "%";
      break;
    default:
      style.type = static_cast<char>(spec.type);
  }
  if (spec.precision >= 0) style.precision = spec.precision;
  std::string digits = float_digits(d, style);
  NumberParts parts;
  if (digits[0] == '-') {
    parts.negative = true;
    digits.erase(0, 1);
  }
  std::size_t whole = 0;
  while (whole < digits.size() && digits[whole] >= '0' && digits[whole] <= '9') ++whole;
  parts.digits = digits.substr(0, whole);
  parts.rest = digits.substr(whole) + tail;
  return Value::object(compose_number(m, spec, parts, 3));
}

Value format_character(Mutator& m, Value v, const FormatSpec& spec) {
  if (spec.sign != 0) return raise_value_error(m, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) return raise_value_error(m, "Alternate form (#) not allowed with integer format specifier 'c'");
  std::int64_t point;
  if (!int_to_int64(v, &point)) return raise_overflow_error(m, "Python int too large to convert to C long");
  if (point < 0 || point > 0x10ffff) return raise_overflow_error(m, "%c arg not in range(0x110000)");
  if (point == 0) {  // NumberParts has no zero character: pad by hand
    StrBuilder out;
    const auto padding = static_cast<std::size_t>(std::max<std::int64_t>(spec.width - 1, 0));
    const std::size_t before = spec.align == '<' ? 0 : spec.align == '^' ? padding / 2 : padding;
    out.append_fill(spec.fill, before);
    out.append(char32_t{0});
    out.append_fill(spec.fill, padding - before);
    return Value::object(out.finish(m));
  }
  NumberParts parts;
  parts.character = static_cast<char32_t>(point);
  return Value::object(compose_number(m, spec, parts, 3));
}

Value format_integer(Mutator& m, Value v, const FormatSpec& spec) {
  if (spec.precision >= 0) return raise_value_error(m, "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    return raise_value_error(m, "Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec.type == 'c') return format_character(m, v, spec);
  const int base = spec.type == 'b' ? 2 : spec.type == 'o' ? 8 : spec.type == 'x' || spec.type == 'X' ? 16 : 10;
  if (v.is_bool()) v = Value::small_int(v.is_true());
  std::string digits;
  long_arithmetic(m, mpz_size(IntView(v)) * 32, [&] { digits = int_to_string(v, base); });
  NumberParts parts;
  if (digits[0] == '-') {
    parts.negative = true;
    digits.erase(0, 1);
  }
  if (spec.type == 'X') {
    for (char& c : digits) c = static_cast<char>(c >= 'a' ? c - 32 : c);
  }
  if (spec.alternate && base != 10) parts.prefix = std::string("0") + static_cast<char>(spec.type);
  parts.digits = std::move(digits);
  return Value::object(compose_number(m, spec, parts, base == 10 ? 3 : 4));
}

}  // namespace

}  // namespace strings

Value format_int(Mutator& m, Value v, const Str* spec) {
  if (spec->length() == 0) return to_str(m, v);
  const std::string name = strings::class_name(m, v);
  strings::FormatSpec parsed;
  if (!strings::parse_format_spec(m, strings::TextView(spec), name, 'd', '>', &parsed)) return Value();
  switch (parsed.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n':
      return strings::format_integer(m, v, parsed);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%': {
      double d;
      return number_to_double(m, v, &d) ? strings::format_double(m, d, parsed) : Value();
    }
    default:
      return strings::raise_unknown_format(m, parsed.type, name);
  }
}

Value format_float(Mutator& m, double d, const Str* spec) {
  if (spec->length() == 0) return Value::object(make_str(m, double_repr(d)));
  strings::FormatSpec parsed;
  if (!strings::parse_format_spec(m, strings::TextView(spec), "float", 0, '>', &parsed)) return Value();
  switch (parsed.type) {
    case 0:
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%':
      return strings::format_double(m, d, parsed);
    default:
      return strings::raise_unknown_format(m, parsed.type, "float");
  }
}

}  // namespace turnstile
