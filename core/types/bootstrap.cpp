// The first classes: `object` and `type` describe each other, and both need dicts, tuples, strings and functions, whose
// classes need them. So the classes of those are declared here with nothing but a root shape; define_type fills them
// in.
#include "core/allocate_object.h"
#include "core/guard.h"
#include "core/types/classes.h"

namespace turnstile {

Type* allocate_type(Mutator& m, Type* metaclass) {
  auto* cls = new_object<Type>(m, metaclass == nullptr ? nullptr : metaclass->root_shape, Kind::type);
  if (cls == nullptr) return nullptr;
  cls->root_shape = make_root_shape(m, cls);
  return cls->root_shape == nullptr ? nullptr : cls;
}

bool add_subclass(Mutator& m, Type* base, Type* cls) {
  List* list = base->subclasses.load(std::memory_order_acquire);
  if (list == nullptr) {
    List* made = make_list(m, nullptr, 0);
    if (made == nullptr) return false;
    ObjectGuard guard(m, base);
    list = base->subclasses.load(std::memory_order_relaxed);
    if (list == nullptr) {
      list = made;
      base->subclasses.store(made, std::memory_order_release);
    }
  }
  return list_append(m, list, Value::object(cls));
}

void bootstrap_object_and_type(Mutator& m) {
  BuiltinTypes& t = m.runtime->types;
  t.internal = allocate_type(m, nullptr);
  t.type = allocate_type(m, nullptr);
  t.object = allocate_type(m, t.type);
  for (Type* first : {t.internal, t.type}) first->set_shape(t.type->root_shape);
  for (Type* first : {t.internal, t.type, t.object}) first->root_shape->set_shape(t.internal->root_shape);
  for (Type** declared : {&t.str, &t.tuple, &t.list, &t.dict, &t.builtin_function, &t.method_descriptor,
                          &t.static_method, &t.class_method, &t.property}) {
    *declared = allocate_type(m, t.type);
  }
  define_object(m);
  define_type_type(m);
  t.internal->name = t.internal->qualname = intern(m, "internal");
  t.internal->bases = t.object->mro;
  t.internal->mro = t.object->mro;
  t.internal->dict = make_dict(m);
  t.internal->slots = t.object->slots;
}

void register_class_types(Mutator& m) {
  define_descriptors(m);
  define_super(m);
  define_union(m);
  define_generic_alias(m);
}

}  // namespace turnstile
