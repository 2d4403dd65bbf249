// Modules: a name and a dict.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"
#include "core/native_args.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kBuiltIn = 1;  // Object::aux of modules that no program made

Module* allocate_module(Mutator& m, Type* cls) {
  Dict* dict = make_dict(m);
  if (dict == nullptr) return nullptr;
  auto* module = new_object<Module>(m, cls, Kind::module);
  if (module == nullptr) return nullptr;
  module->dict = dict;
  module->name = m.runtime->empty_str;
  return module;
}

bool fill(Mutator& m, Module* module, Str* name, Value doc) {
  const WellKnownNames& names = m.runtime->names;
  module->name = name;
  return dict_set_name(m, module->dict, names.__name__, Value::object(name)) &&
         dict_set_name(m, module->dict, names.__doc__, doc) &&
         dict_set_name(m, module->dict, names.__package__, Value::none()) &&
         dict_set_name(m, module->dict, names.__loader__, Value::none()) &&
         dict_set_name(m, module->dict, names.__spec__, Value::none());
}

Value module_repr(Mutator& m, Value self) {
  Module* module = self.as<Module>();
  const WellKnownNames& names = m.runtime->names;
  Value name = dict_get_name(module->dict, names.__name__);
  Value shown = name.is_empty() ? text_value(m, "?") : repr(m, name);
  if (shown.is_empty()) return shown;
  Value file = dict_get_name(module->dict, names.__file__);
  if (file.is_empty()) {
    return text_value(m, "<module " + to_utf8(shown.as<Str>()) + (module->aux == kBuiltIn ? " (built-in)>" : ">"));
  }
  Value from = repr(m, file);
  if (from.is_empty()) return from;
  return text_value(m, "<module " + to_utf8(shown.as<Str>()) + " from " + to_utf8(from.as<Str>()) + ">");
}

Value module_new(Mutator& m, Type* cls, const CallArgs&) {
  Module* module = allocate_module(m, cls);
  return module == nullptr ? Value() : Value::object(module);
}

bool module_init(Mutator& m, Value self, const CallArgs& args) {
  Value parts[2];
  if (!bind_native(m, args, "module", {"name", "doc"}, parts, 1)) return false;
  if (!is_kind(parts[0], Kind::str)) {
    raise_type_error(m, "module() argument 'name' must be str, not " + class_name_of(m, parts[0]));
    return false;
  }
  return fill(m, self.as<Module>(), parts[0].as<Str>(), parts[1].is_empty() ? Value::none() : parts[1]);
}

// The module's own __getattr__ is asked for what its dict lacks.
Value module_get_attr(Mutator& m, Value self, Str* name) {
  Value v = find_generic_attr(m, self, name);
  if (!v.is_empty() || m.has_exception()) return v;
  Value fallback = dict_get_name(self.as<Module>()->dict, m.runtime->names.__getattr__);
  if (!fallback.is_empty()) return call(m, fallback, {Value::object(name)});
  return raise_no_attribute(m, self, name);
}

Value get_dict(Mutator&, const CallArgs& a) { return Value::object(a[0].as<Module>()->dict); }
const NativeDef kGetters[] = {{"__dict__", get_dict, 1, 1}};
Value module_dir(Mutator& m, const CallArgs& a) {
  Value own = dict_get_name(a[0].as<Module>()->dict, m.runtime->names.__dir__);
  if (!own.is_empty()) return call(m, own, {});
  List* list = list_from(m, Value::object(a[0].as<Module>()->dict));
  return list == nullptr ? Value() : Value::object(list);
}
const NativeDef kMethods[] = {{"__dir__", module_dir, 1, 1}};

constexpr TypeSlots kSlots = {
    .repr = module_repr, .get_attr = module_get_attr, .new_object = module_new, .init = module_init};

}  // namespace

Module* make_module(Mutator& m, std::string_view name) {
  Module* module = allocate_module(m, m.runtime->types.module);
  if (module != nullptr) module->aux = kBuiltIn;
  Str* text = module == nullptr ? nullptr : intern(m, name);
  return text != nullptr && fill(m, module, text, Value::none()) ? module : nullptr;
}

void define_modules(Mutator& m) {
  TypeSpec spec{"module", &kSlots, kMethods, Kind::module, kBaseType};
  spec.getters = kGetters;
  m.runtime->types.module = define_type(m, spec);
}

}  // namespace turnstile
