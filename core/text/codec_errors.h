// What happens at text that a codec cannot convert: the error handlers of str.encode and bytes.decode.
#pragma once

#include <string>
#include <string_view>

#include "core/text/str_builder.h"
#include "core/text/text.h"

namespace turnstile::strings {

enum class Errors { strict, ignore, replace, backslash, xml, surrogate_escape, surrogate_pass, unknown };
Errors errors_named(std::string_view name);

struct EncodeContext {
  Str* source;
  const char* codec;
  std::string_view errors;
  int unit = 1;  // bytes in the codec's unit: single bytes cannot be escaped into wider ones
};

/// The code points [from, to) cannot be encoded: appends what the handler makes of them, each code point of that
/// written by put(char32_t below 0x80) or byte(raw). False with the exception.
template <class Put, class Byte>
bool encode_error(Mutator& m, const EncodeContext& context, std::size_t from, std::size_t to, const char* reason,
                  Put&& put, Byte&& byte);

bool raise_encode_error(Mutator& m, const EncodeContext& context, std::size_t from, std::size_t to, const char* reason);
bool raise_decode_error(Mutator& m, const Bytes* source, const char* codec, std::size_t from, std::size_t to,
                        const char* reason);
bool raise_unknown_handler(Mutator& m, std::string_view name);

/// The bytes [from, to) cannot be decoded: appends the handler's replacement. False with the exception.
bool decode_error(Mutator& m, const Bytes* source, const char* codec, std::string_view errors, std::size_t from,
                  std::size_t to, const char* reason, StrBuilder& out);

template <class Put, class Byte>
bool encode_error(Mutator& m, const EncodeContext& context, std::size_t from, std::size_t to, const char* reason,
                  Put&& put, Byte&& byte) {
  const Errors errors = errors_named(context.errors);
  const TextView v(context.source);
  const auto put_text = [&](const std::string& text) {
    for (const char c : text) put(static_cast<char32_t>(c));
  };
  for (std::size_t i = from; i < to; ++i) {
    const char32_t c = v[i];
    char buffer[16];
    switch (errors) {
      case Errors::strict:
        return raise_encode_error(m, context, from, to, reason);
      case Errors::unknown:
        return raise_unknown_handler(m, context.errors);
      case Errors::ignore:
        break;
      case Errors::replace:
        put(U'?');
        break;
      case Errors::backslash:
        std::snprintf(buffer, sizeof(buffer),
                      c < 0x100     ? "\\x%02x"
                      : c < 0x10000 ? "\\u%04x"
                                    : "\\U%08x",
                      static_cast<unsigned>(c));
        put_text(buffer);
        break;
      case Errors::xml:
        put_text("&#" + std::to_string(static_cast<std::uint32_t>(c)) + ";");
        break;
      case Errors::surrogate_escape:
        if (c < 0xdc80 || c > 0xdcff || context.unit != 1) return raise_encode_error(m, context, i, to, reason);
        byte(static_cast<unsigned char>(c - 0xdc00));
        break;
      case Errors::surrogate_pass: {
        if (c < 0xd800 || c > 0xdfff || (context.unit == 1 && std::string_view(context.codec) != "utf-8")) {
          return raise_encode_error(m, context, i, to, reason);
        }
        if (context.unit != 1) {
          put(c);
          break;
        }
        std::string utf8;
        append_utf8(utf8, c);
        for (const char b : utf8) byte(static_cast<unsigned char>(b));
        break;
      }
    }
  }
  return true;
}

}  // namespace turnstile::strings
