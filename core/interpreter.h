// Tier 0: the bytecode interpreter. A template only because it polls the policy's word; fast paths are in
// interpreter_arithmetic.h, _attributes.h and _items.h, what works on the frame in interpreter_support.h. The labels of
// operators and variables are in two files that run() includes.
//
//              call (entry)                      return / uncaught exception
//   pushed ───────────────► run: fetch, execute ─────────────────────────────► popped by the caller
//                             │  ▲
//            exception: look  │  │ handler found
//            up the table     ▼  │
//                           dispatch
//
// Compiled code leaves to here (deoptimization) with frame->pc at the instruction to execute next, or with
// kFrameThrown when Mutator::exception is to be raised at frame->pc.
#pragma once

#include "core/call.h"
#include "core/containers/iterators.h"
#include "core/containers/list.h"
#include "core/exceptions.h"
#include "core/inline_cache.h"
#include "core/interpreter_arithmetic.h"
#include "core/interpreter_attributes.h"
#include "core/interpreter_items.h"
#include "core/interpreter_support.h"
#include "core/objects/iterators.h"
#include "core/ops.h"
#include "core/poll.h"
#include "core/tiering.h"
#include "policies/concepts.h"

namespace turnstile {

template <class P>
class Interpreter {
 public:
  /// EntryPoint. Runs the frame from frame->pc; see frame.h for frame->state.
  static Value run(Mutator* mutator, Frame* frame);

