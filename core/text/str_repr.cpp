// repr() of str and bytes.
#include <cstdio>

#include "core/long_operation.h"
#include "core/text/str_builder.h"
#include "core/text/text.h"
#include "core/text/unicode.h"

namespace turnstile::strings {

namespace {

constexpr std::size_t kCost = 64;  // of a code point, in bytes copied

void append_escape(StrBuilder& out, char32_t c) {
  char buffer[16];
  const char* format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
  std::snprintf(buffer, sizeof(buffer), format, static_cast<unsigned>(c));
  out.append(std::string_view(buffer));
}

/// Single quotes, unless that would need escapes and double quotes would not.
char32_t choose_quote(const TextView& v) {
  const unsigned char one = '\'', two = '"';
  const bool has_one = find(v, TextView(&one, 1, 1)) != kNotFound;
  return has_one && find(v, TextView(&two, 1, 1)) == kNotFound ? '"' : '\'';
}

void append_quoted(StrBuilder& out, const TextView& v, bool is_bytes) {
  const char32_t quote = choose_quote(v);
  out.append(quote);
  for (std::size_t i = 0; i < v.length; ++i) {
    const char32_t c = v[i];
    if (c == quote || c == '\\') {
      out.append(U'\\');
      out.append(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (c == '\r') {
      out.append("\\r");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (is_bytes ? c < 0x20 || c >= 0x7f : !unicode::is_printable(c)) {
      append_escape(out, c);
    } else {
      out.append(c);
    }
  }
  out.append(quote);
}

}  // namespace

Str* repr_of_str(Mutator& m, const Str* s) {
  const TextView v(s);
  StrBuilder out;
  work_away(m, v.length * kCost, [&] { append_quoted(out, v, false); });
  return out.finish(m);
}

Str* repr_of_bytes(Mutator& m, const Bytes* b) {
  StrBuilder out;
  const TextView v(b);
  out.append(U'b');
  work_away(m, v.length * kCost, [&] { append_quoted(out, v, true); });
  return out.finish(m);
}

Str* escape_non_ascii(Mutator& m, Str* s) {
  const TextView v(s);
  if (is_ascii(v)) return s;
  StrBuilder out;
  work_away(m, v.length * kCost, [&] {
    for (std::size_t i = 0; i < v.length; ++i) {
      if (v[i] < 0x80) {
        out.append(v[i]);
      } else {
        append_escape(out, v[i]);
      }
    }
  });
  return out.finish(m);
}

}  // namespace turnstile::strings
