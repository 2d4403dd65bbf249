// What is known of each frame slot at one instruction.
//
//   dead ──► nothing may read the slot        any ──► a boxed value, perhaps empty
//   integer, real, boolean: raw in a register (i64, double, i1); `boxed` says that the boxed form is at hand, too
//   absent: the empty value, where a method takes no receiver
//   the others: a boxed value of exactly that builtin class
//
// join(a, b) = a if a == b, else any: the lattice is two steps high, so inference ends soon.
#pragma once

#include <cstdint>
#include <vector>

namespace turnstile {
struct Shape;
}

namespace turnstile::codegen {

enum class SlotType : std::uint8_t {
  dead,
  any,
  integer,
  real,
  boolean,
  none,
  absent,
  str,
  list,
  tuple,
  dict,
  range_iterator,  // Iterator of that sub-kind
  list_iterator,
};

constexpr bool is_raw(SlotType t) { return t == SlotType::integer || t == SlotType::real || t == SlotType::boolean; }

struct SlotState {
  SlotType type = SlotType::dead;
  bool maybe_empty = false;      // any only: unbound is possible (absent: certain)
  bool boxed = false;            // the boxed form is at hand
  bool object = false;           // any only: a pointer to an object
  bool dirty = false;            // the frame's slot does not hold this value
  std::uint64_t constant = 0;    // the value's bits where it is known, else 0
  const Shape* shape = nullptr;  // the object has had this shape since the last call: its slots are where it says
  std::uint64_t version = 0;     // ... and its class this version: what else was cached of another one does not hold

  friend bool operator==(const SlotState&, const SlotState&) = default;
};

using State = std::vector<SlotState>;

inline SlotState boxed_slot(SlotType type = SlotType::any, bool dirty = true) {
  SlotState s;
  s.type = type;
  s.boxed = true;
  s.dirty = dirty;
  return s;
}

inline SlotState absent_slot() {
  SlotState s = boxed_slot(SlotType::absent);
  s.maybe_empty = true;
  return s;
}

inline SlotState raw_slot(SlotType type) {
  SlotState s;
  s.type = type;
  s.dirty = true;
  return s;
}

inline void set_shape(SlotState& slot, const Shape* shape, std::uint64_t version) {
  slot.shape = shape;
  slot.version = version;
}

/// The weakest of both; true when `into` changed.
bool join(SlotState& into, const SlotState& other);

}  // namespace turnstile::codegen
