// sys.
#include <string>
#include <utility>

#include "core/allocate_object.h"
#include "core/builtins/streams.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/functions/function_types.h"
#include "core/modules/native_support.h"
#include "core/modules/registry.h"
#include "core/numbers/int_format.h"
#include "core/ops.h"

namespace turnstile {

namespace {

Value text(Mutator& m, std::string_view s) {
  Str* str = make_str(m, s);
  return str == nullptr ? Value() : Value::object(str);
}

Value sys_exit(Mutator& m, const CallArgs& args) {
  if (args.positional == 1 && is_kind(args[0], Kind::tuple)) {
    // SystemExit(*tuple): as raising any exception with a tuple for its value does.
    auto* items = args[0].as<Tuple>();
    Value error = call(m, Value::object(m.runtime->exceptions.SystemExit),
                       CallArgs{reinterpret_cast<const Value*>(items->items), items->length(), nullptr});
    return error.is_empty() ? error : raise_value(m, error);
  }
  Value error = args.positional == 0 || args[0].is_none()
                    ? call(m, Value::object(m.runtime->exceptions.SystemExit), {})
                    : call(m, Value::object(m.runtime->exceptions.SystemExit), {args[0]});
  if (args.positional == 1 && is_kind(args[0], Kind::tuple)) {
    // A tuple becomes the arguments.
    auto* items = args[0].as<Tuple>();
    error = call(m, Value::object(m.runtime->exceptions.SystemExit),
                 CallArgs{reinterpret_cast<const Value*>(items->items), items->length(), nullptr});
  }
  return error.is_empty() ? error : raise_value(m, error);
}

Value sys_getrecursionlimit(Mutator& m, const CallArgs&) { return Value::small_int(m.recursion_limit); }

Value sys_setrecursionlimit(Mutator& m, const CallArgs& args) {
  std::int64_t limit;
  if (!to_index(m, args[0], &limit)) return Value();
  if (limit < 1) return raise_value_error(m, "recursion limit must be greater or equal than 1");
  if (limit > 0x7fffffff) return raise_overflow_error(m, "Python int too large to convert to C int");
  if (static_cast<std::int64_t>(m.depth) >= limit) {
    return raise(m, m.runtime->exceptions.RecursionError,
                 "cannot set the recursion limit to " + std::to_string(limit) + " at the recursion depth " +
                     std::to_string(m.depth) + ": the limit is too low");
  }
  m.recursion_limit = static_cast<std::uint32_t>(limit);
  m.runtime->recursion_limit.store(m.recursion_limit, std::memory_order_relaxed);
  return Value::none();
}

Value sys_exc_info(Mutator& m, const CallArgs&) {
  if (m.handled.is_empty() || m.handled.is_none()) return make_tuple(m, {Value::none(), Value::none(), Value::none()});
  Value traceback = m.handled.as<Exception>()->traceback.load();
  return make_tuple(
      m, {Value::object(type_of(m, m.handled)), m.handled, traceback.is_empty() ? Value::none() : traceback});
}

Value sys_exception(Mutator& m, const CallArgs&) { return m.handled.is_empty() ? Value::none() : m.handled; }

Value sys_getsizeof(Mutator& m, const CallArgs& args) {
  if (is_kind(args[0], Kind::str))
    return Value::small_int(49 + args[0].as<Str>()->length() * args[0].as<Str>()->width());
  if (is_kind(args[0], Kind::list)) {
    return make_int(m, 56 + 8 * static_cast<std::int64_t>(args[0].as<List>()->size.load(std::memory_order_relaxed)));
  }
  return Value::small_int(args[0].is_object() ? 56 : 28);
}

Value sys_intern(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[0], Kind::str)) {
    return raise_type_error(m, "intern() argument must be str, not " + to_utf8(type_of(m, args[0])->name));
  }
  Str* s = intern(m, args[0].as<Str>());
  return s == nullptr ? Value() : Value::object(s);
}

Value sys_getswitchinterval(Mutator&, const CallArgs&) { return Value::number(0.005); }
Value sys_setswitchinterval(Mutator& m, const CallArgs& args) {
  double seconds;
  if (!number_to_double(m, args[0], &seconds)) return Value();
  if (seconds <= 0) return raise_value_error(m, "switch interval must be strictly positive");
  return Value::none();
}
Value sys_getdefaultencoding(Mutator& m, const CallArgs&) { return text(m, "utf-8"); }
Value sys_is_finalizing(Mutator&, const CallArgs&) { return Value::false_value(); }
Value sys_getrefcount(Mutator&, const CallArgs&) { return Value::small_int(2); }
Value sys_get_int_max_str_digits(Mutator&, const CallArgs&) { return Value::small_int(kMaxDecimalDigits); }

