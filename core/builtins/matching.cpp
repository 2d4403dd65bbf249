// What match statements ask about their subjects (codegen/frontend/builder_match.cpp).
#include "core/builtins/builtins.h"
#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/ops.h"

namespace turnstile {

namespace {

// Bits that abstract classes (collections.abc) carry as __abc_tpflags__.
constexpr std::int64_t kSequenceClass = 1 << 5;
constexpr std::int64_t kMappingClass = 1 << 6;

bool has_class_flag(Mutator& m, Value subject, std::int64_t flag) {
  Value flags = lookup_type(m, type_of(m, subject), intern(m, "__abc_tpflags__"));
  return flags.is_int() && (flags.as_int() & flag) != 0;
}

bool is_deque(Mutator& m, const Type* cls) {
  Value deque = module_attribute(m, "_collections", "deque");
  return is_kind(deque, Kind::type) && is_subtype(cls, deque.as<Type>());
}

bool is_sequence(Mutator& m, Value v) {
  const BuiltinTypes& t = m.runtime->types;
  const Type* cls = type_of(m, v);
  return is_subtype(cls, t.list) || is_subtype(cls, t.tuple) || is_subtype(cls, t.range) ||
         has_class_flag(m, v, kSequenceClass) || is_deque(m, cls);
}

Value match_sequence(Mutator& m, const CallArgs& a) {
  if (!is_sequence(m, a[0])) return Value::none();
  const std::int64_t count = length(m, a[0]);
  if (count < 0) return Value();
  const std::int64_t least = a[1].as_int();
  if (a[2].is_true() ? count != least : count < least) return Value::none();
  Tuple* items = tuple_from(m, a[0]);
  return items == nullptr ? Value() : Value::object(items);
}

Value match_mapping(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[0], Kind::dict) && !has_class_flag(m, a[0], kMappingClass)) return Value::none();
  auto* keys = a[1].as<Tuple>();
  const std::int64_t count = length(m, a[0]);
  if (count < 0) return Value();
  if (count < keys->length()) return Value::none();
  List* values = make_list(m, nullptr, 0);
  Set* seen = make_set(m, Kind::set);
  Value absent = Value::object(seen);  // nobody else has it
  Value get = keys->length() == 0 ? Value::none() : get_attr(m, a[0], intern(m, "get"));
  if (values == nullptr || seen == nullptr || get.is_empty()) return Value();
  for (std::uint32_t i = 0; i < keys->length(); ++i) {
    const int again = set_contains(m, seen, keys->at(i));
    if (again < 0 || !set_add(m, seen, keys->at(i))) return Value();
    if (again > 0) {
      Value shown = repr(m, keys->at(i));
      if (shown.is_empty()) return shown;
      return raise_value_error(m, "mapping pattern checks duplicate key (" + to_utf8(shown.as<Str>()) + ")");
    }
    Value v = call(m, get, {keys->at(i), absent});
    if (v.is_empty()) return v;
    if (v == absent) return Value::none();
    if (!list_append(m, values, v)) return Value();
  }
  if (a[2].is_true()) {
    Dict* rest = make_dict(m);
    if (rest == nullptr || !dict_update(m, rest, a[0])) return Value();
    for (std::uint32_t i = 0; i < keys->length(); ++i) {
      if (dict_delete(m, rest, keys->at(i)) < 0) return Value();
    }
    if (!list_append(m, values, Value::object(rest))) return Value();
  }
  Tuple* all = tuple_from(m, Value::object(values));
  return all == nullptr ? Value() : Value::object(all);
}

// Classes of which the one positional sub-pattern is matched against the subject itself.
bool matches_itself(Mutator& m, const Type* cls) {
  const BuiltinTypes& t = m.runtime->types;
  for (const Type* own :
       {t.bool_, t.bytearray, t.bytes, t.dict, t.float_, t.frozenset, t.int_, t.list, t.set, t.str, t.tuple}) {
    if (is_subtype(cls, own)) return true;
  }
  return false;
}

Value match_class(Mutator& m, const CallArgs& a) {
  if (!is_kind(a[1], Kind::type)) return raise_type_error(m, "called match pattern must be a type");
  const int fits = is_instance(m, a[0], a[1]);
  if (fits < 0) return Value();
  if (fits == 0) return Value::none();
  const std::int64_t positional = a[2].as_int();
  auto* names = a[3].as<Tuple>();
  const std::string cls = to_utf8(a[1].as<Type>()->name);
  List* values = make_list(m, nullptr, 0);
  Set* seen = make_set(m, Kind::set);
  if (values == nullptr || seen == nullptr) return Value();
  const auto take = [&](Value name) {
    const int again = set_contains(m, seen, name);
    if (again < 0 || !set_add(m, seen, name)) return -1;
    if (again > 0) {
      Value shown = repr(m, name);
      if (!shown.is_empty()) {
        raise_type_error(m, cls + "() got multiple sub-patterns for attribute " + to_utf8(shown.as<Str>()));
      }
      return -1;
    }
    Value v = get_attr_or_empty(m, a[0], intern(m, name.as<Str>()));
    if (v.is_empty()) return m.has_exception() ? -1 : 0;
    return list_append(m, values, v) ? 1 : -1;
  };
  if (positional != 0) {
    Value match_args = get_attr_or_empty(m, a[1], intern(m, "__match_args__"));
    if (m.has_exception()) return Value();
    const bool itself = match_args.is_empty() && matches_itself(m, a[1].as<Type>());
    if (!match_args.is_empty() && !is_kind(match_args, Kind::tuple)) {
      return raise_type_error(
          m, cls + ".__match_args__ must be a tuple (got " + to_utf8(type_of(m, match_args)->name) + ")");
    }
    const std::int64_t allowed = itself ? 1 : match_args.is_empty() ? 0 : match_args.as<Tuple>()->length();
    if (positional > allowed) {
      return raise_type_error(m, cls + "() accepts " + std::to_string(allowed) + " positional sub-pattern" +
                                     (allowed == 1 ? "" : "s") + " (" + std::to_string(positional) + " given)");
    }
    if (itself && !list_append(m, values, a[0])) return Value();
    for (std::int64_t i = 0; i < positional && !itself; ++i) {
      Value name = match_args.as<Tuple>()->at(static_cast<std::size_t>(i));
      if (!is_kind(name, Kind::str)) {
        return raise_type_error(
            m, "__match_args__ elements must be strings (got " + to_utf8(type_of(m, name)->name) + ")");
      }
      const int taken = take(name);
      if (taken <= 0) return taken < 0 ? Value() : Value::none();
    }
  }
  for (std::uint32_t i = 0; i < names->length(); ++i) {
    const int taken = take(names->at(i));
    if (taken <= 0) return taken < 0 ? Value() : Value::none();
  }
  Tuple* all = tuple_from(m, Value::object(values));
  return all == nullptr ? Value() : Value::object(all);
}

const NativeDef kDefs[] = {
    {"__match_sequence__", match_sequence, 3, 3},
    {"__match_mapping__", match_mapping, 3, 3},
    {"__match_class__", match_class, 4, 4},
};

}  // namespace

std::span<const NativeDef> matching_builtins() { return kDefs; }

}  // namespace turnstile
