// Bound methods. Those of native functions are of the class builtin_function_or_method.
#include "core/allocate_object.h"
#include "core/call.h"
#include "core/exceptions.h"
#include "core/functions/function_types.h"

namespace turnstile {

Value make_bound_method(Mutator& m, Value function, Value self) {
  const BuiltinTypes& t = m.runtime->types;
  Type* cls = is_kind(function, Kind::native_function) ? t.builtin_function : t.method;
  auto* b = new_object<BoundMethod>(m, cls, Kind::bound_method);
  if (b == nullptr) return Value();
  b->function = function;
  b->self = self;
  return Value::object(b);
}

Value call_bound(Mutator& m, Value method, const CallArgs& args) {
  auto* b = method.as<BoundMethod>();
  return call_with_self(m, b->function, b->self, args);
}

bool hash_bound(Mutator&, Value method, std::int64_t* out) {
  auto* b = method.as<BoundMethod>();
  *out = static_cast<std::int64_t>((b->function.bits() >> 4) ^ (b->self.bits() * 31 >> 4));
  return true;
}

Value compare_bound(Mutator& m, CompareOp op, Value left, Value right) {
  if (op != CompareOp::eq && op != CompareOp::ne) return Value::not_implemented();
  bool equal = left == right;
  if (!equal) {
    if (!is_kind(left, Kind::bound_method) || !is_kind(right, Kind::bound_method)) return Value::not_implemented();
    auto* a = left.as<BoundMethod>();
    auto* b = right.as<BoundMethod>();
    if (a->self == b->self) {
      const int same = values_equal(m, a->function, b->function);
      if (same < 0) return Value();
      equal = same != 0;
    }
  }
  return Value::boolean(equal == (op == CompareOp::eq));
}

namespace {

BoundMethod* method_of(Value v) { return v.as<BoundMethod>(); }

Value method_repr(Mutator& m, Value self) {
  BoundMethod* b = method_of(self);
  Value name = get_attr_or_empty(m, b->function, m.runtime->names.__qualname__);
  if (name.is_empty()) {
    if (m.has_exception()) return Value();
    name = get_attr_or_empty(m, b->function, m.runtime->names.__name__);
    if (name.is_empty() && m.has_exception()) return Value();
  }
  Value shown = repr(m, b->self);
  if (shown.is_empty()) return shown;
  const std::string function = is_kind(name, Kind::str) ? to_utf8(name.as<Str>()) : "?";
  return text_value(m, "<bound method " + function + " of " + to_utf8(shown.as<Str>()) + ">");
}

// What a method does not have itself is its function's.
Value method_get_attr(Mutator& m, Value self, Str* name) {
  Type* cls = type_of(m, self);
  Value found = lookup_type(m, cls, name);
  if (!found.is_empty()) return bind_found(m, found, self, cls);
  Value v = get_attr_or_empty(m, method_of(self)->function, name);
  return v.is_empty() && !m.has_exception() ? raise_no_attribute(m, self, name) : v;
}

bool method_set_attr(Mutator& m, Value self, Str* name, Value) {
  raise_no_attribute(m, self, name);
  return false;
}

Value method_new(Mutator& m, Type*, const CallArgs& args) {
  if (args.total() != 2 || args.positional != 2) {
    return raise_type_error(m, "method expected 2 arguments, got " + std::to_string(args.total()));
  }
  if (args[1].is_none()) return raise_type_error(m, "self must not be None");
  return make_bound_method(m, args[0], args[1]);
}
bool method_init(Mutator&, Value, const CallArgs&) { return true; }

Value get_function(Mutator&, const CallArgs& a) { return method_of(a[0])->function; }
Value get_self(Mutator&, const CallArgs& a) { return method_of(a[0])->self; }
template <Str* WellKnownNames::* name>
Value get_of_function(Mutator& m, const CallArgs& a) {
  return get_attr(m, method_of(a[0])->function, m.runtime->names.*name);
}
const NativeDef kGetters[] = {{"__func__", get_function, 1, 1},
                              {"__self__", get_self, 1, 1},
                              {"__doc__", get_of_function<&WellKnownNames::__doc__>, 1, 1},
                              {"__name__", get_of_function<&WellKnownNames::__name__>, 1, 1},
                              {"__qualname__", get_of_function<&WellKnownNames::__qualname__>, 1, 1},
                              {"__module__", get_of_function<&WellKnownNames::__module__>, 1, 1}};

constexpr TypeSlots kSlots = {.repr = method_repr,
                              .hash = hash_bound,
                              .compare = compare_bound,
                              .call = call_bound,
                              .get_attr = method_get_attr,
                              .set_attr = method_set_attr,
                              .new_object = method_new,
                              .init = method_init};

}  // namespace

void define_methods(Mutator& m) {
  TypeSpec spec{"method", &kSlots, {}, Kind::bound_method, 0};
  spec.getters = kGetters;
  m.runtime->types.method = define_type(m, spec);
}

}  // namespace turnstile