Value sys_getframe(Mutator& m, const CallArgs& args) {
  std::int64_t depth = 0;
  if (args.positional == 1 && !to_index(m, args[0], &depth)) return Value();
  Frame* frame = m.frame;
  for (; depth > 0 && frame != nullptr; --depth) frame = frame->caller;
  if (frame == nullptr) return raise_value_error(m, "call stack is not deep enough");
  // A picture of the frames as they are now: they do not change with the frames.
  FrameObject* first = nullptr;
  FrameObject* last = nullptr;
  for (; frame != nullptr; frame = frame->caller) {
    auto* f = new_object<FrameObject>(m, m.runtime->types.frame, Kind::frame_object);
    if (f == nullptr) return Value();
    f->code = frame->code;
    f->line = line_at(*frame->code->data, frame->pc);
    f->globals = frame->globals;
    f->back = Value::none();
    if (last != nullptr) last->back = Value::object(f);
    if (first == nullptr) first = f;
    last = f;
  }
  return Value::object(first);
}

// What the interpreter would print for an exception; the module traceback is made of it.
Value sys_format_exception(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[0], Kind::exception)) return raise_type_error(m, "an exception is expected");
  return text(m, format_exception(m, args[0]));
}

// sys.stdin until something is asked of it: then the text file that the module io makes, which takes its place.
Value open_stdin(Mutator& m) {
  Value found = module_attribute(m, "sys", "__stdin__");
  if (!found.is_empty() && !(found.is_object() && found.as_object()->kind == Kind::native_object)) return found;
  Str* name = intern(m, "io");
  Value io = name == nullptr ? Value() : import_module(m, name, nullptr, 0);
  Value make = io.is_empty() ? io : get_attr(m, io, intern(m, "_standard_input"));
  Value real = make.is_empty() ? make : call(m, make, {});
  Value sys = real.is_empty() ? real : dict_get_name(m.runtime->modules, intern(m, "sys"));
  if (!is_kind(sys, Kind::module)) return real;
  Dict* dict = sys.as<Module>()->dict;
  if (!dict_set_name(m, dict, intern(m, "__stdin__"), real) || !dict_set_name(m, dict, intern(m, "stdin"), real)) {
    return Value();
  }
  return real;
}

Value stdin_get_attr(Mutator& m, Value, Str* name) {
  Value real = open_stdin(m);
  return real.is_empty() ? real : get_attr(m, real, name);
}
Value stdin_iter(Mutator& m, Value) {
  Value real = open_stdin(m);
  return real.is_empty() ? real : get_iter(m, real);
}
Value stdin_repr(Mutator& m, Value) { return text(m, "<_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>"); }
constexpr TypeSlots kStdinSlots = {.repr = stdin_repr, .iter = stdin_iter, .get_attr = stdin_get_attr};

bool add_stdin(Mutator& m, Module* module) {
  const TypeSpec spec{"TextIOWrapper", &kStdinSlots, {}, Kind::native_object, 0};
  Type* cls = define_module_type(m, "_io", spec);
  auto* object = cls == nullptr ? nullptr : new_object<NativeObject>(m, cls, Kind::native_object);
  return object != nullptr && add_constant(m, module, "stdin", Value::object(object)) &&
         add_constant(m, module, "__stdin__", Value::object(object));
}

const NativeDef kDefs[] = {
    {"exit", sys_exit, 0, 1},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1},
    {"exc_info", sys_exc_info, 0, 0},
    {"exception", sys_exception, 0, 0},
    {"getsizeof", sys_getsizeof, 1, 2},
    {"intern", sys_intern, 1, 1},
    {"getswitchinterval", sys_getswitchinterval, 0, 0},
    {"setswitchinterval", sys_setswitchinterval, 1, 1},
    {"getdefaultencoding", sys_getdefaultencoding, 0, 0},
    {"getfilesystemencoding", sys_getdefaultencoding, 0, 0},
    {"is_finalizing", sys_is_finalizing, 0, 0},
    {"getrefcount", sys_getrefcount, 1, 1},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, 0, 0},
    {"_getframe", sys_getframe, 0, 1},
    {"_format_exception", sys_format_exception, 1, 1},
};

