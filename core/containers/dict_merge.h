// Filling one dict from another, from a mapping, or from pairs.
#pragma once

#include "core/call_args.h"
#include "core/mutator.h"
#include "core/objects/containers.h"

namespace turnstile {

/// A dict, or an instance of a subclass that iterates as dict does: its table may be read directly.
bool dict_is_plain_mapping(Mutator& m, Value v);
/// Stores what `other` held at one moment, key by key.
bool dict_merge(Mutator& m, Dict* dict, Dict* other);
/// What dict(...) and dict.update(...) do with their arguments (without the receiver).
bool dict_update_from_args(Mutator& m, const char* name, Dict* dict, const CallArgs& args);

}  // namespace turnstile
