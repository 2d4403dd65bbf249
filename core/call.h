// Python calls: frames on the mutator's Python stack, and binding of arguments.
#pragma once

#include "core/frame.h"
#include "core/mutator.h"
#include "core/ops.h"
#include "core/poll.h"

namespace turnstile {

/// A frame for `code` on the Python stack, not yet linked into m.frame; locals are not initialized. Null with
/// RecursionError. May collect (to make the exception).
Frame* push_frame(Mutator& m, Code* code, Function* function);

/// Gives the frame's memory back; frames are popped in the reverse order of their pushes.
inline void pop_frame(Mutator& m, Frame* frame) {
  m.frame_top = reinterpret_cast<char*>(frame);
  --m.depth;
}

/// Binds arguments to the parameters as the language says and clears the other locals; free variables get the
/// function's cells. False with TypeError. May collect.
bool bind_arguments(Mutator& m, Function* f, const CallArgs& args, Value* slots);

/// After a MemoryError, until the next collection that is not the last resort: who catches it counts on memory's being
/// free again, and the calls that returned may have left on the native stack the last references to what filled the
/// heap. As a frame returns, once at each depth: calls made since then hold what the program still uses.
inline void forget_returned_calls(Mutator& m) {
  constexpr std::size_t kDeepEnough = std::size_t{64} << 10;
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (here <= m.cleared_below) [[likely]]
    return;
  m.cleared_below = here;
  allocator::clear_dead_stack(m.stack, kDeepEnough);
}

/// Links the frame, runs it to its end, unlinks and pops it. Polls: not all compiled functions do.
inline Value run_frame(Mutator& m, Frame* frame) {
  if (!poll(m)) {
    pop_frame(m, frame);
    return Value();
  }
  frame->caller = m.frame;
  m.frame = frame;
  Value result = frame->code->entry.load(std::memory_order_acquire)(&m, frame);
  m.frame = frame->caller;
  pop_frame(m, frame);
  forget_returned_calls(m);
  return result;
}

/// True when positional arguments alone fill the parameters exactly: binding is a copy.
inline bool binds_simply(const CodeData& code, std::uint32_t argument_count) {
  return argument_count == code.positional && code.keyword_only == 0 &&
         (code.flags & (kVarArgs | kVarKeywords | kGenerator)) == 0;
}

/// After a copy of the arguments: clears the other locals, installs the closure.
inline void finish_simple_binding(const CodeData& code, const Function* f, Value* slots) {
  for (std::uint32_t i = code.positional; i < code.local_count; ++i) slots[i] = Value();
  if (code.free_count != 0) {
    for (std::uint32_t i = 0; i < code.free_count; ++i) slots[code.free_begin + i] = f->closure->at(i);
  }
}

/// A generator for a call of a generator function. Empty with an exception. May collect.
Value make_generator(Mutator& m, Function* f, const CallArgs& args);

/// Calls with a receiver in front: args.values[-1] is writable and is set to self for the call. May run managed code.
Value call_with_self(Mutator& m, Value function, Value self, const CallArgs& args);

}  // namespace turnstile
