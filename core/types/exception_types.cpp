// The builtin exception classes, and what BaseException does.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Exception* exception_of(Value v) { return reinterpret_cast<Exception*>(v.as_object()); }
Tuple* args_of(Value v) { return exception_of(v)->args.load().as<Tuple>(); }
Value none_if_empty(Value v) { return v.is_empty() ? Value::none() : v; }

Tuple* copy_arguments(Mutator& m, const CallArgs& args) {
  Tuple* tuple = allocate_tuple(m, args.positional);
  if (tuple == nullptr) return nullptr;
  for (std::uint32_t i = 0; i < args.positional; ++i) tuple->items[i].store_relaxed(args[i]);
  return tuple;
}

Value exception_new(Mutator& m, Type* cls, const CallArgs& args) {
  Tuple* tuple = copy_arguments(m, args);
  if (tuple == nullptr) return Value();
  auto* e = new_object<Exception>(m, cls, Kind::exception);
  if (e == nullptr) return Value();
  e->args.store_relaxed(Value::object(tuple));
  e->traceback.store_relaxed(Value::none());
  e->cause.store_relaxed(Value::none());
  e->context.store_relaxed(Value::none());
  e->suppress_context.store_relaxed(Value::false_value());
  return Value::object(e);
}

bool exception_init(Mutator& m, Value self, const CallArgs& args) {
  if (args.keywords() != 0) {
    raise_type_error(m, class_name_of(m, self) + "() takes no keyword arguments");
    return false;
  }
  Tuple* tuple = copy_arguments(m, args);
  if (tuple == nullptr) return false;
  exception_of(self)->args.store(Value::object(tuple));
  return true;
}

Value exception_str(Mutator& m, Value self) {
  Tuple* args = args_of(self);
  if (args->length() == 0) return Value::object(m.runtime->empty_str);
  if (args->length() == 1) return to_str(m, args->at(0));
  return repr(m, Value::object(args));
}

Value exception_repr(Mutator& m, Value self) {
  Tuple* args = args_of(self);
  const std::string name = class_name_of(m, self);
  if (args->length() == 1) {
    Value only = repr(m, args->at(0));
    return only.is_empty() ? only : text_value(m, name + "(" + to_utf8(only.as<Str>()) + ")");
  }
  Value all = repr(m, Value::object(args));
  return all.is_empty() ? all : text_value(m, name + to_utf8(all.as<Str>()));
}

Value get_args(Mutator&, const CallArgs& a) { return exception_of(a[0])->args.load(); }
Value set_args(Mutator& m, const CallArgs& a) {
  if (a[1].is_empty()) return raise_type_error(m, "args may not be deleted");
  Tuple* tuple = tuple_from(m, a[1]);
  if (tuple == nullptr) return Value();
  exception_of(a[0])->args.store(Value::object(tuple));
  return Value::none();
}

Value get_traceback(Mutator&, const CallArgs& a) { return none_if_empty(exception_of(a[0])->traceback.load()); }
Value set_traceback(Mutator& m, const CallArgs& a) {
  if (a[1].is_empty()) return raise_type_error(m, "__traceback__ may not be deleted");
  if (!a[1].is_none() && !is_kind(a[1], Kind::traceback)) {
    return raise_type_error(m, "__traceback__ must be a traceback or None");
  }
  exception_of(a[0])->traceback.store(a[1]);
  return Value::none();
}

