// An __init__ that does nothing but store its arguments and constants in attributes: who makes an instance may write
// them itself, without a call.
#pragma once

#include <cstdint>
#include <vector>

#include "core/objects/function.h"
#include "core/objects/type.h"

namespace turnstile::codegen {

/// What a slot of a new instance holds: a parameter of __init__ (self is 0), or where that is 0, a constant.
struct InitStore {
  std::uint32_t slot = 0;
  std::uint32_t parameter = 0;
  std::uint64_t constant = 0;
};

struct PlainInit {
  std::vector<InitStore> stores;  // each slot once
  const Shape* shape = nullptr;   // of the instance behind them; null: __init__ is of another kind
};

/// Follows the code through its inline caches: stores that did not happen so far, or only when the class was of another
/// version, are unknown. Only slots below `inline_slots`.
PlainInit plain_init(const Code* code, const Shape* root, std::uint64_t class_version, std::uint32_t inline_slots);

}  // namespace turnstile::codegen
