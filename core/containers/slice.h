// Slices resolved against a length, for every sequence (list, tuple, str, bytes, range).
#pragma once

#include <cstdint>

#include "core/mutator.h"
#include "core/objects/containers.h"
#include "core/value.h"

namespace turnstile {

/// start, stop and step as C++ numbers, before a length is known: saturated, step never 0 nor less than -INT64_MAX.
struct SliceBounds {
  std::int64_t start = 0, stop = 0, step = 1;
};

/// Item i is at start + i * step, for i below count; all of them inside the sequence.
struct SliceRange {
  std::int64_t start = 0, stop = 0, step = 1, count = 0;
};

/// Reads the slice's fields; runs __index__. False with TypeError or ValueError ("slice step cannot be zero").
bool unpack_slice(Mutator& m, const Slice* slice, SliceBounds* out);
/// Clamps to a length. Never fails, runs nothing.
SliceRange adjust_slice(const SliceBounds& bounds, std::int64_t length);

/// Both steps, for sequences whose length cannot change.
inline bool resolve_slice(Mutator& m, const Slice* slice, std::int64_t length, SliceRange* out) {
  SliceBounds bounds;
  if (!unpack_slice(m, slice, &bounds)) return false;
  *out = adjust_slice(bounds, length);
  return true;
}

/// slice(start, stop, step). Null with MemoryError.
Slice* make_slice(Mutator& m, Value start, Value stop, Value step);

}  // namespace turnstile
