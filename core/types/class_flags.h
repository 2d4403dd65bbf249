// Flags of classes that only core/types looks at: bits of Type::type_flags next to TypeFlags.
#pragma once

#include <cstdint>

#include "core/mutator.h"
#include "core/objects/type.h"

namespace turnstile {

/// The class's own __abstractmethods__ is not empty (abc.ABCMeta sets it): it makes no instances. Goes with
/// kOverridesNew, so that no fast path makes one.
inline constexpr std::uint32_t kAbstractClass = 256;
/// __slots__ of the class and of all its bases say which attributes instances may have. They are stored as all others
/// are: only adding one asks the class.
inline constexpr std::uint32_t kLimitedSlots = 512;

inline bool has_class_flag(const Type* cls, std::uint32_t flag) {
  return (cls->type_flags.load(std::memory_order_relaxed) & flag) != 0;
}
inline bool is_abstract(const Type* cls) { return has_class_flag(cls, kAbstractClass); }
inline bool has_limited_slots(const Type* cls) { return has_class_flag(cls, kLimitedSlots); }

/// Whether the __slots__ of a class with limited slots, or of its bases, name an attribute.
bool slots_allow(Mutator& m, const Type* cls, Str* name);
/// Looks at the __slots__ of a class that is being made, *limited tells whether they limit it. False with an exception.
bool take_slots(Mutator& m, Type* cls, Dict* dict, bool bases_have_dict, bool* limited);

}  // namespace turnstile
