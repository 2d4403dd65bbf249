// str.encode and bytes.decode: UTF-8, UTF-16, UTF-32, ASCII, Latin-1.
#include <string>

#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/arguments.h"
#include "core/text/codec_errors.h"
#include "core/text/methods.h"
#include "core/text/str_builder.h"

namespace turnstile::strings {

namespace {

enum class Codec { utf8, utf16, utf16_le, utf16_be, utf32, utf32_le, utf32_be, ascii, latin1, unknown };

Codec codec_named(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    key += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  if (key == "utf8" || key == "u8" || key == "utf" || key == "cp65001") return Codec::utf8;
  if (key == "ascii" || key == "usascii" || key == "646" || key == "us") return Codec::ascii;
  if (key == "latin1" || key == "iso88591" || key == "latin" || key == "l1" || key == "8859" || key == "cp819") {
    return Codec::latin1;
  }
  if (key == "utf16" || key == "u16") return Codec::utf16;
  if (key == "utf16le") return Codec::utf16_le;
  if (key == "utf16be") return Codec::utf16_be;
  if (key == "utf32" || key == "u32") return Codec::utf32;
  if (key == "utf32le") return Codec::utf32_le;
  if (key == "utf32be") return Codec::utf32_be;
  return Codec::unknown;
}

Value raise_unknown_encoding(Mutator& m, std::string_view name) {
  return raise_lookup_error(m, "unknown encoding: " + std::string(name));
}

/// ASCII, Latin-1: every code point below `limit` is one byte.
Value encode_narrow(Mutator& m, const EncodeContext& context, char32_t limit) {
  const TextView v(context.source);
  if (v.width == 1 && (limit == 0x100 || is_ascii(v))) return bytes_from(m, v.data, v.length);
  std::string out;
  out.reserve(v.length);
  const auto put = [&](char32_t c) { out += static_cast<char>(c); };
  for (std::size_t i = 0; i < v.length;) {
    if (v[i] < limit) {
      put(v[i++]);
      continue;
    }
    std::size_t end = i + 1;
    while (end < v.length && v[end] >= limit) ++end;
    const char* reason = limit == 0x80 ? "ordinal not in range(128)" : "ordinal not in range(256)";
    if (!encode_error(m, context, i, end, reason, put, put)) return Value();
    i = end;
  }
  return bytes_from(m, out.data(), out.size());
}

bool is_surrogate(char32_t c) { return c >= 0xd800 && c <= 0xdfff; }

Value encode_utf8(Mutator& m, const EncodeContext& context) {
  const TextView v(context.source);
  if (is_ascii(v)) return bytes_from(m, v.data, v.length);
  std::string out;
  out.reserve(v.length * 2);
  std::uint64_t steps = 0;
  for (std::size_t i = 0; i < v.length;) {
    if (!is_surrogate(v[i])) {
      append_utf8(out, v[i++]);
      if (!poll_now_and_then(m, steps++)) return Value();
      continue;
    }
    std::size_t end = i + 1;
    while (end < v.length && is_surrogate(v[end])) ++end;
    const auto put = [&](char32_t c) { out += static_cast<char>(c); };
    if (!encode_error(m, context, i, end, "surrogates not allowed", put, put)) return Value();
    i = end;
  }
  return bytes_from(m, out.data(), out.size());
}

/// UTF-16 and UTF-32 in units of `unit` bytes; a byte order mark first when `mark`.
Value encode_wide(Mutator& m, EncodeContext context, int unit, bool big, bool mark) {
  context.unit = unit;
  std::string out;
  const auto put_unit = [&](char32_t c) {
    for (int k = 0; k < unit; ++k) out += static_cast<char>(c >> 8 * (big ? unit - 1 - k : k) & 0xff);
  };
  const auto put = [&](char32_t c) {
    if (unit == 2 && c > 0xffff) {
      put_unit(0xd800 + ((c - 0x10000) >> 10));
      put_unit(0xdc00 + ((c - 0x10000) & 0x3ff));
    } else {
      put_unit(c);
    }
  };
  if (mark) put_unit(0xfeff);
  const TextView v(context.source);
  for (std::size_t i = 0; i < v.length; ++i) {
    if (!is_surrogate(v[i])) {
      put(v[i]);
    } else if (!encode_error(m, context, i, i + 1, "surrogates not allowed", put,
                             [&](unsigned char c) { out += static_cast<char>(c); })) {
      return Value();
    }
  }
  return bytes_from(m, out.data(), out.size());
}

/// One ill-formed UTF-8 sequence: how many bytes of it are bad, and why.
struct BadSequence {
  std::size_t length;
  const char* reason;
};

/// Decodes the sequence at p with `left` bytes (not ASCII). Length 0 in the result: it is well formed, *point and
/// *length are set. What counts as one bad sequence follows Unicode's "maximal subpart" practice.
BadSequence decode_sequence(const unsigned char* p, std::size_t left, char32_t* point, std::size_t* length) {
  constexpr const char* kStart = "invalid start byte";
  constexpr const char* kContinuation = "invalid continuation byte";
  constexpr const char* kEnd = "unexpected end of data";
  const unsigned lead = p[0];
  if (lead < 0xc2 || lead > 0xf4) return {1, kStart};
  const std::size_t need = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t value = need == 2 ? lead & 0x1f : need == 3 ? lead & 0x0f : lead & 0x07;
  for (std::size_t k = 1; k < need; ++k) {
    if (k == left) return {left, kEnd};
    bool good = (p[k] & 0xc0) == 0x80;
    if (k == 1) {  // overlong forms, surrogates, beyond the last code point
      if (lead == 0xe0) good = good && p[1] >= 0xa0;
      if (lead == 0xed) good = good && p[1] < 0xa0;
      if (lead == 0xf0) good = good && p[1] >= 0x90;
      if (lead == 0xf4) good = good && p[1] < 0x90;
    }
    if (!good) return {k, kContinuation};
    value = value << 6 | (p[k] & 0x3f);
  }
  *point = value;
  *length = need;
  return {0, nullptr};
}

Value decode_utf8(Mutator& m, const Bytes* b, std::string_view errors) {
  const TextView v(b);
  if (is_ascii(v)) return Value::object(make_str(m, v));
  StrBuilder out;
  std::uint64_t steps = 0;
  for (std::size_t i = 0; i < v.length;) {
    if (!poll_now_and_then(m, steps++)) return Value();
    if (v.data[i] < 0x80) {
      out.append(v.data[i++]);
      continue;
    }
    char32_t point = 0;
    std::size_t length = 0;
    const BadSequence bad = decode_sequence(v.data + i, v.length - i, &point, &length);
    if (bad.length == 0) {
      out.append(point);
      i += length;
      continue;
    }
    std::size_t used = bad.length;
    if (errors == "surrogatepass" && v.length - i >= 3 && v.data[i] == 0xed && (v.data[i + 1] & 0xe0) == 0xa0 &&
        (v.data[i + 2] & 0xc0) == 0x80) {
      out.append(char32_t{0xd000} | (v.data[i + 1] & 0x3fu) << 6 | (v.data[i + 2] & 0x3fu));
      used = 3;
    } else if (!decode_error(m, b, "utf-8", errors, i, i + bad.length, bad.reason, out)) {
      return Value();
    }
    i += used;
  }
  return Value::object(out.finish(m));
}

Value decode_ascii(Mutator& m, const Bytes* b, std::string_view errors) {
  const TextView v(b);
  if (is_ascii(v)) return Value::object(make_str(m, v));
  StrBuilder out;
  for (std::size_t i = 0; i < v.length; ++i) {
    if (v.data[i] < 0x80) {
      out.append(v.data[i]);
    } else if (!decode_error(m, b, "ascii", errors, i, i + 1, "ordinal not in range(128)", out)) {
      return Value();
    }
  }
  return Value::object(out.finish(m));
}

Value decode_wide(Mutator& m, const Bytes* b, std::string_view errors, std::size_t unit, bool big, bool mark) {
  const TextView v(b);
  const auto unit_at = [&](std::size_t i) {
    char32_t c = 0;
    for (std::size_t k = 0; k < unit; ++k) c |= char32_t{v.data[i + k]} << 8 * (big ? unit - 1 - k : k);
    return c;
  };
  std::size_t i = 0;
  if (mark && v.length >= unit) {
    if (unit_at(0) == 0xfeff) {
      i = unit;
    } else if (unit_at(0) == (unit == 2 ? 0xfffeu : 0xfffe0000u)) {
      big = !big;
      i = unit;
    }
  }
  const char* codec = unit == 2 ? (big ? "utf-16-be" : "utf-16-le") : (big ? "utf-32-be" : "utf-32-le");
  StrBuilder out;
  while (i < v.length) {
    std::size_t used = unit;
    const char* reason = nullptr;
    if (v.length - i < unit) {
      used = v.length - i;
      reason = "truncated data";
    } else {
      char32_t c = unit_at(i);
      if (unit == 2 && c >= 0xd800 && c < 0xdc00) {
        if (v.length - i < 4) {
          used = v.length - i;
          reason = "unexpected end of data";
        } else if (const char32_t low = unit_at(i + 2); low >= 0xdc00 && low <= 0xdfff) {
          c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
          used = 4;
        } else {
          reason = "illegal UTF-16 surrogate";
        }
      } else if (unit == 2 && c >= 0xdc00 && c <= 0xdfff) {
        reason = "illegal encoding";
      } else if (c > 0x10ffff) {
        reason = "code point not in range(0x110000)";
      } else if (is_surrogate(c)) {
        reason = "code point in surrogate code point range(0xd800, 0xe000)";
      }
      if (reason == nullptr) out.append(c);
    }
    if (reason != nullptr && !decode_error(m, b, codec, errors, i, i + used, reason, out)) return Value();
    i += used;
  }
  return Value::object(out.finish(m));
}

/// The encoding and errors arguments.
bool codec_arguments(Mutator& m, const CallArgs& args, const char* function, std::string* encoding,
                     std::string* errors) {
  Value bound[2];
  if (!bind_native(m, args, function, {"encoding", "errors"}, bound, 0, 1)) return false;
  for (int i = 0; i < 2; ++i) {
    if (bound[i].is_empty()) continue;
    if (!is_str(bound[i])) {
      raise_type_error(m, std::string(function) + "() argument '" + (i == 0 ? "encoding" : "errors") +
                              "' must be str, not " + argument_name(m, bound[i]));
      return false;
    }
    (i == 0 ? *encoding : *errors) = to_utf8(bound[i].as<Str>());
  }
  return true;
}

}  // namespace

Value encode(Mutator& m, Str* s, std::string_view encoding, std::string_view errors) {
  const auto context = [&](const char* codec) { return EncodeContext{s, codec, errors}; };
  switch (codec_named(encoding)) {
    case Codec::utf8:
      return encode_utf8(m, context("utf-8"));
    case Codec::ascii:
      return encode_narrow(m, context("ascii"), 0x80);
    case Codec::latin1:
      return encode_narrow(m, context("latin-1"), 0x100);
    case Codec::utf16:
      return encode_wide(m, context("utf-16"), 2, false, true);
    case Codec::utf16_le:
      return encode_wide(m, context("utf-16-le"), 2, false, false);
    case Codec::utf16_be:
      return encode_wide(m, context("utf-16-be"), 2, true, false);
    case Codec::utf32:
      return encode_wide(m, context("utf-32"), 4, false, true);
    case Codec::utf32_le:
      return encode_wide(m, context("utf-32-le"), 4, false, false);
    case Codec::utf32_be:
      return encode_wide(m, context("utf-32-be"), 4, true, false);
    default:
      return raise_unknown_encoding(m, encoding);
  }
}

Value decode(Mutator& m, const Bytes* b, std::string_view encoding, std::string_view errors) {
  switch (codec_named(encoding)) {
    case Codec::utf8:
      return decode_utf8(m, b, errors);
    case Codec::ascii:
      return decode_ascii(m, b, errors);
    case Codec::latin1:
      return Value::object(make_str(m, TextView(b)));
    case Codec::utf16:
      return decode_wide(m, b, errors, 2, false, true);
    case Codec::utf16_le:
      return decode_wide(m, b, errors, 2, false, false);
    case Codec::utf16_be:
      return decode_wide(m, b, errors, 2, true, false);
    case Codec::utf32:
      return decode_wide(m, b, errors, 4, false, true);
    case Codec::utf32_le:
      return decode_wide(m, b, errors, 4, false, false);
    case Codec::utf32_be:
      return decode_wide(m, b, errors, 4, true, false);
    default:
      return raise_unknown_encoding(m, encoding);
  }
}

Value str_encode(Mutator& m, const CallArgs& args) {
  std::string encoding = "utf-8", errors = "strict";
  if (!codec_arguments(m, args, "encode", &encoding, &errors)) return Value();
  return encode(m, args[0].as<Str>(), encoding, errors);
}

Value bytes_decode(Mutator& m, const CallArgs& args) {
  std::string encoding = "utf-8", errors = "strict";
  if (!codec_arguments(m, args, "decode", &encoding, &errors)) return Value();
  return decode(m, args[0].as<Bytes>(), encoding, errors);
}

}  // namespace turnstile::strings
