// Case conversions of str.
#include "core/long_operation.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

using Map = int (*)(char32_t, char32_t[3]);

/// The capital sigma becomes a final one at the end of a word (Unicode's Final_Sigma condition).
char32_t lower_sigma(const TextView& v, std::size_t i) {
  std::size_t j = i;
  while (j > 0 && unicode::has(v[j - 1], unicode::kCaseIgnorable)) --j;
  if (j == 0 || !unicode::has(v[j - 1], unicode::kCased)) return 0x3c3;
  for (j = i + 1; j < v.length && unicode::has(v[j], unicode::kCaseIgnorable);) ++j;
  return j < v.length && unicode::has(v[j], unicode::kCased) ? 0x3c3 : 0x3c2;
}

void append_lower(StrBuilder& out, const TextView& v, std::size_t i) {
  if (v[i] == 0x3a3) return out.append(lower_sigma(v, i));
  char32_t to[3];
  const int n = unicode::to_lower(v[i], to);
  for (int k = 0; k < n; ++k) out.append(to[k]);
}

void append_mapped(StrBuilder& out, char32_t c, Map map) {
  char32_t to[3];
  const int n = map(c, to);
  for (int k = 0; k < n; ++k) out.append(to[k]);
}

/// ASCII text, byte by byte.
template <class Fn>
Value map_ascii(Mutator& m, const TextView& v, Fn&& fn) {
  Str* s = allocate_str(m, v.length, 0x7f);
  if (s == nullptr) return Value();
  work_away(m, v.length, [&] {
    for (std::size_t i = 0; i < v.length; ++i) s->data[i] = fn(v.data[i]);
  });
  return Value::object(s);
}

unsigned char ascii_upper(unsigned char c) { return static_cast<unsigned char>(c - (c >= 'a' && c <= 'z' ? 32 : 0)); }
unsigned char ascii_lower(unsigned char c) { return static_cast<unsigned char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0)); }

}  // namespace

Value str_upper(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  if (is_ascii(v)) return map_ascii(m, v, ascii_upper);
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    for (std::size_t i = 0; i < v.length; ++i) append_mapped(out, v[i], unicode::to_upper);
  });
  return Value::object(out.finish(m));
}

Value str_lower(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  if (is_ascii(v)) return map_ascii(m, v, ascii_lower);
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    for (std::size_t i = 0; i < v.length; ++i) append_lower(out, v, i);
  });
  return Value::object(out.finish(m));
}

Value str_casefold(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  if (is_ascii(v)) return map_ascii(m, v, ascii_lower);
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    for (std::size_t i = 0; i < v.length; ++i) append_mapped(out, v[i], unicode::to_folded);
  });
  return Value::object(out.finish(m));
}

Value str_capitalize(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    for (std::size_t i = 0; i < v.length; ++i) {
      if (i == 0) {
        append_mapped(out, v[i], unicode::to_title);
      } else {
        append_lower(out, v, i);
      }
    }
  });
  return Value::object(out.finish(m));
}

Value str_swapcase(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    for (std::size_t i = 0; i < v.length; ++i) {
      const std::uint16_t p = unicode::properties(v[i]);
      if (p & unicode::kUpper) {
        append_lower(out, v, i);
      } else if (p & unicode::kLower) {
        append_mapped(out, v[i], unicode::to_upper);
      } else {
        out.append(v[i]);
      }
    }
  });
  return Value::object(out.finish(m));
}

Value str_title(Mutator& m, const CallArgs& args) {
  const TextView v(args[0].as<Str>());
  StrBuilder out;
  work_away(m, v.bytes(), [&] {
    bool in_word = false;
    for (std::size_t i = 0; i < v.length; ++i) {
      if (in_word) {
        append_lower(out, v, i);
      } else {
        append_mapped(out, v[i], unicode::to_title);
      }
      in_word = unicode::has(v[i], unicode::kCased);
    }
  });
  return Value::object(out.finish(m));
}

}  // namespace turnstile::strings
