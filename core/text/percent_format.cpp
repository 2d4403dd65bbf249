// `format % values` of str and bytes.
//
//   % [(key)] [flags: - + space # 0] [width or *] [.precision or .*] [h l L] conversion
#include <algorithm>
#include <cstdio>
#include <string>

#include "core/numbers/int_format.h"
#include "core/numbers/mpz.h"
#include "core/text/arguments.h"
#include "core/text/format_number.h"
#include "core/text/format_spec.h"

namespace turnstile::strings {

namespace {

struct Conversion {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  std::int64_t width = -1, precision = -1;
  char32_t type = 0;
};

/// One formatting in progress. Values that only it refers to are fields of an object on the native stack.
class PercentFormatter {
 public:
  PercentFormatter(Mutator& m, const TextView& pattern, Value args, bool bytes)
      : m_(m), pattern_(pattern), args_(args), bytes_(bytes) {
    if (is_kind(args, Kind::tuple)) {
      count_ = args.as<Tuple>()->length();
      next_ = 0;
    } else if (!is_str(args) && !(bytes && is_bytes(args)) &&
               !lookup_type(m, type_of(m, args), m.runtime->names.__getitem__).is_empty()) {
      mapping_ = args;
    }
  }

  bool run() {
    while (at_ < pattern_.length) {
      const std::size_t hit = find(pattern_.slice(at_, pattern_.length), TextView("%"));
      const std::size_t end = hit == kNotFound ? pattern_.length : at_ + hit;
      out_.append(pattern_.slice(at_, end));
      at_ = end;
      if (at_ == pattern_.length) break;
      ++at_;
      if (at_ < pattern_.length && pattern_[at_] == '%') {  // "%%" only: flags in between make it an error
        ++at_;
        out_.append(U'%');
      } else if (!convert()) {
        return false;
      }
    }
    if (mapping_.is_empty() && next_ < count_) {
      raise_type_error(m_, bytes_ ? "not all arguments converted during bytes formatting"
                                  : "not all arguments converted during string formatting");
      return false;
    }
    return true;
  }
  const StrBuilder& out() const { return out_; }

 private:
  bool fail_value(std::string_view message) {
    raise_value_error(m_, message);
    return false;
  }
  bool fail_type(std::string_view message) {
    raise_type_error(m_, message);
    return false;
  }

  /// Empty with TypeError when there is no more.
  Value next_argument() {
    if (next_ < count_) {
      const std::int64_t i = next_++;
      return single_ ? args_ : args_.as<Tuple>()->at(static_cast<std::size_t>(i));
    }
    return raise_type_error(m_, "not enough arguments for format string");
  }

  bool take_key() {
    if (mapping_.is_empty()) return fail_type("format requires a mapping");
    const std::size_t begin = ++at_;
    int depth = 1;
    for (; at_ < pattern_.length; ++at_) {
      if (pattern_[at_] == ')' && --depth == 0) break;
      if (pattern_[at_] == '(') ++depth;
    }
    if (at_ >= pattern_.length) return fail_value("incomplete format key");
    const TextView key = pattern_.slice(begin, at_++);
    const Value name = bytes_ ? bytes_from(m_, key.data, key.length) : Value::object(make_str(m_, key));
    if (name.is_empty()) return false;
    args_ = get_item(m_, mapping_, name);
    single_ = true;
    count_ = 1;
    next_ = 0;
    return !args_.is_empty();
  }

  bool take_star(std::int64_t* out) {
    const Value v = next_argument();
    if (v.is_empty()) return false;
    if (!v.is_bool() && !is_any_int(v)) return fail_type("* wants int");
    if (!int_to_int64(v, out)) {
      raise_overflow_error(m_, "Python int too large to convert to C ssize_t");
      return false;
    }
    return true;
  }

  bool take_number(std::int64_t* out, const char* too_big) {
    if (at_ < pattern_.length && pattern_[at_] == '*') {
      ++at_;
      return take_star(out);
    }
    std::size_t end = at_;  // ASCII digits only, unlike the format language
    while (end < pattern_.length && pattern_[end] >= '0' && pattern_[end] <= '9') ++end;
    const std::int64_t n = parse_decimal(pattern_.slice(0, end), &at_);
    if (n == -2) return fail_value(too_big);
    if (n >= 0) *out = n;
    return true;
  }