bool check_link(Mutator& m, Value v, const char* what) {
  if (v.is_empty()) {
    raise_type_error(m, std::string("__") + what + "__ may not be deleted");
    return false;
  }
  if (v.is_none() || is_kind(v, Kind::exception)) return true;
  raise_type_error(m, std::string("exception ") + what + " must be None or derive from BaseException");
  return false;
}
Value get_cause(Mutator&, const CallArgs& a) { return none_if_empty(exception_of(a[0])->cause.load()); }
Value set_cause(Mutator& m, const CallArgs& a) {
  if (!check_link(m, a[1], "cause")) return Value();
  exception_of(a[0])->cause.store(a[1]);
  exception_of(a[0])->suppress_context.store(Value::true_value());
  return Value::none();
}
Value get_context(Mutator&, const CallArgs& a) { return none_if_empty(exception_of(a[0])->context.load()); }
Value set_context(Mutator& m, const CallArgs& a) {
  if (!check_link(m, a[1], "context")) return Value();
  exception_of(a[0])->context.store(a[1]);
  return Value::none();
}
Value get_suppress(Mutator&, const CallArgs& a) {
  return Value::boolean(exception_of(a[0])->suppress_context.load().is_true());
}
Value set_suppress(Mutator& m, const CallArgs& a) {
  if (!a[1].is_bool()) return raise_type_error(m, "attribute value type must be bool");
  exception_of(a[0])->suppress_context.store(a[1]);
  return Value::none();
}
Value get_dict(Mutator& m, const CallArgs& a) { return get_attribute_dict(m, a[0]); }

Value with_traceback(Mutator& m, const CallArgs& a) { return set_traceback(m, a).is_empty() ? Value() : a[0]; }

Value add_note(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[1], Kind::str)) return raise_type_error(m, "note must be a str, not '" + class_name_of(m, a[1]) + "'");
  Str* name = m.runtime->names.__notes__;
  Value notes = get_attr_or_empty(m, a[0], name);
  if (notes.is_empty()) {
    if (m.has_exception()) return Value();
    List* list = make_list(m, nullptr, 0);
    if (list == nullptr || !set_attr(m, a[0], name, Value::object(list))) return Value();
    notes = Value::object(list);
  }
  if (!is_kind(notes, Kind::list)) return raise_type_error(m, "Cannot add note: __notes__ is not a list");
  return list_append(m, notes.as<List>(), a[1]) ? Value::none() : Value();
}

Value set_state(Mutator&, const CallArgs&) { return Value::none(); }

const NativeDef kMethods[] = {
    {"with_traceback", with_traceback, 2, 2}, {"add_note", add_note, 2, 2}, {"__setstate__", set_state, 2, 2}};
struct Attribute {
  NativeDef get, set;
};
const Attribute kAttributes[] = {
    {{"args", get_args, 1, 1}, {"args", set_args, 2, 2}},
    {{"__traceback__", get_traceback, 1, 1}, {"__traceback__", set_traceback, 2, 2}},
    {{"__cause__", get_cause, 1, 1}, {"__cause__", set_cause, 2, 2}},
    {{"__context__", get_context, 1, 1}, {"__context__", set_context, 2, 2}},
    {{"__suppress_context__", get_suppress, 1, 1}, {"__suppress_context__", set_suppress, 2, 2}},
    {{"__dict__", get_dict, 1, 1}, {nullptr, nullptr}},
};

constexpr TypeSlots kSlots = {
    .repr = exception_repr, .str = exception_str, .new_object = exception_new, .init = exception_init};

}  // namespace

void register_exception_types(Mutator& m) {
  ExceptionTypes& e = m.runtime->exceptions;
  TypeSpec root{"BaseException", &kSlots, kMethods, Kind::exception, kBaseType | kIsException};
  e.BaseException = define_type(m, root);
  for (const Attribute& a : kAttributes) {
    add_getset(m, e.BaseException, a.get, a.set.fn == nullptr ? nullptr : &a.set);
  }
  TypeSpec plain{"", nullptr, {}, Kind::exception, kBaseType | kIsException};
#define TURNSTILE_DEFINE(cls, base)        \
  if (e.cls == nullptr) {                  \
    plain.name = #cls;                     \
    plain.slots = details_of(plain.name);  \
    e.cls = define_type(m, plain, e.base); \
  }
  TURNSTILE_EXCEPTIONS(TURNSTILE_DEFINE)
#undef TURNSTILE_DEFINE
  define_exception_details(m);
  Value out_of_memory = make_exception(m, e.MemoryError, "");
  m.runtime->memory_error = reinterpret_cast<Exception*>(out_of_memory.as_object());
  m.runtime->memory_error->args.store(Value::object(m.runtime->empty_tuple));
}

}  // namespace turnstile
