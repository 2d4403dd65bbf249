// Arguments of a call, as every callable receives them.
#pragma once

#include <cstdint>

#include "core/value.h"

namespace turnstile {

struct Tuple;

/// `values[0, positional)` are positional; then one value for each name in `keyword_names` (a tuple of interned str, or
/// null). The array belongs to the caller and lives for the call; it lies on a scanned stack.
struct CallArgs {
  const Value* values = nullptr;
  std::uint32_t positional = 0;
  Tuple* keyword_names = nullptr;

  Value operator[](std::uint32_t i) const { return values[i]; }
  inline std::uint32_t keywords() const;
  std::uint32_t total() const { return positional + keywords(); }
  Value keyword_value(std::uint32_t i) const { return values[positional + i]; }
  /// Without the first positional argument (a receiver).
  CallArgs rest() const { return {values + 1, positional - 1, keyword_names}; }
};

}  // namespace turnstile

#include "core/objects/containers.h"

namespace turnstile {
inline std::uint32_t CallArgs::keywords() const { return keyword_names == nullptr ? 0 : keyword_names->length(); }
}  // namespace turnstile
