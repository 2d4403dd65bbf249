// What compiled code calls for calls, exceptions and exits to the interpreter.
#include <bit>

#include "codegen/code_record.h"
#include "codegen/helpers.h"
#include "codegen/runtime_helpers.h"
#include "codegen/tiering.h"
#include "core/call.h"
#include "core/exceptions.h"
#include "core/inline_cache.h"
#include "core/interpreter_support.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile::codegen {

namespace helpers {

Value call(Mutator* m, Frame* frame, const Insn* insn) {
  Value callee = frame->slots[insn->b];
  const CallArgs args{&frame->slots[insn->b + 1], insn->c, nullptr};
  if (is_kind(callee, Kind::function)) return call_function(*m, callee.as<Function>(), args);
  return turnstile::call(*m, callee, args);
}

bool load_method(Mutator* m, Frame* frame, const Insn* insn, Value self) {
  Value callee;
  bool self_first = false;
  if (self.is_object() && insn->cache != 0) {
    Object* o = self.as_object();
    const CacheSlot& slot = frame->code->data->caches[insn->cache - 1];
    if (o->kind == Kind::module) {
      const CacheEntry* e = slot.entry.load(std::memory_order_acquire);
      if (e != nullptr && cache_kind(e) == CacheKind::table_entry) {
        callee = cached_table_value(static_cast<Module*>(o)->dict, e);
      }
    } else if (const CacheEntry* e = find_shape_entry(slot, o->shape());
               e != nullptr && cache_kind(e) == CacheKind::method && !o->has_flag(kHasDict)) {
      callee = e->refs[1].load_relaxed();
      self_first = true;
    }
  }
  if (callee.is_empty()) callee = load_method_slow(*m, frame, *insn, self, &self_first);
  frame->slots[insn->a] = callee;
  frame->slots[insn->a + 1] = self_first ? self : Value();
  return !callee.is_empty();
}

Value call_method(Mutator* m, Frame* frame, const Insn* insn) {
  const Value callee = frame->slots[insn->b];
  const CallArgs args = method_arguments(frame, *insn);
  if (is_kind(callee, Kind::function)) return call_function(*m, callee.as<Function>(), args);
  return turnstile::call(*m, callee, args);
}

Value native(Mutator* m, NativeFunction* f, const CallArgs* args) { return call_native(*m, f, *args); }

void leave(Mutator* m, Frame* frame, const ExitInfo* info, std::uint32_t failing) {
  frame->pc = info->pc;
  for (const ExitInfo::Slot& s : info->slots) {
    Value& v = frame->slots[s.slot];
    const std::uint64_t raw = v.bits();
    switch (s.raw) {
      case ExitInfo::Raw::integer:
        v = make_int(*m, static_cast<std::int64_t>(raw));
        break;
      case ExitInfo::Raw::real:
        v = Value::number(std::bit_cast<double>(raw));
        break;
      case ExitInfo::Raw::boolean:
        v = Value::boolean(raw != 0);
        break;
    }
  }
  note_exit(*m, frame, failing & ~ExitInfo::kTrap, (failing & ExitInfo::kTrap) != 0);
}

void unknown_loop(Mutator* m, Frame* frame) { note_exit(*m, frame, frame->pc, true); }

Value deopt(Mutator* m, Frame* frame) {
  frame->state |= kFrameDeopt;
  return m->runtime->interpreter_entry()(m, frame);
}

void catch_exception(Mutator* m, Frame* frame, std::int32_t reraised) { dispatch_exception(*m, frame, reraised != 0); }

void propagate(Mutator* m, Frame* frame, std::int32_t reraised) {
  if (reraised == 0) add_traceback(*m, frame);
}

void recursion(Mutator* m) { raise_recursion_error(*m); }

void unbound(Mutator* m, Frame* frame, const Insn* insn, std::int32_t free_variable) {
  raise_unbound(*m, frame, *insn, free_variable != 0);
}

bool init_result(Mutator* m, Value v) {
  if (v.is_empty()) return false;
  raise_type_error(*m, "__init__() should return None, not '" + to_utf8(type_of(*m, v)->name) + "'");
  return false;
}

void set_exception(Mutator* m, Value v) { m->exception = v; }

}  // namespace helpers

