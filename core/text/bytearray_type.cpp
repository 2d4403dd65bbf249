// bytearray: mutable bytes.
//
// The bytes are a list of ints that nobody else sees, so that changes are as atomic as a list's. What bytes can do is
// done on a bytes object with the same content (snapshot), its results made bytearrays again.
#include "core/text/bytearray_type.h"

#include <string>

#include "core/allocate_object.h"
#include "core/containers/iterators.h"
#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/native_args.h"
#include "core/objects/iterators.h"
#include "core/ops.h"
#include "core/text/arguments.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

bool is_bytearray(Mutator& m, Value v) {
  return is_kind(v, Kind::native_object) && is_instance_of(m, v, m.runtime->types.bytearray);
}

List* items_of(Value self) { return self.as<NativeObject>()->refs[0].load().as<List>(); }

Bytes* snapshot(Mutator& m, Value self) {
  List* items = items_of(self);
  std::string data;
  Value v;
  for (std::int64_t i = 0; !(v = list_get(items, i)).is_empty(); ++i) data.push_back(static_cast<char>(v.as_int()));
  Value b = bytes_from(m, data.data(), data.size());
  return b.is_empty() ? nullptr : b.as<Bytes>();
}

bool byte_argument(Mutator& m, Value v, Value* out) {
  std::int64_t i;
  v = unboxed(v);
  if (!is_any_int(v) && !v.is_bool() && lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "'" + class_name_of(m, v) + "' object cannot be interpreted as an integer");
    return false;
  }
  if (!to_index(m, v, &i)) return false;
  if (i < 0 || i > 255) {
    raise_value_error(m, "byte must be in range(0, 256)");
    return false;
  }
  *out = Value::small_int(i);
  return true;
}

// A list of the bytes that a bytes-like object or an iterable of ints gives.
List* bytes_list(Mutator& m, Value source) {
  source = unboxed(source);
  if (is_bytearray(m, source)) return list_from(m, Value::object(items_of(source)));
  if (is_kind(source, Kind::bytes)) return list_from(m, source);
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return nullptr;
  const bool ok = for_each(m, source, [&](Value v) {
    Value byte;
    return byte_argument(m, v, &byte) && list_append(m, list, byte);
  });
  return ok ? list : nullptr;
}

Value make_bytearray(Mutator& m, Type* cls, List* items) {
  if (items == nullptr) return Value();
  auto* self = new_object<NativeObject>(m, cls, Kind::native_object);
  if (self == nullptr) return Value();
  self->refs[0].store(Value::object(items));
  if (cls->has_type_flag(kHeapType)) self->set_flag(kHasDict);
  return Value::object(self);
}

Value of_bytes(Mutator& m, Value bytes) {
  return bytes.is_empty() ? bytes : make_bytearray(m, m.runtime->types.bytearray, list_from(m, bytes));
}

Value array_new(Mutator& m, Type* cls, const CallArgs&) { return make_bytearray(m, cls, make_list(m, nullptr, 0)); }

bool array_init(Mutator& m, Value self, const CallArgs& args) {
  Value bound[3];
  if (!bind_native(m, args, "bytearray", {"source", "encoding", "errors"}, bound)) return false;
  List* items = nullptr;
  if (is_kind(unboxed(bound[0]), Kind::str) && bound[1].is_empty()) {
    raise_type_error(m, "string argument without an encoding");
  } else if (bound[0].is_empty() && bound[1].is_empty()) {
    items = make_list(m, nullptr, 0);
  } else if (!bound[1].is_empty() || is_any_int(unboxed(bound[0])) || bound[0].is_bool() ||
             !lookup_special(m, bound[0], m.runtime->names.__bytes__).is_empty() ||
             (!is_bytearray(m, bound[0]) &&
              !lookup_type(m, type_of(m, bound[0]), m.runtime->names.__index__).is_empty())) {
    // bytes() knows what to make of texts, numbers and __bytes__.
    if (m.has_exception()) return false;
    Value made = call(m, Value::object(m.runtime->types.bytes), args);
    items = made.is_empty() ? nullptr : list_from(m, made);
  } else {
    items = bytes_list(m, bound[0]);
  }
  if (items == nullptr) return false;
  self.as<NativeObject>()->refs[0].store(Value::object(items));
  return true;
}

Value array_repr(Mutator& m, Value self) {
  Bytes* b = snapshot(m, self);
  Value shown = b == nullptr ? Value() : repr(m, Value::object(b));
  return shown.is_empty() ? shown : text_value(m, class_name_of(m, self) + "(" + to_utf8(shown.as<Str>()) + ")");
}

// The value with bytearrays replaced by bytes.
Value plain(Mutator& m, Value v) {
  if (!is_bytearray(m, v)) return v;
  Bytes* b = snapshot(m, v);
  return b == nullptr ? Value() : Value::object(b);
}

Value array_compare(Mutator& m, CompareOp op, Value left, Value right) {
  right = unboxed(right);
  if (!is_bytearray(m, right) && !is_kind(right, Kind::bytes)) return Value::not_implemented();
  Value a = plain(m, left);
  Value b = a.is_empty() ? a : plain(m, right);
  return b.is_empty() ? b : compare_op(m, op, a, b);
}

