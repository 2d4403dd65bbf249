// Tracebacks, and the frames that they show.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"

namespace turnstile {

namespace {

Traceback* traceback_of(Value v) { return reinterpret_cast<Traceback*>(v.as_object()); }

Value get_next(Mutator&, const CallArgs& a) {
  Traceback* t = traceback_of(a[0]);
  return t->next == nullptr ? Value::none() : Value::object(t->next);
}
// Moves the whole chain behind this entry; a loop would never end.
Value set_next(Mutator& m, const CallArgs& a) {
  Value next = a[1].is_empty() ? Value::none() : a[1];
  if (!next.is_none() && !is_kind(next, Kind::traceback)) {
    return raise_type_error(m, "expected traceback object or None, got '" + class_name_of(m, next) + "'");
  }
  Traceback* t = next.is_none() ? nullptr : traceback_of(next);
  for (Traceback* at = t; at != nullptr; at = at->next) {
    if (at == traceback_of(a[0])) return raise_value_error(m, "traceback loop detected");
  }
  traceback_of(a[0])->next = t;
  return Value::none();
}
Value get_line(Mutator& m, const CallArgs& a) {
  Traceback* t = traceback_of(a[0]);
  return make_int(m, line_at(*t->code->data, t->pc));
}
Value get_lasti(Mutator& m, const CallArgs& a) { return make_int(m, traceback_of(a[0])->pc * 2); }
Value get_frame(Mutator& m, const CallArgs& a) {
  Traceback* t = traceback_of(a[0]);
  auto* f = new_object<FrameObject>(m, m.runtime->types.frame, Kind::frame_object);
  if (f == nullptr) return Value();
  f->code = t->code;
  f->line = line_at(*t->code->data, t->pc);
  f->globals = t->globals;
  f->back = Value::none();
  return Value::object(f);
}

const NativeDef kTracebackGetters[] = {
    {"tb_lineno", get_line, 1, 1}, {"tb_lasti", get_lasti, 1, 1}, {"tb_frame", get_frame, 1, 1}};
const NativeDef kGetNext{"tb_next", get_next, 1, 1};
const NativeDef kSetNext{"tb_next", set_next, 2, 2};
constexpr TypeSlots kTracebackSlots = {};

FrameObject* frame_of(Value v) { return v.as<FrameObject>(); }
Value frame_repr(Mutator& m, Value self) {
  FrameObject* f = frame_of(self);
  return text_value(m, "<frame at " + hex_address(f) + ", file '" + f->code->data->filename + "', line " +
                           std::to_string(f->line) + ", code " + f->code->data->name + ">");
}
Value get_code(Mutator&, const CallArgs& a) { return Value::object(frame_of(a[0])->code); }
Value get_frame_line(Mutator& m, const CallArgs& a) { return make_int(m, frame_of(a[0])->line); }
Value get_globals(Mutator&, const CallArgs& a) {
  Dict* globals = frame_of(a[0])->globals;
  return globals == nullptr ? Value::none() : Value::object(globals);
}
Value get_back(Mutator&, const CallArgs& a) {
  Value v = frame_of(a[0])->back;
  return v.is_empty() ? Value::none() : v;
}
const NativeDef kFrameGetters[] = {{"f_code", get_code, 1, 1},
                                   {"f_lineno", get_frame_line, 1, 1},
                                   {"f_globals", get_globals, 1, 1},
                                   {"f_back", get_back, 1, 1}};
constexpr TypeSlots kFrameSlots = {.repr = frame_repr};

}  // namespace

void define_frames(Mutator& m) {
  BuiltinTypes& t = m.runtime->types;
  TypeSpec frame{"frame", &kFrameSlots, {}, Kind::frame_object, 0};
  frame.getters = kFrameGetters;
  t.frame = define_type(m, frame);
  TypeSpec traceback{"traceback", &kTracebackSlots, {}, Kind::traceback, 0};
  traceback.getters = kTracebackGetters;
  t.traceback = define_type(m, traceback);
  add_getset(m, t.traceback, kGetNext, &kSetNext);
}

}  // namespace turnstile
