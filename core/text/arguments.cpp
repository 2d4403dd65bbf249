#include "core/text/arguments.h"

#include <algorithm>

namespace turnstile::strings {

Value make_like(Mutator& m, const Subject& like, const TextView& v) {
  return like.is_bytes ? bytes_from(m, v.data, v.length) : Value::object(make_str(m, v));
}

Value slice_of(Mutator& m, const Subject& s, std::size_t from, std::size_t to) {
  if (from == 0 && to == s.view.length) return s.value();
  return make_like(m, s, s.view.slice(from, to));
}

std::string class_name(const Mutator& m, Value v) { return to_utf8(type_of(m, v)->name); }

std::string argument_name(const Mutator& m, Value v) { return v.is_none() ? "None" : class_name(m, v); }

Value raise_lookup_error(Mutator& m, std::string_view message) {
  return raise(m, m.runtime->exceptions.LookupError, message);
}

bool text_argument(Mutator& m, const Subject& s, Value v, TextView* out, const char* str_message) {
  if (s.is_bytes) {
    if (!is_bytes(v)) {
      raise_type_error(m, "a bytes-like object is required, not '" + class_name(m, v) + "'");
      return false;
    }
    *out = TextView(v.as<Bytes>());
    return true;
  }
  if (!is_str(v)) {
    const std::string message = str_message;
    raise_type_error(m, message + ", not " +
                            (message.find("argument") == std::string::npos ? class_name(m, v) : argument_name(m, v)));
    return false;
  }
  *out = TextView(v.as<Str>());
  return true;
}

bool int_argument(Mutator& m, Value v, std::int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  return to_index(m, v, out);
}

bool bound_argument(Mutator& m, Value v, std::int64_t* out) {
  if (v.is_empty() || v.is_none()) return true;
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (!is_any_int(v) && !v.is_bool() && lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "slice indices must be integers or None or have an __index__ method");
    return false;
  }
  return to_index(m, v, out);
}

bool range_arguments(Mutator& m, const CallArgs& args, std::uint32_t i, std::size_t length, std::int64_t* from,
                     std::int64_t* to) {
  const auto n = static_cast<std::int64_t>(length);
  *from = 0;
  *to = n;
  if (i < args.positional && !bound_argument(m, args[i], from)) return false;
  if (i + 1 < args.positional && !bound_argument(m, args[i + 1], to)) return false;
  if (*to > n) *to = n;
  if (*to < 0) *to = std::max<std::int64_t>(*to + n, 0);
  if (*from < 0) *from = std::max<std::int64_t>(*from + n, 0);
  return true;
}

}  // namespace turnstile::strings
