#include "codegen/frontend/operands.h"

namespace turnstile::frontend {

bool ends_path(Op op) {
  return op == Op::jump_ || op == Op::jump_back_ || op == Op::return_value_ || op == Op::raise_ ||
         op == Op::raise_bare_ || op == Op::reraise_;
}

bool is_jump(Op op) {
  return op == Op::jump_ || op == Op::jump_back_ || op == Op::jump_if_true_ || op == Op::jump_if_false_ ||
         op == Op::for_iter_;
}

const char* op_text(Op op) {
  static constexpr const char* kNames[] = {
#define TURNSTILE_OP(name) #name,
      TURNSTILE_OPCODES(TURNSTILE_OP)
#undef TURNSTILE_OP
  };
  return kNames[static_cast<std::size_t>(op)];
}

Operands operands(const Insn& i) {
  Operands o;
  auto read = [&](std::uint16_t r, std::uint32_t count = 1) {
    if (r != kNoRegister && count != 0) o.reads.push_back({r, count});
  };
  auto write = [&](std::uint16_t r, std::uint32_t count = 1) {
    if (count != 0) o.writes.push_back({r, count});
  };
  auto constant = [&] { o.immediate = Immediate::constant; };
  switch (i.op) {
    case Op::nop_:
    case Op::raise_bare_:
    case Op::count:
      break;
    case Op::load_const_:
    case Op::load_global_:
    case Op::load_name_:
      write(i.a), constant();
      break;
    case Op::move_:
      write(i.a), read(i.b);
      break;
    case Op::check_local_:
      read(i.a), constant();
      break;
    case Op::clear_local_:
      write(i.a);
      break;
    case Op::delete_local_:
      write(i.a), constant();
      break;
    case Op::store_global_:
    case Op::store_name_:
      read(i.a), constant();
      break;
    case Op::delete_global_:
    case Op::delete_name_:
      constant();
      break;
    case Op::make_cell_:
      write(i.a);
      break;
    case Op::load_cell_:
    case Op::load_class_cell_:
      write(i.a), read(i.b), constant();
      break;
    case Op::store_cell_:
      read(i.a), read(i.b);
      break;
    case Op::delete_cell_:
      read(i.a), constant();
      break;
    case Op::load_attr_:
      write(i.a), read(i.b), constant();
      break;
    case Op::store_attr_:
      read(i.a), read(i.b), constant();
      break;
    case Op::delete_attr_:
      read(i.a), constant();
      break;
    case Op::load_item_:
      write(i.a), read(i.b), read(i.c);
      break;
    case Op::store_item_:
      read(i.a), read(i.b), read(i.c);
      break;
    case Op::delete_item_:
      read(i.a), read(i.b);
      break;
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
      o.immediate = Immediate::number;
      [[fallthrough]];
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
      write(i.a), read(i.b), read(i.c);
      break;
    case Op::neg_:
    case Op::pos_:
    case Op::invert_:
    case Op::logical_not_:
    case Op::get_iter_:
    case Op::list_to_tuple_:
    case Op::get_yield_from_iter_:
    case Op::yield_from_:
    case Op::yield_value_:
      write(i.a), read(i.b);
      break;
    case Op::jump_:
    case Op::jump_back_:
      o.immediate = Immediate::target;
      break;
    case Op::jump_if_true_:
    case Op::jump_if_false_:
      read(i.a), o.immediate = Immediate::target;
      break;
    case Op::for_iter_:
      write(i.a), read(i.b), o.immediate = Immediate::target;
      break;
    case Op::unpack_sequence_:
      write(i.a, i.c), read(i.b);
      break;
    case Op::unpack_ex_:
      write(i.a, i.c + 1u + static_cast<std::uint32_t>(i.d)), read(i.b), o.immediate = Immediate::number;
      break;
    case Op::build_tuple_:
    case Op::build_list_:
    case Op::build_set_:
    case Op::build_string_:
      write(i.a), read(i.b, i.c);
      break;
    case Op::build_map_:
      write(i.a), read(i.b, 2u * i.c);
      break;
    case Op::build_slice_:
      write(i.a), read(i.b, 3);
      break;
    case Op::format_value_:
      write(i.a), read(i.b), read(i.c), o.immediate = Immediate::number;
      break;
    case Op::list_append_:
    case Op::set_add_:
    case Op::set_update_:
    case Op::dict_update_:
      read(i.a), read(i.b);
      break;
    case Op::list_extend_:
    case Op::dict_merge_:
      read(i.a), read(i.b), read(i.c);
      break;
    case Op::dict_set_:
      read(i.a), read(i.b), read(i.c);
      break;
    case Op::call_:
      write(i.a), read(i.b, 1u + i.c);
      break;
    case Op::call_kw_:
    case Op::call_method_:
      write(i.a), read(i.b, 1u + i.c), constant();
      break;
    case Op::call_ex_:
      write(i.a), read(i.b, 3);
      break;
    case Op::make_function_:
      write(i.a), read(i.b, 3), constant();
      break;
    case Op::load_build_class_:
    case Op::load_assertion_error_:
      write(i.a);
      break;
    case Op::return_value_:
    case Op::reraise_:
    case Op::print_expr_:
      read(i.a);
      break;
    case Op::raise_:
      read(i.a), read(i.b);
      break;
    case Op::enter_handler_:
      read(i.a), write(i.b);
      break;
    case Op::leave_handler_:
      read(i.b);
      break;
    case Op::with_enter_:
      write(i.a), write(i.c), read(i.b);
      break;
    case Op::with_exit_:
      write(i.a), read(i.b), read(i.c);
      break;
    case Op::import_name_:
      write(i.a), read(i.b), constant();
      break;
    case Op::import_from_:
      write(i.a), read(i.b), constant();
      break;
    case Op::import_star_:
      read(i.b);
      break;
  }
  return o;
}

}  // namespace turnstile::frontend
