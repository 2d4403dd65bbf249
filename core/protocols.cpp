// Protocols by class: items, length, iteration, text, indices.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/objects/iterators.h"
#include "core/ops.h"
#include "core/text/format_number.h"
#include "core/text/text.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Value override_of(Mutator& m, Type* cls, Str* name) {
  return is_heap_type(cls) ? lookup_override(m, cls, name) : Value();
}

Value raise_not_iterable(Mutator& m, Type* cls) {
  return raise_type_error(m, "'" + type_name(cls) + "' object is not iterable");
}

}  // namespace

int contains(Mutator& m, Value container, Value item) {
  Type* cls = type_of(m, container);
  Value method = override_of(m, cls, m.runtime->names.__contains__);
  if (method.is_none()) {
    raise_type_error(m, "'" + type_name(cls) + "' object is not a container");
    return -1;
  }
  if (!method.is_empty()) {
    Value v = call_found(m, method, {container, item});
    return v.is_empty() ? -1 : truth(m, v);
  }
  if (cls->slots->contains != nullptr && override_of(m, cls, m.runtime->names.__iter__).is_empty()) {
    return cls->slots->contains(m, container, item);
  }
  Value it = get_iter(m, container);
  if (it.is_empty()) {
    if (exception_matches(m, m.runtime->exceptions.TypeError) && cls->slots->iter == nullptr &&
        lookup_type(m, cls, m.runtime->names.__iter__).is_empty()) {
      m.exception = Value();
      raise_type_error(m, "argument of type '" + type_name(cls) + "' is not iterable");
    }
    return -1;
  }
  for (;;) {
    Value v = iter_next(m, it);
    if (v.is_empty()) return m.has_exception() ? -1 : 0;
    const int equal = values_equal(m, v, item);
    if (equal != 0) return equal;
  }
}

Value get_item(Mutator& m, Value self, Value key) {
  Type* cls = type_of(m, self);
  Value method = override_of(m, cls, m.runtime->names.__getitem__);
  if (!method.is_empty()) return call_found(m, method, {self, key});
  if (cls->slots->get_item != nullptr) return cls->slots->get_item(m, self, key);
  return raise_type_error(m, "'" + type_name(cls) + "' object is not subscriptable");
}

bool set_item(Mutator& m, Value self, Value key, Value value) {
  Type* cls = type_of(m, self);
  Value method = override_of(m, cls, m.runtime->names.__setitem__);
  if (!method.is_empty()) return !call_found(m, method, {self, key, value}).is_empty();
  if (cls->slots->set_item != nullptr) return cls->slots->set_item(m, self, key, value);
  raise_type_error(m, "'" + type_name(cls) + "' object does not support item assignment");
  return false;
}

bool delete_item(Mutator& m, Value self, Value key) {
  Type* cls = type_of(m, self);
  Value method = override_of(m, cls, m.runtime->names.__delitem__);
  if (!method.is_empty()) return !call_found(m, method, {self, key}).is_empty();
  if (cls->slots->set_item != nullptr) return cls->slots->set_item(m, self, key, Value());
  const bool reads = cls->slots->get_item != nullptr || !override_of(m, cls, m.runtime->names.__getitem__).is_empty();
  raise_type_error(m, "'" + type_name(cls) + "' object " + (reads ? "doesn't" : "does not") + " support item deletion");
  return false;
}

std::int64_t length(Mutator& m, Value v) {
  Type* cls = type_of(m, v);
  Value method = override_of(m, cls, m.runtime->names.__len__);
  if (!method.is_empty()) {
    Value result = call_found(m, method, {v});
    if (result.is_empty()) return -1;
    std::int64_t n;
    if (!to_index(m, result, &n, m.runtime->exceptions.OverflowError)) return -1;
    if (n >= 0) return n;
    raise_value_error(m, "__len__() should return >= 0");
    return -1;
  }
  if (cls->slots->length != nullptr) return cls->slots->length(m, v);
  raise_type_error(m, "object of type '" + type_name(cls) + "' has no len()");
  return -1;
}

