#include "core/modules/registry.h"

#include "core/ops.h"

namespace turnstile {

std::span<const BuiltinModule> builtin_modules() {
  static constexpr BuiltinModule kModules[] = {
      {"builtins", init_builtins_module},
      {"sys", init_sys},
      {"gc", init_gc},
      {"time", init_time},
      {"math", init_math},
      {"random", init_random},
      {"_thread", init_thread},
      {"threading", init_threading},
      {"_queue", init_queue},
      {"_collections", init_collections},
      {"_posix", init_posix},
  };
  return kModules;
}

bool add_functions(Mutator& m, Module* module, std::span<const NativeDef> defs) {
  for (const NativeDef& def : defs) {
    if (!add_function(m, module, &def)) return false;
  }
  return true;
}

bool add_constant(Mutator& m, Module* module, const char* name, Value v) {
  Str* key = intern(m, name);
  return !v.is_empty() && key != nullptr && dict_set_name(m, module->dict, key, v);
}

bool init_builtins_module(Mutator& m, Module* module) {
  // The module's names are those that every program sees: what is stored into it, programs find.
  const WellKnownNames& names = m.runtime->names;
  Dict* shared = m.runtime->builtins;
  for (Str* name : {names.__doc__, names.__loader__, names.__spec__}) {
    if (!dict_set_name(m, shared, name, Value::none())) return false;
  }
  if (!dict_set_name(m, shared, names.__package__, Value::object(m.runtime->empty_str))) return false;
  module->dict = shared;
  return true;
}

}  // namespace turnstile
