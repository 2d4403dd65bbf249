// Classes with abstract methods (abc.ABCMeta sets __abstractmethods__): they make no instances.
#pragma once

#include <cstdint>

#include "core/objects/type.h"

namespace turnstile {

/// Type::type_flags, next to TypeFlags: the class's own __abstractmethods__ is not empty. Goes with kOverridesNew, so
/// that no fast path makes an instance.
inline constexpr std::uint32_t kAbstractClass = 256;

inline bool is_abstract(const Type* cls) {
  return (cls->type_flags.load(std::memory_order_relaxed) & kAbstractClass) != 0;
}

}  // namespace turnstile
