// Functions of programs: the class function.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"
#include "core/guard.h"
#include "core/write_barrier.h"

namespace turnstile {

Dict* builtins_of(Mutator& m, Dict* globals) {
  const Value given = dict_get_name(globals, m.runtime->names.__builtins__);
  if (is_kind(given, Kind::dict)) return given.as<Dict>();
  return is_kind(given, Kind::module) ? given.as<Module>()->dict : m.runtime->builtins;
}

Value make_function(Mutator& m, Code* code, Dict* globals, Value defaults, Value keyword_defaults, Value closure) {
  auto* f = new_object<Function>(m, m.runtime->types.function, Kind::function);
  if (f == nullptr) return Value();
  const WellKnownNames& names = m.runtime->names;
  f->code = code;
  f->globals = globals;
  f->builtins = builtins_of(m, globals);
  f->name.store_relaxed(Value::object(code->name));
  f->qualname.store_relaxed(Value::object(code->qualname == nullptr ? code->name : code->qualname));
  Value doc = Value::none();
  // The builder's convention: the first constant of a function is its docstring, or None.
  if (code->consts != nullptr && code->consts->length() != 0 && is_kind(code->consts->at(0), Kind::str)) {
    doc = code->consts->at(0);
  }
  f->doc.store_relaxed(doc);
  Value module = dict_get_name(globals, names.__name__);
  f->module_name.store_relaxed(module.is_empty() ? Value::none() : module);
  f->defaults.store_relaxed(defaults.is_empty() ? Value::none() : defaults);
  f->keyword_defaults.store_relaxed(keyword_defaults.is_empty() ? Value::none() : keyword_defaults);
  f->closure = is_kind(closure, Kind::tuple) ? closure.as<Tuple>() : nullptr;
  return Value::object(f);
}

namespace {

Function* function_of(Value v) { return v.as<Function>(); }
Value none_if_empty(Value v) { return v.is_empty() ? Value::none() : v; }

Value function_repr(Mutator& m, Value self) {
  Value name = function_of(self)->qualname.load();
  return text_value(m, "<function " + to_utf8(name.as<Str>()) + " at " + hex_address(self.as_object()) + ">");
}

Value function_get(Mutator& m, Value self, Value instance, Type*) {
  return instance.is_empty() ? self : make_bound_method(m, self, instance);
}

Value function_call(Mutator& m, Value self, const CallArgs& args) { return call_function(m, function_of(self), args); }

bool store_str(Mutator& m, AtomicValue* slot, Value v, const char* name) {
  if (is_kind(v, Kind::str)) {
    slot->store(v);
    return true;
  }
  raise_type_error(m, std::string(name) + " must be set to a string object");
  return false;
}

Value get_name(Mutator&, const CallArgs& a) { return function_of(a[0])->name.load(); }
Value set_name(Mutator& m, const CallArgs& a) {
  if (!store_str(m, &function_of(a[0])->name, a[1], "__name__")) return Value();
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_qualname(Mutator&, const CallArgs& a) { return function_of(a[0])->qualname.load(); }
Value set_qualname(Mutator& m, const CallArgs& a) {
  if (!store_str(m, &function_of(a[0])->qualname, a[1], "__qualname__")) return Value();
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_doc(Mutator&, const CallArgs& a) { return none_if_empty(function_of(a[0])->doc.load()); }
Value set_doc(Mutator& m, const CallArgs& a) {
  function_of(a[0])->doc.store(none_if_empty(a[1]));
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_module(Mutator&, const CallArgs& a) { return none_if_empty(function_of(a[0])->module_name.load()); }
Value set_module(Mutator& m, const CallArgs& a) {
  function_of(a[0])->module_name.store(none_if_empty(a[1]));
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_defaults(Mutator&, const CallArgs& a) { return none_if_empty(function_of(a[0])->defaults.load()); }
Value set_defaults(Mutator& m, const CallArgs& a) {
  Value v = none_if_empty(a[1]);
  if (!v.is_none() && !is_kind(v, Kind::tuple))
    return raise_type_error(m, "__defaults__ must be set to a tuple object");
  function_of(a[0])->defaults.store(v);
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_keyword_defaults(Mutator&, const CallArgs& a) {
  return none_if_empty(function_of(a[0])->keyword_defaults.load());
}
Value set_keyword_defaults(Mutator& m, const CallArgs& a) {
  Value v = none_if_empty(a[1]);
  if (!v.is_none() && !is_kind(v, Kind::dict))
    return raise_type_error(m, "__kwdefaults__ must be set to a dict object");
  function_of(a[0])->keyword_defaults.store(v);
  note_owner(m, function_of(a[0]));
  return Value::none();
}
Value get_closure(Mutator&, const CallArgs& a) {
  Function* f = function_of(a[0]);
  return f->closure == nullptr ? Value::none() : Value::object(f->closure);
}
Value get_code(Mutator&, const CallArgs& a) { return Value::object(function_of(a[0])->code); }
Value set_code(Mutator& m, const CallArgs&) {
  return raise_not_implemented(m, "assignment to __code__ is not supported");
}
Value get_globals(Mutator&, const CallArgs& a) { return Value::object(function_of(a[0])->globals); }
Value get_builtins(Mutator&, const CallArgs& a) { return Value::object(function_of(a[0])->builtins); }
Value get_dict(Mutator& m, const CallArgs& a) { return get_attribute_dict(m, a[0]); }
Value set_dict(Mutator& m, const CallArgs& a) {
  if (a[1].is_empty()) return raise_type_error(m, "cannot delete __dict__");
  if (!is_kind(a[1], Kind::dict)) {
    return raise_type_error(m, "__dict__ must be set to a dictionary, not a '" + class_name_of(m, a[1]) + "'");
  }
  ObjectGuard guard(m, function_of(a[0]));
  function_of(a[0])->attributes.store(a[1]);
  return Value::none();
}
Value get_annotations(Mutator& m, const CallArgs& a) {
  Function* f = function_of(a[0]);
  if (Value v = f->annotations.load(); !v.is_empty()) return v;
  Dict* dict = make_dict(m);
  if (dict == nullptr) return Value();
  ObjectGuard guard(m, f);
  if (Value v = f->annotations.load(); !v.is_empty()) return v;
  f->annotations.store(Value::object(dict));
  return Value::object(dict);
}
Value set_annotations(Mutator& m, const CallArgs& a) {
  if (!a[1].is_empty() && !a[1].is_none() && !is_kind(a[1], Kind::dict)) {
    return raise_type_error(m, "__annotations__ must be set to a dict object");
  }
  ObjectGuard guard(m, function_of(a[0]));
  function_of(a[0])->annotations.store(is_kind(a[1], Kind::dict) ? a[1] : Value());
  return Value::none();
}

const NativeDef kGetters[] = {
    {"__closure__", get_closure, 1, 1}, {"__globals__", get_globals, 1, 1}, {"__builtins__", get_builtins, 1, 1}};
struct Attribute {
  NativeDef get, set;
};
const Attribute kAttributes[] = {
    {{"__name__", get_name, 1, 1}, {"__name__", set_name, 2, 2}},
    {{"__qualname__", get_qualname, 1, 1}, {"__qualname__", set_qualname, 2, 2}},
    {{"__doc__", get_doc, 1, 1}, {"__doc__", set_doc, 2, 2}},
    {{"__module__", get_module, 1, 1}, {"__module__", set_module, 2, 2}},
    {{"__defaults__", get_defaults, 1, 1}, {"__defaults__", set_defaults, 2, 2}},
    {{"__kwdefaults__", get_keyword_defaults, 1, 1}, {"__kwdefaults__", set_keyword_defaults, 2, 2}},
    {{"__code__", get_code, 1, 1}, {"__code__", set_code, 2, 2}},
    {{"__dict__", get_dict, 1, 1}, {"__dict__", set_dict, 2, 2}},
    {{"__annotations__", get_annotations, 1, 1}, {"__annotations__", set_annotations, 2, 2}},
};

constexpr TypeSlots kSlots = {.repr = function_repr, .call = function_call, .descriptor_get = function_get};

}  // namespace

void define_functions(Mutator& m) {
  TypeSpec spec{"function", &kSlots, {}, Kind::function, 0};
  spec.getters = kGetters;
  m.runtime->types.function = define_type(m, spec);
  for (const Attribute& a : kAttributes) add_getset(m, m.runtime->types.function, a.get, &a.set);
}

void register_function_types(Mutator& m) {
  define_native_functions(m);
  define_functions(m);
  define_methods(m);
  define_generators(m);
  define_code_types(m);
  define_modules(m);
  define_frames(m);
}

}  // namespace turnstile
