// Checks and messages that tuple and list share.
#include "core/containers/sequences.h"
#include "core/containers/support.h"

namespace turnstile {

bool subscript_index(Mutator& m, Value key, const char* what, std::int64_t* out) {
  if (key.is_int()) {
    *out = key.as_int();
    return true;
  }
  if (!key.is_bool() && !is_any_int(key) && lookup_special(m, key, m.runtime->names.__index__).is_empty()) {
    if (!m.has_exception()) {
      raise_type_error(m, std::string(what) + " indices must be integers or slices, not " + type_name(m, key));
    }
    return false;
  }
  return to_index(m, key, out, m.runtime->exceptions.IndexError);
}

int repeat_count(Mutator& m, Value v, std::int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return 1;
  }
  if (!v.is_bool() && !is_any_int(v) && lookup_special(m, v, m.runtime->names.__index__).is_empty()) {
    return m.has_exception() ? -1 : 0;
  }
  return to_index(m, v, out, m.runtime->exceptions.OverflowError) ? 1 : -1;
}

Value concat_failed(Mutator& m, const char* what, Value right) {
  if (defines_method(m, right, m.runtime->names.__radd__)) return Value::not_implemented();
  return raise_type_error(
      m, std::string("can only concatenate ") + what + " (not \"" + type_name(m, right) + "\") to " + what);
}

Value repeat_failed(Mutator& m, Value other, bool reflected) {
  if (!reflected && defines_method(m, other, m.runtime->names.__rmul__)) return Value::not_implemented();
  return raise_type_error(m, "can't multiply sequence by non-int of type '" + type_name(m, other) + "'");
}

}  // namespace turnstile
