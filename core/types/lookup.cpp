// Which class a value has, and what a class resolves a name to.
#include "core/call.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/types/class_flags.h"
#include "core/types/classes.h"

namespace turnstile {

Type* type_of(const Mutator& m, Value v) {
  if (v.is_object()) [[likely]]
    return v.as_object()->shape()->cls;
  const BuiltinTypes& t = m.runtime->types;
  if (v.is_int()) return t.int_;
  if (v.is_double()) return t.float_;
  if (v.is_bool()) return t.bool_;
  if (v.is_not_implemented()) return t.not_implemented_type;
  if (v.is_ellipsis()) return t.ellipsis_type;
  return t.none_type;
}

bool is_subtype(const Type* cls, const Type* base) {
  if (cls == base) return true;
  const Tuple* mro = cls->mro;
  if (mro == nullptr) return false;
  for (std::uint32_t i = 0; i < mro->length(); ++i) {
    if (mro->at(i).as<Type>() == base) return true;
  }
  return false;
}

bool is_instance_of(const Mutator& m, Value v, const Type* base) { return is_subtype(type_of(m, v), base); }

namespace {

Value walk_mro(const Type* cls, const Str* name) {
  const Tuple* mro = cls->mro;
  for (std::uint32_t i = 0; i < mro->length(); ++i) {
    Dict* dict = mro->at(i).as<Type>()->dict;
    if (dict == nullptr) continue;
    Value v = dict_get_name(dict, name);
    if (!v.is_empty()) return v;
  }
  return Value();
}

}  // namespace

Value lookup_type(Mutator& m, const Type* cls, const Str* name) {
  // Acquire pairs with type_modified: with the version comes the dict that belongs to it.
  const std::uint64_t version = cls->version.load(std::memory_order_acquire);
  const std::uint64_t mixed = version * 31 + (reinterpret_cast<std::uintptr_t>(name) >> 4);
  MethodCacheEntry& entry = m.method_cache[(mixed ^ (mixed >> 9)) % m.method_cache.size()];
  if (entry.version == version && entry.name == name) [[likely]]
    return entry.value;
  Value v = walk_mro(cls, name);
  entry = {version, name, v};
  return v;
}

namespace {

bool is_override(Value v) { return !v.is_empty() && !is_kind(v, Kind::native_function); }

std::uint32_t override_flags(const WellKnownNames& names, const Str* abstract_methods, const Type* cls) {
  std::uint32_t flags = 0;
  if (!walk_mro(cls, names.__getattr__).is_empty() || is_override(walk_mro(cls, names.__getattribute__))) {
    flags |= kOverridesGetAttr;
  }
  if (is_override(walk_mro(cls, names.__setattr__)) || is_override(walk_mro(cls, names.__delattr__))) {
    flags |= kOverridesSetAttr;
  }
  if (is_override(walk_mro(cls, names.__eq__)) || is_override(walk_mro(cls, names.__hash__))) flags |= kOverridesEq;
  Value constructor = walk_mro(cls, names.__new__);
  if (is_kind(constructor, Kind::static_method)) {
    constructor = static_cast<MethodWrapper*>(constructor.as_object())->function.load();
  }
  if (is_override(constructor)) flags |= kOverridesNew;
  Value abstract = abstract_methods == nullptr ? Value() : dict_get_name(cls->dict, abstract_methods);
  if ((is_kind(abstract, Kind::frozenset) || is_kind(abstract, Kind::set)) && abstract.as<Set>()->live.load() != 0) {
    flags |= kOverridesNew | kAbstractClass;
  }
  return flags;
}

}  // namespace

namespace {

template <class Fn>
void for_each_subclass(Type* cls, Fn&& fn) {
  fn(cls);
  const List* subclasses = cls->subclasses.load(std::memory_order_acquire);
  if (subclasses == nullptr) return;
  for (std::int64_t i = 0;; ++i) {
    Value sub = list_get(subclasses, i);
    if (sub.is_empty()) break;
    for_each_subclass(sub.as<Type>(), fn);
  }
}

void new_versions(Mutator& m, Type* cls) {
  for_each_subclass(cls, [&](Type* c) {
    c->version.store(m.runtime->next_type_version(), std::memory_order_release);  // pairs with lookup_type, caches
  });
}

}  // namespace

void type_modified(Mutator& m, Type* cls) {
  // First without a safepoint since the dict changed: a method cache never outlives what it refers to. Then again for
  // those who cached something under the new version while the flags were still the old ones.
  new_versions(m, cls);
  if (!is_heap_type(cls)) return;
  const Str* abstract_methods = intern(m, "__abstractmethods__");
  if (abstract_methods == nullptr) m.exception = Value();  // no memory: nobody can have stored under that name
  {
    ObjectGuard guard(m, m.runtime->types.type);  // one lock for the flags of all classes
    for_each_subclass(cls, [&](Type* c) {
      constexpr std::uint32_t kComputed =
          kOverridesGetAttr | kOverridesSetAttr | kOverridesEq | kOverridesNew | kAbstractClass;
      const std::uint32_t kept = c->type_flags.load(std::memory_order_relaxed) & ~kComputed;
      c->type_flags.store(kept | override_flags(m.runtime->names, abstract_methods, c), std::memory_order_relaxed);
    });
  }
  new_versions(m, cls);
}

Value lookup_override(Mutator& m, const Type* cls, const Str* name) {
  if (!is_heap_type(cls)) return Value();
  Value v = lookup_type(m, cls, name);
  return is_kind(v, Kind::native_function) ? Value() : v;
}

Value bind_found(Mutator& m, Value found, Value instance, Type* owner) {
  if (!found.is_object()) return found;
  Object* o = found.as_object();
  switch (o->kind) {
    case Kind::function:
      return instance.is_empty() ? found : make_bound_method(m, found, instance);
    case Kind::native_function:
      if (instance.is_empty() || static_cast<NativeFunction*>(o)->owner == nullptr) return found;
      return make_bound_method(m, found, instance);
    case Kind::static_method:
      if (is_heap_type(type_of(m, found))) break;
      return static_cast<MethodWrapper*>(o)->function.load();
    case Kind::class_method: {
      if (is_heap_type(type_of(m, found))) break;
      Value f = static_cast<MethodWrapper*>(o)->function.load();
      if (is_kind(f, Kind::function) || is_kind(f, Kind::native_function)) {
        return make_bound_method(m, f, Value::object(owner));
      }
      return bind_found(m, f, Value::object(owner), type_of(m, Value::object(owner)));
    }
    case Kind::str:
    case Kind::tuple:
    case Kind::list:
    case Kind::dict:
      if (!o->has_flag(kHasDict)) return found;
      break;
    default:
      break;
  }
  Type* cls = o->shape()->cls;
  if (is_heap_type(cls)) {
    Value get = lookup_type(m, cls, m.runtime->names.__get__);
    if (get.is_empty()) return found;
    return call_found(m, get, {found, instance.is_empty() ? Value::none() : instance, Value::object(owner)});
  }
  if (cls->slots->descriptor_get != nullptr) return cls->slots->descriptor_get(m, found, instance, owner);
  return found;
}

bool is_data_descriptor(Mutator& m, Value v) {
  if (!v.is_object()) return false;
  Object* o = v.as_object();
  switch (o->kind) {
    case Kind::function:
    case Kind::native_function:
    case Kind::static_method:
    case Kind::class_method:
      return false;
    case Kind::property:
      return o->sub != Property::kDefault;
    default:
      break;
  }
  Type* cls = o->shape()->cls;
  if (is_heap_type(cls)) {
    return !lookup_type(m, cls, m.runtime->names.__set__).is_empty() ||
           !lookup_type(m, cls, m.runtime->names.__delete__).is_empty();
  }
  return cls->slots->descriptor_set != nullptr;
}

Value call_found(Mutator& m, Value found, const Value* args, std::uint32_t count) {
  if (is_kind(found, Kind::function)) return call_function(m, found.as<Function>(), CallArgs{args, count, nullptr});
  if (is_kind(found, Kind::native_function)) {
    return call_native(m, found.as<NativeFunction>(), CallArgs{args, count, nullptr});
  }
  Value bound = bind_found(m, found, args[0], type_of(m, args[0]));
  if (bound.is_empty()) return bound;
  return call(m, bound, CallArgs{args + 1, count - 1, nullptr});
}

Value lookup_special(Mutator& m, Value self, Str* name) {
  Type* cls = type_of(m, self);
  Value found = lookup_type(m, cls, name);
  return found.is_empty() ? found : bind_found(m, found, self, cls);
}

bool native_stack_exhausted(Mutator& m, const char* what) {
  if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) >= m.stack_limit) [[likely]]
    return false;
  raise_recursion_error(m, what);
  return true;
}

