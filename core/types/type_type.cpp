// The class type: calling classes, their attributes, and what all classes tell about themselves.
#include "core/call.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

std::string full_name(Mutator& m, Type* cls) {
  Value module = cls->module_name.load();
  if (is_heap_type(cls)) module = dict_get_name(cls->dict, m.runtime->names.__module__);
  std::string name = to_utf8(cls->qualname);
  if (!is_kind(module, Kind::str)) return name;
  const std::string where = to_utf8(module.as<Str>());
  return where == "builtins" ? name : where + "." + name;
}

Value type_repr(Mutator& m, Value self) { return text_value(m, "<class '" + full_name(m, self.as<Type>()) + "'>"); }

bool type_hash(Mutator&, Value self, std::int64_t* out) {
  *out = static_cast<std::int64_t>(self.bits() >> 4);
  return true;
}

Value type_compare(Mutator&, CompareOp op, Value left, Value right) {
  return op == CompareOp::eq && left == right ? Value::true_value() : Value::not_implemented();
}

Value type_binary(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  if (op != BinaryOp::bit_or) return Value::not_implemented();
  return union_of(m, left, right);
}

Value type_get_item(Mutator& m, Value self, Value key) {
  auto* cls = self.as<Type>();
  if (is_heap_type(type_of(m, self))) {
    Value own = lookup_type(m, type_of(m, self), m.runtime->names.__getitem__);
    if (!own.is_empty() && !is_kind(own, Kind::native_function)) return call_found(m, own, {self, key});
  }
  Value hook = get_attr_or_empty(m, self, m.runtime->names.__class_getitem__);
  if (hook.is_empty()) {
    if (m.has_exception()) return Value();
    const BuiltinTypes& t = m.runtime->types;
    for (const Type* generic : {t.list, t.dict, t.tuple, t.set, t.frozenset, t.type, t.enumerate}) {
      if (is_subtype(cls, generic) && generic != t.type) return make_generic_alias(m, self, key);
    }
    if (cls == t.type) return make_generic_alias(m, self, key);
    return raise_type_error(m, "type '" + type_name(cls) + "' is not subscriptable");
  }
  return call(m, hook, {key});
}

Value type_get_attr(Mutator& m, Value self, Str* name) {
  Value v = find_type_attr(m, self, name);
  return v.is_empty() && !m.has_exception() ? raise_no_attribute(m, self, name) : v;
}

bool type_set_attr(Mutator& m, Value self, Str* name, Value value) {
  auto* cls = self.as<Type>();
  if (!is_heap_type(cls)) {
    raise_type_error(m, "cannot set '" + to_utf8(name) + "' attribute of immutable type '" + type_name(cls) + "'");
    return false;
  }
  Type* meta = type_of(m, self);
  Value of_meta = lookup_type(m, meta, name);
  if (!of_meta.is_empty() && is_data_descriptor(m, of_meta)) {
    Type* kind = of_meta.as_object()->shape()->cls;
    if (kind->slots->descriptor_set != nullptr) return kind->slots->descriptor_set(m, of_meta, self, value);
    Str* method = value.is_empty() ? m.runtime->names.__delete__ : m.runtime->names.__set__;
    const Value args[] = {of_meta, self, value};
    Value f = lookup_type(m, kind, method);
    if (f.is_empty()) {
      raise(m, m.runtime->exceptions.AttributeError, to_utf8(method));
      return false;
    }
    return !call_found(m, f, args, value.is_empty() ? 2 : 3).is_empty();
  }
  if (value.is_empty()) {
    const int removed = dict_delete(m, cls->dict, Value::object(name));
    if (removed > 0) type_modified(m, cls);
    if (removed == 0) raise_no_attribute(m, self, name);
    return removed > 0;
  }
  if (!dict_set_name(m, cls->dict, name, value)) return false;
  type_modified(m, cls);
  return true;
}

