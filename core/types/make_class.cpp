// What a class statement (or a call of type with three arguments) makes.
#include "core/allocate_object.h"
#include "core/containers/dict.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

Value get_dict(Mutator& m, const CallArgs& a) { return get_attribute_dict(m, a[0]); }

Value set_dict(Mutator& m, const CallArgs& a) {
  if (a[1].is_empty()) return raise_type_error(m, "cannot delete __dict__");
  if (!is_kind(a[1], Kind::dict)) {
    return raise_type_error(m, "__dict__ must be set to a dictionary, not a '" + class_name_of(m, a[1]) + "'");
  }
  Value current = get_attribute_dict(m, a[0]);
  if (current.is_empty()) return Value();
  if (is_kind(a[0], Kind::instance)) {
    a[0].as<Instance>()->overflow.store(a[1].as<Dict>(), std::memory_order_release);  // in dict mode by now
  } else if (AtomicValue* slot = attribute_dict_slot(a[0].as_object())) {
    slot->store(a[1]);
  }
  return Value::none();
}

Value get_weakref(Mutator&, const CallArgs&) { return Value::none(); }

const NativeDef kGetDict{"__dict__", get_dict, 1, 1};
const NativeDef kSetDict{"__dict__", set_dict, 2, 2};
const NativeDef kGetWeakref{"__weakref__", get_weakref, 1, 1};

// `__set_name__` of the attributes in order of definition; a copy, since the hooks may change the class.
bool announce_names(Mutator& m, Type* cls) {
  Dict* copy = dict_copy(m, cls->dict);
  if (copy == nullptr) return false;
  const DictTable* table = copy->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  Value key, value;
  while (dict_next(table, &position, &key, &value)) {
    if (!value.is_object() || is_kind(value, Kind::function)) continue;
    if (is_kind(value, Kind::property)) {
      auto* p = static_cast<Property*>(value.as_object());
      if (p->name.load().is_empty()) p->name.store(key);
    }
    Value hook = lookup_type(m, type_of(m, value), m.runtime->names.__set_name__);
    if (hook.is_empty()) continue;
    if (!call_found(m, hook, {value, Value::object(cls), key}).is_empty()) continue;
    Value cause = take_exception(m);
    Value name = repr(m, key);
    if (name.is_empty()) return false;
    Value error = make_exception(m, m.runtime->exceptions.RuntimeError,
                                 "Error calling __set_name__ on '" + class_name_of(m, value) + "' instance " +
                                     to_utf8(name.as<Str>()) + " in '" + type_name(cls) + "'");
    if (!error.is_empty()) raise_value(m, error, cause);
    return false;
  }
  return true;
}

// super(cls, cls).__init_subclass__(**keywords)
bool announce_subclass(Mutator& m, Type* cls, const CallArgs& keywords) {
  const Tuple* mro = cls->mro;
  for (std::uint32_t i = 1; i < mro->length(); ++i) {
    Value hook = dict_get_name(mro->at(i).as<Type>()->dict, m.runtime->names.__init_subclass__);
    if (hook.is_empty()) continue;
    Value bound = bind_found(m, hook, Value(), cls);
    if (bound.is_empty()) return false;
    return !call(m, bound, CallArgs{keywords.values + keywords.positional, 0, keywords.keyword_names}).is_empty();
  }
  return true;
}

// Implicit class and static methods, and what every class's dict holds.
bool complete_dict(Mutator& m, Type* cls, Dict* dict) {
  const WellKnownNames& names = m.runtime->names;
  for (Str* implicit : {names.__init_subclass__, names.__class_getitem__}) {
    Value f = dict_get_name(dict, implicit);
    if (is_kind(f, Kind::function) && !dict_set_name(m, dict, implicit, make_class_method(m, f))) return false;
  }
  Value constructor = dict_get_name(dict, names.__new__);
  if (is_kind(constructor, Kind::function) &&
      !dict_set_name(m, dict, names.__new__, make_static_method(m, constructor))) {
    return false;
  }
  if (dict_get_name(dict, names.__module__).is_empty() && m.frame != nullptr) {
    Value module = dict_get_name(m.frame->globals, names.__name__);
    if (!module.is_empty() && !dict_set_name(m, dict, names.__module__, module)) return false;
  }
  Value qualname = dict_get_name(dict, names.__qualname__);
  if (!qualname.is_empty()) {
    if (!is_kind(qualname, Kind::str)) {
      raise_type_error(m, "type __qualname__ must be a str, not " + class_name_of(m, qualname));
      return false;
    }
    cls->qualname = qualname.as<Str>();
    if (dict_delete(m, dict, Value::object(names.__qualname__)) < 0) return false;
  }
  bool has_dict = false;
  for (std::uint32_t i = 1; i < cls->mro->length(); ++i) {
    auto* base = cls->mro->at(i).as<Type>();
    has_dict = has_dict || !dict_get_name(base->dict, names.__dict__).is_empty();
  }
  cls->dict = dict;
  if (!has_dict && dict_get_name(dict, names.__dict__).is_empty()) {
    add_getset(m, cls, kGetDict, &kSetDict);
    add_getset(m, cls, kGetWeakref);
    if (m.has_exception()) return false;  // no memory
  }
  if (dict_get_name(dict, names.__doc__).is_empty() && !dict_set_name(m, dict, names.__doc__, Value::none()))
    return false;
  // A class that says what equality means but not what hash goes with it is unhashable.
  if (!dict_get_name(dict, names.__eq__).is_empty() && dict_get_name(dict, names.__hash__).is_empty()) {
    return dict_set_name(m, dict, names.__hash__, Value::none());
  }
  return true;
}

