// Subscripts, lengths, membership and iteration.
#include "core/containers/iterators.h"
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

bool is_builtin_method(Value v) { return v.is_empty() || is_kind(v, Kind::native_function); }

bool swallow(Mutator& m, const Type* cls) {
  if (!exception_matches(m, cls)) return false;
  m.exception = Value();
  return true;
}

}  // namespace

Value get_item(Mutator& m, Value self, Value key) {
  Type* cls = type_of(m, self);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__getitem__);
    if (!is_builtin_method(f)) return call_found(m, f, {self, key});
  }
  if (cls->slots->get_item != nullptr) return cls->slots->get_item(m, self, key);
  return raise_type_error(m, "'" + type_name(cls) + "' object is not subscriptable");
}

bool set_item(Mutator& m, Value self, Value key, Value value) {
  Type* cls = type_of(m, self);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__setitem__);
    if (!is_builtin_method(f)) return !call_found(m, f, {self, key, value}).is_empty();
  }
  if (cls->slots->set_item != nullptr) return cls->slots->set_item(m, self, key, value);
  raise_type_error(m, "'" + type_name(cls) + "' object does not support item assignment");
  return false;
}

bool delete_item(Mutator& m, Value self, Value key) {
  Type* cls = type_of(m, self);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__delitem__);
    if (!is_builtin_method(f)) return !call_found(m, f, {self, key}).is_empty();
  }
  if (cls->slots->set_item != nullptr) return cls->slots->set_item(m, self, key, Value());
  // Sequences word it differently when the key is an index.
  const TypeSlots& slots = *cls->slots;
  const bool sequence =
      is_heap_type(cls) || slots.length != nullptr || slots.get_item != nullptr || slots.contains != nullptr;
  const bool index =
      is_any_int(key) || key.is_bool() || !lookup_type(m, type_of(m, key), m.runtime->names.__index__).is_empty();
  raise_type_error(
      m, "'" + type_name(cls) + "' object " + (sequence && index ? "doesn't" : "does not") + " support item deletion");
  return false;
}

std::int64_t length(Mutator& m, Value v) {
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__len__);
    if (!is_builtin_method(f)) {
      Value r = call_found(m, f, {v});
      if (r.is_empty()) return -1;
      std::int64_t n;
      if (!to_index(m, r, &n, m.runtime->exceptions.OverflowError)) return -1;
      if (n < 0) {
        raise_value_error(m, "__len__() should return >= 0");
        return -1;
      }
      return n;
    }
  }
  if (cls->slots->length != nullptr) return cls->slots->length(m, v);
  raise_type_error(m, "object of type '" + type_name(cls) + "' has no len()");
  return -1;
}

Value get_iter(Mutator& m, Value v) {
  Type* cls = type_of(m, v);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__iter__);
    if (!is_builtin_method(f)) {
      if (f.is_none()) return raise_type_error(m, "'" + type_name(cls) + "' object is not iterable");
      Value it = call_found(m, f, {v});
      if (it.is_empty()) return it;
      Type* made = type_of(m, it);
      if (made->slots->next == nullptr && lookup_type(m, made, m.runtime->names.__next__).is_empty()) {
        return raise_type_error(m, "iter() returned non-iterator of type '" + type_name(made) + "'");
      }
      return it;
    }
    if (f.is_empty() && cls->slots->iter == nullptr && !lookup_type(m, cls, m.runtime->names.__getitem__).is_empty()) {
      return make_iterator(m, IteratorKind::sequence, v);
    }
  }
  if (cls->slots->iter != nullptr) return cls->slots->iter(m, v);
  if (cls->slots->get_item != nullptr && !is_kind(v, Kind::type)) return make_iterator(m, IteratorKind::sequence, v);
  return raise_type_error(m, "'" + type_name(cls) + "' object is not iterable");
}

Value iter_next(Mutator& m, Value iterator) {
  Type* cls = type_of(m, iterator);
  Value v;
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__next__);
    if (!is_builtin_method(f)) {
      v = call_found(m, f, {iterator});
      if (v.is_empty()) swallow(m, m.runtime->exceptions.StopIteration);
      return v;
    }
  }
  if (cls->slots->next == nullptr) return raise_type_error(m, "'" + type_name(cls) + "' object is not an iterator");
  v = cls->slots->next(m, iterator);
  if (v.is_empty() && m.has_exception()) swallow(m, m.runtime->exceptions.StopIteration);
  return v;
}

int contains(Mutator& m, Value container, Value item) {
  Type* cls = type_of(m, container);
  if (is_heap_type(cls)) {
    Value f = lookup_type(m, cls, m.runtime->names.__contains__);
    if (!is_builtin_method(f)) {
      if (f.is_none()) {
        raise_type_error(m, "'" + type_name(cls) + "' object is not a container");
        return -1;
      }
      Value r = call_found(m, f, {container, item});
      return r.is_empty() ? -1 : truth(m, r);
    }
    // A subclass that iterates in its own way but says nothing about membership still has the builtin's answer.
  }
  if (cls->has_type_flag(kValueType)) item = unboxed(item);
  if (cls->slots->contains != nullptr) return cls->slots->contains(m, container, item);
  Value it = get_iter(m, container);
  if (it.is_empty()) {
    if (cls->slots->iter == nullptr && cls->slots->get_item == nullptr &&
        lookup_type(m, cls, m.runtime->names.__iter__).is_empty() &&
        lookup_type(m, cls, m.runtime->names.__getitem__).is_empty() && swallow(m, m.runtime->exceptions.TypeError)) {
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

bool to_index(Mutator& m, Value v, std::int64_t* out, Type* overflow) {
  if (!is_any_int(v) && !v.is_bool()) {
    Value f = lookup_type(m, type_of(m, v), m.runtime->names.__index__);
    if (f.is_empty()) {
      raise_type_error(m, "'" + class_name_of(m, v) + "' object cannot be interpreted as an integer");
      return false;
    }
    Value r = call_found(m, f, {v});
    if (r.is_empty()) return false;
    if (!is_any_int(r) && !r.is_bool()) {
      raise_type_error(m, "__index__ returned non-int (type " + class_name_of(m, r) + ")");
      return false;
    }
    v = r;
  }
  if (int_to_int64(v, out)) return true;
  if (overflow != nullptr) {
    raise(m, overflow, "cannot fit '" + class_name_of(m, v) + "' into an index-sized integer");
    return false;
  }
  *out = int_compare(v, Value::small_int(0)) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

}  // namespace turnstile