// The instance that __new__ makes.
Value construct(Mutator& m, Type* cls, const CallArgs& args) {
  if (cls->has_type_flag(kOverridesNew)) {
    Value constructor = lookup_type(m, cls, m.runtime->names.__new__);
    Value f = bind_found(m, constructor, Value(), cls);
    if (f.is_empty()) return f;
    Value values[9];
    if (args.total() < 9) {
      values[0] = Value::object(cls);
      for (std::uint32_t i = 0; i < args.total(); ++i) values[i + 1] = args.values[i];
      return call(m, f, CallArgs{values, args.positional + 1, args.keyword_names});
    }
    ValueBuffer* many = allocate_buffer(m, args.total() + 1);
    if (many == nullptr) return Value();
    many->items[0].store_relaxed(Value::object(cls));
    for (std::uint32_t i = 0; i < args.total(); ++i) many->items[i + 1].store_relaxed(args.values[i]);
    return call(m, f, CallArgs{reinterpret_cast<const Value*>(many->items), args.positional + 1, args.keyword_names});
  }
  if (cls->slots->new_object == nullptr) {
    return raise_type_error(m, "cannot create '" + type_name(cls) + "' instances");
  }
  if (cls->has_type_flag(kValueType) && !is_heap_type(cls) && args.positional != 0) {
    // int("12"), where the text is of a subclass of str.
    Value text = unboxed(args[0]);
    if (text != args[0] && (is_kind(text, Kind::str) || is_kind(text, Kind::bytes)) && cls != m.runtime->types.str &&
        args.total() <= 4) {
      Value values[4] = {text};
      for (std::uint32_t i = 1; i < args.total(); ++i) values[i] = args.values[i];
      return cls->slots->new_object(m, cls, CallArgs{values, args.positional, args.keyword_names});
    }
  }
  return cls->slots->new_object(m, cls, args);
}

bool initialize(Mutator& m, Type* cls, Value self, const CallArgs& args) {
  Value init = lookup_type(m, cls, m.runtime->names.__init__);
  if (is_kind(init, Kind::native_function)) {
    // A builtin's own: with the class's slot, unless the class took another builtin's __init__.
    if (cls->slots->init != nullptr) return cls->slots->init(m, self, args);
    return true;
  }
  Value result;
  if (is_kind(init, Kind::function)) {
    result = call_with_self(m, init, self, args);
  } else {
    Value bound = bind_found(m, init, self, cls);
    if (bound.is_empty()) return false;
    result = call(m, bound, args);
  }
  if (result.is_empty()) return false;
  if (!result.is_none()) {
    raise_type_error(m, "__init__() should return None, not '" + class_name_of(m, result) + "'");
    return false;
  }
  return true;
}

}  // namespace

Value make_instance(Mutator& m, Type* cls, const CallArgs& args) {
  Value self = construct(m, cls, args);
  if (self.is_empty()) return self;
  Type* made = type_of(m, self);
  if (made != cls && !is_subtype(made, cls)) return self;
  if (!is_heap_type(made)) {
    if (made->slots->init != nullptr && !made->slots->init(m, self, args)) return Value();
    return self;
  }
  return initialize(m, made, self, args) ? self : Value();
}

namespace {

Value type_call(Mutator& m, Value callee, const CallArgs& args) {
  auto* cls = callee.as<Type>();
  Type* meta = callee.as_object()->shape()->cls;
  if (meta != m.runtime->types.type) {
    Value own = lookup_override(m, meta, m.runtime->names.__call__);
    if (!own.is_empty()) {
      Value bound = bind_found(m, own, callee, meta);
      return bound.is_empty() ? bound : call(m, bound, args);
    }
  }
  if (cls == m.runtime->types.type && args.total() == 1 && args.positional == 1)
    return Value::object(type_of(m, args[0]));
  if (native_stack_exhausted(m, " while calling a Python object")) return Value();
  return make_instance(m, cls, args);
}

// type.__new__(meta, name, bases, dict, **keywords)
Value type_new(Mutator& m, Type* meta, const CallArgs& args) {
  if (args.positional != 3) {
    return raise_type_error(m, meta == m.runtime->types.type ? "type() takes 1 or 3 arguments"
                                                             : "type.__new__() takes exactly 3 arguments (" +
                                                                   std::to_string(args.positional) + " given)");
  }
  const auto expected = [&](int number, const char* what, Value v) {
    return raise_type_error(
        m, "type.__new__() argument " + std::to_string(number) + " must be " + what + ", not " + class_name_of(m, v));
  };
  const Value name = unboxed(args[0]);
  if (!is_kind(name, Kind::str)) return expected(1, "str", name);
  if (!is_kind(args[1], Kind::tuple)) return expected(2, "tuple", args[1]);
  if (!is_kind(args[2], Kind::dict)) return expected(3, "dict", args[2]);
  auto* bases = args[1].as<Tuple>();
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    if (!is_kind(bases->at(i), Kind::type)) return raise_type_error(m, "bases must be types");
  }
  Type* winner = choose_metaclass(m, meta, bases);
  if (winner == nullptr) return Value();
  // type("X", (Base,), {}) makes what Base's metaclass makes.
  if (winner != meta && winner->has_type_flag(kOverridesNew)) return construct(m, winner, args);
  return new_class(m, winner, name.as<Str>(), bases, args[2].as<Dict>(),
                   CallArgs{args.values + args.positional, 0, args.keyword_names});
}

