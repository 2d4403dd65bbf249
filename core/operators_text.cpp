// repr(), str(), ascii() and format() of any value.
#include <cstdio>

#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

bool is_builtin_method(Value v) { return v.is_empty() || is_kind(v, Kind::native_function); }

Value check_str(Mutator& m, Value v, const char* method) {
  if (v.is_empty() || is_kind(v, Kind::str)) return v;
  return raise_type_error(m, std::string(method) + " returned non-string (type " + class_name_of(m, v) + ")");
}

}  // namespace

Value repr(Mutator& m, Value v) {
  const RecursionScope scope(m, " while getting the repr of an object");
  if (!scope) return Value();
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__repr__);
    if (!is_builtin_method(f) || f.as<NativeFunction>()->owner == m.runtime->types.object) {
      return check_str(m, call_found(m, f, {v}), "__repr__");
    }
  }
  if (cls->slots->repr == nullptr) return m.runtime->types.object->slots->repr(m, v);
  return cls->slots->repr(m, v);
}

Value to_str(Mutator& m, Value v) {
  if (is_kind(v, Kind::str) && !v.as_object()->has_flag(kHasDict)) return v;
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    const RecursionScope scope(m, " while getting the str of an object");
    if (!scope) return Value();
    Value f = lookup_type(m, cls, m.runtime->names.__str__);
    if (!is_builtin_method(f)) return check_str(m, call_found(m, f, {v}), "__str__");
    if (f.as<NativeFunction>()->owner == m.runtime->types.object) {
      // object.__str__ passes on whatever __repr__ gives.
      Value r = lookup_type(m, cls, m.runtime->names.__repr__);
      if (!is_builtin_method(r)) return check_str(m, call_found(m, r, {v}), "__str__");
      return repr(m, v);
    }
  }
  return cls->slots->str == nullptr ? repr(m, v) : cls->slots->str(m, v);
}

Value ascii(Mutator& m, Value v) {
  Value shown = repr(m, v);
  if (shown.is_empty()) return shown;
  auto* s = shown.as<Str>();
  std::string out;
  bool plain = true;
  for (std::uint32_t i = 0; i < s->length(); ++i) {
    const char32_t c = s->at(i);
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    plain = false;
    char escape[16];
    const char* pattern = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::snprintf(escape, sizeof(escape), pattern, static_cast<unsigned>(c));
    out += escape;
  }
  return plain ? shown : text_value(m, out);
}

Value format(Mutator& m, Value v, Str* spec) {
  Type* cls = type_of(m, v);
  if (spec->length() == 0 && !is_heap_type(cls) && (is_kind(v, Kind::str) || v.is_int() || v.is_double())) {
    return to_str(m, v);
  }
  Value f = lookup_type(m, cls, m.runtime->names.__format__);
  if (f.is_empty()) return raise_type_error(m, "Type " + type_name(cls) + " doesn't define __format__");
  // Without a specification every builtin's __format__ is str().
  if (spec->length() == 0 && is_kind(f, Kind::native_function)) return to_str(m, v);
  Value r = call_found(m, f, {v, Value::object(spec)});
  if (r.is_empty() || is_kind(r, Kind::str)) return r;
  return raise_type_error(m, "__format__ must return a str, not " + class_name_of(m, r));
}

}  // namespace turnstile