constexpr NativeDef kExit[] = {{"exit", sys_exit, 0, 1}, {"quit", sys_exit, 0, 1}};

// A plain object with attributes, for sys.implementation, sys.float_info ...
Value make_namespace(Mutator& m, const char* class_name, std::initializer_list<std::pair<const char*, Value>> fields) {
  Str* name = intern(m, class_name);
  Dict* dict = make_dict(m);
  if (name == nullptr || dict == nullptr) return Value();
  for (const auto& [key, value] : fields) {
    if (value.is_empty() || !dict_set_name(m, dict, intern(m, key), value)) return Value();
  }
  Value cls = make_class(m, name, m.runtime->empty_tuple, dict, CallArgs{});
  return cls.is_empty() ? cls : call(m, cls, {});
}

// name(field=value, ...) of a tuple whose fields have names.
Value named_fields_repr(Mutator& m, Value self) {
  const Type* cls = type_of(m, self);
  const Value names = lookup_type(m, cls, intern(m, "__match_args__"));
  if (!is_kind(names, Kind::tuple)) return m.runtime->types.tuple->slots->repr(m, self);
  std::string out = "sys." + to_utf8(cls->name) + "(";
  for (std::uint32_t i = 0; i < names.as<Tuple>()->length() && i < self.as<Tuple>()->length(); ++i) {
    const Value shown = repr(m, self.as<Tuple>()->at(i));
    if (shown.is_empty()) return shown;
    out += (i == 0 ? "" : ", ") + to_utf8(names.as<Tuple>()->at(i).as<Str>()) + "=" + to_utf8(shown.as<Str>());
  }
  return text(m, out + ")");
}

// A tuple whose fields have names, too: sys.version_info and the like.
Value make_named_fields(Mutator& m, const char* class_name,
                        std::initializer_list<std::pair<const char*, Value>> fields) {
  Dict* dict = make_dict(m);
  Tuple* values = dict == nullptr ? nullptr : allocate_tuple(m, static_cast<std::uint32_t>(fields.size()));
  Tuple* names = values == nullptr ? nullptr : allocate_tuple(m, static_cast<std::uint32_t>(fields.size()));
  Value base = names == nullptr ? Value() : make_tuple(m, {Value::object(m.runtime->types.tuple)});
  if (base.is_empty()) return base;
  std::uint32_t i = 0;
  for (const auto& [key, value] : fields) {
    Str* name = intern(m, key);
    if (name == nullptr || value.is_empty() || !dict_set_name(m, dict, name, value)) return Value();
    names->items[i].store_relaxed(Value::object(name));
    values->items[i++].store_relaxed(value);
  }
  if (!dict_set_name(m, dict, intern(m, "__match_args__"), Value::object(names)) ||
      !dict_set_name(m, dict, m.runtime->names.__module__, text(m, "sys"))) {
    return Value();
  }
  Value cls = make_class(m, intern(m, class_name), base.as<Tuple>(), dict, CallArgs{});
  if (cls.is_empty()) return cls;
  auto* type = cls.as<Type>();
  type->own_slots = *type->slots;
  type->own_slots.repr = named_fields_repr;
  type->slots = &type->own_slots;
  return call(m, cls, {Value::object(values)});
}

Value make_version_info(Mutator& m) {
  return make_named_fields(m, "version_info",
                           {{"major", Value::small_int(3)},
                            {"minor", Value::small_int(11)},
                            {"micro", Value::small_int(0)},
                            {"releaselevel", text(m, "final")},
                            {"serial", Value::small_int(0)}});
}