namespace {

// Bytecodes that the interpreter runs inline, on frame slots.
bool step_delete_attr(Mutator& m, Frame* frame, const Insn& i) {
  return delete_attr(m, frame->slots[i.a], frame->code->consts->at(static_cast<std::size_t>(i.d)).as<Str>());
}
bool step_delete_item(Mutator& m, Frame* frame, const Insn& i) {
  return delete_item(m, frame->slots[i.a], frame->slots[i.b]);
}
bool step_delete_cell(Mutator& m, Frame* frame, const Insn& i) {
  Cell* cell = frame->slots[i.a].as<Cell>();
  if (cell->value.load().is_empty()) return raise_unbound(m, frame, i, i.c != 0);
  cell->value.store(Value());
  return true;
}
bool step_list_append(Mutator& m, Frame* frame, const Insn& i) {
  return list_append(m, frame->slots[i.a].as<List>(), frame->slots[i.b]);
}
bool step_load_build_class(Mutator& m, Frame* frame, const Insn& i) {
  frame->slots[i.a] = dict_get_name(frame->builtins, m.runtime->names.__build_class__);
  return true;
}
bool step_load_assertion_error(Mutator& m, Frame* frame, const Insn& i) {
  frame->slots[i.a] = Value::object(m.runtime->exceptions.AssertionError);
  return true;
}

HelperTable make_table() {
  HelperTable t;
#define TURNSTILE_HELPER(name, result, parameters) \
  t.functions[static_cast<std::size_t>(Helper::name)] = reinterpret_cast<const void*>(&helpers::name);
  TURNSTILE_HELPERS(TURNSTILE_HELPER)
#undef TURNSTILE_HELPER
  const auto step = [&](Op op, bool (*f)(Mutator&, Frame*, const Insn&)) {
    t.steps[static_cast<std::size_t>(op)] = reinterpret_cast<const void*>(f);
  };
  step(Op::store_global_, step_store_global);
  step(Op::delete_global_, step_delete_global);
  step(Op::load_name_, step_load_name);
  step(Op::store_name_, step_store_name);
  step(Op::delete_name_, step_delete_name);
  step(Op::load_class_cell_, step_load_class_cell);
  step(Op::delete_cell_, step_delete_cell);
  step(Op::delete_attr_, step_delete_attr);
  step(Op::delete_item_, step_delete_item);
  step(Op::unpack_sequence_, step_unpack_sequence);
  step(Op::unpack_ex_, step_unpack_ex);
  step(Op::build_tuple_, step_build_tuple);
  step(Op::build_list_, step_build_list);
  step(Op::build_set_, step_build_set);
  step(Op::build_map_, step_build_map);
  step(Op::build_string_, step_build_string);
  step(Op::build_slice_, step_build_slice);
  step(Op::format_value_, step_format_value);
  step(Op::list_append_, step_list_append);
  step(Op::set_add_, step_set_add);
  step(Op::dict_set_, step_dict_set);
  step(Op::list_extend_, step_list_extend);
  step(Op::set_update_, step_set_update);
  step(Op::dict_update_, step_dict_update);
  step(Op::dict_merge_, step_dict_merge);
  step(Op::list_to_tuple_, step_list_to_tuple);
  step(Op::call_kw_, step_call_kw);
  step(Op::call_ex_, step_call_ex);
  step(Op::make_function_, step_make_function);
  step(Op::load_build_class_, step_load_build_class);
  step(Op::raise_, step_raise);
  step(Op::raise_bare_, step_raise_bare);
  step(Op::enter_handler_, step_enter_handler);
  step(Op::leave_handler_, step_leave_handler);
  step(Op::match_exception_, step_match_exception);
  step(Op::load_assertion_error_, step_load_assertion_error);
  step(Op::with_enter_, step_with_enter);
  step(Op::with_exit_, step_with_exit);
  step(Op::import_name_, step_import_name);
  step(Op::import_from_, step_import_from);
  step(Op::import_star_, step_import_star);
  step(Op::print_expr_, step_print_expr);
  return t;
}

}  // namespace

const HelperTable& helper_table() {
  static const HelperTable table = make_table();
  return table;
}

}  // namespace turnstile::codegen
