// The in-memory frame: the only state of a Python activation for tracebacks, generators, deoptimization and the
// collector.
#pragma once

#include "core/objects/function.h"

namespace turnstile {

/// Lies on the mutator's Python stack (scanned conservatively up to frame_top), or inside a Generator. `slots` holds
/// Code's slot_count values. Slots of locals are initialized at entry (empty when unbound), temporaries are not.
struct Frame {
  Frame* caller = nullptr;
  Code* code = nullptr;
  Function* function = nullptr;  // null for module bodies
  Dict* globals = nullptr;
  Dict* builtins = nullptr;
  Dict* names = nullptr;  // namespace of a class body or module, else null
  Generator* generator = nullptr;
  std::uint32_t pc = 0;     // of the instruction being executed; kept right wherever something can raise
  std::uint32_t state = 0;  // kFrame... bits
  Value slots[1];

  static constexpr std::size_t slots_offset() { return 7 * sizeof(void*) + 8; }
  static std::size_t bytes(std::uint32_t slot_count) { return slots_offset() + slot_count * sizeof(Value); }
};
static_assert(offsetof(Frame, slots) == Frame::slots_offset());

/// Frame::state: why run() was entered.
inline constexpr std::uint32_t kFrameResumed =
    1;                                            // a generator that continues after a yield: the sent value was stored
inline constexpr std::uint32_t kFrameThrown = 2;  // ... with Mutator::exception to be raised at pc
inline constexpr std::uint32_t kFrameYielded = 4;    // set when run() returned by a yield, not a return
inline constexpr std::uint32_t kFrameDeopt = 8;      // left compiled code: the interpreter must not go back at once
inline constexpr std::uint32_t kFrameReraised = 16;  // a bare `raise`: this frame is in the traceback already

}  // namespace turnstile
