// The class str: its operators and the table of its methods.
#include <string>

#include "core/containers/iterators.h"
#include "core/define_type.h"
#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/methods.h"
#include "core/text/sequence.h"

namespace turnstile::strings {

namespace {

Value self_repr(Mutator& m, Value self) { return Value::object(repr_of_str(m, self.as<Str>())); }
Value self_str(Mutator&, Value self) { return self; }

bool self_hash(Mutator&, Value self, std::int64_t* out) {
  *out = static_cast<std::int64_t>(hash_str(self.as<Str>()));
  return true;
}

Value compare(Mutator&, CompareOp op, Value left, Value right) {
  if (!is_str(right)) return Value::not_implemented();
  const auto *a = left.as<Str>(), *b = right.as<Str>();
  if (op == CompareOp::eq) return Value::boolean(str_equal(a, b));
  if (op == CompareOp::ne) return Value::boolean(!str_equal(a, b));
  const int order = str_compare(a, b);
  switch (op) {
    case CompareOp::lt:
      return Value::boolean(order < 0);
    case CompareOp::le:
      return Value::boolean(order <= 0);
    case CompareOp::gt:
      return Value::boolean(order > 0);
    default:
      return Value::boolean(order >= 0);
  }
}

Value binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  const WellKnownNames& names = m.runtime->names;
  switch (op) {
    case BinaryOp::add:
      if (reflected) return Value::not_implemented();
      if (is_str(right)) return str_concat(m, left.as<Str>(), right.as<Str>());
      if (defines(m, right, names.__radd__)) return Value::not_implemented();
      return raise_type_error(m, "can only concatenate str (not \"" + class_name(m, right) + "\") to str");
    case BinaryOp::mul:
      return reflected ? repeat_operator(m, Subject(right), left) : repeat_operator(m, Subject(left), right);
    case BinaryOp::mod:
      if (reflected) return Value::not_implemented();
      return percent_format(m, left.as<Str>(), right);
    default:
      return Value::not_implemented();
  }
}

std::int64_t self_length(Mutator&, Value self) { return self.as<Str>()->length(); }

Value subscript(Mutator& m, Value self, Value key) {
  Str* s = self.as<Str>();
  if (is_kind(key, Kind::slice)) return slice_subscript(m, Subject(self), key);
  std::int64_t i;
  if (key.is_int()) {
    i = key.as_int();
  } else {
    if (!key.is_bool() && !is_any_int(key) && lookup_type(m, type_of(m, key), m.runtime->names.__index__).is_empty()) {
      return raise_type_error(m, "string indices must be integers, not '" + class_name(m, key) + "'");
    }
    if (!to_index(m, key, &i, m.runtime->exceptions.IndexError)) return Value();
  }
  if (i < 0) i += s->length();
  if (i < 0 || i >= static_cast<std::int64_t>(s->length())) return raise_index_error(m, "string index out of range");
  return Value::object(character_at(m, s, static_cast<std::size_t>(i)));
}

int contains_text(Mutator& m, Value self, Value item) {
  if (!is_str(item)) {
    raise_type_error(m, "'in <string>' requires string as left operand, not " + class_name(m, item));
    return -1;
  }
  const TextView text(self.as<Str>());
  bool found = false;
  work_away(m, text.bytes(), [&] { found = find(text, TextView(item.as<Str>())) != kNotFound; });
  return found ? 1 : 0;
}

Value iterate(Mutator& m, Value self) { return make_str_iterator(m, self); }

/// str(object=''), str(bytes, encoding, errors).
Value construct(Mutator& m, Type*, const CallArgs& args) {
  Value bound[3];
  static constexpr const char* kNames[] = {"object", "encoding", "errors"};
  if (!bind_native(m, args, "str", {"object", "encoding", "errors"}, bound)) return Value();
  for (int i = 1; i < 3; ++i) {
    if (!bound[i].is_empty() && !is_str(bound[i])) {
      return raise_type_error(
          m, std::string("str() argument '") + kNames[i] + "' must be str, not " + argument_name(m, bound[i]));
    }
  }
  if (bound[0].is_empty()) return Value::object(make_str(m, TextView()));
  if (bound[1].is_empty() && bound[2].is_empty()) return to_str(m, bound[0]);
  if (is_str(bound[0])) return raise_type_error(m, "decoding str is not supported");
  if (!is_bytes(bound[0])) {
    return raise_type_error(m, "decoding to str: need a bytes-like object, " + class_name(m, bound[0]) + " found");
  }
  const std::string encoding = bound[1].is_empty() ? "utf-8" : to_utf8(bound[1].as<Str>());
  const std::string errors = bound[2].is_empty() ? "strict" : to_utf8(bound[2].as<Str>());
  return decode(m, bound[0].as<Bytes>(), encoding, errors);
}

constexpr TypeSlots kSlots = {
    .repr = self_repr,
    .str = self_str,
    .hash = self_hash,
    .compare = compare,
    .binary = binary,
    .length = self_length,
    .get_item = subscript,
    .contains = contains_text,
    .iter = iterate,
    .new_object = construct,
};

constexpr NativeDef kMethods[] = {
    {"capitalize", str_capitalize, 1, 1},
    {"casefold", str_casefold, 1, 1},
    {"center", text_center, 2, 3},
    {"count", text_count, 2, 4},
    {"encode", str_encode, 1, -1, true},
    {"endswith", text_endswith, 2, 4},
    {"expandtabs", text_expandtabs, 1, -1, true},
    {"find", text_find, 2, 4},
    {"format", str_format, 1, -1, true},
    {"format_map", str_format_map, 2, 2},
    {"index", text_index, 2, 4},
    {"isalnum", str_isalnum, 1, 1},
    {"isalpha", str_isalpha, 1, 1},
    {"isascii", str_isascii, 1, 1},
    {"isdecimal", str_isdecimal, 1, 1},
    {"isdigit", str_isdigit, 1, 1},
    {"isidentifier", str_isidentifier, 1, 1},
    {"islower", str_islower, 1, 1},
    {"isnumeric", str_isnumeric, 1, 1},
    {"isprintable", str_isprintable, 1, 1},
    {"isspace", str_isspace, 1, 1},
    {"istitle", str_istitle, 1, 1},
    {"isupper", str_isupper, 1, 1},
    {"join", text_join, 2, 2},
    {"ljust", text_ljust, 2, 3},
    {"lower", str_lower, 1, 1},
    {"lstrip", text_lstrip, 1, 2},
    {"partition", text_partition, 2, 2},
    {"removeprefix", text_removeprefix, 2, 2},
    {"removesuffix", text_removesuffix, 2, 2},
    {"replace", text_replace, 3, 4},
    {"rfind", text_rfind, 2, 4},
    {"rindex", text_rindex, 2, 4},
    {"rjust", text_rjust, 2, 3},
    {"rpartition", text_rpartition, 2, 2},
    {"rsplit", text_rsplit, 1, -1, true},
    {"rstrip", text_rstrip, 1, 2},
    {"split", text_split, 1, -1, true},
    {"splitlines", text_splitlines, 1, -1, true},
    {"startswith", text_startswith, 2, 4},
    {"strip", text_strip, 1, 2},
    {"swapcase", str_swapcase, 1, 1},
    {"title", str_title, 1, 1},
    {"translate", str_translate, 2, 2},
    {"upper", str_upper, 1, 1},
    {"zfill", text_zfill, 2, 2},
    {"__format__", str_format_self, 2, 2},
};

constexpr NativeDef kStaticMethods[] = {
    {"maketrans", str_maketrans, 1, 3},
};

}  // namespace

void define_str(Mutator& m) {
  static constexpr TypeSpec kSpec = {
      .name = "str",
      .slots = &kSlots,
      .methods = kMethods,
      .instance_kind = Kind::str,
      .static_methods = kStaticMethods,
  };
  m.runtime->types.str = define_type(m, kSpec);
  adopt_interned(m, m.runtime->types.str->root_shape);
  if (m.runtime->empty_str == nullptr) m.runtime->empty_str = intern(m, std::string_view());
}

}  // namespace turnstile::strings
