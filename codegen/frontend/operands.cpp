#include "codegen/frontend/operands.h"

namespace turnstile::frontend {

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

Immediate immediate(Op op) {
  if (is_jump(op)) return Immediate::target;
  if (is_arithmetic(op)) return Immediate::number;
  switch (op) {
    case Op::load_const_:
    case Op::load_global_:
    case Op::load_name_:
    case Op::check_local_:
    case Op::delete_local_:
    case Op::store_global_:
    case Op::store_name_:
    case Op::delete_global_:
    case Op::delete_name_:
    case Op::load_cell_:
    case Op::load_class_cell_:
    case Op::delete_cell_:
    case Op::load_attr_:
    case Op::store_attr_:
    case Op::delete_attr_:
    case Op::call_kw_:
    case Op::load_method_:
    case Op::make_function_:
    case Op::import_name_:
    case Op::import_from_:
      return Immediate::constant;
    case Op::unpack_ex_:
    case Op::format_value_:
      return Immediate::number;
    default:
      return Immediate::none;
  }
}

}  // namespace turnstile::frontend
