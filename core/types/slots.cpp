// __slots__: names that limit which attributes instances have.
#include "core/exceptions.h"
#include "core/types/class_flags.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// `_Class__name` for a private name, as the class's methods write it.
std::string mangled(const Type* cls, const std::string& name) {
  if (!name.starts_with("__") || name.ends_with("__")) return name;
  const std::string owner = type_name(cls);
  const std::size_t first = owner.find_first_not_of('_');
  return first == std::string::npos ? name : "_" + owner.substr(first) + name;
}

bool check_slot(Mutator& m, Dict* dict, Value v, bool* wants_dict) {
  v = unboxed(v);
  if (!is_kind(v, Kind::str)) {
    raise_type_error(m, "__slots__ items must be strings, not '" + class_name_of(m, v) + "'");
    return false;
  }
  Str* name = intern(m, v.as<Str>());
  if (name == nullptr) return false;
  Value identifier = call_method(m, v, intern(m, "isidentifier"), {});
  if (identifier.is_empty()) return false;
  if (!identifier.is_true()) {
    raise_type_error(m, "__slots__ must be identifiers");
    return false;
  }
  if (name == m.runtime->names.__dict__) {
    *wants_dict = true;
    return true;
  }
  if (dict_get_name(dict, name).is_empty()) return true;
  raise_value_error(m, "'" + to_utf8(name) + "' in __slots__ conflicts with class variable");
  return false;
}

}  // namespace

bool take_slots(Mutator& m, Type* cls, Dict* dict, bool bases_have_dict, bool* limited) {
  *limited = false;
  Value declared = unboxed(dict_get_name(dict, m.runtime->names.__slots__));
  if (declared.is_empty()) return true;
  Value names = declared;
  if (is_kind(declared, Kind::str)) {
    names = make_tuple(m, {declared});
    if (names.is_empty()) return false;
  } else if (!is_kind(declared, Kind::tuple) && !is_kind(declared, Kind::list)) {
    Tuple* copy = tuple_from(m, declared);  // an iterator can be read but once
    if (copy == nullptr) return false;
    names = Value::object(copy);
    if (!is_kind(declared, Kind::dict) && !dict_set_name(m, dict, m.runtime->names.__slots__, names)) return false;
  }
  bool wants_dict = false;
  std::uint32_t count = 0;
  const bool ok = for_each(m, names, [&](Value v) {
    ++count;
    return check_slot(m, dict, v, &wants_dict);
  });
  if (!ok) return false;
  const BuiltinTypes& t = m.runtime->types;
  for (const Type* base : {t.int_, t.bytes, t.tuple}) {
    if (count == 0 || cls->mro == nullptr || !is_subtype(cls, base)) continue;
    raise_type_error(m, "nonempty __slots__ not supported for subtype of '" + type_name(base) + "'");
    return false;
  }
  *limited = !bases_have_dict && !wants_dict && !cls->has_type_flag(kIsException);
  return true;
}

bool slots_allow(Mutator& m, const Type* cls, Str* name) {
  const std::string wanted = to_utf8(name);
  for (std::uint32_t i = 0; i < cls->mro->length(); ++i) {
    const auto* base = cls->mro->at(i).as<Type>();
    if (!is_heap_type(base)) continue;
    Value declared = unboxed(dict_get_name(base->dict, m.runtime->names.__slots__));
    const auto names = [&](Value v) {
      v = unboxed(v);
      return is_kind(v, Kind::str) && mangled(base, to_utf8(v.as<Str>())) == wanted;
    };
    if (names(declared)) return true;
    if (is_kind(declared, Kind::tuple)) {
      for (std::uint32_t k = 0; k < declared.as<Tuple>()->length(); ++k) {
        if (names(declared.as<Tuple>()->at(k))) return true;
      }
    } else if (is_kind(declared, Kind::list)) {
      Value v;
      for (std::int64_t k = 0; !(v = list_get(declared.as<List>(), k)).is_empty(); ++k) {
        if (names(v)) return true;
      }
    } else if (is_kind(declared, Kind::dict) && !dict_get_name(declared.as<Dict>(), name).is_empty()) {
      return true;
    }
  }
  return false;
}

}  // namespace turnstile
