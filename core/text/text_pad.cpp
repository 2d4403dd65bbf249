// strip, center, ljust, rjust, zfill and expandtabs, of str and bytes.
#include <string>

#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

Value finish(Mutator& m, const Subject& s, const StrBuilder& builder) {
  if (!s.is_bytes) return Value::object(builder.finish(m));
  return bytes_from(m, builder.view().data, builder.length());  // of bytes: the builder's width stays 1
}

Value strip(Mutator& m, const CallArgs& args, bool left, bool right, const char* function) {
  const Subject s(args[0]);
  TextView set;
  bool by_space = true;
  if (args.positional > 1 && !args[1].is_none()) {
    if (!s.is_bytes && !is_str(args[1])) {
      return raise_type_error(m, std::string(function) + " arg must be None or str");
    }
    if (!text_argument(m, s, args[1], &set)) return Value();
    by_space = false;
  }
  const auto removes = [&](char32_t c) {
    if (by_space) return s.is_bytes ? c == ' ' || (c >= 0x09 && c <= 0x0d) : unicode::is_space(c);
    for (std::size_t i = 0; i < set.length; ++i) {
      if (set[i] == c) return true;
    }
    return false;
  };
  std::size_t begin = 0, end = s.view.length;
  work_away(m, end * (1 + set.length) * 4, [&] {
    if (left) {
      while (begin < end && removes(s.view[begin])) ++begin;
    }
    if (right) {
      while (end > begin && removes(s.view[end - 1])) --end;
    }
  });
  return slice_of(m, s, begin, end);
}

bool fill_argument(Mutator& m, const CallArgs& args, const Subject& s, const char* function, char32_t* fill) {
  if (args.positional < 3) return true;
  const Value v = args[2];
  if (s.is_bytes) {
    if (!is_bytes(v) || v.as<Bytes>()->length() != 1) {
      raise_type_error(
          m, std::string(function) + "() argument 2 must be a byte string of length 1, not " + class_name(m, v));
      return false;
    }
    *fill = v.as<Bytes>()->data[0];
    return true;
  }
  if (!is_str(v)) {
    raise_type_error(m, "The fill character must be a unicode character, not " + class_name(m, v));
    return false;
  }
  if (v.as<Str>()->length() != 1) {
    raise_type_error(m, "The fill character must be exactly one character long");
    return false;
  }
  *fill = v.as<Str>()->at(0);
  return true;
}

enum class Side { left, right, both };

Value pad(Mutator& m, const CallArgs& args, Side side, const char* function) {
  const Subject s(args[0]);
  std::int64_t width;
  char32_t fill = ' ';
  if (!int_argument(m, args[1], &width) || !fill_argument(m, args, s, function, &fill)) return Value();
  const auto n = static_cast<std::int64_t>(s.view.length);
  if (width <= n) return s.value();
  const std::int64_t margin = width - n;
  std::int64_t before = 0;
  if (side == Side::left) before = margin;
  if (side == Side::both) before = margin / 2 + (margin & width & 1);
  StrBuilder builder;
  work_away(m, static_cast<std::size_t>(width) * 4, [&] {
    builder.append_fill(fill, static_cast<std::size_t>(before));
    builder.append(s.view);
    builder.append_fill(fill, static_cast<std::size_t>(margin - before));
  });
  return finish(m, s, builder);
}

}  // namespace

Value text_strip(Mutator& m, const CallArgs& args) { return strip(m, args, true, true, "strip"); }
Value text_lstrip(Mutator& m, const CallArgs& args) { return strip(m, args, true, false, "lstrip"); }
Value text_rstrip(Mutator& m, const CallArgs& args) { return strip(m, args, false, true, "rstrip"); }

Value text_center(Mutator& m, const CallArgs& args) { return pad(m, args, Side::both, "center"); }
Value text_ljust(Mutator& m, const CallArgs& args) { return pad(m, args, Side::right, "ljust"); }
Value text_rjust(Mutator& m, const CallArgs& args) { return pad(m, args, Side::left, "rjust"); }

Value text_zfill(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  std::int64_t width;
  if (!int_argument(m, args[1], &width)) return Value();
  const auto n = static_cast<std::int64_t>(s.view.length);
  if (width <= n) return s.value();
  StrBuilder builder;
  const bool sign = n > 0 && (s.view[0] == '+' || s.view[0] == '-');
  if (sign) builder.append(s.view.slice(0, 1));
  builder.append_fill('0', static_cast<std::size_t>(width - n));
  builder.append(s.view.slice(sign ? 1 : 0, s.view.length));
  return finish(m, s, builder);
}

Value text_expandtabs(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  Value bound[1];
  if (!bind_native(m, args, "expandtabs", {"tabsize"}, bound, 0, 1)) return Value();
  std::int64_t size = 8;
  if (!bound[0].is_empty() && !int_argument(m, bound[0], &size)) return Value();
  StrBuilder builder;
  std::size_t column = 0, begin = 0;
  for (std::size_t i = 0; i < s.view.length; ++i) {
    const char32_t c = s.view[i];
    if (c == '\t') {
      builder.append(s.view.slice(begin, i));
      begin = i + 1;
      if (size > 0) {
        const std::size_t spaces = static_cast<std::size_t>(size) - column % static_cast<std::size_t>(size);
        builder.append_fill(' ', spaces);
        column += spaces;
      }
    } else {
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  if (begin == 0) return s.value();
  builder.append(s.view.slice(begin, s.view.length));
  return finish(m, s, builder);
}

}  // namespace turnstile::strings
