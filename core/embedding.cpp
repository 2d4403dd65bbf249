#include "core/embedding.h"

#include <new>

#include "core/exceptions.h"
#include "core/guard.h"
#include "core/ops.h"
#include "core/program.h"

namespace turnstile {

namespace {

Mutator& attached(RuntimeCore& runtime) {
  Mutator* const m = runtime.attach();
  if (m == nullptr) throw std::bad_alloc();
  return *m;
}

}  // namespace

ThreadScope::ThreadScope(RuntimeCore& runtime) : runtime_(runtime), m_(attached(runtime)) { runtime_.enter(m_); }
ThreadScope::~ThreadScope() { runtime_.detach(&m_); }

MainScope::MainScope(RuntimeCore& runtime) : runtime_(runtime) { runtime_.enter(runtime_.main_mutator()); }
MainScope::~MainScope() {
  Mutator& m = runtime_.main_mutator();
  allocator::save_context(m.saved);
  runtime_.leave(m);
}

bool define_builtin(Mutator& m, const NativeDef& def) {
  Str* name = intern(m, def.name);
  Value f = name == nullptr ? Value() : make_native_function(m, &def);
  return !f.is_empty() && dict_set_name(m, m.runtime->builtins, name, f);
}

namespace {

Module* main_module(Mutator& m) {
  Value module = dict_get_name(m.runtime->modules, m.runtime->names.__main__);
  return is_kind(module, Kind::module) ? module.as<Module>() : nullptr;
}

}  // namespace

Value main_global(Mutator& m, std::string_view name) {
  Module* module = main_module(m);
  Str* key = module == nullptr ? nullptr : intern(m, name);
  return key == nullptr ? Value() : dict_get_name(module->dict, key);
}

bool run_source(Mutator& m, std::string_view source, std::string_view filename) {
  Module* module = main_module(m);
  if (module == nullptr) module = make_main_module(m, filename);
  if (module == nullptr) return false;
  Code* code = m.runtime->hooks->compile_source(m, source, filename, "exec");
  return code != nullptr && !run_code(m, code, module->dict, module->dict).is_empty();
}

Value call_global(Mutator& m, std::string_view name, std::initializer_list<Value> args) {
  Value f = main_global(m, name);
  if (!f.is_empty()) return call(m, f, args);
  return raise(m, m.runtime->exceptions.NameError, "name '" + std::string(name) + "' is not defined");
}

std::string take_error(Mutator& m) {
  if (!m.has_exception()) return "";
  std::string text = format_exception(m, take_exception(m));
  m.exception = Value();
  return text;
}

}  // namespace turnstile
