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
  return dict_update(m, module->dict, Value::object(m.runtime->builtins));
}

}  // namespace turnstile