// The cell from which the class's methods take __class__ comes with the namespace of a class statement.
bool fill_class_cell(Mutator& m, Type* cls, Dict* dict) {
  Str* name = intern(m, "__classcell__");
  if (name == nullptr) return false;
  Value cell = dict_get_name(dict, name);
  if (cell.is_empty()) return true;
  if (is_kind(cell, Kind::cell)) cell.as<Cell>()->value.store(Value::object(cls));
  return dict_delete(m, dict, Value::object(name)) >= 0;
}

bool check_bases(Mutator& m, Tuple* bases) {
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    if (!is_kind(bases->at(i), Kind::type)) {
      raise_type_error(m, "bases must be types");
      return false;
    }
  }
  return true;
}

}  // namespace

Type* choose_metaclass(Mutator& m, Type* wanted, Tuple* bases) {
  Type* winner = wanted;
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    Type* meta = type_of(m, bases->at(i));
    if (is_subtype(winner, meta)) continue;
    if (is_subtype(meta, winner)) {
      winner = meta;
      continue;
    }
    raise_type_error(m,
                     "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                     "metaclasses of all its bases");
    return nullptr;
  }
  return winner;
}

Value new_class(Mutator& m, Type* metaclass, Str* name, Tuple* bases, Dict* namespace_dict, const CallArgs& keywords) {
  if (!check_bases(m, bases)) return Value();
  if (bases->length() == 0) {
    Value object = make_tuple(m, {Value::object(m.runtime->types.object)});
    if (object.is_empty()) return object;
    bases = object.as<Tuple>();
  }
  Type* base = best_base(m, bases);
  Type* cls = base == nullptr ? nullptr : allocate_type(m, metaclass);
  if (cls == nullptr) return Value();
  if (is_heap_type(metaclass)) cls->flags.store(kHasDict, std::memory_order_relaxed);
  Str* interned = intern(m, name);
  if (interned == nullptr) return Value();
  cls->name = cls->qualname = interned;
  cls->bases = bases;
  if (base->has_type_flag(kValueType) && !is_heap_type(base)) {
    take_boxed_slots(cls, base);
  } else {
    cls->slots = base->slots;
  }
  cls->instance_kind = base->instance_kind;
  cls->type_flags.store(kHeapType | kBaseType | (base->has_type_flag(kIsException) ? kIsException : 0u),
                        std::memory_order_relaxed);
  cls->predicted_slots.store(base->predicted_slots.load(std::memory_order_relaxed), std::memory_order_relaxed);
  cls->mro = linearize(m, cls, bases);
  Dict* dict = cls->mro == nullptr ? nullptr : dict_copy(m, namespace_dict);
  if (dict == nullptr || !fill_class_cell(m, cls, dict) || !complete_dict(m, cls, dict)) return Value();
  type_modified(m, cls);
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    if (!add_subclass(m, bases->at(i).as<Type>(), cls)) return Value();
  }
  if (!announce_names(m, cls) || !announce_subclass(m, cls, keywords)) return Value();
  return Value::object(cls);
}

// The class statement: keywords may name a metaclass, which must be type or a subclass of it.
Value make_class(Mutator& m, Str* name, Tuple* bases, Dict* namespace_dict, const CallArgs& keywords) {
  Type* wanted = m.runtime->types.type;
  CallArgs rest{keywords.values + keywords.positional, 0, keywords.keyword_names};
  Value without[16];
  if (keywords.keyword_names != nullptr) {
    const Tuple* names = keywords.keyword_names;
    for (std::uint32_t i = 0; i < names->length(); ++i) {
      if (names->at(i) != Value::object(m.runtime->names.metaclass)) continue;
      Value meta = keywords.keyword_value(i);
      if (!is_kind(meta, Kind::type) || !is_subtype(meta.as<Type>(), m.runtime->types.type)) {
        return raise_not_implemented(m, "a metaclass that is no subclass of type is not supported");
      }
      if (names->length() > 16) return raise_type_error(m, "too many class keywords");
      wanted = meta.as<Type>();
      Tuple* left = allocate_tuple(m, names->length() - 1);
      if (left == nullptr) return Value();
      std::uint32_t at = 0;
      for (std::uint32_t k = 0; k < names->length(); ++k) {
        if (k == i) continue;
        left->items[at].store_relaxed(names->at(k));
        without[at++] = keywords.keyword_value(k);
      }
      rest = CallArgs{without, 0, at == 0 ? nullptr : left};
      break;
    }
  }
  if (!check_bases(m, bases)) return Value();
  wanted = choose_metaclass(m, wanted, bases);
  if (wanted == nullptr) return Value();
  if (wanted == m.runtime->types.type) return new_class(m, wanted, name, bases, namespace_dict, rest);
  Value values[3 + 16] = {Value::object(name), Value::object(bases), Value::object(namespace_dict)};
  for (std::uint32_t i = 0; i < rest.keywords() && i < 16; ++i) values[3 + i] = rest.keyword_value(i);
  return call(m, Value::object(wanted), CallArgs{values, 3, rest.keyword_names});
}

}  // namespace turnstile