bool type_init(Mutator& m, Value, const CallArgs& args) {
  if (args.positional == 1 || args.positional == 3) return true;
  raise_type_error(m, "type.__init__() takes 1 or 3 arguments");
  return false;
}

Type* cls_of(const CallArgs& a) { return a[0].as<Type>(); }

Value get_name(Mutator&, const CallArgs& a) { return Value::object(cls_of(a)->name); }
Value get_qualname(Mutator&, const CallArgs& a) { return Value::object(cls_of(a)->qualname); }
Value get_module(Mutator& m, const CallArgs& a) {
  if (!is_heap_type(cls_of(a))) return cls_of(a)->module_name.load();
  Value v = dict_get_name(cls_of(a)->dict, m.runtime->names.__module__);
  return v.is_empty() ? raise(m, m.runtime->exceptions.AttributeError, "__module__") : v;
}
Value get_bases(Mutator&, const CallArgs& a) { return Value::object(cls_of(a)->bases); }
Value get_base(Mutator& m, const CallArgs& a) {
  if (cls_of(a)->bases->length() == 0) return Value::none();
  Type* base = best_base(m, cls_of(a)->bases);
  m.exception = Value();
  return base == nullptr ? cls_of(a)->bases->at(0) : Value::object(base);
}
Value get_mro(Mutator&, const CallArgs& a) { return Value::object(cls_of(a)->mro); }
Value get_doc(Mutator& m, const CallArgs& a) {
  Value v = dict_get_name(cls_of(a)->dict, m.runtime->names.__doc__);
  if (v.is_empty()) return Value::none();
  return bind_found(m, v, Value(), cls_of(a));
}

bool require_heap(Mutator& m, Type* cls, const char* attribute) {
  if (is_heap_type(cls)) return true;
  raise_type_error(m,
                   std::string("cannot set '") + attribute + "' attribute of immutable type '" + type_name(cls) + "'");
  return false;
}

Value set_name(Mutator& m, const CallArgs& a) {
  if (!require_heap(m, cls_of(a), "__name__")) return Value();
  if (!is_kind(a[1], Kind::str)) {
    return raise_type_error(
        m, "can only assign string to " + type_name(cls_of(a)) + ".__name__, not '" + class_name_of(m, a[1]) + "'");
  }
  Str* name = intern(m, a[1].as<Str>());
  if (name == nullptr) return Value();
  cls_of(a)->name = name;
  return Value::none();
}
Value set_qualname(Mutator& m, const CallArgs& a) {
  if (!require_heap(m, cls_of(a), "__qualname__")) return Value();
  if (!is_kind(a[1], Kind::str)) {
    return raise_type_error(
        m, "can only assign string to " + type_name(cls_of(a)) + ".__qualname__, not '" + class_name_of(m, a[1]) + "'");
  }
  cls_of(a)->qualname = a[1].as<Str>();
  return Value::none();
}
Value set_in_dict(Mutator& m, Type* cls, Str* name, Value v) {
  if (v.is_empty())
    return raise_type_error(m, "cannot delete '" + to_utf8(name) + "' attribute of type '" + type_name(cls) + "'");
  if (!dict_set_name(m, cls->dict, name, v)) return Value();
  type_modified(m, cls);
  return Value::none();
}
Value set_module(Mutator& m, const CallArgs& a) {
  return require_heap(m, cls_of(a), "__module__") ? set_in_dict(m, cls_of(a), m.runtime->names.__module__, a[1])
                                                  : Value();
}
Value set_doc(Mutator& m, const CallArgs& a) {
  return require_heap(m, cls_of(a), "__doc__") ? set_in_dict(m, cls_of(a), m.runtime->names.__doc__, a[1]) : Value();
}

// Of this class alone; made when first asked for.
Value get_annotations(Mutator& m, const CallArgs& a) {
  Str* name = m.runtime->names.__annotations__;
  if (!is_heap_type(cls_of(a))) return raise_no_attribute(m, a[0], name);
  Value v = dict_get_name(cls_of(a)->dict, name);
  if (!v.is_empty()) return bind_found(m, v, Value(), cls_of(a));
  Dict* dict = make_dict(m);
  if (dict == nullptr || !dict_set_name(m, cls_of(a)->dict, name, Value::object(dict))) return Value();
  type_modified(m, cls_of(a));
  return Value::object(dict);
}
Value set_annotations(Mutator& m, const CallArgs& a) {
  Str* name = m.runtime->names.__annotations__;
  if (!require_heap(m, cls_of(a), "__annotations__")) return Value();
  if (!a[1].is_empty()) return set_in_dict(m, cls_of(a), name, a[1]);
  const int removed = dict_delete(m, cls_of(a)->dict, Value::object(name));
  if (removed == 0) raise(m, m.runtime->exceptions.AttributeError, "__annotations__");
  if (removed <= 0) return Value();
  type_modified(m, cls_of(a));
  return Value::none();
}