  bool parse(Conversion* c) {
    if (at_ < pattern_.length && pattern_[at_] == '(' && !take_key()) return false;
    for (; at_ < pattern_.length; ++at_) {
      const char32_t flag = pattern_[at_];
      if (flag == '-') {
        c->left = true;
      } else if (flag == '+') {
        c->plus = true;
      } else if (flag == ' ') {
        c->blank = true;
      } else if (flag == '#') {
        c->alternate = true;
      } else if (flag == '0') {
        c->zero = true;
      } else {
        break;
      }
    }
    if (!take_number(&c->width, "width too big")) return false;
    if (c->width < -1 || (c->width == -1 && pattern_[at_ - 1] == '*')) {
      c->left = true;
      c->width = -c->width;
    }
    if (at_ < pattern_.length && pattern_[at_] == '.') {
      ++at_;
      c->precision = 0;
      if (!take_number(&c->precision, "precision too big")) return false;
      c->precision = std::max<std::int64_t>(c->precision, 0);
    }
    while (at_ < pattern_.length && (pattern_[at_] == 'h' || pattern_[at_] == 'l' || pattern_[at_] == 'L')) ++at_;
    if (at_ >= pattern_.length) return fail_value("incomplete format");
    c->type = pattern_[at_++];
    return true;
  }

  bool convert() {
    Conversion c;
    if (!parse(&c)) return false;
    const Value v = next_argument();
    if (v.is_empty()) return false;
    switch (c.type) {
      case 's':
      case 'r':
      case 'a':
        return put_text(c, v);
      case 'b':
        if (bytes_) return put_text(c, v);
        break;
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return put_integer(c, v);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return put_float(c, v);
      case 'c':
        return put_character(c, v);
      default:
        break;
    }
    const bool shows = bytes_ || (c.type >= 31 && c.type <= 126);
    std::string message = "unsupported format character '";
    append_utf8(message, shows ? c.type : U'?');
    char tail[64];
    std::snprintf(tail, sizeof(tail), "' (0x%x) at index %zu", static_cast<unsigned>(c.type), at_ - 1);
    return fail_value(message + tail);
  }

  void put_padded(const Conversion& c, const TextView& v) {
    const std::size_t width = c.width > 0 ? static_cast<std::size_t>(c.width) : 0;
    const std::size_t padding = width > v.length ? width - v.length : 0;
    if (!c.left) out_.append_fill(' ', padding);
    out_.append(v);
    if (c.left) out_.append_fill(' ', padding);
  }

  bool put_text(const Conversion& c, Value v) {
    Value text;
    if (bytes_ && (c.type == 's' || c.type == 'b')) {
      text = bytes_value(v);
    } else if (c.type == 's') {
      text = to_str(m_, v);
    } else {
      text = c.type == 'r' && !bytes_ ? repr(m_, v) : ascii(m_, v);
    }
    if (text.is_empty()) return false;
    TextView view = Subject(text).view;
    if (c.precision >= 0 && static_cast<std::uint64_t>(c.precision) < view.length) {
      view = view.slice(0, static_cast<std::size_t>(c.precision));
    }
    put_padded(c, view);
    return true;
  }

  Value bytes_value(Value v) {
    if (is_bytes(v)) return v;
    if (!lookup_type(m_, type_of(m_, v), m_.runtime->names.__bytes__).is_empty()) {
      const Value made = call_method(m_, v, m_.runtime->names.__bytes__, {});
      if (made.is_empty() || is_bytes(made)) return made;
      return raise_type_error(m_, "__bytes__ returned non-bytes (type " + class_name(m_, made) + ")");
    }
    return raise_type_error(
        m_, "%b requires a bytes-like object, or an object that implements __bytes__, not '" + class_name(m_, v) + "'");
  }

  bool has(Value v, Str* name) { return !lookup_type(m_, type_of(m_, v), name).is_empty(); }