Value get_iter(Mutator& m, Value v) {
  const WellKnownNames& names = m.runtime->names;
  Type* cls = type_of(m, v);
  Value method = override_of(m, cls, names.__iter__);
  if (method.is_none()) return raise_not_iterable(m, cls);
  if (!method.is_empty()) {
    Value it = call_found(m, method, {v});
    if (it.is_empty()) return it;
    Type* it_class = type_of(m, it);
    if (it_class->slots->next == nullptr && lookup_type(m, it_class, names.__next__).is_empty()) {
      return raise_type_error(m, "iter() returned non-iterator of type '" + type_name(it_class) + "'");
    }
    return it;
  }
  if (cls->slots->iter != nullptr) return cls->slots->iter(m, v);
  if (cls->slots->next != nullptr) return v;
  if (override_of(m, cls, names.__getitem__).is_empty()) return raise_not_iterable(m, cls);
  const auto kind = IteratorKind::sequence;
  auto* it = new_object<Iterator>(m, m.runtime->types.iterators[static_cast<int>(kind)], Kind::iterator);
  if (it == nullptr) return Value();
  it->sub = static_cast<std::uint8_t>(kind);
  it->a.store_relaxed(v);
  it->counters[0].store(0, std::memory_order_relaxed);
  return Value::object(it);
}

Value iter_next(Mutator& m, Value iterator) {
  Type* cls = type_of(m, iterator);
  Value method = override_of(m, cls, m.runtime->names.__next__);
  if (!method.is_empty()) {
    Value v = call_found(m, method, {iterator});
    if (v.is_empty() && exception_matches(m, m.runtime->exceptions.StopIteration)) m.exception = Value();
    return v;
  }
  if (cls->slots->next == nullptr) return raise_type_error(m, "'" + type_name(cls) + "' object is not an iterator");
  Value v = cls->slots->next(m, iterator);
  if (v.is_empty() && m.has_exception() && exception_matches(m, m.runtime->exceptions.StopIteration)) m.exception = Value();
  return v;
}

namespace {

Value checked_text(Mutator& m, Value v, const char* method) {
  if (v.is_empty() || is_kind(v, Kind::str)) return v;
  return raise_type_error(m, std::string(method) + " returned non-string (type " + class_name_of(m, v) + ")");
}

}  // namespace

Value repr(Mutator& m, Value v) {
  if (native_stack_exhausted(m, " while getting the repr of an object")) return Value();
  Type* cls = type_of(m, v);
  Value method = override_of(m, cls, m.runtime->names.__repr__);
  if (!method.is_empty()) return checked_text(m, call_found(m, method, {v}), "__repr__");
  return cls->slots->repr(m, v);
}

Value to_str(Mutator& m, Value v) {
  if (is_kind(v, Kind::str)) return v;
  if (native_stack_exhausted(m, " while getting the str of an object")) return Value();
  Type* cls = type_of(m, v);
  Value method = override_of(m, cls, m.runtime->names.__str__);
  if (!method.is_empty()) return checked_text(m, call_found(m, method, {v}), "__str__");
  return cls->slots->str != nullptr ? cls->slots->str(m, v) : repr(m, v);
}

Value ascii(Mutator& m, Value v) {
  Value text = repr(m, v);
  if (text.is_empty()) return text;
  Str* escaped = strings::escape_non_ascii(m, text.as<Str>());
  return escaped == nullptr ? Value() : Value::object(escaped);
}

Value format(Mutator& m, Value v, Str* spec) {
  if (v.is_double()) return format_float(m, v.as_double(), spec);
  if (v.is_int()) return format_int(m, v, spec);
  if (spec->length() == 0 && is_kind(v, Kind::str)) return v;
  Value method = lookup_type(m, type_of(m, v), m.runtime->names.__format__);
  if (method.is_empty()) return raise_type_error(m, "Type " + class_name_of(m, v) + " doesn't define __format__");
  Value text = call_found(m, method, {v, Value::object(spec)});
  if (text.is_empty() || is_kind(text, Kind::str)) return text;
  return raise_type_error(m, "__format__ must return a str, not " + class_name_of(m, text));
}

bool to_index(Mutator& m, Value v, std::int64_t* out, Type* overflow) {
  if (int_to_int64(v, out)) return true;
  if (!is_any_int(v)) {
    Type* cls = type_of(m, v);
    Value method = lookup_type(m, cls, m.runtime->names.__index__);
    if (method.is_empty()) {
      raise_type_error(m, "'" + type_name(cls) + "' object cannot be interpreted as an integer");
      return false;
    }
    v = call_found(m, method, {v});
    if (v.is_empty()) return false;
    if (!is_any_int(v) && !v.is_bool()) {
      raise_type_error(m, "__index__ returned non-int (type " + class_name_of(m, v) + ")");
      return false;
    }
    if (int_to_int64(v, out)) return true;
  }
  if (overflow != nullptr) {
    raise(m, overflow, "cannot fit 'int' into an index-sized integer");
    return false;
  }
  *out = int_compare(v, Value::small_int(0)) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

}  // namespace turnstile