Value array_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  if (op != BinaryOp::add && op != BinaryOp::mul && op != BinaryOp::mod) return Value::not_implemented();
  const Value other = reflected ? left : right;
  if (op == BinaryOp::add && !is_bytearray(m, other) && !is_kind(unboxed(other), Kind::bytes)) {
    if (reflected) return Value::not_implemented();
    return raise_type_error(m, "can't concat " + class_name_of(m, other) + " to bytearray");
  }
  Value a = plain(m, left);
  Value b = a.is_empty() ? a : plain(m, right);
  Value result = b.is_empty() ? b : binary_op(m, op, a, b);
  // bytes + bytearray is bytes: the left one decides.
  return reflected && op == BinaryOp::add ? result : of_bytes(m, result);
}

Value array_inplace(Mutator& m, BinaryOp op, Value left, Value right) {
  if (op == BinaryOp::add) {
    if (!is_bytearray(m, right) && !is_kind(unboxed(right), Kind::bytes)) {
      return raise_type_error(m, "can't concat " + class_name_of(m, right) + " to bytearray");
    }
    List* more = bytes_list(m, right);
    return more != nullptr && list_extend(m, items_of(left), Value::object(more)) ? left : Value();
  }
  if (op != BinaryOp::mul) return Value::not_implemented();
  Value many = inplace_op(m, BinaryOp::mul, Value::object(items_of(left)), right);
  return many.is_empty() ? many : left;
}

std::int64_t array_length(Mutator& m, Value self) { return length(m, Value::object(items_of(self))); }

bool index_argument(Mutator& m, Value self, Value key, std::int64_t* out) {
  key = unboxed(key);
  if (!is_any_int(key) && !key.is_bool() && lookup_type(m, type_of(m, key), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "bytearray indices must be integers or slices, not " + class_name_of(m, key));
    return false;
  }
  if (!to_index(m, key, out, m.runtime->exceptions.IndexError)) return false;
  if (*out < 0) *out += array_length(m, self);
  return true;
}

Value array_get_item(Mutator& m, Value self, Value key) {
  if (is_kind(key, Kind::slice)) {
    Value items = get_item(m, Value::object(items_of(self)), key);
    return items.is_empty() ? items : make_bytearray(m, m.runtime->types.bytearray, items.as<List>());
  }
  std::int64_t i;
  if (!index_argument(m, self, key, &i)) return Value();
  Value v = i < 0 ? Value() : list_get(items_of(self), i);
  return v.is_empty() ? raise_index_error(m, "bytearray index out of range") : v;
}

