// Native functions: checking of arguments, calling, and what they tell about themselves.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"
#include "core/guard.h"

namespace turnstile {

namespace {

NativeRole role_of(const NativeFunction* f) { return static_cast<NativeRole>(f->sub); }
// The first argument is a receiver and not counted in messages.
bool has_receiver(const NativeFunction* f) { return f->owner != nullptr && role_of(f) != NativeRole::constructor; }

// "list.append" for methods, "math.sin" and "len" for functions.
std::string shown_name(const NativeFunction* f) {
  if (f->module_name != nullptr) return to_utf8(f->module_name) + "." + f->def->name;
  return has_receiver(f) ? type_name(f->owner) + "." + f->def->name : std::string(f->def->name);
}

Value raise_arity(Mutator& m, const NativeFunction* f, const CallArgs& args) {
  const int hidden = has_receiver(f) ? 1 : 0;
  const int given = static_cast<int>(args.positional) - hidden;
  const int least = f->def->min_args - hidden;
  const int most = f->def->max_args - hidden;
  const std::string count = std::to_string(given);
  const bool wrapper = role_of(f) == NativeRole::slot_wrapper;
  if (least == most && least == 0 && !wrapper) {
    return raise_type_error(m, shown_name(f) + "() takes no arguments (" + count + " given)");
  }
  if (least == most && least == 1 && !wrapper) {
    return raise_type_error(m, shown_name(f) + "() takes exactly one argument (" + count + " given)");
  }
  const std::string name = wrapper ? "" : std::string(f->def->name) + " ";
  const auto arguments = [](int n) { return std::to_string(n) + " argument" + (n == 1 ? "" : "s"); };
  if (least == most) return raise_type_error(m, name + "expected " + arguments(least) + ", got " + count);
  if (given < least) return raise_type_error(m, name + "expected at least " + arguments(least) + ", got " + count);
  return raise_type_error(m, name + "expected at most " + arguments(most) + ", got " + count);
}

bool accepts_receiver(Mutator& m, const NativeFunction* f, const CallArgs& args) {
  if (args.positional == 0) {
    raise_type_error(m, role_of(f) == NativeRole::slot_wrapper
                            ? "descriptor '" + std::string(f->def->name) + "' of '" + type_name(f->owner) +
                                  "' object needs an argument"
                            : "unbound method " + shown_name(f) + "() needs an argument");
    return false;
  }
  if (role_of(f) == NativeRole::class_method) return true;
  if (is_instance_of(m, args[0], f->owner)) return true;
  if (role_of(f) == NativeRole::slot_wrapper) {
    raise_type_error(m, "descriptor '" + std::string(f->def->name) + "' requires a '" + type_name(f->owner) +
                            "' object but received a '" + class_name_of(m, args[0]) + "'");
  } else {
    raise_type_error(m, "descriptor '" + std::string(f->def->name) + "' for '" + type_name(f->owner) +
                            "' objects doesn't apply to a '" + class_name_of(m, args[0]) + "' object");
  }
  return false;
}

// The first argument of __new__: the owner or a subclass of it.
bool accepts_class(Mutator& m, const NativeFunction* f, const CallArgs& args) {
  const std::string name = type_name(f->owner) + ".__new__(";
  if (args.positional == 0) {
    raise_type_error(m, name + "): not enough arguments");
  } else if (!is_kind(args[0], Kind::type)) {
    raise_type_error(m, name + "X): X is not a type object (" + class_name_of(m, args[0]) + ")");
  } else if (!is_subtype(args[0].as<Type>(), f->owner)) {
    const std::string cls = type_name(args[0].as<Type>());
    raise_type_error(m, name + cls + "): " + cls + " is not a subtype of " + type_name(f->owner));
  } else {
    return true;
  }
  return false;
}

Value run_native(Mutator& m, NativeFunction* f, const CallArgs& args) {
  switch (f->def->mode) {
    case NativeMode::exclusive: {
      const bool stopped = m.runtime->stop_world(m);
      Value v = f->def->fn(m, args);
      if (stopped) m.runtime->resume_world(m);
      return v;
    }
    case NativeMode::blocking: {
      BlockingRegion region(m);
      return f->def->fn(m, args);
    }
    default:
      return f->def->fn(m, args);
  }
}

// A method of int, float, str or bytes sees plain values only.
Value call_unboxed(Mutator& m, const NativeDef* def, const CallArgs& args) {
  ValueBuffer* plain = allocate_buffer(m, args.total());
  if (plain == nullptr) return Value();
  for (std::uint32_t i = 0; i < args.total(); ++i) plain->items[i].store_relaxed(unboxed(args.values[i]));
  return def->fn(m, CallArgs{reinterpret_cast<const Value*>(plain->items), args.positional, args.keyword_names});
}

Value native_call(Mutator& m, Value callee, const CallArgs& args) {
  if (is_kind(callee, Kind::bound_method)) return call_bound(m, callee, args);
  return call_native(m, callee.as<NativeFunction>(), args);
}

std::string address_of(Value v) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(v.bits()));
  return text;
}