bool RecursionScope::enter(Mutator& m, const char* what) {
  if (m.depth < m.recursion_limit) [[likely]]
    return !native_stack_exhausted(m, what);
  raise_recursion_error(m, what);
  return false;
}

namespace {

// Objects that are no classes stand for some where their __bases__ is a tuple. Empty: they do not, or it raised.
Value bases_of(Mutator& m, Value v) {
  if (is_kind(v, Kind::type)) return Value::object(v.as<Type>()->bases);
  const Value bases = get_attr_or_empty(m, v, intern(m, "__bases__"));
  return is_kind(bases, Kind::tuple) ? bases : Value();
}

// Whether `derived` is `wanted` or has it among its bases, at any depth. 1, 0, -1.
int derives_from(Mutator& m, Value derived, Value wanted) {
  if (derived == wanted) return 1;
  if (native_stack_exhausted(m, " in __subclasscheck__")) return -1;
  const Value bases = bases_of(m, derived);
  if (bases.is_empty()) return m.has_exception() ? -1 : 0;
  for (std::uint32_t i = 0; i < bases.as<Tuple>()->length(); ++i) {
    const int r = derives_from(m, bases.as<Tuple>()->at(i), wanted);
    if (r != 0) return r;
  }
  return 0;
}

void raise_wrong_second(Mutator& m, bool subclass) {
  raise_type_error(m, subclass ? "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                               : "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

// The check against an object that is no class. 1, 0, -1.
int check_abstract(Mutator& m, Value subject, Value wanted, bool subclass) {
  if (bases_of(m, wanted).is_empty()) {
    if (!m.has_exception()) raise_wrong_second(m, subclass);
    return -1;
  }
  if (subclass) return derives_from(m, subject, wanted);
  const Value cls = get_attr_or_empty(m, subject, m.runtime->names.__class__);
  if (cls.is_empty()) return m.has_exception() ? -1 : 0;
  return derives_from(m, cls, wanted);
}

// The class that __class__ gives where an object's class computes it in its own way; else empty.
Value claimed_class(Mutator& m, Value v) {
  const Type* cls = type_of(m, v);
  if (!is_heap_type(cls)) return Value();
  const Value attribute = lookup_type(m, cls, m.runtime->names.__class__);
  const bool own = !is_kind(attribute, Kind::property) || attribute.as_object()->sub != Property::kGetSet;
  if (!own && !cls->has_type_flag(kOverridesGetAttr)) return Value();
  const Value claimed = get_attr_or_empty(m, v, m.runtime->names.__class__);
  return is_kind(claimed, Kind::type) ? claimed : Value();
}

// isinstance's and issubclass's second argument may be a class, a tuple of them, a union, or have a hook.
template <class Check>
int check_against(Mutator& m, Value wanted, bool subclass, Value subject, Check&& check) {
  Str* hook = subclass ? m.runtime->names.__subclasscheck__ : m.runtime->names.__instancecheck__;
  if (is_kind(wanted, Kind::type)) {
    Type* meta = type_of(m, wanted);
    if (is_heap_type(meta)) {
      Value f = lookup_type(m, meta, hook);
      if (!f.is_empty() && !is_kind(f, Kind::native_function)) {
        Value answer = call_found(m, f, {wanted, subject});
        return answer.is_empty() ? -1 : truth(m, answer);
      }
    }
    return check(wanted.as<Type>());
  }
  if (is_kind(wanted, Kind::tuple)) {
    if (native_stack_exhausted(m, " in __instancecheck__")) return -1;
    auto* tuple = wanted.as<Tuple>();
    for (std::uint32_t i = 0; i < tuple->length(); ++i) {
      const int r = check_against(m, tuple->at(i), subclass, subject, check);
      if (r != 0) return r;
    }
    return 0;
  }
  Type* cls = type_of(m, wanted);
  if (cls == m.runtime->types.union_type) {
    auto* members = wanted.as<NativeObject>()->refs[0].load().as<Tuple>();
    for (std::uint32_t i = 0; i < members->length(); ++i) {
      Value member = members->at(i);
      if (member.is_none()) member = Value::object(m.runtime->types.none_type);
      const int r = check_against(m, member, subclass, subject, check);
      if (r != 0) return r;
    }
    return 0;
  }
  if (cls == m.runtime->types.generic_alias) {
    raise_type_error(
        m, std::string(subclass ? "issubclass()" : "isinstance()") + " argument 2 cannot be a parameterized generic");
    return -1;
  }
  Value f = lookup_override(m, cls, hook);
  if (!f.is_empty()) {
    Value answer = call_found(m, f, {wanted, subject});
    return answer.is_empty() ? -1 : truth(m, answer);
  }
  return check_abstract(m, subject, wanted, subclass);
}

}  // namespace

int is_instance(Mutator& m, Value v, Value type_or_tuple) {
  if (is_kind(type_or_tuple, Kind::type) && type_of(m, v) == type_or_tuple.as<Type>()) return 1;
  return check_against(m, type_or_tuple, false, v, [&](const Type* cls) {
    if (is_subtype(type_of(m, v), cls)) return 1;
    const Value claimed = claimed_class(m, v);
    if (claimed.is_empty()) return m.has_exception() ? -1 : 0;
    return is_subtype(claimed.as<Type>(), cls) ? 1 : 0;
  });
}

int is_subclass(Mutator& m, Value cls, Value type_or_tuple) {
  return check_against(m, type_or_tuple, true, cls, [&](Type* base) {
    if (is_kind(cls, Kind::type)) return is_subtype(cls.as<Type>(), base) ? 1 : 0;
    if (!bases_of(m, cls).is_empty()) return derives_from(m, cls, Value::object(base));
    if (!m.has_exception()) raise_type_error(m, "issubclass() arg 1 must be a class");
    return -1;
  });
}

}  // namespace turnstile
