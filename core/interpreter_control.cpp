// Bytecodes of exceptions, with, imports, and delegation to subgenerators.
#include "core/call.h"
#include "core/exceptions.h"
#include "core/interpreter_support.h"
#include "core/objects/iterators.h"
#include "core/ops.h"

namespace turnstile {

namespace {
Str* name_of(Frame* frame, const Insn& insn) {
  return frame->code->consts->at(static_cast<std::size_t>(insn.d)).as<Str>();
}
}  // namespace

bool step_raise(Mutator& m, Frame* frame, const Insn& insn) {
  raise_value(m, frame->slots[insn.a], insn.b == kNoRegister ? Value() : frame->slots[insn.b]);
  return false;
}

bool step_raise_bare(Mutator& m, Frame* frame, const Insn&) {
  if (m.handled.is_empty() || m.handled.is_none()) {
    raise(m, m.runtime->exceptions.RuntimeError, "No active exception to reraise");
    return false;
  }
  m.exception = m.handled;
  frame->state |= kFrameReraised;  // until add_traceback
  return false;
}

namespace {

// In handlers always: what the exception held may be forgotten only now.
void forget_calls_before_handler(Mutator& m) {
  if (m.cleared_below == Mutator::kNotShortOfMemory) return;
  m.cleared_below = 0;
  forget_returned_calls(m);
}

}  // namespace

bool step_enter_handler(Mutator& m, Frame* frame, const Insn& insn) {
  frame->slots[insn.b] = m.handled.is_empty() ? Value::none() : m.handled;
  m.handled = frame->slots[insn.a];
  forget_calls_before_handler(m);
  return true;
}

bool step_leave_handler(Mutator& m, Frame* frame, const Insn& insn) {
  Value before = frame->slots[insn.b];
  forget_calls_before_handler(m);
  m.handled = before.is_none() ? Value() : before;
  return true;
}

namespace {

bool is_exception_class(Mutator& m, Value v) {
  return is_kind(v, Kind::type) && is_subtype(v.as<Type>(), m.runtime->exceptions.BaseException);
}

bool raise_not_exception_class(Mutator& m) {
  raise_type_error(m, "catching classes that do not inherit from BaseException is not allowed");
  return false;
}

}  // namespace

bool step_match_exception(Mutator& m, Frame* frame, const Insn& insn) {
  Value exception = frame->slots[insn.b];
  Value wanted = frame->slots[insn.c];
  Type* cls = type_of(m, exception);
  bool matched = false;
  if (is_kind(wanted, Kind::tuple)) {
    auto* tuple = wanted.as<Tuple>();
    for (std::uint32_t i = 0; i < tuple->length(); ++i) {
      if (!is_exception_class(m, tuple->at(i))) return raise_not_exception_class(m);
    }
    for (std::uint32_t i = 0; i < tuple->length() && !matched; ++i) matched = is_subtype(cls, tuple->at(i).as<Type>());
  } else {
    if (!is_exception_class(m, wanted)) return raise_not_exception_class(m);
    matched = is_subtype(cls, wanted.as<Type>());
  }
  frame->slots[insn.a] = Value::boolean(matched);
  return true;
}

bool step_with_enter(Mutator& m, Frame* frame, const Insn& insn) {
  Value manager = frame->slots[insn.b];
  const WellKnownNames& names = m.runtime->names;
  Type* cls = type_of(m, manager);
  auto unsupported = [&](const char* what) {
    raise_type_error(m, "'" + to_utf8(cls->name) + "' object does not support the context manager protocol" + what);
    return false;
  };
  if (lookup_type(m, cls, names.__enter__).is_empty()) return unsupported("");
  if (lookup_type(m, cls, names.__exit__).is_empty()) return unsupported(" (missed __exit__ method)");
  Value exit = lookup_special(m, manager, names.__exit__);
  if (exit.is_empty()) return false;
  frame->slots[insn.c] = exit;
  Value entered = call_method(m, manager, names.__enter__, {});
  if (entered.is_empty()) return false;
  frame->slots[insn.a] = entered;
  return true;
}

bool step_with_exit(Mutator& m, Frame* frame, const Insn& insn) {
  Value exit = frame->slots[insn.b];
  Value result;
  if (insn.c == kNoRegister) {
    result = call(m, exit, {Value::none(), Value::none(), Value::none()});
  } else {
    Value exception = frame->slots[insn.c];
    Value traceback = exception.as<Exception>()->traceback.load();
    if (traceback.is_empty()) traceback = Value::none();
    result = call(m, exit, {Value::object(type_of(m, exception)), exception, traceback});
  }
  frame->slots[insn.a] = result;
  return !result.is_empty();
}

namespace {

// a.b.c -> a
Str* top_name(Mutator& m, Str* name) {
  const std::string text = to_utf8(name);
  const std::size_t dot = text.find('.');
  return dot == std::string::npos ? name : intern(m, std::string_view(text).substr(0, dot));
}

}  // namespace

bool step_import_name(Mutator& m, Frame* frame, const Insn& insn) {
  Str* name = name_of(frame, insn);
  Value module = import_module(m, name, frame->globals, insn.c);
  if (module.is_empty()) return false;
  if (insn.b == kNoRegister && insn.c == 0) {
    Str* top = top_name(m, name);
    if (top != name) module = import_module(m, top, frame->globals, 0);
    if (module.is_empty()) return false;
  }
  frame->slots[insn.a] = module;
  return true;
}

namespace {

// Whether the pending exception says that this very module is not there, rather than one that it imports.
bool is_about_module(Mutator& m, Str* full_name) {
  if (!exception_matches(m, m.runtime->exceptions.ModuleNotFoundError)) return false;
  const Value pending = take_exception(m);
  const Value name = get_attr_or_empty(m, pending, m.runtime->names.name);
  const bool same = is_kind(name, Kind::str) && intern(m, name.as<Str>()) == full_name;
  m.exception = pending;
  return same;
}

}  // namespace

bool step_import_from(Mutator& m, Frame* frame, const Insn& insn) {
  Value module = frame->slots[insn.b];
  Str* name = name_of(frame, insn);
  Value v = get_attr_or_empty(m, module, name);
  if (v.is_empty() && m.has_exception()) return false;
  const WellKnownNames& names = m.runtime->names;
  std::string package;
  if (v.is_empty() && is_kind(module, Kind::module)) {
    auto* mod = module.as<Module>();
    Value own = dict_get_name(mod->dict, names.__name__);
    if (is_kind(own, Kind::str)) package = to_utf8(own.as<Str>());
    if (!dict_get_name(mod->dict, names.__path__).is_empty()) {
      Str* full = intern(m, package + "." + to_utf8(name));
      if (full == nullptr) return false;
      v = import_module(m, full, frame->globals, 0);
      if (v.is_empty()) {
        if (!is_about_module(m, full)) return false;
        m.exception = Value();
      }
    }
  }
  if (v.is_empty()) {
    std::string where = "unknown location";
    Value file;
    if (is_kind(module, Kind::module)) {
      file = dict_get_name(module.as<Module>()->dict, names.__file__);
      if (is_kind(file, Kind::str)) where = to_utf8(file.as<Str>());
    }
    const Value error =
        make_exception(m, m.runtime->exceptions.ImportError,
                       "cannot import name '" + to_utf8(name) + "' from '" + package + "' (" + where + ")");
    if (error.is_empty()) return false;
    Str* from = make_str(m, package);
    if (from == nullptr || !set_attr(m, error, names.name, Value::object(from)) ||
        !set_attr(m, error, intern(m, "path"), file.is_empty() ? Value::none() : file)) {
      return false;
    }
    raise_value(m, error);
    return false;
  }
  frame->slots[insn.a] = v;
  return true;
}

bool step_import_star(Mutator& m, Frame* frame, const Insn& insn) {
  auto* module = frame->slots[insn.b].as<Module>();
  Dict* target = frame->names != nullptr ? frame->names : frame->globals;
  Value all = dict_get_name(module->dict, m.runtime->names.__all__);
  if (!all.is_empty()) {
    return for_each(m, all, [&](Value name) {
      if (!is_kind(name, Kind::str)) {
        raise_type_error(
            m, "Item in " + to_utf8(module->name) + ".__all__ must be str, not " + to_utf8(type_of(m, name)->name));
        return false;
      }
      Str* interned = intern(m, name.as<Str>());
      Value v = interned == nullptr ? Value() : get_attr(m, Value::object(module), interned);
      return !v.is_empty() && dict_set_name(m, target, interned, v);
    });
  }
  DictTable* table = module->dict->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  Value key;
  Value value;
  while (dict_next(table, &position, &key, &value)) {
    if (!is_kind(key, Kind::str)) continue;
    auto* name = key.as<Str>();
    if (name->length() != 0 && name->at(0) == '_') continue;
    if (!dict_set(m, target, key, value)) return false;
  }
  return true;
}

bool step_get_yield_from_iter(Mutator& m, Frame* frame, const Insn& insn) {
  Value source = frame->slots[insn.b];
  Value it = is_kind(source, Kind::generator) ? source : get_iter(m, source);
  frame->slots[insn.a] = it;
  return !it.is_empty();
}

namespace {

// StopIteration ends a delegation: 0 with its value, or -1 for another exception.
int finish_delegation(Mutator& m, Value* out) {
  if (!m.has_exception()) {
    *out = Value::none();
    return 0;
  }
  if (!exception_matches(m, m.runtime->exceptions.StopIteration)) return -1;
  Value stop = take_exception(m);
  Value v = get_attr(m, stop, m.runtime->names.value);
  if (v.is_empty()) return -1;
  *out = v;
  return 0;
}

}  // namespace

int step_yield_from(Mutator& m, Frame* frame, const Insn& insn, Value sent, Value* out) {
  Value it = frame->slots[insn.b];
  if (is_kind(it, Kind::generator)) {
    Value returned;
    Value v = generator_resume(m, it.as<Generator>(), sent, &returned);
    if (!v.is_empty()) {
      *out = v;
      return 1;
    }
    if (m.has_exception()) return -1;
    *out = returned;
    return 0;
  }
  if (sent.is_empty() || sent.is_none()) {
    Type* cls = type_of(m, it);
    Value v = cls->has_type_flag(kHeapType) ? call_method(m, it, m.runtime->names.__next__, {}) : iter_next(m, it);
    if (!v.is_empty()) {
      *out = v;
      return 1;
    }
    return finish_delegation(m, out);
  }
  Value method = get_attr(m, it, m.runtime->names.send);
  Value v = method.is_empty() ? method : call(m, method, {sent});
  if (!v.is_empty()) {
    *out = v;
    return 1;
  }
  return finish_delegation(m, out);
}

int step_yield_from_throw(Mutator& m, Frame* frame, const Insn& insn, Value* out) {
  Value it = frame->slots[insn.b];
  Value thrown = take_exception(m);
  const WellKnownNames& names = m.runtime->names;
  if (is_instance_of(m, thrown, m.runtime->exceptions.GeneratorExit)) {
    Value close = get_attr_or_empty(m, it, names.close);
    if (close.is_empty() && m.has_exception()) return -1;
    if (!close.is_empty() && call(m, close, {}).is_empty()) return -1;
    m.exception = thrown;
    return -1;
  }
  Value method = get_attr_or_empty(m, it, names.throw_name);
  if (method.is_empty()) {
    if (!m.has_exception()) m.exception = thrown;
    return -1;
  }
  Value v = call(m, method, {thrown});
  if (!v.is_empty()) {
    *out = v;
    return 1;
  }
  return finish_delegation(m, out);
}

bool dispatch_exception(Mutator& m, Frame* frame, bool reraised) {
  if (!reraised) add_traceback(m, frame);
  const CodeData& code = *frame->code->data;
  for (const ExceptionEntry& entry : code.exceptions) {
    if (frame->pc < entry.begin || frame->pc >= entry.end) continue;
    frame->slots[entry.reg] = take_exception(m);
    frame->pc = entry.handler;
    return true;
  }
  return false;
}

BinaryOp binary_op_of(Op op) {
  switch (op) {
    case Op::add_:
      return BinaryOp::add;
    case Op::sub_:
      return BinaryOp::sub;
    case Op::mul_:
      return BinaryOp::mul;
    case Op::true_div_:
      return BinaryOp::true_div;
    case Op::floor_div_:
      return BinaryOp::floor_div;
    case Op::mod_:
      return BinaryOp::mod;
    case Op::pow_:
      return BinaryOp::pow;
    case Op::lshift_:
      return BinaryOp::lshift;
    case Op::rshift_:
      return BinaryOp::rshift;
    case Op::bit_and_:
      return BinaryOp::bit_and;
    case Op::bit_or_:
      return BinaryOp::bit_or;
    case Op::bit_xor_:
      return BinaryOp::bit_xor;
    default:
      return BinaryOp::mat_mul;
  }
}

CompareOp compare_op_of(Op op) {
  switch (op) {
    case Op::lt_:
      return CompareOp::lt;
    case Op::le_:
      return CompareOp::le;
    case Op::eq_:
      return CompareOp::eq;
    case Op::ne_:
      return CompareOp::ne;
    case Op::gt_:
      return CompareOp::gt;
    default:
      return CompareOp::ge;
  }
}

Value step_binary(Mutator& m, const Insn& insn, Value left, Value right) {
  const BinaryOp op = binary_op_of(insn.op);
  return insn.d != 0 ? inplace_op(m, op, left, right) : binary_op(m, op, left, right);
}

std::uint8_t any_binary_feedback(Value left, Value right) {
  const bool left_int = left.is_int() || left.is_bool();
  const bool right_int = right.is_int() || right.is_bool();
  if (left_int && right_int) return left.is_int() && right.is_int() ? kSawInt : kSawOther;
  if (left.is_double() && right.is_double()) return kSawFloat;
  if ((left.is_double() && right.is_int()) || (left.is_int() && right.is_double())) return kSawIntFloat;
  if (is_kind(left, Kind::str) && is_kind(right, Kind::str)) return kSawStr;
  return kSawOther;
}

std::uint8_t container_feedback(Value container) {
  if (!container.is_object()) return kSawOther;
  switch (container.as_object()->kind) {
    case Kind::list:
      return container.as_object()->has_flag(kHasDict) ? kSawOther : kSawList;
    case Kind::dict:
      return container.as_object()->has_flag(kHasDict) ? kSawOther : kSawDict;
    case Kind::tuple:
      return kSawTuple;
    case Kind::str:
      return kSawStr;
    default:
      return kSawOther;
  }
}

}  // namespace turnstile