  bool put_integer(const Conversion& c, Value v) {
    const WellKnownNames& names = m_.runtime->names;
    const bool exact = c.type == 'o' || c.type == 'x' || c.type == 'X';
    Value i = v;
    if (v.is_bool()) {
      i = Value::small_int(v.is_true());
    } else if (!is_any_int(v)) {
      i = Value();
      if (!exact && v.is_double()) {
        i = int_from_double(m_, v.as_double());
      } else if (!exact && !is_str(v) && !is_bytes(v) && has(v, names.__int__)) {
        i = call_method(m_, v, names.__int__, {});
      } else if (has(v, names.__index__)) {
        i = call_method(m_, v, names.__index__, {});
      } else {
        return fail_type(
            std::string("%") + static_cast<char>(bytes_ && c.type == 'i' ? 'd' : c.type) +
            (exact ? " format: an integer is required, not " : " format: a real number is required, not ") +
            class_name(m_, v));
      }
      if (i.is_empty()) return false;
      if (i.is_bool()) i = Value::small_int(i.is_true());
      if (!is_any_int(i)) return fail_type("__int__ returned non-int (type " + class_name(m_, i) + ")");
    }
    std::string digits;
    long_arithmetic(m_, mpz_size(IntView(i)) * 32, [&] {
      digits = int_to_string(i, c.type == 'o' ? 8 : exact ? 16 : 10);
    });
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    if (c.type == 'X') {
      for (char& d : digits) d = static_cast<char>(d >= 'a' ? d - 32 : d);
    }
    if (c.precision > 0 && static_cast<std::uint64_t>(c.precision) > digits.size()) {
      if (c.precision > 0x7ffffff0) return fail_value("precision too large");
      digits.insert(0, static_cast<std::size_t>(c.precision) - digits.size(), '0');
    }
    put_number(c, negative, c.alternate && exact ? std::string("0") + static_cast<char>(c.type) : "", digits);
    return true;
  }

  bool put_float(const Conversion& c, Value v) {
    double d;
    if (v.is_double()) {
      d = v.as_double();
    } else if (is_str(v) || is_bytes(v) ||
               (!v.is_bool() && !is_any_int(v) && !has(v, m_.runtime->names.__float__) &&
                !has(v, m_.runtime->names.__index__))) {
      return fail_type((bytes_ ? "float argument required, not " : "must be real number, not ") + class_name(m_, v));
    } else if (!number_to_double(m_, v, &d)) {
      return false;
    }
    if (c.precision > 0x7ffffff0) return fail_value("precision too large");
    FloatStyle style;
    style.type = static_cast<char>(c.type);
    style.precision = c.precision >= 0 ? c.precision : 6;
    style.alternate = c.alternate;
    std::string digits = float_digits(d, style);
    const bool negative = digits[0] == '-';
    put_number(c, negative, "", negative ? digits.substr(1) : digits);
    return true;
  }

  void put_number(const Conversion& c, bool negative, const std::string& prefix, const std::string& digits) {
    const char32_t sign = negative ? U'-' : c.plus ? U'+' : c.blank ? U' ' : 0;
    const std::size_t length = (sign != 0) + prefix.size() + digits.size();
    const std::size_t width = c.width > 0 ? static_cast<std::size_t>(c.width) : 0;
    const std::size_t padding = width > length ? width - length : 0;
    if (!c.left && !c.zero) out_.append_fill(' ', padding);
    if (sign != 0) out_.append(sign);
    out_.append(prefix);
    if (!c.left && c.zero) out_.append_fill('0', padding);
    out_.append(digits);
    if (c.left) out_.append_fill(' ', padding);
  }

  bool put_character(const Conversion& c, Value v) {
    if (is_kind(v, bytes_ ? Kind::bytes : Kind::str)) {
      const TextView view = Subject(v).view;
      if (view.length == 1) {
        put_padded(c, view);
        return true;
      }
    } else if (v.is_bool() || is_any_int(v) || has(v, m_.runtime->names.__index__)) {
      std::int64_t point;
      if (!to_index(m_, v, &point)) return false;
      if (point < 0 || point > (bytes_ ? 255 : 0x10ffff)) {
        raise_overflow_error(m_, bytes_ ? "%c arg not in range(256)" : "%c arg not in range(0x110000)");
        return false;
      }
      StrBuilder one;
      one.append(static_cast<char32_t>(point));
      put_padded(c, one.view());
      return true;
    }
    return fail_type(bytes_ ? "%c requires an integer in range(256) or a single byte" : "%c requires int or char");
  }

  Mutator& m_;
  TextView pattern_;
  std::size_t at_ = 0;
  Value args_;     // tuple, or (single_) the one value
  Value mapping_;  // empty: none
  bool bytes_;
  bool single_ = !is_kind(args_, Kind::tuple);
  std::int64_t count_ = 1, next_ = 0;
  StrBuilder out_;
};

}  // namespace

Value percent_format(Mutator& m, Str* pattern, Value args) {
  PercentFormatter formatter(m, TextView(pattern), args, false);
  return formatter.run() ? Value::object(formatter.out().finish(m)) : Value();
}

Value percent_format_bytes(Mutator& m, Bytes* pattern, Value args) {
  PercentFormatter formatter(m, TextView(pattern), args, true);
  if (!formatter.run()) return Value();
  return bytes_from(m, formatter.out().view().data, formatter.out().length());
}

}  // namespace turnstile::strings
