// Bytecodes that need no policy: ordinary functions on (mutator, frame, instruction), compiled once. The interpreter
// calls them, and compiled code for what it does not specialize. Each reads and writes frame slots; false (or an empty
// value): Mutator::exception is set. All may run managed code and collect.
#pragma once

#include "core/bytecode.h"
#include "core/frame.h"
#include "core/mutator.h"
#include "core/objects/type.h"

namespace turnstile {

bool step_load_name(Mutator& m, Frame* frame, const Insn& insn);
bool step_store_name(Mutator& m, Frame* frame, const Insn& insn);
bool step_delete_name(Mutator& m, Frame* frame, const Insn& insn);
bool step_store_global(Mutator& m, Frame* frame, const Insn& insn);
bool step_delete_global(Mutator& m, Frame* frame, const Insn& insn);
bool step_load_class_cell(Mutator& m, Frame* frame, const Insn& insn);
/// Raises UnboundLocalError (d: name), NameError for a free variable.
bool raise_unbound(Mutator& m, Frame* frame, const Insn& insn, bool free_variable);
bool step_unpack_sequence(Mutator& m, Frame* frame, const Insn& insn);
bool step_unpack_ex(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_tuple(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_list(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_set(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_map(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_string(Mutator& m, Frame* frame, const Insn& insn);
bool step_build_slice(Mutator& m, Frame* frame, const Insn& insn);
bool step_format_value(Mutator& m, Frame* frame, const Insn& insn);
bool step_set_add(Mutator& m, Frame* frame, const Insn& insn);
bool step_dict_set(Mutator& m, Frame* frame, const Insn& insn);
bool step_list_extend(Mutator& m, Frame* frame, const Insn& insn);
bool step_set_update(Mutator& m, Frame* frame, const Insn& insn);
bool step_dict_update(Mutator& m, Frame* frame, const Insn& insn);
bool step_dict_merge(Mutator& m, Frame* frame, const Insn& insn);
bool step_list_to_tuple(Mutator& m, Frame* frame, const Insn& insn);
bool step_call(Mutator& m, Frame* frame, const Insn& insn);
bool step_call_kw(Mutator& m, Frame* frame, const Insn& insn);
bool step_call_ex(Mutator& m, Frame* frame, const Insn& insn);
/// The general path of load_method.
bool step_load_method(Mutator& m, Frame* frame, const Insn& insn);
bool step_make_function(Mutator& m, Frame* frame, const Insn& insn);
bool step_get_yield_from_iter(Mutator& m, Frame* frame, const Insn& insn);
bool step_raise(Mutator& m, Frame* frame, const Insn& insn);       // always false
bool step_raise_bare(Mutator& m, Frame* frame, const Insn& insn);  // always false
bool step_enter_handler(Mutator& m, Frame* frame, const Insn& insn);
bool step_leave_handler(Mutator& m, Frame* frame, const Insn& insn);
bool step_match_exception(Mutator& m, Frame* frame, const Insn& insn);
bool step_with_enter(Mutator& m, Frame* frame, const Insn& insn);
bool step_with_exit(Mutator& m, Frame* frame, const Insn& insn);
bool step_import_name(Mutator& m, Frame* frame, const Insn& insn);
bool step_import_from(Mutator& m, Frame* frame, const Insn& insn);
bool step_import_star(Mutator& m, Frame* frame, const Insn& insn);
bool step_print_expr(Mutator& m, Frame* frame, const Insn& insn);

/// yield_from: 1 yielded (*out), 0 finished (*out: its value), -1 raised.
int step_yield_from(Mutator& m, Frame* frame, const Insn& insn, Value sent, Value* out);
/// The same for an exception that is thrown into the delegating generator (Mutator::exception).
int step_yield_from_throw(Mutator& m, Frame* frame, const Insn& insn, Value* out);

/// Finds the handler for Mutator::exception at frame->pc: adds the frame to the traceback (unless `reraised`), stores
/// the exception to the handler's slot and sets frame->pc. False when the frame has none: it returns empty.
bool dispatch_exception(Mutator& m, Frame* frame, bool reraised);

/// Two-operand arithmetic by opcode: the slow path of add ... mat_mul, honouring `in place`.
Value step_binary(Mutator& m, const Insn& insn, Value left, Value right);
BinaryOp binary_op_of(Op op);
CompareOp compare_op_of(Op op);

/// Feedback bits for a pair of operands.
std::uint8_t any_binary_feedback(Value left, Value right);
/// ... and for a container operand.
std::uint8_t container_feedback(Value container);

/// The arguments of call_method: with the receiver where load_method left one.
inline CallArgs method_arguments(Frame* frame, const Insn& insn) {
  const Value* self = &frame->slots[insn.b + 1u];
  return self->is_empty() ? CallArgs{self + 1, insn.c, nullptr} : CallArgs{self, insn.c + 1u, nullptr};
}

[[gnu::always_inline]] inline void record_feedback(Frame* frame, std::uint32_t pc, std::uint8_t bits) {
  std::atomic<std::uint8_t>& byte = frame->code->data->feedback[pc];
  // Written only when it changes, so that threads running the same code share the line without bouncing it.
  const std::uint8_t old = byte.load(std::memory_order_relaxed);
  if ((old & bits) != bits) [[unlikely]]
    byte.store(static_cast<std::uint8_t>(old | bits), std::memory_order_relaxed);
}

// The interpreter is so large that g++ leaves these out of line unless told.
[[gnu::always_inline]] inline std::uint8_t binary_feedback(Value left, Value right) {
  if (left.is_int() && right.is_int()) return kSawInt;
  if (left.is_double() && right.is_double()) return kSawFloat;
  return any_binary_feedback(left, right);
}

}  // namespace turnstile