bool array_set_item(Mutator& m, Value self, Value key, Value value) {
  const Value items = Value::object(items_of(self));
  if (is_kind(key, Kind::slice)) {
    if (value.is_empty()) return delete_item(m, items, key);
    if (is_any_int(unboxed(value)) || is_kind(unboxed(value), Kind::str)) {
      raise_type_error(m, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
      return false;
    }
    List* bytes = bytes_list(m, value);
    return bytes != nullptr && set_item(m, items, key, Value::object(bytes));
  }
  std::int64_t i;
  if (!index_argument(m, self, key, &i)) return false;
  Value byte;
  if (!value.is_empty() && !byte_argument(m, value, &byte)) return false;
  if (i < 0 || i >= array_length(m, self)) {
    raise_index_error(m, "bytearray index out of range");
    return false;
  }
  return value.is_empty() ? delete_item(m, items, Value::small_int(i)) : set_item(m, items, Value::small_int(i), byte);
}

int array_contains(Mutator& m, Value self, Value item) {
  Value a = plain(m, self);
  Value b = a.is_empty() ? a : plain(m, item);
  return b.is_empty() ? -1 : contains(m, a, b);
}

Value array_iter(Mutator& m, Value self) { return get_iter(m, Value::object(items_of(self))); }

Value array_append(Mutator& m, const CallArgs& a) {
  Value byte;
  return byte_argument(m, a[1], &byte) && list_append(m, items_of(a[0]), byte) ? Value::none() : Value();
}

Value array_extend(Mutator& m, const CallArgs& a) {
  if (is_kind(unboxed(a[1]), Kind::str)) {
    return raise_type_error(m, "expected iterable of integers; got: 'str'");
  }
  List* more = bytes_list(m, a[1]);
  return more != nullptr && list_extend(m, items_of(a[0]), Value::object(more)) ? Value::none() : Value();
}

// A method of the list behind it.
Value on_items(Mutator& m, const char* name, const CallArgs& a) {
  Value method = get_attr(m, Value::object(items_of(a[0])), intern(m, name));
  return method.is_empty() ? method : call(m, method, a.rest());
}

Value array_insert(Mutator& m, const CallArgs& a) {
  Value byte;
  if (!byte_argument(m, a[2], &byte)) return Value();
  const Value args[] = {a[0], a[1], byte};
  return on_items(m, "insert", CallArgs{args, 3, nullptr});
}

Value array_pop(Mutator& m, const CallArgs& a) {
  if (array_length(m, a[0]) == 0) return raise_index_error(m, "pop from empty bytearray");
  return on_items(m, "pop", a);
}

Value array_remove(Mutator& m, const CallArgs& a) {
  Value byte;
  if (!byte_argument(m, a[1], &byte)) return Value();
  const Value args[] = {a[0], byte};
  Value done = on_items(m, "remove", CallArgs{args, 2, nullptr});
  if (!done.is_empty() || !exception_matches(m, m.runtime->exceptions.ValueError)) return done;
  m.exception = Value();
  return raise_value_error(m, "value not found in bytearray");
}

Value array_reverse(Mutator& m, const CallArgs& a) { return on_items(m, "reverse", a); }
Value array_clear(Mutator& m, const CallArgs& a) { return on_items(m, "clear", a); }
Value array_copy(Mutator& m, const CallArgs& a) {
  return make_bytearray(m, m.runtime->types.bytearray, list_from(m, Value::object(items_of(a[0]))));
}
Value array_to_bytes(Mutator& m, const CallArgs& a) { return plain(m, a[0]); }

Value array_fromhex(Mutator& m, const CallArgs& a) {
  Value method = get_attr(m, Value::object(m.runtime->types.bytes), intern(m, "fromhex"));
  return method.is_empty() ? method : of_bytes(m, call(m, method, {a[1]}));
}

// Results of methods of bytes: bytes become bytearrays, also inside a list or tuple.
Value converted(Mutator& m, Value v) {
  if (v.is_empty()) return v;
  if (is_kind(v, Kind::bytes)) return of_bytes(m, v);
  if (!is_kind(v, Kind::list) && !is_kind(v, Kind::tuple)) return v;
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return Value();
  const bool ok = for_each(m, v, [&](Value item) {
    Value made = converted(m, item);
    return !made.is_empty() && list_append(m, list, made);
  });
  if (!ok) return Value();
  if (is_kind(v, Kind::list)) return Value::object(list);
  Tuple* tuple = tuple_from(m, Value::object(list));
  return tuple == nullptr ? Value() : Value::object(tuple);
}

constexpr std::uint32_t kMostArguments = 6;

template <const char* kName>
Value forwarded(Mutator& m, const CallArgs& a) {
  Value method = get_attr(m, Value::object(m.runtime->types.bytes), intern(m, kName));
  if (method.is_empty()) return method;
  Value args[kMostArguments];
  if (a.total() > kMostArguments) return raise_type_error(m, std::string(kName) + "() got too many arguments");
  for (std::uint32_t i = 0; i < a.total(); ++i) {
    args[i] = plain(m, a.values[i]);
    if (args[i].is_empty()) return args[i];
  }
  return converted(m, call(m, method, CallArgs{args, a.positional, a.keyword_names}));
}

// clang-format off
#define TURNSTILE_FORWARDED(X) \
  X(capitalize) X(center) X(count) X(decode) X(endswith) X(expandtabs) X(find) X(hex) X(index) X(isalnum) \
  X(isalpha) X(isascii) X(isdigit) X(islower) X(isspace) X(istitle) X(isupper) X(join) X(ljust) X(lower) \
  X(lstrip) X(partition) X(removeprefix) X(removesuffix) X(replace) X(rfind) X(rindex) X(rjust) X(rpartition) \
  X(rsplit) X(rstrip) X(split) X(splitlines) X(startswith) X(strip) X(swapcase) X(title) X(translate) X(upper) \
  X(zfill)
// clang-format on

#define TURNSTILE_NAME(name) constexpr char kName_##name[] = #name;
TURNSTILE_FORWARDED(TURNSTILE_NAME)
#undef TURNSTILE_NAME

const NativeDef kMethods[] = {
#define TURNSTILE_DEF(name) {#name, forwarded<kName_##name>, 1, -1, true},
    TURNSTILE_FORWARDED(TURNSTILE_DEF)
#undef TURNSTILE_DEF
        {"append", array_append, 2, 2},
    {"extend", array_extend, 2, 2},
    {"insert", array_insert, 3, 3},
    {"pop", array_pop, 1, 2},
    {"remove", array_remove, 2, 2},
    {"reverse", array_reverse, 1, 1},
    {"clear", array_clear, 1, 1},
    {"copy", array_copy, 1, 1},
    {"__bytes__", array_to_bytes, 1, 1},
};
const NativeDef kClassMethods[] = {{"fromhex", array_fromhex, 2, 2}};

constexpr TypeSlots kSlots = {.repr = array_repr,
                              .compare = array_compare,
                              .binary = array_binary,
                              .inplace = array_inplace,
                              .length = array_length,
                              .get_item = array_get_item,
                              .set_item = array_set_item,
                              .contains = array_contains,
                              .iter = array_iter,
                              .new_object = array_new,
                              .init = array_init};

}  // namespace

void define_bytearray(Mutator& m) {
  TypeSpec spec{"bytearray", &kSlots, kMethods, Kind::native_object, kBaseType};
  spec.class_methods = kClassMethods;
  m.runtime->types.bytearray = define_type(m, spec);
}

}  // namespace turnstile
