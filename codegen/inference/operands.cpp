#include "codegen/inference/operands.h"

#include <algorithm>

namespace turnstile::codegen {

SlotUse slot_use(const Insn& i) {
  SlotUse u;
  int reads = 0;
  int writes = 0;
  auto read = [&](std::uint32_t slot, std::uint32_t count = 1) {
    if (slot != kNoRegister && count != 0) u.reads[reads++] = {slot, count};
  };
  auto write = [&](std::uint32_t slot, std::uint32_t count = 1) {
    if (slot != kNoRegister && count != 0) u.writes[writes++] = {slot, count};
  };
  switch (i.op) {
    case Op::nop_:
    case Op::raise_bare_:
    case Op::count:
    case Op::jump_:
    case Op::jump_back_:
    case Op::delete_global_:
    case Op::delete_name_:
      break;
    case Op::load_const_:
    case Op::load_global_:
    case Op::load_name_:
    case Op::clear_local_:
    case Op::load_build_class_:
    case Op::load_assertion_error_:
      write(i.a);
      break;
    case Op::delete_local_:
    case Op::make_cell_:
      read(i.a), write(i.a);
      break;
    case Op::check_local_:
    case Op::store_global_:
    case Op::store_name_:
    case Op::delete_cell_:
    case Op::delete_attr_:
    case Op::jump_if_true_:
    case Op::jump_if_false_:
    case Op::return_value_:
    case Op::reraise_:
    case Op::print_expr_:
      read(i.a);
      break;
    case Op::move_:
    case Op::load_cell_:
    case Op::load_class_cell_:
    case Op::load_attr_:
    case Op::neg_:
    case Op::pos_:
    case Op::invert_:
    case Op::logical_not_:
    case Op::get_iter_:
    case Op::list_to_tuple_:
    case Op::get_yield_from_iter_:
    case Op::yield_from_:
    case Op::yield_value_:
    case Op::for_iter_:
    case Op::import_name_:
    case Op::import_from_:
      read(i.b), write(i.a);
      break;
    case Op::store_cell_:
    case Op::store_attr_:
    case Op::delete_item_:
    case Op::list_append_:
    case Op::set_add_:
    case Op::set_update_:
    case Op::dict_update_:
    case Op::raise_:
      read(i.a), read(i.b);
      break;
    case Op::store_item_:
    case Op::dict_set_:
    case Op::list_extend_:
    case Op::dict_merge_:
      read(i.a), read(i.b), read(i.c);
      break;
    case Op::load_item_:
    case Op::add_:
    case Op::sub_:
    case Op::mul_:
    case Op::true_div_:
    case Op::floor_div_:
    case Op::mod_:
    case Op::pow_:
    case Op::lshift_:
    case Op::rshift_:
    case Op::bit_and_:
    case Op::bit_or_:
    case Op::bit_xor_:
    case Op::mat_mul_:
    case Op::lt_:
    case Op::le_:
    case Op::eq_:
    case Op::ne_:
    case Op::gt_:
    case Op::ge_:
    case Op::is_op_:
    case Op::is_not_:
    case Op::contains_:
    case Op::not_contains_:
    case Op::match_exception_:
    case Op::format_value_:
    case Op::with_exit_:
      read(i.b), read(i.c), write(i.a);
      break;
    case Op::unpack_sequence_:
      read(i.b), write(i.a, i.c);
      break;
    case Op::unpack_ex_:
      read(i.b), write(i.a, i.c + 1u + static_cast<std::uint32_t>(i.d));
      break;
    case Op::build_tuple_:
    case Op::build_list_:
    case Op::build_set_:
    case Op::build_string_:
      read(i.b, i.c), write(i.a);
      break;
    case Op::build_map_:
      read(i.b, 2u * i.c), write(i.a);
      break;
    case Op::build_slice_:
    case Op::call_ex_:
    case Op::make_function_:
      read(i.b, 3), write(i.a);
      break;
    case Op::call_:
    case Op::call_kw_:
    case Op::call_method_:
      read(i.b, 1u + i.c), write(i.a);
      break;
    case Op::enter_handler_:
      read(i.a), write(i.b);
      break;
    case Op::leave_handler_:
    case Op::import_star_:
      read(i.b);
      break;
    case Op::with_enter_:
      read(i.b), write(i.a), write(i.c);
      break;
  }
  return u;
}

bool can_raise(Op op) {
  switch (op) {
    case Op::nop_:
    case Op::load_const_:
    case Op::move_:
    case Op::clear_local_:
    case Op::store_cell_:
    case Op::is_op_:
    case Op::is_not_:
    case Op::jump_:
    case Op::return_value_:
    case Op::load_build_class_:
    case Op::load_assertion_error_:
    case Op::enter_handler_:
    case Op::leave_handler_:
      return false;
    default:
      return true;
  }
}

bool ends_path(Op op) {
  return op == Op::jump_ || op == Op::jump_back_ || op == Op::return_value_ || op == Op::raise_ ||
         op == Op::raise_bare_ || op == Op::reraise_;
}

bool is_conditional_jump(Op op) { return op == Op::jump_if_true_ || op == Op::jump_if_false_ || op == Op::for_iter_; }

bool runs_managed_code(Op op) {
  switch (op) {
    case Op::nop_:
    case Op::load_const_:
    case Op::move_:
    case Op::clear_local_:
    case Op::store_cell_:
    case Op::is_op_:
    case Op::is_not_:
    case Op::jump_:
    case Op::return_value_:
    case Op::load_build_class_:
    case Op::check_local_:
    case Op::load_assertion_error_:
    case Op::load_cell_:
    case Op::load_global_:
      return false;
    default:
      return true;
  }
}

Flow::Flow(const Snapshot& snapshot) {
  find_leaders(snapshot);
  find_live(snapshot);
}

void Flow::find_leaders(const Snapshot& snapshot) {
  const std::uint32_t n = snapshot.size();
  leader_.assign(n + 1, 0);
  loop_header_.assign(n + 1, 0);
  leader_[0] = 1;
  for (std::uint32_t pc = 0; pc < n; ++pc) {
    const Insn& i = snapshot.insn(pc);
    const bool jumps = i.op == Op::jump_ || i.op == Op::jump_back_ || is_conditional_jump(i.op);
    if (jumps) leader_[static_cast<std::uint32_t>(i.d)] = 1;
    if (i.op == Op::jump_back_) loop_header_[static_cast<std::uint32_t>(i.d)] = 1;
    if (jumps || ends_path(i.op)) leader_[pc + 1] = 1;
  }
  for (const ExceptionEntry& e : snapshot.data->exceptions) leader_[e.handler] = 1;
  leader_.resize(n);
  loop_header_.resize(n);
  for (std::uint32_t pc = 0; pc < n; ++pc) {
    if (leader_[pc] != 0) leaders_.push_back(pc);
  }
}

void Flow::find_live(const Snapshot& snapshot) {
  const std::uint32_t n = snapshot.size();
  words_ = (snapshot.data->slot_count + 63u) / 64;
  live_.assign(static_cast<std::size_t>(n) * words_, 0);
  std::vector<std::uint64_t> set(words_);
  auto add_all = [&](std::uint32_t pc, int without) {
    for (std::size_t w = 0; w < words_; ++w) {
      std::uint64_t bits = live_[pc * words_ + w];
      if (without >= 0 && static_cast<std::size_t>(without) / 64 == w) bits &= ~(std::uint64_t{1} << (without % 64));
      set[w] |= bits;
    }
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t pc = n; pc-- > 0;) {
      const Insn& i = snapshot.insn(pc);
      std::fill(set.begin(), set.end(), 0);
      const SlotUse use = slot_use(i);
      if (!ends_path(i.op) && pc + 1 < n) add_all(pc + 1, -1);
      if (i.op == Op::jump_ || i.op == Op::jump_back_ || i.op == Op::jump_if_true_ || i.op == Op::jump_if_false_) {
        add_all(static_cast<std::uint32_t>(i.d), -1);
      }
      for (const SlotRange& w : use.writes) {
        for (std::uint32_t s = w.first; s < w.first + w.count; ++s) set[s / 64] &= ~(std::uint64_t{1} << (s % 64));
      }
      // An exhausted iterator leaves without writing.
      if (i.op == Op::for_iter_) add_all(static_cast<std::uint32_t>(i.d), -1);
      for (const SlotRange& r : use.reads) {
        for (std::uint32_t s = r.first; s < r.first + r.count; ++s) set[s / 64] |= std::uint64_t{1} << (s % 64);
      }
      if (const int h = snapshot.handler(pc); h >= 0 && can_raise(i.op)) {
        const ExceptionEntry& e = snapshot.data->exceptions[static_cast<std::size_t>(h)];
        add_all(e.handler, e.reg);
      }
      for (std::size_t w = 0; w < words_; ++w) {
        if (live_[pc * words_ + w] != set[w]) {
          live_[pc * words_ + w] = set[w];
          changed = true;
        }
      }
    }
  }
}

}  // namespace turnstile::codegen
