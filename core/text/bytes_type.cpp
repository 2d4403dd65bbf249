// The class bytes: its operators and the table of its methods.
#include <algorithm>
#include <string>

#include "core/containers/iterators.h"
#include "core/define_type.h"
#include "core/long_operation.h"
#include "core/native_args.h"
#include "core/text/methods.h"
#include "core/text/sequence.h"

namespace turnstile::strings {

namespace {

Value self_repr(Mutator& m, Value self) { return Value::object(repr_of_bytes(m, self.as<Bytes>())); }

bool self_hash(Mutator&, Value self, std::int64_t* out) {
  auto* b = self.as<Bytes>();
  std::uint64_t h = b->cached_hash.load(std::memory_order_relaxed);
  if (h == 0) {
    h = hash_memory(b->data, b->length());
    b->cached_hash.store(h, std::memory_order_relaxed);
  }
  *out = static_cast<std::int64_t>(h);
  return true;
}

Value compare(Mutator&, CompareOp op, Value left, Value right) {
  if (!is_bytes(right)) return Value::not_implemented();
  const auto *a = left.as<Bytes>(), *b = right.as<Bytes>();
  int order = std::memcmp(a->data, b->data, std::min(a->length(), b->length()));
  if (order == 0) order = a->length() < b->length() ? -1 : a->length() > b->length() ? 1 : 0;
  switch (op) {
    case CompareOp::eq:
      return Value::boolean(order == 0);
    case CompareOp::ne:
      return Value::boolean(order != 0);
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

Value concat(Mutator& m, const Bytes* a, const Bytes* b) {
  Bytes* out = allocate_bytes(m, std::size_t{a->length()} + b->length());
  if (out == nullptr) return Value();
  std::memcpy(out->data, a->data, a->length());
  std::memcpy(out->data + a->length(), b->data, b->length());
  return Value::object(out);
}

Value binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  switch (op) {
    case BinaryOp::add:
      if (reflected) return Value::not_implemented();
      if (is_bytes(right)) return concat(m, left.as<Bytes>(), right.as<Bytes>());
      if (is_kind(right, Kind::native_object) && is_instance_of(m, right, m.runtime->types.bytearray)) {
        Value plain = call(m, Value::object(m.runtime->types.bytes), {right});
        return plain.is_empty() ? plain : concat(m, left.as<Bytes>(), plain.as<Bytes>());
      }
      if (defines(m, right, m.runtime->names.__radd__)) return Value::not_implemented();
      return raise_type_error(m, "can't concat " + class_name(m, right) + " to bytes");
    case BinaryOp::mul:
      return reflected ? repeat_operator(m, Subject(right), left) : repeat_operator(m, Subject(left), right);
    case BinaryOp::mod:
      if (reflected) return Value::not_implemented();
      return percent_format_bytes(m, left.as<Bytes>(), right);
    default:
      return Value::not_implemented();
  }
}

std::int64_t self_length(Mutator&, Value self) { return self.as<Bytes>()->length(); }

bool has_index(Mutator& m, Value v) {
  return v.is_int() || v.is_bool() || is_any_int(v) ||
         !lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty();
}

Value subscript(Mutator& m, Value self, Value key) {
  const auto* b = self.as<Bytes>();
  if (is_kind(key, Kind::slice)) return slice_subscript(m, Subject(self), key);
  if (!has_index(m, key)) {
    return raise_type_error(m, "byte indices must be integers or slices, not " + class_name(m, key));
  }
  std::int64_t i;
  if (!to_index(m, key, &i, m.runtime->exceptions.IndexError)) return Value();
  if (i < 0) i += b->length();
  if (i < 0 || i >= static_cast<std::int64_t>(b->length())) return raise_index_error(m, "index out of range");
  return Value::small_int(b->data[i]);
}

/// One byte from an int. False with the exception.
bool byte_of(Mutator& m, Value v, const char* range_message, unsigned char* out) {
  std::int64_t i;
  if (!int_argument(m, v, &i)) return false;
  if (i < 0 || i > 255) {
    raise_value_error(m, range_message);
    return false;
  }
  *out = static_cast<unsigned char>(i);
  return true;
}

int contains_bytes(Mutator& m, Value self, Value item) {
  const TextView v(self.as<Bytes>());
  if (is_bytes(item)) {
    bool found = false;
    work_away(m, v.bytes(), [&] { found = find(v, TextView(item.as<Bytes>())) != kNotFound; });
    return found ? 1 : 0;
  }
  if (!has_index(m, item)) {
    raise_type_error(m, "a bytes-like object is required, not '" + class_name(m, item) + "'");
    return -1;
  }
  unsigned char byte;
  if (!byte_of(m, item, "byte must be in range(0, 256)", &byte)) return -1;
  return find(v, TextView(&byte, 1, 1)) != kNotFound ? 1 : 0;
}

Value iterate(Mutator& m, Value self) { return make_iterator(m, IteratorKind::bytes, self); }

Value bytes_of_iterable(Mutator& m, Value source) {
  const Value iterator = get_iter(m, source);
  if (iterator.is_empty()) {
    if (!exception_matches(m, m.runtime->exceptions.TypeError)) return Value();
    take_exception(m);
    return raise_type_error(m, "cannot convert '" + class_name(m, source) + "' object to bytes");
  }
  std::string out;
  for (;;) {
    const Value item = iter_next(m, iterator);
    if (item.is_empty()) break;
    unsigned char byte;
    if (!byte_of(m, item, "bytes must be in range(0, 256)", &byte)) return Value();
    out += static_cast<char>(byte);
  }
  return m.has_exception() ? Value() : bytes_from(m, out.data(), out.size());
}

/// bytes(), bytes(size), bytes(iterable), bytes(str, encoding, errors).
Value construct(Mutator& m, Type*, const CallArgs& args) {
  Value bound[3];
  static constexpr const char* kNames[] = {"source", "encoding", "errors"};
  if (!bind_native(m, args, "bytes", {"source", "encoding", "errors"}, bound)) return Value();
  for (int i = 1; i < 3; ++i) {
    if (!bound[i].is_empty() && !is_str(bound[i])) {
      return raise_type_error(
          m, std::string("bytes() argument '") + kNames[i] + "' must be str, not " + argument_name(m, bound[i]));
    }
  }
  const Value source = bound[0];
  if (!bound[1].is_empty() || !bound[2].is_empty()) {
    const bool has_encoding = !bound[1].is_empty();
    if (source.is_empty() || !is_str(source)) {
      return raise_type_error(m,
                              has_encoding ? "encoding without a string argument" : "errors without a string argument");
    }
    const std::string encoding = has_encoding ? to_utf8(bound[1].as<Str>()) : "utf-8";
    return encode(m, source.as<Str>(), encoding, bound[2].is_empty() ? "strict" : to_utf8(bound[2].as<Str>()));
  }
  if (source.is_empty()) return bytes_from(m, nullptr, 0);
  if (is_bytes(source)) return source;
  if (is_str(source)) return raise_type_error(m, "string argument without an encoding");
  if (!lookup_type(m, type_of(m, source), m.runtime->names.__bytes__).is_empty()) {
    const Value made = call_method(m, source, m.runtime->names.__bytes__, {});
    if (made.is_empty() || is_bytes(made)) return made;
    return raise_type_error(m, "__bytes__ returned non-bytes (type " + class_name(m, made) + ")");
  }
  if (has_index(m, source)) {
    std::int64_t size;
    if (!to_index(m, source, &size, m.runtime->exceptions.OverflowError)) return Value();
    if (size < 0) return raise_value_error(m, "negative count");
    Bytes* out = allocate_bytes(m, static_cast<std::size_t>(size));
    if (out != nullptr) std::memset(out->data, 0, out->length());
    return Value::object(out);
  }
  return bytes_of_iterable(m, source);
}

constexpr TypeSlots kSlots = {
    .repr = self_repr,
    .hash = self_hash,
    .compare = compare,
    .binary = binary,
    .length = self_length,
    .get_item = subscript,
    .contains = contains_bytes,
    .iter = iterate,
    .new_object = construct,
};

constexpr NativeDef kMethods[] = {
    {"capitalize", bytes_capitalize, 1, 1},
    {"center", text_center, 2, 3},
    {"count", text_count, 2, 4},
    {"decode", bytes_decode, 1, -1, true},
    {"endswith", text_endswith, 2, 4},
    {"expandtabs", text_expandtabs, 1, -1, true},
    {"find", text_find, 2, 4},
    {"hex", bytes_hex, 1, -1, true},
    {"index", text_index, 2, 4},
    {"isalnum", bytes_isalnum, 1, 1},
    {"isalpha", bytes_isalpha, 1, 1},
    {"isascii", bytes_isascii, 1, 1},
    {"isdigit", bytes_isdigit, 1, 1},
    {"islower", bytes_islower, 1, 1},
    {"isspace", bytes_isspace, 1, 1},
    {"istitle", bytes_istitle, 1, 1},
    {"isupper", bytes_isupper, 1, 1},
    {"join", text_join, 2, 2},
    {"ljust", text_ljust, 2, 3},
    {"lower", bytes_lower, 1, 1},
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
    {"swapcase", bytes_swapcase, 1, 1},
    {"title", bytes_title, 1, 1},
    {"translate", bytes_translate, 1, -1, true},
    {"upper", bytes_upper, 1, 1},
    {"zfill", text_zfill, 2, 2},
};

constexpr NativeDef kClassMethods[] = {
    {"fromhex", bytes_fromhex, 2, 2},
};
constexpr NativeDef kStaticMethods[] = {
    {"maketrans", bytes_maketrans, 2, 2},
};

}  // namespace

void define_bytes(Mutator& m) {
  static constexpr TypeSpec kSpec = {
      .name = "bytes",
      .slots = &kSlots,
      .methods = kMethods,
      .instance_kind = Kind::bytes,
      .class_methods = kClassMethods,
      .static_methods = kStaticMethods,
  };
  m.runtime->types.bytes = define_type(m, kSpec);
}

}  // namespace turnstile::strings

namespace turnstile {

void register_text_types(Mutator& m) {
  strings::define_str(m);
  strings::define_bytes(m);
}

}  // namespace turnstile
