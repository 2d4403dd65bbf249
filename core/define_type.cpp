// Builtin classes from their declarations.
#include "core/define_type.h"

#include <cstring>

#include "core/allocate_object.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// Classes whose objects exist before the class is defined: bootstrap_object_and_type made them, undefined as yet.
Type* declared_class(Mutator& m, const char* name) {
  BuiltinTypes& t = m.runtime->types;
  const std::pair<const char*, Type*> declared[] = {{"str", t.str},
                                                    {"tuple", t.tuple},
                                                    {"list", t.list},
                                                    {"dict", t.dict},
                                                    {"builtin_function_or_method", t.builtin_function},
                                                    {"method_descriptor", t.method_descriptor},
                                                    {"staticmethod", t.static_method},
                                                    {"classmethod", t.class_method},
                                                    {"property", t.property}};
  for (const auto& [known, type] : declared) {
    if (type != nullptr && type->dict == nullptr && std::strcmp(known, name) == 0) return type;
  }
  return nullptr;
}

// Entries that a class leaves null are its base's. compare and hash go together: who compares in its own way and says
// nothing about hashing is unhashable. str belongs to repr.
TypeSlots inherit(const TypeSlots& own, const TypeSlots& base, bool base_is_object) {
  TypeSlots s = own;
  if (s.compare == nullptr && s.hash == nullptr) {
    s.compare = base.compare;
    s.hash = base.hash;
  }
  if (s.repr == nullptr) {
    s.repr = base.repr;
    if (s.str == nullptr) s.str = base.str;
  }
#define TURNSTILE_INHERIT(entry) \
  if (s.entry == nullptr) s.entry = base.entry
  TURNSTILE_INHERIT(binary);
  TURNSTILE_INHERIT(inplace);
  TURNSTILE_INHERIT(unary);
  TURNSTILE_INHERIT(truth);
  TURNSTILE_INHERIT(length);
  TURNSTILE_INHERIT(get_item);
  TURNSTILE_INHERIT(set_item);
  TURNSTILE_INHERIT(contains);
  TURNSTILE_INHERIT(iter);
  TURNSTILE_INHERIT(next);
  TURNSTILE_INHERIT(call);
  TURNSTILE_INHERIT(get_attr);
  TURNSTILE_INHERIT(set_attr);
  TURNSTILE_INHERIT(descriptor_get);
  TURNSTILE_INHERIT(descriptor_set);
  if (!base_is_object) {
    TURNSTILE_INHERIT(new_object);
    TURNSTILE_INHERIT(init);
  }
#undef TURNSTILE_INHERIT
  return s;
}

Tuple* mro_below(Mutator& m, Type* cls, Type* base) {
  const std::uint32_t inherited = base == nullptr ? 0 : base->mro->length();
  Tuple* mro = allocate_tuple(m, inherited + 1);
  if (mro == nullptr) return nullptr;
  mro->items[0].store_relaxed(Value::object(cls));
  for (std::uint32_t i = 0; i < inherited; ++i) mro->items[i + 1].store_relaxed(base->mro->at(i));
  return mro;
}

}  // namespace

void add_native(Mutator& m, Type* cls, const NativeDef& def, NativeRole role) {
  Str* name = intern(m, def.name);
  Value f = make_native_function(m, &def, cls);
  f.as<NativeFunction>()->sub = static_cast<std::uint8_t>(role);
  dict_set_name(m, cls->dict, name, f);
}

void add_getset(Mutator& m, Type* cls, const NativeDef& get, const NativeDef* set, std::uint8_t role) {
  auto* p = new_object<Property>(m, m.runtime->types.property->root_shape, Kind::property);
  if (p == nullptr) return;
  p->sub = role;
  p->get.store(make_native_function(m, &get, cls));
  if (set != nullptr) p->set.store(make_native_function(m, set, cls));
  Str* name = intern(m, get.name);
  if (name == nullptr) return;
  p->name.store(Value::object(name));
  p->doc.store(Value::none());
  dict_set_name(m, cls->dict, name, Value::object(p));
}

// Failures to allocate are not handled: no runtime comes into being without its classes.
Type* define_type(Mutator& m, const TypeSpec& spec, Type* base) {
  Type* cls = declared_class(m, spec.name);
  if (cls == nullptr) cls = allocate_type(m, m.runtime->types.type);
  return define_type_as(m, cls, spec, base == nullptr ? m.runtime->types.object : base);
}

Type* define_type_as(Mutator& m, Type* cls, const TypeSpec& spec, Type* base) {
  BuiltinTypes& types = m.runtime->types;
  cls->name = cls->qualname = intern(m, spec.name);
  cls->module_name.store(Value::object(intern(m, "builtins")));
  cls->bases = base == nullptr ? allocate_tuple(m, 0) : make_tuple(m, {Value::object(base)}).as<Tuple>();
  cls->mro = mro_below(m, cls, base);
  cls->instance_kind = spec.instance_kind;
  static constexpr TypeSlots kNone;
  const TypeSlots& own = spec.slots == nullptr ? kNone : *spec.slots;
  cls->own_slots = base == nullptr ? own : inherit(own, *base->slots, base == types.object);
  cls->slots = &cls->own_slots;
  std::uint32_t flags = spec.flags & ~static_cast<std::uint32_t>(kHeapType);
  for (const char* value_type : {"int", "float", "str", "bytes"}) {
    if (std::strcmp(spec.name, value_type) == 0) flags |= kValueType;
  }
  const bool exception = base != nullptr && base->has_type_flag(kIsException);
  cls->type_flags.store(flags | (exception ? kIsException : 0u), std::memory_order_relaxed);
  cls->dict = make_dict(m);
  for (const NativeDef& def : spec.methods) add_native(m, cls, def);
  for (const NativeDef& def : spec.class_methods) {
    Value f = make_native_function(m, &def, cls);
    f.as<NativeFunction>()->sub = static_cast<std::uint8_t>(NativeRole::class_method);
    dict_set_name(m, cls->dict, intern(m, def.name), make_class_method(m, f));
  }
  for (const NativeDef& def : spec.static_methods) {
    dict_set_name(m, cls->dict, intern(m, def.name), make_static_method(m, make_native_function(m, &def)));
  }
  for (const NativeDef& def : spec.getters) add_getset(m, cls, def);
  add_slot_wrappers(m, cls, own);
  Str* doc = intern(m, "__doc__");
  if (dict_get_name(cls->dict, doc).is_empty()) dict_set_name(m, cls->dict, doc, Value::none());
  if (base != nullptr) add_subclass(m, base, cls);
  cls->version.store(m.runtime->next_type_version(), std::memory_order_release);
  m.runtime->add_root(Value::object(cls));
  return cls;
}

}  // namespace turnstile
