// property, staticmethod, classmethod, and the computed attributes of builtin classes.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/native_args.h"
#include "core/types/classes.h"

namespace turnstile {

Value make_static_method(Mutator& m, Value function) {
  auto* w = new_object<MethodWrapper>(m, m.runtime->types.static_method, Kind::static_method);
  if (w == nullptr) return Value();
  w->function.store(function);
  return Value::object(w);
}

Value make_class_method(Mutator& m, Value function) {
  auto* w = new_object<MethodWrapper>(m, m.runtime->types.class_method, Kind::class_method);
  if (w == nullptr) return Value();
  w->function.store(function);
  return Value::object(w);
}

namespace {

// --- property
// -----------------------------------------------------------------------------------------------------------

Property* property_of(Value v) { return v.as<Property>(); }
Value none_if_empty(Value v) { return v.is_empty() ? Value::none() : v; }
bool absent(Value v) { return v.is_empty() || v.is_none(); }

Value raise_missing_accessor(Mutator& m, const Property* p, Value instance, const char* accessor) {
  Value name = p->name.load();
  std::string shown = "property";
  if (is_kind(name, Kind::str)) {
    Value quoted = repr(m, name);
    if (quoted.is_empty()) return quoted;
    shown += " " + to_utf8(quoted.as<Str>());
  }
  return raise(m, m.runtime->exceptions.AttributeError,
               shown + " of '" + to_utf8(type_of(m, instance)->qualname) + "' object has no " + accessor);
}

Value property_get(Mutator& m, Value self, Value instance, Type*) {
  if (instance.is_empty()) return self;
  Property* p = property_of(self);
  Value getter = p->get.load();
  if (absent(getter)) return raise_missing_accessor(m, p, instance, "getter");
  return call(m, getter, {instance});
}

// Fields of structures, in CPython, as opposed to computed attributes: they word their refusal differently.
bool is_plain_field(Mutator& m, const Property* p, Value instance) {
  const BuiltinTypes& t = m.runtime->types;
  const Type* cls = type_of(m, instance);
  if (cls == t.function) {
    return p->name.load() == Value::object(m.runtime->names.__closure__) ||
           p->name.load() == Value::object(m.runtime->names.__globals__);
  }
  if (is_kind(instance, Kind::type)) return p->name.load() == Value::object(m.runtime->names.__mro__);
  return cls == t.range || cls == t.slice || cls == t.property || cls == t.super || cls == t.code || cls == t.method;
}

bool property_set(Mutator& m, Value self, Value instance, Value value) {
  Property* p = property_of(self);
  if (p->sub != 0) {
    Value setter = p->set.load();
    if (absent(setter)) {
      if (is_plain_field(m, p, instance)) {
        raise(m, m.runtime->exceptions.AttributeError, "readonly attribute");
        return false;
      }
      raise(m, m.runtime->exceptions.AttributeError,
            "attribute '" + to_utf8(p->name.load().as<Str>()) + "' of '" + class_name_of(m, instance) +
                "' objects is not writable");
      return false;
    }
    return !call(m, setter, {instance, value}).is_empty();
  }
  if (value.is_empty()) {
    Value deleter = p->del.load();
    if (absent(deleter)) return !raise_missing_accessor(m, p, instance, "deleter").is_empty();
    return !call(m, deleter, {instance}).is_empty();
  }
  Value setter = p->set.load();
  if (absent(setter)) return !raise_missing_accessor(m, p, instance, "setter").is_empty();
  return !call(m, setter, {instance, value}).is_empty();
}

Value property_new(Mutator& m, Type* cls, const CallArgs&) {
  auto* p = new_object<Property>(m, cls, Kind::property);
  return p == nullptr ? Value() : Value::object(p);
}

bool property_init(Mutator& m, Value self, const CallArgs& args) {
  Value parts[4];
  if (!bind_native(m, args, "property", {"fget", "fset", "fdel", "doc"}, parts)) return false;
  Property* p = property_of(self);
  p->get.store(none_if_empty(parts[0]));
  p->set.store(none_if_empty(parts[1]));
  p->del.store(none_if_empty(parts[2]));
  Value doc = none_if_empty(parts[3]);
  if (doc.is_none() && !absent(parts[0])) {
    doc = get_attr_or_empty(m, parts[0], m.runtime->names.__doc__);
    if (doc.is_empty() && m.has_exception()) return false;
  }
  p->doc.store(none_if_empty(doc));
  return true;
}

// A copy with one accessor replaced: what @x.setter makes.
Value copy_with(Mutator& m, Value self, int which, Value accessor) {
  Property* p = property_of(self);
  Value copy = property_new(m, type_of(m, self), {});
  if (copy.is_empty()) return copy;
  Property* c = property_of(copy);
  c->get.store(which == 0 ? accessor : p->get.load());
  c->set.store(which == 1 ? accessor : p->set.load());
  c->del.store(which == 2 ? accessor : p->del.load());
  c->doc.store(p->doc.load());
  c->name.store(p->name.load());
  if (which == 0) {
    Value doc = get_attr_or_empty(m, accessor, m.runtime->names.__doc__);
    if (doc.is_empty() && m.has_exception()) return Value();
    c->doc.store(none_if_empty(doc));
  }
  return copy;
}

Value property_getter(Mutator& m, const CallArgs& a) { return copy_with(m, a[0], 0, a[1]); }
Value property_setter(Mutator& m, const CallArgs& a) { return copy_with(m, a[0], 1, a[1]); }
Value property_deleter(Mutator& m, const CallArgs& a) { return copy_with(m, a[0], 2, a[1]); }
Value property_set_name(Mutator&, const CallArgs& a) {
  property_of(a[0])->name.store(a[2]);
  return Value::none();
}
Value get_fget(Mutator&, const CallArgs& a) { return none_if_empty(property_of(a[0])->get.load()); }
Value get_fset(Mutator&, const CallArgs& a) { return none_if_empty(property_of(a[0])->set.load()); }
Value get_fdel(Mutator&, const CallArgs& a) { return none_if_empty(property_of(a[0])->del.load()); }
Value get_property_doc(Mutator&, const CallArgs& a) { return none_if_empty(property_of(a[0])->doc.load()); }
Value set_property_doc(Mutator&, const CallArgs& a) {
  property_of(a[0])->doc.store(none_if_empty(a[1]));
  return Value::none();
}

const NativeDef kPropertyMethods[] = {{"getter", property_getter, 2, 2},
                                      {"setter", property_setter, 2, 2},
                                      {"deleter", property_deleter, 2, 2},
                                      {"__set_name__", property_set_name, 3, 3}};
const NativeDef kPropertyGetters[] = {{"fget", get_fget, 1, 1}, {"fset", get_fset, 1, 1}, {"fdel", get_fdel, 1, 1}};
const NativeDef kGetPropertyDoc{"__doc__", get_property_doc, 1, 1};
const NativeDef kSetPropertyDoc{"__doc__", set_property_doc, 2, 2};

constexpr TypeSlots kPropertySlots = {
    .descriptor_get = property_get, .descriptor_set = property_set, .new_object = property_new, .init = property_init};

// --- staticmethod, classmethod
// ---------------------------------------------------------------------------------------------

MethodWrapper* wrapper_of(Value v) { return v.as<MethodWrapper>(); }

template <Kind kind>
Value wrapper_new(Mutator& m, Type* cls, const CallArgs& args) {
  const char* name = kind == Kind::static_method ? "staticmethod" : "classmethod";
  if (args.keywords() != 0) return raise_type_error(m, std::string(name) + "() takes no keyword arguments");
  if (args.positional != 1) {
    return raise_type_error(m, std::string(name) + " expected 1 argument, got " + std::to_string(args.positional));
  }
  auto* w = new_object<MethodWrapper>(m, cls, kind);
  if (w == nullptr) return Value();
  w->function.store(args[0]);
  return Value::object(w);
}

bool wrapper_init(Mutator&, Value, const CallArgs&) { return true; }

Value static_get(Mutator&, Value self, Value, Type*) { return wrapper_of(self)->function.load(); }
Value class_get(Mutator& m, Value self, Value instance, Type* owner) {
  if (owner == nullptr) owner = type_of(m, instance);
  return make_bound_method(m, wrapper_of(self)->function.load(), Value::object(owner));
}
Value static_call(Mutator& m, Value self, const CallArgs& args) {
  return call(m, wrapper_of(self)->function.load(), args);
}

Value wrapper_repr(Mutator& m, Value self) {
  Value inner = repr(m, wrapper_of(self)->function.load());
  if (inner.is_empty()) return inner;
  return text_value(m, "<" + class_name_of(m, self) + "(" + to_utf8(inner.as<Str>()) + ")>");
}

Value get_wrapped(Mutator&, const CallArgs& a) { return wrapper_of(a[0])->function.load(); }
// __name__, __doc__ and so on are those of what is wrapped.
template <Str* WellKnownNames::* name>
Value get_of_wrapped(Mutator& m, const CallArgs& a) {
  return get_attr(m, wrapper_of(a[0])->function.load(), m.runtime->names.*name);
}
const NativeDef kWrapperGetters[] = {{"__func__", get_wrapped, 1, 1},
                                     {"__wrapped__", get_wrapped, 1, 1},
                                     {"__name__", get_of_wrapped<&WellKnownNames::__name__>, 1, 1},
                                     {"__qualname__", get_of_wrapped<&WellKnownNames::__qualname__>, 1, 1},
                                     {"__module__", get_of_wrapped<&WellKnownNames::__module__>, 1, 1},
                                     {"__doc__", get_of_wrapped<&WellKnownNames::__doc__>, 1, 1},
                                     {"__annotations__", get_of_wrapped<&WellKnownNames::__annotations__>, 1, 1}};

constexpr TypeSlots kStaticSlots = {.repr = wrapper_repr,
                                    .call = static_call,
                                    .descriptor_get = static_get,
                                    .new_object = wrapper_new<Kind::static_method>,
                                    .init = wrapper_init};
constexpr TypeSlots kClassSlots = {.repr = wrapper_repr,
                                   .descriptor_get = class_get,
                                   .new_object = wrapper_new<Kind::class_method>,
                                   .init = wrapper_init};

// --- None, NotImplemented, ...
// ------------------------------------------------------------------------------------------------

Value none_repr(Mutator& m, Value) { return text_value(m, "None"); }
Value not_implemented_repr(Mutator& m, Value) { return text_value(m, "NotImplemented"); }
Value ellipsis_repr(Mutator& m, Value) { return text_value(m, "Ellipsis"); }
bool immediate_hash(Mutator&, Value self, std::int64_t* out) {
  *out = static_cast<std::int64_t>(0x5eed0000u + self.bits());
  return true;
}
Value immediate_compare(Mutator&, CompareOp op, Value left, Value right) {
  return op == CompareOp::eq && left == right ? Value::true_value() : Value::not_implemented();
}
int none_truth(Mutator&, Value) { return 0; }
int true_truth(Mutator&, Value) { return 1; }

template <unsigned char which>
Value singleton_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (args.total() != 0) return raise_type_error(m, type_name(cls) + " takes no arguments");
  return which == 0 ? Value::none() : which == 1 ? Value::not_implemented() : Value::ellipsis();
}

constexpr TypeSlots kNoneSlots = {.repr = none_repr,
                                  .hash = immediate_hash,
                                  .compare = immediate_compare,
                                  .truth = none_truth,
                                  .new_object = singleton_new<0>};
constexpr TypeSlots kNotImplementedSlots = {.repr = not_implemented_repr,
                                            .hash = immediate_hash,
                                            .compare = immediate_compare,
                                            .truth = true_truth,
                                            .new_object = singleton_new<1>};
constexpr TypeSlots kEllipsisSlots = {
    .repr = ellipsis_repr, .hash = immediate_hash, .compare = immediate_compare, .new_object = singleton_new<2>};

}  // namespace

void define_descriptors(Mutator& m) {
  BuiltinTypes& t = m.runtime->types;
  TypeSpec property{"property", &kPropertySlots, kPropertyMethods, Kind::property, kBaseType};
  property.getters = kPropertyGetters;
  t.property = define_type(m, property);
  add_getset(m, t.property, kGetPropertyDoc, &kSetPropertyDoc);
  TypeSpec static_method{"staticmethod", &kStaticSlots, {}, Kind::static_method, kBaseType};
  static_method.getters = kWrapperGetters;
  t.static_method = define_type(m, static_method);
  TypeSpec class_method{"classmethod", &kClassSlots, {}, Kind::class_method, kBaseType};
  class_method.getters = kWrapperGetters;
  t.class_method = define_type(m, class_method);
  t.none_type = define_type(m, {"NoneType", &kNoneSlots, {}, Kind::none});
  t.not_implemented_type = define_type(m, {"NotImplementedType", &kNotImplementedSlots, {}, Kind::none});
  t.ellipsis_type = define_type(m, {"ellipsis", &kEllipsisSlots, {}, Kind::none});
}

}  // namespace turnstile