 private:
  // Poll of the policy's word; false with KeyboardInterrupt raised.
  static bool poll_safepoint(Mutator& m) {
    if constexpr (P::WorldLock::kHasPoll) {
      // Relaxed: the slow path synchronizes with whoever stops the world.
      if ((m.poll_word->load(std::memory_order_relaxed) & m.poll_mask) != 0) [[unlikely]] {
        return m.runtime->safepoint(m);
      }
    }
    return true;
  }
};

// Computed goto: one indirect branch per instruction, predicted separately.
#define TS_NEXT()                              \
  do {                                         \
    insn = &insns[++pc];                       \
    goto* kLabels[static_cast<int>(insn->op)]; \
  } while (false)
#define TS_JUMP(target)                        \
  do {                                         \
    pc = static_cast<std::uint32_t>(target);   \
    insn = &insns[pc];                         \
    goto* kLabels[static_cast<int>(insn->op)]; \
  } while (false)
#define TS_SAVE_PC() (frame->pc = pc)
#define TS_STEP(name)                            \
  op_##name : TS_SAVE_PC();                      \
  if (!step_##name(m, frame, *insn)) goto error; \
  TS_NEXT();

template <class P>
Value Interpreter<P>::run(Mutator* mutator, Frame* frame) {
  static const void* const kLabels[] = {
#define TS_LABEL(name) &&op_##name,
      TURNSTILE_OPCODES(TS_LABEL)
#undef TS_LABEL
  };
  Mutator& m = *mutator;
  Code* const code = frame->code;
  CodeData& data = *code->data;
  const Insn* const insns = data.insns.data();
  Value* const slots = frame->slots;
  std::uint32_t pc = frame->pc;
  std::uint32_t loop_ticks = 0;
  bool reraised = false;
  const Insn* insn = &insns[pc];

  if ((frame->state & kFrameThrown) != 0) {
    frame->state &= ~kFrameThrown;
    if (insn->op == Op::yield_from_ && frame->generator != nullptr) {
      Value out;
      const int outcome = step_yield_from_throw(m, frame, *insn, &out);
      if (outcome == 1) {
        frame->state |= kFrameYielded;
        return out;
      }
      if (outcome == 0) {
        slots[insn->a] = out;
        TS_NEXT();
      }
    }
    goto error;
  }
  if ((frame->state & kFrameDeopt) != 0) {
    frame->state &= ~kFrameDeopt;
  } else if (pc == 0) {
    if (EntryPoint compiled = note_entry(m, frame); compiled != nullptr) return compiled(&m, frame);
  }
  goto* kLabels[static_cast<int>(insn->op)];

#include "core/interpreter_variables.inc"

op_load_attr: {
  Value self = slots[insn->b];
  Value v = load_attr_cached(m, data, frame, pc, self);
  if (v.is_empty()) [[unlikely]] {
    if (m.has_exception()) goto error;
    TS_SAVE_PC();
    v = load_attr_slow(m, frame, *insn, self);
    if (v.is_empty()) goto error;
    record_feedback(frame, pc, binary_feedback(v, v));
  }
  slots[insn->a] = v;
  TS_NEXT();
}
op_store_attr: {
  Value self = slots[insn->a];
  if (store_attr_cached(m, data, frame, pc, self, slots[insn->b])) [[likely]]
    TS_NEXT();
  TS_SAVE_PC();
  if (!store_attr_slow(m, frame, *insn, self, slots[insn->b])) goto error;
  TS_NEXT();
}
op_delete_attr:
  TS_SAVE_PC();
  if (!delete_attr(m, slots[insn->a], code->consts->at(static_cast<std::size_t>(insn->d)).as<Str>())) goto error;
  TS_NEXT();

op_load_item: {
  Value container = slots[insn->b];
  Value key = slots[insn->c];
  Value v = load_item_quick(frame, pc, container, key);
  if (v.is_empty()) [[unlikely]] {
    record_feedback(frame, pc, container_feedback(container));
    TS_SAVE_PC();
    v = get_item(m, container, key);
    if (v.is_empty()) goto error;
  }
  slots[insn->a] = v;
  TS_NEXT();
}
op_store_item: {
  TS_SAVE_PC();
  Value container = slots[insn->a];
  Value key = slots[insn->b];
  record_feedback(frame, pc, container_feedback(container));
  if (key.is_int() && is_kind(container, Kind::list) && !container.as_object()->has_flag(kHasDict) &&
      list_store_fast(m, container.as<List>(), key.as_int(), slots[insn->c])) {
    TS_NEXT();
  }
  if (!set_item(m, container, key, slots[insn->c])) goto error;
  TS_NEXT();
}
op_delete_item:
  TS_SAVE_PC();
  if (!delete_item(m, slots[insn->a], slots[insn->b])) goto error;
  TS_NEXT();

#include "core/interpreter_operators.inc"

op_jump:
  TS_JUMP(insn->d);
op_jump_back: {
  TS_SAVE_PC();
  if (!poll_safepoint(m)) goto error;
  const auto target = static_cast<std::uint32_t>(insn->d);
  if (++loop_ticks >= kLoopTickBatch) [[unlikely]] {
    loop_ticks = 0;
    frame->pc = target;
    if (EntryPoint compiled = note_loop(m, frame, kLoopTickBatch); compiled != nullptr) return compiled(&m, frame);
    if (m.has_exception()) goto error;
  }
  TS_JUMP(target);
}
op_jump_if_true: {
  Value v = slots[insn->a];
  int t = v.is_true() ? 1 : 0;
  if (!v.is_bool()) {
    TS_SAVE_PC();
    t = truth(m, v);
    if (t < 0) goto error;
  }
  if (t != 0) TS_JUMP(insn->d);
  TS_NEXT();
}
op_jump_if_false: {
  Value v = slots[insn->a];
  int t = v.is_true() ? 1 : 0;
  if (!v.is_bool()) {
    TS_SAVE_PC();
    t = truth(m, v);
    if (t < 0) goto error;
  }
  if (t == 0) TS_JUMP(insn->d);
  TS_NEXT();
}

op_get_iter: {
  TS_SAVE_PC();
  record_feedback(frame, pc, container_feedback(slots[insn->b]));
  Value v = get_iter(m, slots[insn->b]);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
op_for_iter: {
  Value it = slots[insn->b];
  bool exhausted = false;
  Value v = next_cached(frame, pc, it, &exhausted);
  if (exhausted) TS_JUMP(insn->d);
  if (v.is_empty()) [[unlikely]] {
    TS_SAVE_PC();
    record_feedback(frame, pc, iterator_feedback(it));
    v = iter_next(m, it);
    if (v.is_empty()) {
      if (m.has_exception()) goto error;
      TS_JUMP(insn->d);
    }
  }
  slots[insn->a] = v;
  TS_NEXT();
}
  TS_STEP(unpack_sequence)
  TS_STEP(unpack_ex)
  TS_STEP(build_tuple)
  TS_STEP(build_list)
  TS_STEP(build_set)
  TS_STEP(build_map)
  TS_STEP(build_string)
  TS_STEP(build_slice)
  TS_STEP(format_value)
op_list_append:
  TS_SAVE_PC();
  if (!list_append(m, slots[insn->a].as<List>(), slots[insn->b])) goto error;
  TS_NEXT();
  TS_STEP(set_add)
  TS_STEP(dict_set)
  TS_STEP(list_extend)
  TS_STEP(set_update)
  TS_STEP(dict_update)
  TS_STEP(dict_merge)
  TS_STEP(list_to_tuple)

op_call: {
  TS_SAVE_PC();
  Value callee = slots[insn->b];
  const CallArgs args{&slots[insn->b + 1], insn->c, nullptr};
  if (insn->cache != 0) note_callee(m, data.caches[insn->cache - 1], callee);
  Value v = is_kind(callee, Kind::function) ? call_function(m, callee.as<Function>(), args) : call(m, callee, args);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
op_load_method:
  if (load_method_cached(data, frame, *insn)) [[likely]]
    TS_NEXT();
  TS_SAVE_PC();
  if (!step_load_method(m, frame, *insn)) goto error;
  TS_NEXT();
op_call_method: {
  TS_SAVE_PC();
  Value callee = slots[insn->b];
  const CallArgs args = method_arguments(frame, *insn);
  Value v = is_kind(callee, Kind::function) ? call_function(m, callee.as<Function>(), args) : call(m, callee, args);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
  TS_STEP(call_kw)
  TS_STEP(call_ex)
  TS_STEP(make_function)
op_load_build_class:
  slots[insn->a] = dict_get_name(frame->builtins, m.runtime->names.__build_class__);
  TS_NEXT();
op_return_value:
  flush_loop_ticks(m, frame, loop_ticks);
  return slots[insn->a];

op_yield_value: {
  if ((frame->state & kFrameResumed) != 0) {
    frame->state &= ~kFrameResumed;  // the sent value is in slot a already
    TS_NEXT();
  }
  TS_SAVE_PC();
  frame->state |= kFrameYielded;
  flush_loop_ticks(m, frame, loop_ticks);
  return slots[insn->b];
}
  TS_STEP(get_yield_from_iter)
op_yield_from: {
  TS_SAVE_PC();
  Value sent;
  if ((frame->state & kFrameResumed) != 0) {
    frame->state &= ~kFrameResumed;
    sent = slots[insn->a];
  }
  Value out;
  const int outcome = step_yield_from(m, frame, *insn, sent, &out);
  if (outcome < 0) goto error;
  if (outcome == 0) {
    slots[insn->a] = out;
    TS_NEXT();
  }
  frame->state |= kFrameYielded;
  return out;
}

  TS_STEP(raise)
op_raise_bare:
  TS_SAVE_PC();
  // Re-raised where it was caught: the traceback has this frame already.
  reraised = !m.handled.is_empty() && !m.handled.is_none();
  step_raise_bare(m, frame, *insn);
  goto error;
op_reraise:
  TS_SAVE_PC();
  m.exception = slots[insn->a];
  reraised = true;
  goto error;
  TS_STEP(enter_handler)
  TS_STEP(leave_handler)
  TS_STEP(match_exception)
op_load_assertion_error:
  slots[insn->a] = Value::object(m.runtime->exceptions.AssertionError);
  TS_NEXT();
  TS_STEP(with_enter)
  TS_STEP(with_exit)
  TS_STEP(import_name)
  TS_STEP(import_from)
  TS_STEP(import_star)
  TS_STEP(print_expr)

error:
  if (dispatch_exception(m, frame, reraised)) {
    reraised = false;
    TS_JUMP(frame->pc);
  }
  flush_loop_ticks(m, frame, loop_ticks);
  return Value();
}

#undef TS_NEXT
#undef TS_JUMP
#undef TS_SAVE_PC
#undef TS_STEP

}  // namespace turnstile
