// The container classes, in the order in which they need each other.
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

void register_container_types(Mutator& m) {
  define_tuple(m);
  define_list(m);
  define_dict(m);
  define_dict_views(m);
  define_sets(m);
  define_range(m);
  define_slice(m);
  define_sequence_iterators(m);
  define_iterator_adapters(m);
}

}  // namespace turnstile
