// The class object: what every object can do.
#include <cstdio>

#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/types/class_flags.h"
#include "core/types/classes.h"
#include "core/write_barrier.h"

namespace turnstile {

namespace {

Value object_repr(Mutator& m, Value self) {
  char address[32];
  std::snprintf(address, sizeof(address), "0x%llx", static_cast<unsigned long long>(self.bits()));
  Type* cls = type_of(m, self);
  Value module = Value::none();
  if (Value own = cls->module_name.load(); !own.is_empty()) module = own;
  if (is_heap_type(cls)) module = dict_get_name(cls->dict, m.runtime->names.__module__);
  std::string name = to_utf8(cls->qualname);
  if (is_kind(module, Kind::str) && to_utf8(module.as<Str>()) != "builtins")
    name = to_utf8(module.as<Str>()) + "." + name;
  return text_value(m, "<" + name + " object at " + address + ">");
}

bool object_hash(Mutator&, Value self, std::int64_t* out) {
  // Objects are 16-byte aligned: rotated, so that the low bits tell them apart.
  const std::uint64_t bits = self.bits();
  *out = static_cast<std::int64_t>(bits >> 4 | bits << 60);
  if (*out == -1) *out = -2;
  return true;
}

Value object_compare(Mutator&, CompareOp op, Value left, Value right) {
  if (op == CompareOp::eq && left == right) return Value::true_value();
  return Value::not_implemented();
}

bool has_custom_init(Mutator& m, const Type* cls) {
  Value init = lookup_type(m, cls, m.runtime->names.__init__);
  return !is_kind(init, Kind::native_function) || init.as<NativeFunction>()->owner != m.runtime->types.object;
}

Value raise_abstract(Mutator& m, Type* cls) {
  Value names = dict_get_name(cls->dict, intern(m, "__abstractmethods__"));
  List* sorted = list_from(m, names);
  if (sorted == nullptr || !sort_list(m, sorted, Value(), false)) return Value();
  std::string shown;
  std::int64_t count = 0;
  for (Value v; !(v = list_get(sorted, count)).is_empty(); ++count) {
    Value name = to_str(m, v);
    if (name.is_empty()) return name;
    shown += (count == 0 ? "" : ", ") + to_utf8(name.as<Str>());
  }
  return raise_type_error(m, "Can't instantiate abstract class " + type_name(cls) + " with abstract method" +
                                 (count == 1 ? " " : "s ") + shown);
}

Value object_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (is_abstract(cls)) return raise_abstract(m, cls);
  if (args.total() != 0) {
    if (cls->has_type_flag(kOverridesNew)) {
      return raise_type_error(m, "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (!has_custom_init(m, cls)) return raise_type_error(m, type_name(cls) + "() takes no arguments");
  }
  Instance* self = allocate_instance(m, cls);
  return self == nullptr ? Value() : Value::object(self);
}

bool object_init(Mutator& m, Value self, const CallArgs& args) {
  if (args.total() == 0) return true;
  Type* cls = type_of(m, self);
  if (has_custom_init(m, cls)) {
    raise_type_error(m, "object.__init__() takes exactly one argument (the instance to initialize)");
    return false;
  }
  if (!cls->has_type_flag(kOverridesNew) && cls->slots->new_object == object_new) {
    raise_type_error(m, type_name(cls) + ".__init__() takes exactly one argument (the instance to initialize)");
    return false;
  }
  return true;
}

constexpr TypeSlots kSlots = {
    .repr = object_repr, .hash = object_hash, .compare = object_compare, .new_object = object_new, .init = object_init};

// As methods these are object's own, whatever the receiver's class has in its slots.
Value method_repr(Mutator& m, const CallArgs& a) { return object_repr(m, a[0]); }
Value method_str(Mutator& m, const CallArgs& a) { return repr(m, a[0]); }
Value method_hash(Mutator& m, const CallArgs& a) {
  std::int64_t h;
  object_hash(m, a[0], &h);
  return make_int(m, h);
}
Value method_eq(Mutator& m, const CallArgs& a) { return object_compare(m, CompareOp::eq, a[0], a[1]); }
Value method_order(Mutator&, const CallArgs&) { return Value::not_implemented(); }
Value method_ne(Mutator& m, const CallArgs& a) {
  Value eq = lookup_type(m, type_of(m, a[0]), m.runtime->names.__eq__);
  Value r = call_found(m, eq, {a[0], a[1]});
  if (r.is_empty() || r.is_not_implemented()) return r;
  const int t = truth(m, r);
  return t < 0 ? Value() : Value::boolean(t == 0);
}

Str* name_argument(Mutator& m, Value v) {
  if (is_kind(v, Kind::str)) return intern(m, v.as<Str>());
  raise_type_error(m, "attribute name must be string, not '" + class_name_of(m, v) + "'");
  return nullptr;
}
Value method_getattribute(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  return name == nullptr ? Value() : generic_get_attr(m, a[0], name);
}
Value method_setattr(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  return name != nullptr && generic_set_attr(m, a[0], name, a[2]) ? Value::none() : Value();
}
Value method_delattr(Mutator& m, const CallArgs& a) {
  Str* name = name_argument(m, a[1]);
  return name != nullptr && generic_set_attr(m, a[0], name, Value()) ? Value::none() : Value();
}
Value method_init(Mutator& m, const CallArgs& a) { return object_init(m, a[0], a.rest()) ? Value::none() : Value(); }

Value method_new(Mutator& m, const CallArgs& a) {
  if (a.positional == 0) return raise_type_error(m, "object.__new__(): not enough arguments");
  if (!is_kind(a[0], Kind::type)) {
    return raise_type_error(m, "object.__new__(X): X is not a type object (" + class_name_of(m, a[0]) + ")");
  }
  auto* cls = a[0].as<Type>();
  if (cls->slots->new_object != object_new) {
    return raise_type_error(m,
                            "object.__new__(" + type_name(cls) + ") is not safe, use " + type_name(cls) + ".__new__()");
  }
  return object_new(m, cls, a.rest());
}

Value method_format(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[1], Kind::str)) {
    return raise_type_error(m, "__format__() argument must be str, not " + class_name_of(m, a[1]));
  }
  if (a[1].as<Str>()->length() != 0) {
    return raise_type_error(m, "unsupported format string passed to " + class_name_of(m, a[0]) + ".__format__");
  }
  return to_str(m, a[0]);
}

Value method_init_subclass(Mutator& m, const CallArgs& a) {
  if (a.keywords() != 0 || a.positional != 1) {
    return raise_type_error(m, type_name(a[0].as<Type>()) + ".__init_subclass__() takes no keyword arguments");
  }
  return Value::none();
}

Value get_class(Mutator& m, const CallArgs& a) { return Value::object(type_of(m, a[0])); }

// Moving an object to another class: instances whose layout is the same.
Value set_class(Mutator& m, const CallArgs& a) {
  if (a[1].is_empty()) return raise_type_error(m, "can't delete __class__ attribute");
  if (!is_kind(a[1], Kind::type)) {
    return raise_type_error(m, "__class__ must be set to a class, not '" + class_name_of(m, a[1]) + "' object");
  }
  auto* to = a[1].as<Type>();
  Type* from = type_of(m, a[0]);
  if (!is_heap_type(from) || !is_heap_type(to)) {
    return raise_type_error(m, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  if (!is_kind(a[0], Kind::instance) || to->instance_kind != Kind::instance) {
    return raise_type_error(
        m, "__class__ assignment: '" + type_name(to) + "' object layout differs from '" + type_name(from) + "'");
  }
  // In dict mode the class is all that the shape says.
  Shape* shape = dict_mode_shape(m, to);
  if (shape == nullptr || get_attribute_dict(m, a[0]).is_empty()) return Value();
  a[0].as_object()->set_shape(shape);
  note_owner(m, a[0].as_object());
  return Value::none();
}

Value method_reduce(Mutator& m, const CallArgs& a) {
  return raise_type_error(m, "cannot pickle '" + class_name_of(m, a[0]) + "' object");
}
Value method_sizeof(Mutator&, const CallArgs&) { return Value::small_int(32); }

Value method_dir(Mutator& m, const CallArgs& a) {
  Set* names = make_set(m, Kind::set);
  if (names == nullptr) return Value();
  const auto add_all = [&](Value mapping) {
    return for_each(m, mapping, [&](Value key) { return set_add(m, names, key); });
  };
  Value own = get_attr_or_empty(m, a[0], m.runtime->names.__dict__);
  if (own.is_empty() ? m.has_exception() : !add_all(own)) return Value();
  Tuple* mro = type_of(m, a[0])->mro;
  for (std::uint32_t i = 0; i < mro->length(); ++i) {
    if (!add_all(Value::object(mro->at(i).as<Type>()->dict))) return Value();
  }
  List* list = list_from(m, Value::object(names));
  return list == nullptr ? Value() : Value::object(list);
}

const NativeDef kMethods[] = {
    {"__repr__", method_repr, 1, 1},
    {"__str__", method_str, 1, 1},
    {"__hash__", method_hash, 1, 1},
    {"__eq__", method_eq, 2, 2},
    {"__ne__", method_ne, 2, 2},
    {"__lt__", method_order, 2, 2},
    {"__le__", method_order, 2, 2},
    {"__gt__", method_order, 2, 2},
    {"__ge__", method_order, 2, 2},
    {"__getattribute__", method_getattribute, 2, 2},
    {"__setattr__", method_setattr, 3, 3},
    {"__delattr__", method_delattr, 2, 2},
    {"__init__", method_init, 1, -1, true},
    {"__format__", method_format, 2, 2},
    {"__reduce__", method_reduce, 1, 1},
    {"__sizeof__", method_sizeof, 1, 1},
    {"__dir__", method_dir, 1, 1},
};
const NativeDef kClassMethods[] = {{"__init_subclass__", method_init_subclass, 1, -1, true}};
const NativeDef kNew{"__new__", method_new, 0, -1, true};
const NativeDef kGetClass{"__class__", get_class, 1, 1};
const NativeDef kSetClass{"__class__", set_class, 2, 2};

}  // namespace

void define_object(Mutator& m) {
  Type* object = m.runtime->types.object;
  object->name = intern(m, "object");
  TypeSpec spec{"object", &kSlots, kMethods, Kind::instance, kBaseType};
  spec.class_methods = kClassMethods;
  define_type_as(m, object, spec, nullptr);
  for (const NativeDef& def : kMethods) {
    Value f = dict_get_name(object->dict, intern(m, def.name));
    f.as<NativeFunction>()->sub = static_cast<std::uint8_t>(NativeRole::slot_wrapper);
  }
  Value constructor = make_native_function(m, &kNew, object);
  constructor.as<NativeFunction>()->sub = static_cast<std::uint8_t>(NativeRole::constructor);
  dict_set_name(m, object->dict, intern(m, "__new__"), make_static_method(m, constructor));
  add_getset(m, object, kGetClass, &kSetClass);
}

}  // namespace turnstile