Value native_repr(Mutator& m, Value self) {
  if (is_kind(self, Kind::bound_method)) {
    auto* b = self.as<BoundMethod>();
    auto* f = b->function.as<NativeFunction>();
    const bool wrapper = role_of(f) == NativeRole::slot_wrapper;
    const bool of_class = is_kind(b->self, Kind::type);
    return text_value(m, std::string("<") + (wrapper ? "method-wrapper '" : "built-in method ") + f->def->name +
                             (wrapper ? "'" : "") + " of " + (of_class ? "type" : class_name_of(m, b->self)) +
                             " object at " + address_of(b->self) + ">");
  }
  auto* f = self.as<NativeFunction>();
  if (role_of(f) == NativeRole::constructor) {
    return text_value(m, "<built-in method __new__ of type object at " + address_of(Value::object(f->owner)) + ">");
  }
  if (f->owner == nullptr) return text_value(m, std::string("<built-in function ") + f->def->name + ">");
  return text_value(m, std::string(role_of(f) == NativeRole::slot_wrapper ? "<slot wrapper '" : "<method '") +
                           f->def->name + "' of '" + type_name(f->owner) + "' objects>");
}

NativeFunction* function_of(Value v) {
  return is_kind(v, Kind::bound_method) ? v.as<BoundMethod>()->function.as<NativeFunction>() : v.as<NativeFunction>();
}

Value get_name(Mutator&, const CallArgs& a) { return Value::object(function_of(a[0])->name); }
Value get_qualname(Mutator& m, const CallArgs& a) {
  NativeFunction* f = function_of(a[0]);
  return text_value(m, f->owner == nullptr ? std::string(f->def->name) : type_name(f->owner) + "." + f->def->name);
}
Value get_module(Mutator& m, const CallArgs& a) {
  return function_of(a[0])->owner == nullptr ? Value::object(intern(m, "builtins")) : Value::none();
}
Value get_self(Mutator& m, const CallArgs& a) {
  if (is_kind(a[0], Kind::bound_method)) return a[0].as<BoundMethod>()->self;
  Value builtins = dict_get_name(m.runtime->modules, intern(m, "builtins"));
  return builtins.is_empty() ? Value::none() : builtins;
}
Value get_doc(Mutator&, const CallArgs&) { return Value::none(); }
Value get_objclass(Mutator&, const CallArgs& a) {
  NativeFunction* f = a[0].as<NativeFunction>();
  return f->owner == nullptr ? Value::none() : Value::object(f->owner);
}

const NativeDef kGetters[] = {{"__name__", get_name, 1, 1},
                              {"__qualname__", get_qualname, 1, 1},
                              {"__module__", get_module, 1, 1},
                              {"__self__", get_self, 1, 1},
                              {"__doc__", get_doc, 1, 1}};
const NativeDef kDescriptorGetters[] = {{"__name__", get_name, 1, 1},
                                        {"__qualname__", get_qualname, 1, 1},
                                        {"__objclass__", get_objclass, 1, 1},
                                        {"__doc__", get_doc, 1, 1}};

Value native_get(Mutator& m, Value self, Value instance, Type* owner) { return bind_found(m, self, instance, owner); }

bool native_hash(Mutator& m, Value self, std::int64_t* out) {
  if (is_kind(self, Kind::bound_method)) return hash_bound(m, self, out);
  *out = static_cast<std::int64_t>(self.bits() >> 4);
  return true;
}
Value native_compare(Mutator& m, CompareOp op, Value left, Value right) { return compare_bound(m, op, left, right); }

constexpr TypeSlots kSlots = {.repr = native_repr, .hash = native_hash, .compare = native_compare, .call = native_call};
constexpr TypeSlots kDescriptorSlots = {.repr = native_repr, .call = native_call, .descriptor_get = native_get};

}  // namespace

Value call_native(Mutator& m, NativeFunction* f, const CallArgs& args) {
  const NativeDef* def = f->def;
  if (f->owner != nullptr &&
      !(role_of(f) == NativeRole::constructor ? accepts_class(m, f, args) : accepts_receiver(m, f, args))) {
    return Value();
  }
  if (args.keyword_names != nullptr && !def->keywords && args.keyword_names->length() != 0) {
    return raise_type_error(
        m, (role_of(f) == NativeRole::slot_wrapper ? "wrapper " + std::string(def->name) : shown_name(f)) +
               "() takes no keyword arguments");
  }
  if (args.positional < static_cast<std::uint32_t>(def->min_args) ||
      (def->max_args >= 0 && args.positional > static_cast<std::uint32_t>(def->max_args))) [[unlikely]] {
    return raise_arity(m, f, args);
  }
  if (def->mode != NativeMode::concurrent) [[unlikely]]
    return run_native(m, f, args);
  if (f->owner != nullptr && f->owner->has_type_flag(kValueType)) {
    for (std::uint32_t i = 0; i < args.total(); ++i) {
      if (is_kind(args.values[i], Kind::instance)) return call_unboxed(m, def, args);
    }
  }
  return def->fn(m, args);
}

Value make_native_function(Mutator& m, const NativeDef* def, Type* owner, void* data) {
  Str* name = intern(m, def->name);
  if (name == nullptr) return Value();
  Type* cls = owner == nullptr ? m.runtime->types.builtin_function : m.runtime->types.method_descriptor;
  auto* f = new_object<NativeFunction>(m, cls, Kind::native_function);
  if (f == nullptr) return Value();
  f->def = def;
  f->owner = owner;
  f->data = data;
  f->name = name;
  return Value::object(f);
}

void define_native_functions(Mutator& m) {
  BuiltinTypes& t = m.runtime->types;
  TypeSpec functions{"builtin_function_or_method", &kSlots, {}, Kind::native_function, 0};
  functions.getters = kGetters;
  t.builtin_function = define_type(m, functions);
  TypeSpec methods{"method_descriptor", &kDescriptorSlots, {}, Kind::native_function, 0};
  methods.getters = kDescriptorGetters;
  t.method_descriptor = define_type(m, methods);
}

}  // namespace turnstile
