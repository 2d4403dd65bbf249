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

std::string positions(std::size_t from, std::size_t to) {
  return std::to_string(from) + (to - from == 1 ? "" : "-" + std::to_string(to - 1));
}

/// Gives the pending UnicodeError its attributes.
bool describe(Mutator& m, Value source, const char* codec, std::size_t from, std::size_t to, const char* reason) {
  if (!m.has_exception() || !exception_matches(m, m.runtime->exceptions.UnicodeError)) return false;
  const Value exception = take_exception(m);
  auto* object = exception.as_object();
  const auto set = [&](const char* name, Value v) {
    Str* key = intern(m, name);
    return key != nullptr && !v.is_empty() && set_own_attribute(m, object, key, v);
  };
  const bool ok = set("encoding", Value::object(make_str(m, std::string_view(codec)))) && set("object", source) &&
                  set("start", Value::small_int(static_cast<std::int64_t>(from))) &&
                  set("end", Value::small_int(static_cast<std::int64_t>(to))) &&
                  set("reason", Value::object(make_str(m, std::string_view(reason))));
  if (ok) m.exception = exception;
  return false;
}

}  // namespace

bool raise_encode_error(Mutator& m, const EncodeContext& context, std::size_t from, std::size_t to,
                        const char* reason) {
  const char32_t c = context.source->at(from);
  char shown[16];
  std::snprintf(shown, sizeof(shown),
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                static_cast<unsigned>(c));
  const std::string what =
      to - from == 1 ? "character '" + std::string(shown) + "' in position " : std::string("characters in position ");
  raise(m, m.runtime->exceptions.UnicodeEncodeError,
        "'" + std::string(context.codec) + "' codec can't encode " + what + positions(from, to) + ": " + reason);
  return describe(m, Value::object(context.source), context.codec, from, to, reason);
}

bool raise_decode_error(Mutator& m, const Bytes* source, const char* codec, std::size_t from, std::size_t to,
                        const char* reason) {
  char shown[8];
  std::snprintf(shown, sizeof(shown), "0x%02x", source->data[from]);
  const std::string what =
      to - from == 1 ? "byte " + std::string(shown) + " in position " : std::string("bytes in position ");
  raise(m, m.runtime->exceptions.UnicodeDecodeError,
        "'" + std::string(codec) + "' codec can't decode " + what + positions(from, to) + ": " + reason);
  return describe(m, Value::object(source), codec, from, to, reason);
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