// What is known of numbers. The modulus is that of the hashes of numbers (core/numbers).
bool add_number_facts(Mutator& m, Module* module) {
  const Value float_info = make_named_fields(m, "float_info",
                                             {{"max", Value::number(1.7976931348623157e308)},
                                              {"max_exp", Value::small_int(1024)},
                                              {"max_10_exp", Value::small_int(308)},
                                              {"min", Value::number(2.2250738585072014e-308)},
                                              {"min_exp", Value::small_int(-1021)},
                                              {"min_10_exp", Value::small_int(-307)},
                                              {"dig", Value::small_int(15)},
                                              {"mant_dig", Value::small_int(53)},
                                              {"epsilon", Value::number(2.220446049250313e-16)},
                                              {"radix", Value::small_int(2)},
                                              {"rounds", Value::small_int(1)}});
  const Value int_info = make_named_fields(m, "int_info",
                                           {{"bits_per_digit", Value::small_int(30)},
                                            {"sizeof_digit", Value::small_int(4)},
                                            {"default_max_str_digits", Value::small_int(kMaxDecimalDigits)},
                                            {"str_digits_check_threshold", Value::small_int(640)}});
  const Value hash_info = make_named_fields(m, "hash_info",
                                            {{"width", Value::small_int(64)},
                                             {"modulus", make_int(m, (std::int64_t{1} << 61) - 1)},
                                             {"inf", Value::small_int(314159)},
                                             {"nan", Value::small_int(0)},
                                             {"imag", Value::small_int(1000003)},
                                             {"algorithm", text(m, "wyhash")},
                                             {"hash_bits", Value::small_int(64)},
                                             {"seed_bits", Value::small_int(0)},
                                             {"cutoff", Value::small_int(0)}});
  return add_constant(m, module, "float_info", float_info) && add_constant(m, module, "int_info", int_info) &&
         add_constant(m, module, "hash_info", hash_info) &&
         add_constant(m, module, "float_repr_style", text(m, "short"));
}

// The flags that python3 has without options.
Value make_flags(Mutator& m) {
  const Value off = Value::small_int(0);
  return make_named_fields(m, "flags",
                           {{"debug", off},
                            {"inspect", off},
                            {"interactive", off},
                            {"optimize", off},
                            {"dont_write_bytecode", off},
                            {"no_user_site", off},
                            {"no_site", off},
                            {"ignore_environment", off},
                            {"verbose", off},
                            {"bytes_warning", off},
                            {"quiet", off},
                            {"hash_randomization", off},
                            {"isolated", off},
                            {"dev_mode", Value::false_value()},
                            {"utf8_mode", off},
                            {"warn_default_encoding", off},
                            {"safe_path", Value::false_value()},
                            {"int_max_str_digits", Value::small_int(kMaxDecimalDigits)}});
}

bool add_paths(Mutator& m, Module* module) {
  List* argv = make_list(m, nullptr, 0);
  if (argv == nullptr) return false;
  for (const std::string& arg : m.runtime->options.argv) {
    Value item = text(m, arg);
    if (item.is_empty() || !list_append(m, argv, item)) return false;
  }
  const Value folder = text(m, m.runtime->main_path);
  List* path = folder.is_empty() ? nullptr : make_list(m, &folder, 1);
  return path != nullptr && add_constant(m, module, "argv", Value::object(argv)) &&
         add_constant(m, module, "path", Value::object(path)) &&
         add_constant(m, module, "modules", Value::object(m.runtime->modules));
}

}  // namespace

bool init_sys(Mutator& m, Module* module) {
  constexpr std::int64_t kMaxSize = 0x7fffffffffffffff;
  const StandardStreams& streams = *m.runtime->streams;
  Value version_info = make_version_info(m);
  Value implementation =
      make_namespace(m, "SimpleNamespace", {{"name", text(m, "turnstile")}, {"version", version_info}});
  for (const NativeDef& def : kExit) {
    Value f = make_native_function(m, &def);
    if (f.is_empty() || !dict_set_name(m, m.runtime->builtins, intern(m, def.name), f)) return false;
  }
  return add_functions(m, module, kDefs) && add_paths(m, module) &&
         add_constant(m, module, "maxsize", make_int(m, kMaxSize)) &&
         add_constant(m, module, "maxunicode", Value::small_int(0x10ffff)) &&
         add_constant(m, module, "byteorder", text(m, "little")) &&
         add_constant(m, module, "platform", text(m, "linux")) &&
         add_constant(m, module, "version", text(m, "3.11.0 (Turnstile)")) &&
         add_constant(m, module, "version_info", version_info) &&
         add_constant(m, module, "hexversion", Value::small_int(0x030b00f0)) &&
         add_constant(m, module, "implementation", implementation) && add_number_facts(m, module) &&
         add_constant(m, module, "flags", make_flags(m)) &&
         add_constant(m, module, "executable", text(m, "turnstile")) &&
         add_constant(m, module, "policy", text(m, m.runtime->policy_name())) && add_stdin(m, module) &&
         add_constant(m, module, "stdout", streams.out_object) &&
         add_constant(m, module, "stderr", streams.err_object) &&
         add_constant(m, module, "__stdout__", streams.out_object) &&
         add_constant(m, module, "__stderr__", streams.err_object);
}

}  // namespace turnstile