// A read-only view: a proxy over the class's dict.
Value get_type_dict(Mutator& m, const CallArgs& a) { return make_dict_proxy(m, cls_of(a)->dict); }

Value method_mro(Mutator& m, const CallArgs& a) {
  List* list = list_from(m, Value::object(cls_of(a)->mro));
  return list == nullptr ? Value() : Value::object(list);
}
Value method_subclasses(Mutator& m, const CallArgs& a) {
  List* subclasses = cls_of(a)->subclasses.load(std::memory_order_acquire);
  List* list = subclasses == nullptr ? make_list(m, nullptr, 0) : list_from(m, Value::object(subclasses));
  return list == nullptr ? Value() : Value::object(list);
}
Value method_instancecheck(Mutator& m, const CallArgs& a) {
  return Value::boolean(is_subtype(type_of(m, a[1]), cls_of(a)));
}
Value method_subclasscheck(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[1], Kind::type)) return raise_type_error(m, "issubclass() arg 1 must be a class");
  return Value::boolean(is_subtype(a[1].as<Type>(), cls_of(a)));
}
Value method_prepare(Mutator& m, const CallArgs&) {
  Dict* dict = make_dict(m);
  return dict == nullptr ? Value() : Value::object(dict);
}

Value method_dir(Mutator& m, const CallArgs& a) {
  Set* names = make_set(m, Kind::set);
  if (names == nullptr) return Value();
  const Tuple* mro = cls_of(a)->mro;
  for (std::uint32_t i = 0; i < mro->length(); ++i) {
    const bool ok =
        for_each(m, Value::object(mro->at(i).as<Type>()->dict), [&](Value key) { return set_add(m, names, key); });
    if (!ok) return Value();
  }
  List* list = list_from(m, Value::object(names));
  return list == nullptr ? Value() : Value::object(list);
}

// type.__call__ as a metaclass's __call__ reaches it: what calling a class does without overrides.
Value method_call(Mutator& m, const CallArgs& a) {
  if (a.positional == 2 && a.total() == 2 && cls_of(a) == m.runtime->types.type) return Value::object(type_of(m, a[1]));
  return make_instance(m, cls_of(a), a.rest());
}

const NativeDef kMethods[] = {
    {"__call__", method_call, 1, -1, true},
    {"mro", method_mro, 1, 1},
    {"__subclasses__", method_subclasses, 1, 1},
    {"__instancecheck__", method_instancecheck, 2, 2},
    {"__subclasscheck__", method_subclasscheck, 2, 2},
    {"__dir__", method_dir, 1, 1},
};
const NativeDef kClassMethods[] = {{"__prepare__", method_prepare, 1, -1, true}};

struct Attribute {
  NativeDef get, set;
};
const Attribute kAttributes[] = {
    {{"__name__", get_name, 1, 1}, {"__name__", set_name, 2, 2}},
    {{"__qualname__", get_qualname, 1, 1}, {"__qualname__", set_qualname, 2, 2}},
    {{"__module__", get_module, 1, 1}, {"__module__", set_module, 2, 2}},
    {{"__doc__", get_doc, 1, 1}, {"__doc__", set_doc, 2, 2}},
    {{"__annotations__", get_annotations, 1, 1}, {"__annotations__", set_annotations, 2, 2}},
    {{"__bases__", get_bases, 1, 1}, {nullptr, nullptr}},
    {{"__base__", get_base, 1, 1}, {nullptr, nullptr}},
    {{"__mro__", get_mro, 1, 1}, {nullptr, nullptr}},
    {{"__dict__", get_type_dict, 1, 1}, {nullptr, nullptr}},
};

constexpr TypeSlots kSlots = {.repr = type_repr,
                              .hash = type_hash,
                              .compare = type_compare,
                              .binary = type_binary,
                              .get_item = type_get_item,
                              .call = type_call,
                              .get_attr = type_get_attr,
                              .set_attr = type_set_attr,
                              .new_object = type_new,
                              .init = type_init};

}  // namespace

void define_type_type(Mutator& m) {
  Type* type = m.runtime->types.type;
  TypeSpec spec{"type", &kSlots, kMethods, Kind::type, kBaseType};
  spec.class_methods = kClassMethods;
  define_type_as(m, type, spec, m.runtime->types.object);
  for (const Attribute& a : kAttributes) add_getset(m, type, a.get, a.set.fn == nullptr ? nullptr : &a.set);
}

}  // namespace turnstile
