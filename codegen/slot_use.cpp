#include "codegen/slot_use.h"

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
      read(i.b, 1u + i.c), write(i.a);
      break;
    case Op::load_method_:
      read(i.b), write(i.a, 2);
      break;
    case Op::call_method_:
      read(i.b, 2u + i.c), write(i.a);
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

bool ends_path(Op op) {
  return op == Op::jump_ || op == Op::jump_back_ || op == Op::return_value_ || op == Op::raise_ ||
         op == Op::raise_bare_ || op == Op::reraise_;
}

}  // namespace turnstile::codegen
