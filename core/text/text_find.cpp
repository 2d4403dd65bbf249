// find, index, count, startswith and their kin, of str and bytes.
#include <algorithm>
#include <string>

#include "core/long_operation.h"
#include "core/text/arguments.h"
#include "core/text/methods.h"
#include "core/types/classes.h"

namespace turnstile::strings {

namespace {

/// What is looked for: text, or for bytes also an int (one byte, kept in *byte).
bool needle_argument(Mutator& m, const Subject& s, Value v, TextView* out, unsigned char* byte) {
  if (!s.is_bytes) return text_argument(m, s, v, out);
  if (is_bytes(v)) {
    *out = TextView(v.as<Bytes>());
    return true;
  }
  if (!is_any_int(v) && !v.is_bool() && lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "argument should be integer or bytes-like object, not '" + class_name(m, v) + "'");
    return false;
  }
  std::int64_t i = 0;
  if (!int_argument(m, v, &i)) return false;
  if (i < 0 || i > 255) {
    raise_value_error(m, "byte must be in range(0, 256)");
    return false;
  }
  *byte = static_cast<unsigned char>(i);
  *out = TextView(byte, 1, 1);
  return true;
}

enum class Outcome { raised, absent, found };

Outcome search(Mutator& m, const CallArgs& args, bool last, std::int64_t* where) {
  const Subject s(args[0]);
  TextView needle;
  unsigned char byte;
  std::int64_t from, to;
  if (!needle_argument(m, s, args[1], &needle, &byte)) return Outcome::raised;
  if (!range_arguments(m, args, 2, s.view.length, &from, &to)) return Outcome::raised;
  if (from > to || static_cast<std::size_t>(to - from) < needle.length) return Outcome::absent;
  const TextView range = s.view.slice(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  std::size_t hit = kNotFound;
  work_away(m, range.bytes(), [&] { hit = last ? find_last(range, needle) : find(range, needle); });
  if (hit == kNotFound) return Outcome::absent;
  *where = from + static_cast<std::int64_t>(hit);
  return Outcome::found;
}

Value find_or_minus_one(Mutator& m, const CallArgs& args, bool last) {
  std::int64_t where = -1;
  if (search(m, args, last, &where) == Outcome::raised) return Value();
  return Value::small_int(where);
}

Value find_or_raise(Mutator& m, const CallArgs& args, bool last) {
  std::int64_t where = -1;
  switch (search(m, args, last, &where)) {
    case Outcome::raised:
      return Value();
    case Outcome::absent:
      return raise_value_error(m, is_bytes(args[0]) ? "subsection not found" : "substring not found");
    default:
      return Value::small_int(where);
  }
}

/// startswith, endswith: args[1] may be a tuple of candidates.
Value test_edge(Mutator& m, const CallArgs& args, bool at_end, const char* function) {
  const Subject s(args[0]);
  std::int64_t from, to;
  const auto wrong = [&](Value v, bool in_tuple) {
    if (s.is_bytes && in_tuple)
      return raise_type_error(m, "a bytes-like object is required, not '" + class_name(m, v) + "'");
    const std::string kind = s.is_bytes ? "bytes" : "str";
    if (in_tuple) {
      return raise_type_error(m,
                              std::string("tuple for ") + function + " must only contain str, not " + class_name(m, v));
    }
    return raise_type_error(m, std::string(function) + " first arg must be " + kind + " or a tuple of " + kind +
                                   ", not " + class_name(m, v));
  };
  if (!range_arguments(m, args, 2, s.view.length, &from, &to)) return Value();
  const auto matches = [&](Value v) {
    const TextView edge = s.is_bytes ? TextView(v.as<Bytes>()) : TextView(v.as<Str>());
    if (from > to || static_cast<std::size_t>(to - from) < edge.length) return false;
    const auto begin = at_end ? static_cast<std::size_t>(to) - edge.length : static_cast<std::size_t>(from);
    return same_text(s.view.slice(begin, begin + edge.length), edge);
  };
  const Kind kind = s.is_bytes ? Kind::bytes : Kind::str;
  if (is_kind(args[1], Kind::tuple)) {
    const auto* tuple = args[1].as<Tuple>();
    for (std::uint32_t i = 0; i < tuple->length(); ++i) {
      const Value candidate = unboxed(tuple->at(i));
      if (!is_kind(candidate, kind)) return wrong(candidate, true);
      if (matches(candidate)) return Value::true_value();
    }
    return Value::false_value();
  }
  if (!is_kind(args[1], kind)) return wrong(args[1], false);
  return Value::boolean(matches(args[1]));
}

}  // namespace

Value text_find(Mutator& m, const CallArgs& args) { return find_or_minus_one(m, args, false); }
Value text_rfind(Mutator& m, const CallArgs& args) { return find_or_minus_one(m, args, true); }
Value text_index(Mutator& m, const CallArgs& args) { return find_or_raise(m, args, false); }
Value text_rindex(Mutator& m, const CallArgs& args) { return find_or_raise(m, args, true); }

Value text_count(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  TextView needle;
  unsigned char byte;
  std::int64_t from, to;
  if (!needle_argument(m, s, args[1], &needle, &byte)) return Value();
  if (!range_arguments(m, args, 2, s.view.length, &from, &to)) return Value();
  if (from > to || static_cast<std::size_t>(from) > s.view.length) return Value::small_int(0);
  const TextView range = s.view.slice(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  std::size_t hits = 0;
  work_away(m, range.bytes(), [&] { hits = count(range, needle); });
  return Value::small_int(static_cast<std::int64_t>(hits));
}

Value text_startswith(Mutator& m, const CallArgs& args) { return test_edge(m, args, false, "startswith"); }
Value text_endswith(Mutator& m, const CallArgs& args) { return test_edge(m, args, true, "endswith"); }

Value text_removeprefix(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  TextView edge;
  if (!text_argument(m, s, args[1], &edge, "removeprefix() argument must be str")) return Value();
  if (edge.length > s.view.length || !same_text(s.view.slice(0, edge.length), edge)) return s.value();
  return slice_of(m, s, edge.length, s.view.length);
}

Value text_removesuffix(Mutator& m, const CallArgs& args) {
  const Subject s(args[0]);
  TextView edge;
  if (!text_argument(m, s, args[1], &edge, "removesuffix() argument must be str")) return Value();
  const std::size_t n = s.view.length;
  if (edge.length > n || !same_text(s.view.slice(n - edge.length, n), edge)) return s.value();
  return slice_of(m, s, 0, n - edge.length);
}

}  // namespace turnstile::strings
