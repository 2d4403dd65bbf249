#include "codegen/inference/state.h"

namespace turnstile::codegen {

bool join(SlotState& into, const SlotState& other) {
  const SlotState before = into;
  if (into.type == SlotType::dead || other.type == SlotType::dead) {
    into = SlotState();
    return !(into == before);
  }
  if (into.type != other.type) {
    into.type = SlotType::any;
    into.boxed = true;
  } else {
    into.boxed = into.boxed && other.boxed;
    if (!is_raw(into.type)) into.boxed = true;
  }
  into.object = into.object && other.object;
  into.maybe_empty = into.maybe_empty || other.maybe_empty;
  into.dirty = into.dirty || other.dirty;
  if (into.constant != other.constant) into.constant = 0;
  if (into.shape != other.shape || into.version != other.version) set_shape(into, nullptr, 0);
  return !(into == before);
}

}  // namespace turnstile::codegen
