#include "core/program.h"

#include <unistd.h>

#include <cstdio>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/registry.h"
#include "core/ops.h"

namespace turnstile {

Module* make_main_module(Mutator& m, std::string_view filename) {
  Module* module = make_module(m, "__main__");
  if (module == nullptr) return nullptr;
  const WellKnownNames& names = m.runtime->names;
  Str* file = make_str(m, filename);
  Module* builtins = make_module(m, "builtins");
  if (file == nullptr || builtins == nullptr || !init_builtins_module(m, builtins) ||
      !dict_set_name(m, m.runtime->modules, builtins->name, Value::object(builtins)) ||
      !dict_set_name(m, module->dict, names.__builtins__, Value::object(builtins)) ||
      !dict_set_name(m, module->dict, names.__file__, Value::object(file)) ||
      !dict_set(m, m.runtime->modules, Value::object(names.__main__), Value::object(module))) {
    return nullptr;
  }
  return module;
}

int exit_status(Mutator& m, Value system_exit) {
  Value code = get_attr(m, system_exit, m.runtime->names.code);
  m.exception = Value();
  if (code.is_empty() || code.is_none()) return 0;
  std::int64_t status = 0;
  if (int_to_int64(code, &status)) return static_cast<int>(status & 0xff);
  if (is_any_int(code)) return 255;
  Value text = to_str(m, code);
  m.exception = Value();
  if (is_kind(text, Kind::str)) {
    flush_standard_streams(m);
    const std::string line = to_utf8(text.as<Str>()) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
  }
  return 1;
}

void RuntimeCore::print_exception(Mutator& m, Value exception) {
  flush_standard_streams(m);
  const std::string text = format_exception(m, exception);
  m.exception = Value();
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

namespace {

// What a library module wants done at the program's end, where the program loaded it.
void run_exit_hook(Mutator& m, const char* module, const char* function) {
  Value hook = module_attribute(m, module, function);
  if (hook.is_empty() || !call(m, hook, {}).is_empty()) return;
  m.runtime->print_exception(m, take_exception(m));
}

}  // namespace

int RuntimeCore::run_main(Mutator& m, std::string_view source, std::string_view filename) {
  int status = 0;
  const auto conclude = [&] {
    Value exception = take_exception(m);
    if (is_instance_of(m, exception, exceptions.SystemExit)) {
      status = exit_status(m, exception);
      return;
    }
    print_exception(m, exception);
    status = is_instance_of(m, exception, exceptions.KeyboardInterrupt) ? 130 : 1;
  };
  Module* module = make_main_module(m, filename);
  Code* code = module == nullptr ? nullptr : hooks->compile_source(m, source, filename, "exec");
  if (code == nullptr || run_code(m, code, module->dict, module->dict).is_empty()) conclude();
  run_exit_hook(m, "concurrent.futures", "_end_pools");
  join_program_threads(m);
  if (m.has_exception()) conclude();
  run_exit_hook(m, "atexit", "_run_exitfuncs");
  run_exit_hook(m, "io", "_flush_all");
  if (!flush_standard_streams(m)) status = 120;
  return status;
}

void RuntimeCore::shut_down(Mutator& m) {
  flush_standard_streams(m);
  if (hooks != nullptr) hooks->stop();
}

}  // namespace turnstile
