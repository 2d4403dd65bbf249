#include "core/modules/native_support.h"

#include <cmath>
#include <cstdio>
#include <string>

#include "core/exceptions.h"
#include "core/ops.h"

namespace turnstile {

Type* define_module_type(Mutator& m, const char* module, const TypeSpec& spec, Type* base) {
  Type* cls = define_type(m, spec, base);
  if (cls == nullptr) return nullptr;
  m.runtime->add_root(Value::object(cls));
  Str* name = intern(m, module);
  if (name == nullptr) return nullptr;
  cls->module_name.store(Value::object(name));
  return cls;
}

Type* define_exception(Mutator& m, const char* module, const char* name, Type* base) {
  Dict* names = make_dict(m);
  Str* module_name = intern(m, module);
  Str* class_name = intern(m, name);
  if (names == nullptr || module_name == nullptr || class_name == nullptr ||
      !dict_set_name(m, names, m.runtime->names.__module__, Value::object(module_name))) {
    return nullptr;
  }
  Value bases = make_tuple(m, {Value::object(base)});
  if (bases.is_empty()) return nullptr;
  Value cls = make_class(m, class_name, bases.as<Tuple>(), names, CallArgs{});
  if (cls.is_empty()) return nullptr;
  m.runtime->add_root(cls);
  return cls.as<Type>();
}

Value call_spread(Mutator& m, Value callee, Tuple* args, Value kwargs) {
  static_assert(sizeof(AtomicValue) == sizeof(Value));
  const std::uint32_t count = args->length();
  std::uint32_t named = 0;
  if (is_kind(kwargs, Kind::dict))
    named = static_cast<std::uint32_t>(kwargs.as<Dict>()->live.load(std::memory_order_acquire));
  if (named == 0) return call(m, callee, CallArgs{reinterpret_cast<const Value*>(args->items), count, nullptr});
  Tuple* names = allocate_tuple(m, named);
  ValueBuffer* values = names == nullptr ? nullptr : allocate_buffer(m, count + named);
  if (values == nullptr) return Value();
  for (std::uint32_t i = 0; i < count; ++i) values->items[i].store_relaxed(args->at(i));
  const DictTable* table = kwargs.as<Dict>()->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  std::uint32_t found = 0;
  Value key;
  Value value;
  while (found < named && dict_next(table, &position, &key, &value)) {
    if (!is_kind(key, Kind::str)) return raise_type_error(m, "keywords must be strings");
    names->items[found].store_relaxed(key);
    values->items[count + found].store_relaxed(value);
    ++found;
  }
  names->aux = found;  // another thread may have removed some meanwhile; nobody else has seen the tuple
  return call(m, callee, CallArgs{reinterpret_cast<const Value*>(values->items), count, names});
}

bool bind_python(Mutator& m, const CallArgs& args, std::string_view function, std::initializer_list<const char*> names,
                 Value* out, std::uint32_t required, std::uint32_t keyword_only, std::uint32_t first) {
  const std::string who(function);
  const std::uint32_t given = args.positional - first;
  const auto positional = static_cast<std::uint32_t>(names.size()) - keyword_only;
  if (given > positional) {
    std::string takes = std::to_string(positional + 1);
    if (required != positional) takes = "from " + std::to_string(required + 1) + " to " + takes;
    raise_type_error(m, who + "() takes " + takes + " positional argument" + (takes == "1" ? "" : "s") + " but " +
                            std::to_string(given + 1) + (given == 0 ? " was given" : " were given"));
    return false;
  }
  const auto refuse = [&](std::string_view what, const std::string& name) {
    raise_type_error(m, who + "() got " + std::string(what) + " '" + name + "'");
    return false;
  };
  for (std::uint32_t i = 0; i < given; ++i) out[i] = args[i + first];
  for (std::uint32_t k = 0; k < args.keywords(); ++k) {
    const std::string name = to_utf8(args.keyword_names->at(k).as<Str>());
    std::uint32_t at = 0;
    while (at < names.size() && name != names.begin()[at]) ++at;
    if (at == names.size()) return refuse("an unexpected keyword argument", name);
    if (!out[at].is_empty()) return refuse("multiple values for argument", name);
    out[at] = args.keyword_value(k);
  }
  std::string missing;
  std::uint32_t absent = 0;
  for (std::uint32_t i = 0; i < required; ++i) {
    if (!out[i].is_empty()) continue;
    if (absent++ != 0) missing += " and ";
    missing += "'" + std::string(names.begin()[i]) + "'";
  }
  if (absent == 0) return true;
  raise_type_error(m, who + "() missing " + std::to_string(absent) + " required positional argument" +
                          (absent == 1 ? "" : "s") + ": " + missing);
  return false;
}

namespace {

bool seconds_of(Mutator& m, Value v, double* out) {
  if (!v.is_double() && !v.is_bool() && !is_any_int(v)) {
    raise_type_error(m, "'" + to_utf8(type_of(m, v)->name) + "' object cannot be interpreted as an integer");
    return false;
  }
  if (!number_to_double(m, v, out)) return false;
  if (std::isnan(*out)) {
    raise_value_error(m, "Invalid value NaN (not a number)");
    return false;
  }
  if (*out > kTimeoutMax) {
    raise_overflow_error(m, "timestamp out of range for platform time_t");
    return false;
  }
  return true;
}

Deadline from_now(double seconds) {
  // A deadline of exactly 0 would mean "do not wait"; the clock is never there.
  return seconds <= 0 ? 1 : RealPlatform::now() + static_cast<Deadline>(seconds * 1e9);
}

}  // namespace

bool deadline_after(Mutator& m, Value seconds, Deadline* out) {
  *out = kNoDeadline;
  if (seconds.is_empty() || seconds.is_none()) return true;
  double s;
  if (!seconds.is_double() && !seconds.is_bool() && !is_any_int(seconds)) {
    raise_type_error(m,
                     "'>' not supported between instances of '" + to_utf8(type_of(m, seconds)->name) + "' and 'int'");
    return false;
  }
  if (!seconds_of(m, seconds, &s)) return false;
  *out = from_now(s);
  return true;
}

bool lock_deadline(Mutator& m, Value blocking, Value timeout, Deadline* out) {
  *out = kNoDeadline;
  bool wait = true;
  if (!blocking.is_empty()) {
    const int t = truth(m, blocking);
    if (t < 0) return false;
    wait = t != 0;
  }
  double seconds = -1;
  if (!timeout.is_empty() && !seconds_of(m, timeout, &seconds)) return false;
  if (!wait) {
    *out = 0;
    if (seconds == -1) return true;
    raise_value_error(m, "can't specify a timeout for a non-blocking call");
    return false;
  }
  if (seconds == -1) return true;
  if (seconds < 0) {
    raise_value_error(m, "timeout value must be positive");
    return false;
  }
  *out = from_now(seconds);
  return true;
}

bool hash_by_identity(Mutator&, Value self, std::int64_t* out) {
  *out = static_cast<std::int64_t>(self.bits() >> 4);
  return true;
}

std::string address_of(Value v) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v.bits()));
  return text;
}

Value module_attribute(Mutator& m, const char* module, const char* name) {
  Str* module_name = intern(m, module);
  Str* attribute = intern(m, name);
  if (module_name == nullptr || attribute == nullptr) {
    m.exception = Value();
    return Value();
  }
  Value found = dict_get_name(m.runtime->modules, module_name);
  return is_kind(found, Kind::module) ? dict_get_name(found.as<Module>()->dict, attribute) : Value();
}

}  // namespace turnstile
