// Tier 0: the bytecode interpreter. A template only because it polls the policy's word and takes the policy's object
// lock on hot paths; what needs neither is in interpreter_support.h.
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
    if (!poll_safepoint(m)) goto error;
    if (EntryPoint compiled = note_entry(m, frame); compiled != nullptr) return compiled(&m, frame);
  }
  goto* kLabels[static_cast<int>(insn->op)];

op_nop:
  TS_NEXT();
op_load_const:
  slots[insn->a] = code->consts->at(static_cast<std::size_t>(insn->d));
  TS_NEXT();
op_move:
  slots[insn->a] = slots[insn->b];
  TS_NEXT();
op_check_local:
  if (slots[insn->a].is_empty()) [[unlikely]] {
    TS_SAVE_PC();
    raise_unbound(m, frame, *insn, false);
    goto error;
  }
  TS_NEXT();
op_clear_local:
  slots[insn->a] = Value();
  TS_NEXT();
op_delete_local:
  if (slots[insn->a].is_empty()) {
    TS_SAVE_PC();
    raise_unbound(m, frame, *insn, false);
    goto error;
  }
  slots[insn->a] = Value();
  TS_NEXT();

op_load_global: {
  if (const CacheEntry* e = data.caches[insn->cache - 1].entry.load(std::memory_order_acquire); e != nullptr) {
    Value v = cache_kind(e) == CacheKind::table_entry ? cached_table_value(frame->globals, e)
                                                      : cached_builtin_value(frame->globals, frame->builtins, e);
    if (!v.is_empty()) [[likely]] {
      slots[insn->a] = v;
      TS_NEXT();
    }
  }
  TS_SAVE_PC();
  Value v = load_global_slow(m, frame, *insn);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
  TS_STEP(store_global)
  TS_STEP(delete_global)
op_load_name:
  // At module level the namespace is the globals: the caches of globals serve.
  if (frame->names == frame->globals && insn->cache != 0) goto op_load_global;
  TS_SAVE_PC();
  if (!step_load_name(m, frame, *insn)) goto error;
  TS_NEXT();
  TS_STEP(store_name)
  TS_STEP(delete_name)

op_make_cell: {
  TS_SAVE_PC();
  Cell* cell = make_cell(m, slots[insn->a]);
  if (cell == nullptr) goto error;
  slots[insn->a] = Value::object(cell);
  TS_NEXT();
}
op_load_cell: {
  Value v = slots[insn->b].as<Cell>()->value.load();
  if (v.is_empty()) [[unlikely]] {
    TS_SAVE_PC();
    raise_unbound(m, frame, *insn, insn->c != 0);
    goto error;
  }
  slots[insn->a] = v;
  TS_NEXT();
}
op_store_cell:
  slots[insn->a].as<Cell>()->value.store(slots[insn->b]);
  TS_NEXT();
op_delete_cell: {
  Cell* cell = slots[insn->a].as<Cell>();
  if (cell->value.load().is_empty()) {
    TS_SAVE_PC();
    raise_unbound(m, frame, *insn, insn->c != 0);
    goto error;
  }
  cell->value.store(Value());
  TS_NEXT();
}
  TS_STEP(load_class_cell)

op_load_attr: {
  Value self = slots[insn->b];
  if (self.is_object()) {
    Object* o = self.as_object();
    const CacheEntry* e =
        insn->cache == 0 ? nullptr : data.caches[insn->cache - 1].entry.load(std::memory_order_acquire);
    if (e != nullptr) {
      switch (cache_kind(e)) {
        case CacheKind::slot: {
          if (!cache_shape_matches(e, o->shape())) break;
          Value v = instance_slot(static_cast<Instance*>(o), static_cast<std::uint32_t>(e->words[0]))->load();
          if (v.is_empty()) break;
          slots[insn->a] = v;
          TS_NEXT();
        }
        case CacheKind::class_value:
          if (!cache_shape_matches(e, o->shape())) break;
          slots[insn->a] = e->refs[1].load_relaxed();
          TS_NEXT();
        case CacheKind::table_entry: {
          if (o->kind != Kind::module) break;
          Value v = cached_table_value(static_cast<Module*>(o)->dict, e);
          if (v.is_empty()) break;
          slots[insn->a] = v;
          TS_NEXT();
        }
        case CacheKind::type_value:
          if (e->refs[0].load_relaxed() != self ||
              static_cast<Type*>(o)->version.load(std::memory_order_acquire) != e->words[1]) {
            break;
          }
          slots[insn->a] = e->refs[1].load_relaxed();
          TS_NEXT();
        case CacheKind::property: {
          if (!cache_shape_matches(e, o->shape())) break;
          TS_SAVE_PC();
          Value v = call_function(m, e->refs[1].load_relaxed().as<Function>(), CallArgs{&self, 1, nullptr});
          if (v.is_empty()) goto error;
          slots[insn->a] = v;
          TS_NEXT();
        }
        default:
          break;
      }
    }
  }
  TS_SAVE_PC();
  Value v = load_attr_slow(m, frame, *insn, self);
  if (v.is_empty()) goto error;
  record_feedback(frame, pc, binary_feedback(v, v));
  slots[insn->a] = v;
  TS_NEXT();
}
op_store_attr: {
  Value self = slots[insn->a];
  if (self.is_object() && insn->cache != 0) {
    const CacheEntry* e = data.caches[insn->cache - 1].entry.load(std::memory_order_acquire);
    // An existing slot is a lone release store (core/objects/type.h); adding one takes the slow path.
    if (e != nullptr && cache_kind(e) == CacheKind::slot && self.as_object()->kind == Kind::instance &&
        cache_shape_matches(e, self.as_object()->shape()) && e->words[0] < self.as_object()->aux) {
      self.as<Instance>()->slots[e->words[0]].store(slots[insn->b]);
      TS_NEXT();
    }
    if (e != nullptr && cache_kind(e) == CacheKind::add_slot && self.as_object()->kind == Kind::instance &&
        cache_shape_matches(e, self.as_object()->shape()) && e->words[0] < self.as_object()->aux) {
      TS_SAVE_PC();
      if (add_slot_cached(m, self.as<Instance>(), e, slots[insn->b])) TS_NEXT();
    }
  }
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
  Value v;
  if (key.is_int() && is_kind(container, Kind::list) && !container.as_object()->has_flag(kHasDict)) {
    record_feedback(frame, pc, kSawList);
    auto* list = container.as<List>();
    std::int64_t i = key.as_int();
    if (i < 0) i += static_cast<std::int64_t>(list->size.load(std::memory_order_acquire));
    v = list_get_fast(list, i);
  }
  if (v.is_empty()) {
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

#define TS_ARITHMETIC(name)                                   \
  op_##name : {                                               \
    Value left = slots[insn->b];                              \
    Value right = slots[insn->c];                             \
    Value result = fast_##name(left, right);                  \
    record_feedback(frame, pc, binary_feedback(left, right)); \
    if (result.is_empty()) {                                  \
      TS_SAVE_PC();                                           \
      result = step_binary(m, *insn, left, right);            \
      if (result.is_empty()) goto error;                      \
    }                                                         \
    slots[insn->a] = result;                                  \
    TS_NEXT();                                                \
  }
  TS_ARITHMETIC(add)
  TS_ARITHMETIC(sub)
  TS_ARITHMETIC(mul)
  TS_ARITHMETIC(true_div)
  TS_ARITHMETIC(floor_div)
  TS_ARITHMETIC(mod)
  TS_ARITHMETIC(pow)
  TS_ARITHMETIC(lshift)
  TS_ARITHMETIC(rshift)
  TS_ARITHMETIC(bit_and)
  TS_ARITHMETIC(bit_or)
  TS_ARITHMETIC(bit_xor)
  TS_ARITHMETIC(mat_mul)
#undef TS_ARITHMETIC

op_neg: {
  Value v = slots[insn->b];
  record_feedback(frame, pc, binary_feedback(v, v));
  Value result = fast_neg(v);
  if (result.is_empty()) {
    TS_SAVE_PC();
    result = unary_op(m, UnaryOp::neg, v);
    if (result.is_empty()) goto error;
  }
  slots[insn->a] = result;
  TS_NEXT();
}
op_pos: {
  TS_SAVE_PC();
  Value v = unary_op(m, UnaryOp::pos, slots[insn->b]);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
op_invert: {
  TS_SAVE_PC();
  Value v = slots[insn->b];
  record_feedback(frame, pc, binary_feedback(v, v));
  v = unary_op(m, UnaryOp::invert, v);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  TS_NEXT();
}
op_logical_not: {
  Value v = slots[insn->b];
  int t = v.is_true() ? 1 : 0;
  if (!v.is_bool()) {
    TS_SAVE_PC();
    t = truth(m, v);
    if (t < 0) goto error;
  }
  slots[insn->a] = Value::boolean(t == 0);
  TS_NEXT();
}

#define TS_COMPARE(name)                                            \
  op_##name : {                                                     \
    Value left = slots[insn->b];                                    \
    Value right = slots[insn->c];                                   \
    Value result = fast_##name(left, right);                        \
    record_feedback(frame, pc, binary_feedback(left, right));       \
    if (result.is_empty()) {                                        \
      TS_SAVE_PC();                                                 \
      result = compare_op(m, compare_op_of(insn->op), left, right); \
      if (result.is_empty()) goto error;                            \
    }                                                               \
    slots[insn->a] = result;                                        \
    TS_NEXT();                                                      \
  }
  TS_COMPARE(lt)
  TS_COMPARE(le)
  TS_COMPARE(eq)
  TS_COMPARE(ne)
  TS_COMPARE(gt)
  TS_COMPARE(ge)
#undef TS_COMPARE

op_is_op:
  slots[insn->a] = Value::boolean(same_object(slots[insn->b], slots[insn->c]));
  TS_NEXT();
op_is_not:
  slots[insn->a] = Value::boolean(!same_object(slots[insn->b], slots[insn->c]));
  TS_NEXT();
op_contains: {
  TS_SAVE_PC();
  record_feedback(frame, pc, container_feedback(slots[insn->c]));
  const int found = contains(m, slots[insn->c], slots[insn->b]);
  if (found < 0) goto error;
  slots[insn->a] = Value::boolean(found != 0);
  TS_NEXT();
}
op_not_contains: {
  TS_SAVE_PC();
  record_feedback(frame, pc, container_feedback(slots[insn->c]));
  const int found = contains(m, slots[insn->c], slots[insn->b]);
  if (found < 0) goto error;
  slots[insn->a] = Value::boolean(found == 0);
  TS_NEXT();
}

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
  if (is_kind(it, Kind::iterator)) {
    auto* iterator = it.as<Iterator>();
    if (static_cast<IteratorKind>(iterator->sub) == IteratorKind::range) {
      record_feedback(frame, pc, kSawInt);
      const std::int64_t remaining = iterator->counters[2].load(std::memory_order_relaxed);
      if (remaining <= 0) TS_JUMP(insn->d);
      const std::int64_t value = iterator->counters[0].load(std::memory_order_relaxed);
      const std::int64_t step = iterator->counters[1].load(std::memory_order_relaxed);
      iterator->counters[0].store(value + step, std::memory_order_relaxed);
      iterator->counters[2].store(remaining - 1, std::memory_order_relaxed);
      slots[insn->a] = Value::small_int(value);
      TS_NEXT();
    }
    if (static_cast<IteratorKind>(iterator->sub) == IteratorKind::list) {
      record_feedback(frame, pc, kSawList);
      Value v = list_iterator_next_fast(iterator);
      if (!v.is_empty()) [[likely]] {
        slots[insn->a] = v;
        TS_NEXT();
      }
    }
  }
  TS_SAVE_PC();
  record_feedback(frame, pc, iterator_feedback(it));
  Value v = iter_next(m, it);
  if (v.is_empty()) {
    if (m.has_exception()) goto error;
    TS_JUMP(insn->d);
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
op_load_method: {
  Value self = slots[insn->b];
  if (self.is_object() && insn->cache != 0) {
    const CacheEntry* e = data.caches[insn->cache - 1].entry.load(std::memory_order_acquire);
    if (e != nullptr) {
      Object* o = self.as_object();
      if (cache_kind(e) == CacheKind::method && cache_shape_matches(e, o->shape()) && !o->has_flag(kHasDict)) {
        slots[insn->a] = e->refs[1].load_relaxed();
        slots[insn->a + 1] = self;
        TS_NEXT();
      }
      if (cache_kind(e) == CacheKind::table_entry && o->kind == Kind::module) {
        Value v = cached_table_value(static_cast<Module*>(o)->dict, e);
        if (!v.is_empty()) {
          slots[insn->a] = v;
          slots[insn->a + 1] = Value();
          TS_NEXT();
        }
      }
    }
  }
  TS_SAVE_PC();
  bool self_first = false;
  Value v = load_method_slow(m, frame, *insn, self, &self_first);
  if (v.is_empty()) goto error;
  slots[insn->a] = v;
  slots[insn->a + 1] = self_first ? self : Value();
  TS_NEXT();
}
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
