#include "codegen/inference/inference.h"

namespace turnstile::codegen {

namespace {

void refine(SlotState& slot, SlotType type) {
  if (slot.type == type) return;
  slot.type = type;
  slot.maybe_empty = false;
}

void refine_real_operands(std::uint8_t feedback, SlotState& left, SlotState& right) {
  const SlotType l = left.type;
  const SlotType r = right.type;
  const auto apply = [](SlotState& slot, RealOperand how) {
    if (how == RealOperand::guard_real) refine(slot, SlotType::real);
    if (how == RealOperand::guard_int) refine(slot, SlotType::integer);
  };
  apply(left, decide_real_operand(feedback, l, r));
  apply(right, decide_real_operand(feedback, r, l));
}

// False: a trap.
bool transfer_arithmetic(const Snapshot& s, std::uint32_t pc, State& state, bool compare) {
  const Insn& i = s.insn(pc);
  const Mode mode = compare ? decide_compare(s, pc, state[i.b].type, state[i.c].type)
                            : decide_arithmetic(s, pc, state[i.b].type, state[i.c].type);
  switch (mode) {
    case Mode::trap:
      return false;
    case Mode::integers:
      refine(state[i.b], SlotType::integer);
      refine(state[i.c], SlotType::integer);
      state[i.a] = raw_slot(compare ? SlotType::boolean : i.op == Op::true_div_ ? SlotType::real : SlotType::integer);
      return true;
    case Mode::reals:
      refine_real_operands(s.feedback[pc], state[i.b], state[i.c]);
      state[i.a] = raw_slot(compare ? SlotType::boolean : SlotType::real);
      return true;
    case Mode::strings:
      refine(state[i.b], SlotType::str);
      refine(state[i.c], SlotType::str);
      if (!compare) forget_shapes(state);  // allocates: others may have run
      state[i.a] = compare ? raw_slot(SlotType::boolean) : boxed_slot(SlotType::str);
      return true;
    default:
      forget_shapes(state);
      state[i.a] = boxed_slot();
      return true;
  }
}

bool transfer_unary(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  switch (decide_unary(s, pc, state[i.b].type)) {
    case Mode::trap:
      return false;
    case Mode::integers:
      refine(state[i.b], SlotType::integer);
      state[i.a] = raw_slot(SlotType::integer);
      return true;
    case Mode::reals:
      refine(state[i.b], SlotType::real);
      state[i.a] = raw_slot(SlotType::real);
      return true;
    default:
      forget_shapes(state);
      state[i.a] = boxed_slot();
      return true;
  }
}

bool transfer_load_item(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  const ItemMode mode = decide_load_item(s, pc, state[i.b].type, state[i.c].type);
  switch (mode) {
    case ItemMode::trap:
      return false;
    case ItemMode::list:
      refine(state[i.b], SlotType::list);
      refine(state[i.c], SlotType::integer);
      break;
    case ItemMode::tuple:
      refine(state[i.b], SlotType::tuple);
      refine(state[i.c], SlotType::integer);
      break;
    default:
      break;
  }
  forget_shapes(state);  // the slow path may run anything
  state[i.a] = mode == ItemMode::generic ? boxed_slot() : boxed_slot(expected_result(s, pc));
  return true;
}

bool transfer_store_item(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  switch (decide_store_item(s, pc, state[i.a].type, state[i.b].type)) {
    case ItemMode::trap:
      return false;
    case ItemMode::list:
      refine(state[i.a], SlotType::list);
      refine(state[i.b], SlotType::integer);
      break;
    default:
      break;
  }
  forget_shapes(state);
  return true;
}

bool transfer_for_iter(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  switch (decide_for_iter(s, pc, state[i.b].type)) {
    case IterMode::trap:
      return false;
    case IterMode::range:
      refine(state[i.b], SlotType::range_iterator);
      state[i.a] = raw_slot(SlotType::integer);
      return true;
    case IterMode::list:
      refine(state[i.b], SlotType::list_iterator);
      break;
    default:
      break;
  }
  forget_shapes(state);
  state[i.a] = boxed_slot();
  return true;
}

// What a shape guard leaves behind.
void note_shape(const Snapshot& s, SlotState& slot, const CacheInfo* cache) {
  set_shape(slot, reinterpret_cast<const Shape*>(cache->ref0), cache->word1);
  slot.maybe_empty = false;
  slot.object = true;
  if (const SlotType type = builtin_type(s, slot.shape); type != SlotType::any) slot.type = type;
}

void transfer_load_attr(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  const CacheInfo* c = decide_load_attr(s, pc, state[i.b].type);
  SlotState result = boxed_slot();
  if (c == nullptr) {
    forget_shapes(state);
  } else if (c->kind == CacheKind::slot) {
    result.type = expected_result(s, pc);
    note_shape(s, state[i.b], c);
  } else if (c->kind == CacheKind::class_value) {
    note_shape(s, state[i.b], c);
    result = constant_slot(s, c->ref1);
  } else if (c->kind == CacheKind::type_value) {
    result = constant_slot(s, c->ref1);
  } else if (is_worth_identity(s, c->value)) {
    result.constant = c->value;
  } else {
    result.type = expected_result(s, pc);
  }
  state[i.a] = result;
}

void transfer_load_global(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  const CacheInfo* c = decide_load_global(s, pc);
  SlotState result = boxed_slot();
  if (c != nullptr) {
    if (is_worth_identity(s, c->value)) {
      result.constant = c->value;
    } else {
      result.type = expected_result(s, pc);
    }
  }
  state[i.a] = result;
}

void finish_call(const Callee* callee, CallMode mode, State& state, const Insn& i, std::uint32_t first,
                 std::uint32_t count) {
  const Intrinsic intrinsic = decide_intrinsic(callee, mode, state, first, count);
  const SlotState result = intrinsic_result(intrinsic, state, first);
  if (may_run_managed_code(intrinsic)) forget_shapes(state);
  state[i.a] = result;
}

void transfer_call(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  bool guard = false;
  const Callee* callee = decide_callee(s, pc, state[i.b], &guard);
  if (decide_range_loop(s, pc, callee, state)) {
    for (std::uint32_t k = 1; k <= i.c; ++k) refine(state[i.b + k], SlotType::integer);
    forget_shapes(state);
    state[i.a] = boxed_slot(SlotType::range_iterator);
    return;
  }
  const CallMode mode = decide_call(callee, i.c);
  finish_call(callee, mode, state, i, i.b + 1u, i.c);
  if (mode == CallMode::instantiate) note_made(state[i.a], *callee);
}

void transfer_load_method(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  const CacheInfo* c = decide_load_method(s, pc, state[i.b].type);
  if (c == nullptr) {
    forget_shapes(state);
    state[i.a] = boxed_slot();
    state[i.a + 1u] = boxed_slot();
    state[i.a + 1u].maybe_empty = true;
    return;
  }
  const bool of_module = c->kind == CacheKind::table_entry;
  if (!of_module) note_shape(s, state[i.b], c);
  state[i.a + 1u] = of_module ? absent_slot() : state[i.b];
  state[i.a + 1u].dirty = true;
  state[i.a] = boxed_slot();
  state[i.a].constant = of_module ? c->value : c->ref1;
}

void transfer_call_method(const Snapshot& s, std::uint32_t pc, State& state) {
  const MethodCall call = decide_method_call(s, pc, state);
  finish_call(call.callee, call.mode, state, s.insn(pc), call.first, call.count);
}

}  // namespace

bool Inference::transfer(const Snapshot& s, std::uint32_t pc, State& state) {
  const Insn& i = s.insn(pc);
  if (is_arithmetic(i.op) || is_comparison(i.op)) return transfer_arithmetic(s, pc, state, is_comparison(i.op));
  if (is_unary_arithmetic(i.op)) return transfer_unary(s, pc, state);
  switch (i.op) {
    case Op::nop_:
    case Op::jump_:
    case Op::store_cell_:
    case Op::leave_handler_:
      return true;
    case Op::jump_back_:
      forget_shapes(state);
      return true;
    case Op::return_value_:
    case Op::raise_:
    case Op::raise_bare_:
    case Op::reraise_:
      return false;
    case Op::load_const_:
      state[i.a] = constant_slot(s, s.consts[static_cast<std::size_t>(i.d)]);
      return true;
    case Op::move_:
      if (i.a != i.b) {
        state[i.a] = state[i.b];
        state[i.a].dirty = true;
      }
      return true;
    case Op::check_local_:
      state[i.a].maybe_empty = false;
      return true;
    case Op::clear_local_:
    case Op::delete_local_:
      state[i.a] = boxed_slot();
      state[i.a].maybe_empty = true;
      return true;
    case Op::load_global_:
      transfer_load_global(s, pc, state);
      return true;
    case Op::load_cell_:
      state[i.a] = boxed_slot(expected_result(s, pc));
      return true;
    case Op::load_attr_:
      transfer_load_attr(s, pc, state);
      return true;
    case Op::store_attr_:
      if (const CacheInfo* c = decide_store_attr(s, pc, state[i.a].type); c != nullptr) {
        // Another name for the same object would have changed its shape, too.
        if (c->kind == CacheKind::add_slot) forget_shapes(state);
        set_shape(state[i.a], reinterpret_cast<const Shape*>(c->kind == CacheKind::slot ? c->ref0 : c->ref1), c->word1);
        state[i.a].maybe_empty = false;
        state[i.a].object = true;
      } else {
        forget_shapes(state);
      }
      return true;
    case Op::load_item_:
      return transfer_load_item(s, pc, state);
    case Op::store_item_:
      return transfer_store_item(s, pc, state);
    case Op::logical_not_:
    case Op::contains_:
    case Op::not_contains_:
      forget_shapes(state);
      state[i.a] = raw_slot(SlotType::boolean);
      return true;
    case Op::is_op_:
    case Op::is_not_:
      state[i.a] = raw_slot(SlotType::boolean);
      return true;
    case Op::jump_if_true_:
    case Op::jump_if_false_:
      if (!is_raw(state[i.a].type)) forget_shapes(state);
      return true;
    case Op::get_iter_: {
      const SlotType type = state[i.b].type;
      const bool itself = type == SlotType::range_iterator || type == SlotType::list_iterator;
      if (!itself) forget_shapes(state);
      state[i.a] = boxed_slot(itself ? type : SlotType::any);
      return true;
    }
    case Op::for_iter_:
      return transfer_for_iter(s, pc, state);
    case Op::call_:
      transfer_call(s, pc, state);
      return true;
    case Op::load_method_:
      transfer_load_method(s, pc, state);
      return true;
    case Op::call_method_:
      transfer_call_method(s, pc, state);
      return true;
    default:
      break;
  }
  // Whatever else: a helper works on the frame.
  forget_shapes(state);
  for (const SlotRange& w : slot_use(i).writes) {
    for (std::uint32_t k = w.first; k < w.first + w.count; ++k) state[k] = boxed_slot(SlotType::any, false);
  }
  switch (i.op) {
    case Op::build_list_:
      state[i.a] = boxed_slot(SlotType::list);  // dirty: it may be compiled in
      break;
    case Op::build_tuple_:
      state[i.a] = boxed_slot(SlotType::tuple);  // as the list
      break;
    case Op::build_map_:
      state[i.a].type = SlotType::dict;
      break;
    case Op::build_string_:
      state[i.a].type = SlotType::str;
      break;
    case Op::match_exception_:
      state[i.a].type = SlotType::any;
      break;
    default:
      break;
  }
  return true;
}

}  // namespace turnstile::codegen
