// list[int] and its like: a class with arguments, which behaves as the class when called or asked for attributes.
#include "core/allocate_object.h"
#include "core/exceptions.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Value origin_of(Value alias) { return alias.as<NativeObject>()->refs[0].load(); }
Tuple* arguments_of(Value alias) { return alias.as<NativeObject>()->refs[1].load().as<Tuple>(); }

bool is_alias(Mutator& m, Value v) { return v.is_object() && type_of(m, v) == m.runtime->types.generic_alias; }

// Classes by their names, all else as repr() shows it.
bool add_shown(Mutator& m, Value v, std::string* text) {
  if (v.is_ellipsis()) {
    *text += "...";
    return true;
  }
  Value shown = repr(m, v);
  if (shown.is_empty()) return false;
  std::string name = to_utf8(shown.as<Str>());
  if (is_kind(v, Kind::type) && name.starts_with("<class '")) name = name.substr(8, name.size() - 10);
  *text += name;
  return true;
}

Value alias_repr(Mutator& m, Value self) {
  std::string text;
  if (!add_shown(m, origin_of(self), &text)) return Value();
  const Tuple* arguments = arguments_of(self);
  text += "[";
  for (std::uint32_t i = 0; i < arguments->length(); ++i) {
    if (i != 0) text += ", ";
    if (!add_shown(m, arguments->at(i), &text)) return Value();
  }
  if (arguments->length() == 0) text += "()";
  return text_value(m, text + "]");
}

bool alias_hash(Mutator& m, Value self, std::int64_t* out) {
  std::int64_t origin = 0, arguments = 0;
  if (!hash_value(m, origin_of(self), &origin)) return false;
  if (!hash_value(m, Value::object(arguments_of(self)), &arguments)) return false;
  *out = origin ^ arguments;
  if (*out == -1) *out = -2;
  return true;
}

Value alias_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if ((op != CompareOp::eq && op != CompareOp::ne) || !is_alias(m, right)) return Value::not_implemented();
  int same = values_equal(m, origin_of(left), origin_of(right));
  if (same > 0) same = values_equal(m, Value::object(arguments_of(left)), Value::object(arguments_of(right)));
  return same < 0 ? Value() : Value::boolean((same != 0) == (op == CompareOp::eq));
}

Value alias_binary(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  return op == BinaryOp::bit_or ? union_of(m, left, right) : Value::not_implemented();
}

Value alias_get_item(Mutator& m, Value self, Value) {
  Value shown = repr(m, self);
  if (shown.is_empty()) return shown;
  return raise_type_error(m, to_utf8(shown.as<Str>()) + " is not a generic class");
}

Value alias_call(Mutator& m, Value self, const CallArgs& args) { return call(m, origin_of(self), args); }

Value alias_iter(Mutator& m, Value self) {
  return raise_type_error(m, "'" + class_name_of(m, self) + "' object is not iterable");
}

Value alias_get_attr(Mutator& m, Value self, Str* name) {
  const std::string text = to_utf8(name);
  const bool special = text.starts_with("__") && text.ends_with("__");
  if (special && text != "__name__" && text != "__qualname__" && text != "__module__" && text != "__doc__") {
    return generic_get_attr(m, self, name);
  }
  return get_attr(m, origin_of(self), name);
}

Value get_origin(Mutator&, const CallArgs& a) { return origin_of(a[0]); }
Value get_arguments(Mutator&, const CallArgs& a) { return Value::object(arguments_of(a[0])); }
Value get_parameters(Mutator& m, const CallArgs&) { return Value::object(m.runtime->empty_tuple); }
Value mro_entries(Mutator& m, const CallArgs& a) { return make_tuple(m, {origin_of(a[0])}); }
const NativeDef kGetters[] = {
    {"__origin__", get_origin, 1, 1}, {"__args__", get_arguments, 1, 1}, {"__parameters__", get_parameters, 1, 1}};
const NativeDef kMethods[] = {{"__mro_entries__", mro_entries, 2, 2}};
constexpr TypeSlots kSlots = {.repr = alias_repr,
                              .hash = alias_hash,
                              .compare = alias_compare,
                              .binary = alias_binary,
                              .get_item = alias_get_item,
                              .iter = alias_iter,
                              .call = alias_call,
                              .get_attr = alias_get_attr};

}  // namespace

Value make_generic_alias(Mutator& m, Value origin, Value arguments) {
  if (!is_kind(arguments, Kind::tuple)) {
    arguments = make_tuple(m, {arguments});
    if (arguments.is_empty()) return arguments;
  }
  auto* alias = new_object<NativeObject>(m, m.runtime->types.generic_alias, Kind::native_object);
  if (alias == nullptr) return Value();
  alias->refs[0].store(origin);
  alias->refs[1].store(arguments);
  return Value::object(alias);
}

void define_generic_alias(Mutator& m) {
  TypeSpec spec{"GenericAlias", &kSlots, kMethods, Kind::native_object, 0};
  spec.getters = kGetters;
  m.runtime->types.generic_alias = define_type(m, spec);
  m.runtime->types.generic_alias->module_name.store(Value::object(intern(m, "types")));
}

}  // namespace turnstile
