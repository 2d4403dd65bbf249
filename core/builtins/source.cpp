// Builtins on source text, classes and modules.
#include <string>

#include "core/builtins/builtins.h"
#include "core/call.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/native_args.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// Source may be text or bytes in UTF-8.
bool is_source_text(Value v) { return is_kind(v, Kind::str) || is_kind(v, Kind::bytes); }
std::string source_text(Value v) {
  if (is_kind(v, Kind::str)) return to_utf8(v.as<Str>());
  const auto* bytes = v.as<Bytes>();
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->length());
}

Value run_source(Mutator& m, const CallArgs& args, const char* name, std::string_view mode) {
  Value bound[3];
  if (!bind_native(m, args, name, {"source", "globals", "locals"}, bound, 1)) return Value();
  bound[0] = unboxed(bound[0]);
  Dict* globals = m.frame != nullptr ? m.frame->globals : make_dict(m);
  Dict* names = m.frame != nullptr && m.frame->names != nullptr ? m.frame->names : globals;
  if (!bound[1].is_empty() && !bound[1].is_none()) {
    if (!is_kind(bound[1], Kind::dict)) {
      return raise_type_error(
          m, std::string(name) + "() globals must be a dict, not " + to_utf8(type_of(m, bound[1])->name));
    }
    globals = names = bound[1].as<Dict>();
  }
  if (!bound[2].is_empty() && !bound[2].is_none()) {
    if (!is_kind(bound[2], Kind::dict)) return raise_type_error(m, "locals must be a dict");
    names = bound[2].as<Dict>();
  }
  if (dict_get_name(globals, m.runtime->names.__builtins__).is_empty() &&
      !dict_set_name(m, globals, m.runtime->names.__builtins__, Value::object(m.runtime->builtins))) {
    return Value();
  }
  Code* code = nullptr;
  if (is_kind(bound[0], Kind::code)) {
    code = bound[0].as<Code>();
  } else if (is_source_text(bound[0])) {
    code = m.runtime->hooks->compile_source(m, source_text(bound[0]), "<string>", mode);
    if (code == nullptr) return Value();
  } else {
    return raise_type_error(m, std::string(name) + "() arg 1 must be a string, bytes or code object");
  }
  Value result = run_code(m, code, globals, names);
  return result.is_empty() || mode == "eval" || is_kind(bound[0], Kind::code) ? result : Value::none();
}

Value builtin_eval(Mutator& m, const CallArgs& args) { return run_source(m, args, "eval", "eval"); }
Value builtin_exec(Mutator& m, const CallArgs& args) {
  Value v = run_source(m, args, "exec", "exec");
  return v.is_empty() ? v : Value::none();
}

Value builtin_compile(Mutator& m, const CallArgs& args) {
  Value bound[6];
  if (!bind_native(m, args, "compile", {"source", "filename", "mode", "flags", "dont_inherit", "optimize"}, bound, 3)) {
    return Value();
  }
  bound[0] = unboxed(bound[0]);
  if (!is_source_text(bound[0])) return raise_type_error(m, "compile() arg 1 must be a string, bytes or AST object");
  for (int i = 1; i < 3; ++i) {
    if (!is_kind(bound[i], Kind::str)) return raise_type_error(m, "compile() arguments must be strings");
  }
  const std::string mode = to_utf8(bound[2].as<Str>());
  if (mode != "exec" && mode != "eval" && mode != "single") {
    return raise_value_error(m, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  Code* code = m.runtime->hooks->compile_source(m, source_text(bound[0]), to_utf8(bound[1].as<Str>()), mode);
  return code == nullptr ? Value() : Value::object(code);
}

Value builtin_import(Mutator& m, const CallArgs& args) {
  Value bound[5];
  if (!bind_native(m, args, "__import__", {"name", "globals", "locals", "fromlist", "level"}, bound, 1)) return Value();
  if (!is_kind(bound[0], Kind::str)) return raise_type_error(m, "__import__() argument 1 must be str");
  Str* name = intern(m, bound[0].as<Str>());
  Value module = import_module(m, name, m.frame != nullptr ? m.frame->globals : nullptr, 0);
  if (module.is_empty()) return module;
  const std::string text = to_utf8(name);
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos || (!bound[3].is_empty() && truth(m, bound[3]) > 0)) return module;
  return import_module(m, intern(m, std::string_view(text).substr(0, dot)), nullptr, 0);
}

Value builtin_build_class(Mutator& m, const CallArgs& args) {
  const std::uint32_t base_count = args.positional - 2;
  Tuple* bases = base_count == 0 ? m.runtime->empty_tuple : allocate_tuple(m, base_count);
  if (bases == nullptr) return Value();
  for (std::uint32_t i = 0; i < base_count; ++i) bases->items[i].store_relaxed(args[2 + i]);
  const CallArgs keywords{args.values + args.positional, 0, args.keyword_names};
  return class_statement(m, args[0].as<Function>(), args[1].as<Str>(), bases, keywords);
}

Value builtin_open(Mutator& m, const CallArgs& args) {
  Value bound[8];  // only checked here: in the words of a native function
  if (!bind_native(m, args, "open", {"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"},
                   bound, 1)) {
    return Value();
  }
  Str* name = intern(m, "io");
  Value io = name == nullptr ? Value() : import_module(m, name, nullptr, 0);
  Value open = io.is_empty() ? io : get_attr(m, io, intern(m, "open"));
  return open.is_empty() ? open : call(m, open, args);
}

const NativeDef kDefs[] = {
    {"eval", builtin_eval, 0, -1, true},         {"exec", builtin_exec, 0, -1, true},
    {"compile", builtin_compile, 0, -1, true},   {"open", builtin_open, 0, -1, true},
    {"__import__", builtin_import, 0, -1, true}, {"__build_class__", builtin_build_class, 2, -1, true},
};

}  // namespace

std::span<const NativeDef> source_builtins() { return kDefs; }

}  // namespace turnstile
