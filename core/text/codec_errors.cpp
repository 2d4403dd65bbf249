#include "core/text/codec_errors.h"

#include <cstdio>

#include "core/text/arguments.h"

namespace turnstile::strings {

Errors errors_named(std::string_view name) {
  if (name == "strict") return Errors::strict;
  if (name == "ignore") return Errors::ignore;
  if (name == "replace") return Errors::replace;
  if (name == "backslashreplace") return Errors::backslash;
  if (name == "xmlcharrefreplace") return Errors::xml;
  if (name == "surrogateescape") return Errors::surrogate_escape;
  if (name == "surrogatepass") return Errors::surrogate_pass;
  return Errors::unknown;
}

namespace {

/// Raises a UnicodeError of its five arguments. Always false.
bool raise_codec_error(Mutator& m, Type* cls, Value source, const char* codec, std::size_t from, std::size_t to,
                       const char* reason) {
  Str* encoding = make_str(m, std::string_view(codec));
  Str* why = encoding == nullptr ? nullptr : make_str(m, std::string_view(reason));
  if (why == nullptr) return false;
  const Value error = call(m, Value::object(cls),
                           {Value::object(encoding), source, Value::small_int(static_cast<std::int64_t>(from)),
                            Value::small_int(static_cast<std::int64_t>(to)), Value::object(why)});
  if (!error.is_empty()) raise_value(m, error);
  return false;
}

}  // namespace

bool raise_encode_error(Mutator& m, const EncodeContext& context, std::size_t from, std::size_t to,
                        const char* reason) {
  return raise_codec_error(m, m.runtime->exceptions.UnicodeEncodeError, Value::object(context.source), context.codec,
                           from, to, reason);
}

bool raise_decode_error(Mutator& m, const Bytes* source, const char* codec, std::size_t from, std::size_t to,
                        const char* reason) {
  return raise_codec_error(m, m.runtime->exceptions.UnicodeDecodeError, Value::object(source), codec, from, to, reason);
}

bool raise_unknown_handler(Mutator& m, std::string_view name) {
  raise_lookup_error(m, "unknown error handler name '" + std::string(name) + "'");
  return false;
}

bool decode_error(Mutator& m, const Bytes* source, const char* codec, std::string_view errors, std::size_t from,
                  std::size_t to, const char* reason, StrBuilder& out) {
  switch (errors_named(errors)) {
    case Errors::ignore:
      return true;
    case Errors::replace:
      out.append(char32_t{0xfffd});
      return true;
    case Errors::backslash:
      for (std::size_t i = from; i < to; ++i) {
        char buffer[8];
        std::snprintf(buffer, sizeof(buffer), "\\x%02x", source->data[i]);
        out.append(std::string_view(buffer));
      }
      return true;
    case Errors::surrogate_escape:
      for (std::size_t i = from; i < to; ++i) {
        if (source->data[i] < 0x80) return raise_decode_error(m, source, codec, from, to, reason);
        out.append(char32_t{0xdc00} + source->data[i]);
      }
      return true;
    case Errors::xml:
      raise_type_error(m, "don't know how to handle UnicodeDecodeError in error callback");
      return false;
    case Errors::unknown:
      return raise_unknown_handler(m, errors);
    default:
      return raise_decode_error(m, source, codec, from, to, reason);
  }
}

}  // namespace turnstile::strings
