#include "core/containers/keys.h"

namespace turnstile {

namespace {

constexpr int kMaxTupleDepth = 8;

bool is_plain_number(Value v) {
  return v.is_int() || v.is_bool() || v.is_double() ||
         (is_kind(v, Kind::big_int) && !v.as_object()->has_flag(kHasDict));
}

// Objects that are equal to themselves alone, whatever they are compared with (unless that has an __eq__ of its own).
bool compares_by_identity(Kind kind) {
  switch (kind) {
    case Kind::function:
    case Kind::native_function:
    case Kind::cell:
    case Kind::generator:
    case Kind::iterator:
    case Kind::module:
      return true;
    default:
      return false;
  }
}

KeyMatch match_numbers(Value a, Value b) {
  if (!a.is_double() && !b.is_double()) return int_compare(a, b) == 0 ? KeyMatch::yes : KeyMatch::no;
  if (is_kind(a, Kind::big_int) || is_kind(b, Kind::big_int)) return KeyMatch::ask;
  const auto as_double = [](Value v) {
    if (v.is_double()) return v.as_double();
    return v.is_int() ? static_cast<double>(v.as_int()) : (v.is_true() ? 1.0 : 0.0);
  };
  return as_double(a) == as_double(b) ? KeyMatch::yes : KeyMatch::no;
}

// Neither a number nor something whose class may define __eq__: of a builtin kind that we can tell apart.
bool is_plain_object(Value v) {
  if (!v.is_object()) return true;  // None, Ellipsis, NotImplemented
  const Object* o = v.as_object();
  if (o->has_flag(kHasDict) && o->kind != Kind::function && o->kind != Kind::module) return false;
  return o->kind == Kind::str || o->kind == Kind::bytes || o->kind == Kind::tuple || compares_by_identity(o->kind);
}

}  // namespace

KeyMatch match_keys_slow(Value a, Value b, int depth) {
  if (a == b) return KeyMatch::yes;
  const bool number_a = is_plain_number(a);
  const bool number_b = is_plain_number(b);
  if (number_a && number_b) return match_numbers(a, b);
  if (!number_a && !is_plain_object(a)) return KeyMatch::ask;
  if (!number_b && !is_plain_object(b)) return KeyMatch::ask;
  if (!a.is_object() || !b.is_object() || a.as_object()->kind != b.as_object()->kind) return KeyMatch::no;
  switch (a.as_object()->kind) {
    case Kind::str:
      return str_equal(a.as<Str>(), b.as<Str>()) ? KeyMatch::yes : KeyMatch::no;
    case Kind::tuple: {
      const Tuple* left = a.as<Tuple>();
      const Tuple* right = b.as<Tuple>();
      if (left->length() != right->length()) return KeyMatch::no;
      if (depth == kMaxTupleDepth) return KeyMatch::ask;
      for (std::uint32_t i = 0; i < left->length(); ++i) {
        const KeyMatch match = match_keys_slow(left->at(i), right->at(i), depth + 1);
        if (match != KeyMatch::yes) return match;
      }
      return KeyMatch::yes;
    }
    case Kind::bytes:
      return KeyMatch::ask;
    default:
      return KeyMatch::no;
  }
}

}  // namespace turnstile
