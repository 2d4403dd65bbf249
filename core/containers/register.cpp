// The container classes, in the order in which they need each other.
#include "core/containers/types.h"
#include "core/define_type.h"
#include "core/runtime_core.h"

namespace turnstile {

namespace {

// Tuples, lists and dicts that were made before their classes existed (parts of the first classes) have no shape yet.
void adopt(Object* o, const Type* cls) {
  if (o != nullptr && o->shape() == nullptr) o->set_shape(cls->root_shape);
}

void adopt_parts(const BuiltinTypes& types, Type* cls) {
  if (cls == nullptr) return;
  adopt(cls->bases, types.tuple);
  adopt(cls->mro, types.tuple);
  adopt(cls->dict, types.dict);
  adopt(cls->subclasses, types.list);
}

}  // namespace

void register_container_types(Mutator& m) {
  define_tuple(m);
  define_list(m);
  define_dict(m);
  const BuiltinTypes& types = m.runtime->types;
  for (Type* cls : {types.object, types.type, types.internal, types.tuple, types.list, types.dict}) adopt_parts(types, cls);
  define_dict_views(m);
  define_sets(m);
  define_range(m);
  define_slice(m);
  define_sequence_iterators(m);
  define_iterator_adapters(m);
}

}  // namespace turnstile
