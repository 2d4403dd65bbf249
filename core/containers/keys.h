// Hashing and comparing keys and items without managed code, where their types allow it.
#pragma once

#include "core/objects/containers.h"
#include "core/objects/text.h"
#include "core/ops.h"

namespace turnstile {

/// hash() of an inline int: the value itself, reduced modulo 2^61 - 1 (it is smaller), with -1 reserved.
inline std::int64_t hash_small_int(std::int64_t i) { return i == -1 ? -2 : i; }

inline bool is_plain_str(Value v) { return is_kind(v, Kind::str) && !v.as_object()->has_flag(kHasDict); }

inline std::int64_t hash_plain_str(const Str* s) {
  const std::uint64_t cached = s->cached_hash.load(std::memory_order_relaxed);
  return static_cast<std::int64_t>(cached != 0 ? cached : hash_str(s));
}

/// hash(key), the common types first. May run managed code; false with an exception.
inline bool hash_key(Mutator& m, Value key, std::int64_t* out) {
  if (is_plain_str(key)) {
    *out = hash_plain_str(key.as<Str>());
    return true;
  }
  if (key.is_int()) {
    *out = hash_small_int(key.as_int());
    return true;
  }
  return hash_value(m, key, out);
}

/// What comparing two keys without managed code gives.
enum class KeyMatch : std::uint8_t { no, yes, ask };

/// Whether the keys are equal, or `ask` when only values_equal() can tell. Runs and allocates nothing.
KeyMatch match_keys_slow(Value a, Value b, int depth = 0);

inline KeyMatch match_keys(Value a, Value b) {
  if (a == b) return KeyMatch::yes;
  if (a.is_int() && b.is_int()) return KeyMatch::no;
  if (is_plain_str(a) && is_plain_str(b)) return str_equal(a.as<Str>(), b.as<Str>()) ? KeyMatch::yes : KeyMatch::no;
  return match_keys_slow(a, b);
}

/// Identity or ==, as containers compare items: 1, 0, -1. May run managed code.
inline int items_equal(Mutator& m, Value a, Value b) {
  switch (match_keys(a, b)) {
    case KeyMatch::yes:
      return 1;
    case KeyMatch::no:
      return 0;
    default:
      return values_equal(m, a, b);
  }
}

}  // namespace turnstile
