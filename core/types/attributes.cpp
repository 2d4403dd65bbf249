// The attribute protocol: data descriptors of the class, then the object's own attributes, then the class's others.
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/types/classes.h"

namespace turnstile {

Value raise_attribute_error(Mutator& m, Value self, Str* name, const std::string& message) {
  Value error = make_exception(m, m.runtime->exceptions.AttributeError, message);
  if (error.is_empty()) return error;
  const WellKnownNames& names = m.runtime->names;
  if (!set_own_attribute(m, error.as_object(), names.name, Value::object(name)) ||
      !set_own_attribute(m, error.as_object(), names.obj, self)) {
    return Value();
  }
  return raise_value(m, error);
}

namespace {

// Builtin classes of private modules go by their full name here: '_thread.lock' object has no attribute ...
std::string owner_name(const Mutator& m, Value self) {
  const Type* cls = type_of(m, self);
  const Value module = cls->module_name.load();
  if (is_heap_type(cls) || !is_kind(module, Kind::str)) return type_name(cls);
  const std::string prefix = to_utf8(module.as<Str>());
  return prefix.starts_with('_') ? prefix + "." + type_name(cls) : type_name(cls);
}

}  // namespace

Value raise_no_attribute(Mutator& m, Value self, Str* name) {
  if (is_kind(self, Kind::type)) {
    return raise_attribute_error(
        m, self, name, "type object '" + type_name(self.as<Type>()) + "' has no attribute '" + to_utf8(name) + "'");
  }
  if (is_kind(self, Kind::module)) {
    Value own = dict_get_name(self.as<Module>()->dict, m.runtime->names.__name__);
    const std::string start =
        is_kind(own, Kind::str) ? "module '" + to_utf8(own.as<Str>()) + "'" : std::string("module");
    return raise_attribute_error(m, self, name, start + " has no attribute '" + to_utf8(name) + "'");
  }
  return raise_attribute_error(m, self, name,
                               "'" + owner_name(m, self) + "' object has no attribute '" + to_utf8(name) + "'");
}

Value find_generic_attr(Mutator& m, Value self, Str* name) {
  Type* cls = type_of(m, self);
  Value found = lookup_type(m, cls, name);
  if (!found.is_empty() && is_data_descriptor(m, found)) return bind_found(m, found, self, cls);
  if (self.is_object()) {
    Value own = get_own_attribute(m, self.as_object(), name);
    if (!own.is_empty()) return own;
  }
  if (found.is_empty()) return found;
  return bind_found(m, found, self, cls);
}

Value generic_get_attr(Mutator& m, Value self, Str* name) {
  Value v = find_generic_attr(m, self, name);
  if (v.is_empty() && !m.has_exception()) return raise_no_attribute(m, self, name);
  return v;
}

Value find_type_attr(Mutator& m, Value self, Str* name) {
  auto* cls = self.as<Type>();
  Type* meta = type_of(m, self);
  Value of_meta = lookup_type(m, meta, name);
  if (!of_meta.is_empty() && is_data_descriptor(m, of_meta)) return bind_found(m, of_meta, self, meta);
  Value found = lookup_type(m, cls, name);
  if (!found.is_empty()) return bind_found(m, found, Value(), cls);
  if (of_meta.is_empty()) return of_meta;
  return bind_found(m, of_meta, self, meta);
}

namespace {

// An AttributeError that a class of the program raised without saying about what: the lookup says it.
Value tell_attribute(Mutator& m, Value self, Str* name) {
  if (!exception_matches(m, m.runtime->exceptions.AttributeError)) return Value();
  const Value error = m.exception;
  m.exception = Value();
  const WellKnownNames& names = m.runtime->names;
  if (get_own_attribute(m, error.as_object(), names.name).is_empty() &&
      get_own_attribute(m, error.as_object(), names.obj).is_empty() &&
      (!set_own_attribute(m, error.as_object(), names.name, Value::object(name)) ||
       !set_own_attribute(m, error.as_object(), names.obj, self))) {
    return Value();
  }
  m.exception = error;
  return Value();
}

// Swallows a pending AttributeError: true when that is what was raised.
bool swallow_attribute_error(Mutator& m) {
  if (!exception_matches(m, m.runtime->exceptions.AttributeError)) return false;
  m.exception = Value();
  return true;
}

// The lookup that __getattribute__ stands for: empty with or without AttributeError when absent.
Value find_default(Mutator& m, Type* cls, Value self, Str* name) {
  if (is_kind(self, Kind::type)) return find_type_attr(m, self, name);
  if (cls->slots->get_attr != nullptr) return cls->slots->get_attr(m, self, name);
  return find_generic_attr(m, self, name);
}

// Empty and nothing raised: absent. An AttributeError of Python code or of a slot stays pending.
Value find_attr(Mutator& m, Value self, Str* name) {
  Type* cls = type_of(m, self);
  if (!cls->has_type_flag(kOverridesGetAttr)) [[likely]]
    return find_default(m, cls, self, name);
  const WellKnownNames& names = m.runtime->names;
  Value getattribute = lookup_type(m, cls, names.__getattribute__);
  Value v = is_kind(getattribute, Kind::native_function) || getattribute.is_empty()
                ? find_default(m, cls, self, name)
                : call_found(m, getattribute, {self, Value::object(name)});
  if (!v.is_empty() || (m.has_exception() && !exception_matches(m, m.runtime->exceptions.AttributeError))) return v;
  Value fallback = lookup_type(m, cls, names.__getattr__);
  if (fallback.is_empty()) return v;
  m.exception = Value();
  v = call_found(m, fallback, {self, Value::object(name)});
  return v.is_empty() ? tell_attribute(m, self, name) : v;
}

}  // namespace

Value get_attr(Mutator& m, Value self, Str* name) {
  Value v = find_attr(m, self, name);
  if (v.is_empty() && !m.has_exception()) return raise_no_attribute(m, self, name);
  return v;
}

Value get_attr_or_empty(Mutator& m, Value self, Str* name) {
  Value v = find_attr(m, self, name);
  if (v.is_empty()) swallow_attribute_error(m);
  return v;
}

namespace {

bool raise_read_only(Mutator& m, Value self, Str* name, bool on_class) {
  const std::string cls = owner_name(m, self);
  if (on_class) {
    raise_attribute_error(m, self, name, "'" + cls + "' object attribute '" + to_utf8(name) + "' is read-only");
  } else {
    raise_no_attribute(m, self, name);
  }
  return false;
}

// Gives the store to a data descriptor. 1 done, 0 no data descriptor, -1 raised.
int store_to_descriptor(Mutator& m, Value found, Value self, Value value) {
  if (found.is_empty() || !is_data_descriptor(m, found)) return 0;
  Type* cls = found.as_object()->shape()->cls;
  if (!is_heap_type(cls) || cls->slots->descriptor_set != nullptr) {
    return cls->slots->descriptor_set(m, found, self, value) ? 1 : -1;
  }
  Str* method = value.is_empty() ? m.runtime->names.__delete__ : m.runtime->names.__set__;
  Value f = lookup_type(m, cls, method);
  if (f.is_empty()) {
    raise(m, m.runtime->exceptions.AttributeError, to_utf8(method));
    return -1;
  }
  const Value args[] = {found, self, value};
  return call_found(m, f, args, value.is_empty() ? 2 : 3).is_empty() ? -1 : 1;
}

bool set_default(Mutator& m, Type* cls, Value self, Str* name, Value value) {
  if (cls->slots->set_attr != nullptr) return cls->slots->set_attr(m, self, name, value);
  return generic_set_attr(m, self, name, value);
}

bool change_attr(Mutator& m, Value self, Str* name, Value value) {
  Type* cls = type_of(m, self);
  if (cls->has_type_flag(kOverridesSetAttr)) {
    Str* method = value.is_empty() ? m.runtime->names.__delattr__ : m.runtime->names.__setattr__;
    Value f = lookup_type(m, cls, method);
    if (!f.is_empty() && !is_kind(f, Kind::native_function)) {
      const Value args[] = {self, Value::object(name), value};
      return !call_found(m, f, args, value.is_empty() ? 2 : 3).is_empty();
    }
  }
  return set_default(m, cls, self, name, value);
}

}  // namespace

bool generic_set_attr(Mutator& m, Value self, Str* name, Value value) {
  Type* cls = type_of(m, self);
  Value found = lookup_type(m, cls, name);
  if (const int r = store_to_descriptor(m, found, self, value); r != 0) return r > 0;
  if (!self.is_object() || !carries_attributes(self.as_object())) {
    return raise_read_only(m, self, name, !found.is_empty());
  }
  if (!value.is_empty()) return set_own_attribute(m, self.as_object(), name, value);
  const int removed = delete_own_attribute(m, self.as_object(), name);
  if (removed == 0) raise_no_attribute(m, self, name);
  return removed > 0;
}

bool set_attr(Mutator& m, Value self, Str* name, Value value) { return change_attr(m, self, name, value); }
bool delete_attr(Mutator& m, Value self, Str* name) { return change_attr(m, self, name, Value()); }

}  // namespace turnstile
