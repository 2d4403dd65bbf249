// Fills the builtins module.
#include <utility>

#include "core/builtins/builtins.h"
#include "core/builtins/streams.h"
#include "core/define_type.h"
#include "core/exceptions.h"
#include "core/ops.h"
#include "core/text/bytearray_type.h"

namespace turnstile {

namespace {

void add_functions(Mutator& m, Dict* dict, std::span<const NativeDef> defs) {
  for (const NativeDef& def : defs) dict_set_name(m, dict, intern(m, def.name), make_native_function(m, &def));
}

}  // namespace

bool add_function(Mutator& m, Module* module, const NativeDef* def) {
  Str* name = intern(m, def->name);
  Value f = name == nullptr ? Value() : make_native_function(m, def);
  if (f.is_empty()) return false;
  f.as<NativeFunction>()->module_name = module->name;
  return dict_set_name(m, module->dict, name, f);
}

void register_builtins(Mutator& m) {
  Dict* dict = m.runtime->builtins;
  for (auto defs :
       {object_builtins(), number_builtins(), iterable_builtins(), matching_builtins(), source_builtins()}) {
    add_functions(m, dict, defs);
  }
  define_bytearray(m);
  const BuiltinTypes& t = m.runtime->types;
  const std::pair<const char*, Type*> types[] = {{"object", t.object},
                                                 {"type", t.type},
                                                 {"bool", t.bool_},
                                                 {"int", t.int_},
                                                 {"float", t.float_},
                                                 {"str", t.str},
                                                 {"bytes", t.bytes},
                                                 {"bytearray", t.bytearray},
                                                 {"tuple", t.tuple},
                                                 {"list", t.list},
                                                 {"dict", t.dict},
                                                 {"set", t.set},
                                                 {"frozenset", t.frozenset},
                                                 {"range", t.range},
                                                 {"slice", t.slice},
                                                 {"property", t.property},
                                                 {"staticmethod", t.static_method},
                                                 {"classmethod", t.class_method},
                                                 {"super", t.super},
                                                 {"enumerate", t.enumerate},
                                                 {"zip", t.zip},
                                                 {"map", t.map},
                                                 {"filter", t.filter},
                                                 {"reversed", t.reversed}};
  for (const auto& [name, type] : types) dict_set_name(m, dict, intern(m, name), Value::object(type));
#define TURNSTILE_ADD(name, base) dict_set_name(m, dict, intern(m, #name), Value::object(m.runtime->exceptions.name));
  TURNSTILE_EXCEPTIONS(TURNSTILE_ADD)
#undef TURNSTILE_ADD
  dict_set_name(m, dict, intern(m, "EnvironmentError"), Value::object(m.runtime->exceptions.OSError));
  dict_set_name(m, dict, intern(m, "IOError"), Value::object(m.runtime->exceptions.OSError));
  dict_set_name(m, dict, intern(m, "NotImplemented"), Value::not_implemented());
  dict_set_name(m, dict, intern(m, "Ellipsis"), Value::ellipsis());
  dict_set_name(m, dict, intern(m, "None"), Value::none());
  dict_set_name(m, dict, intern(m, "True"), Value::true_value());
  dict_set_name(m, dict, intern(m, "False"), Value::false_value());
  dict_set_name(m, dict, m.runtime->names.__debug__, Value::true_value());
  dict_set_name(m, dict, m.runtime->names.__name__, Value::object(intern(m, "builtins")));
  make_standard_streams(m);
}

}  // namespace turnstile
