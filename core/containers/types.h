// The parts of register_container_types(): each makes its classes and stores them in BuiltinTypes.
#pragma once

#include "core/mutator.h"

namespace turnstile {

void define_tuple(Mutator& m);
void define_list(Mutator& m);
void define_dict(Mutator& m);
void define_dict_views(Mutator& m);
void define_sets(Mutator& m);
void define_range(Mutator& m);
void define_slice(Mutator& m);
void define_sequence_iterators(Mutator& m);
void define_iterator_adapters(Mutator& m);

}  // namespace turnstile
