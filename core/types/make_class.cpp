// What a class statement (or a call of type with three arguments) makes.
#include <algorithm>
#include <set>

#include "core/allocate_object.h"
#include "core/call.h"
#include "core/containers/dict.h"
#include "core/exceptions.h"
#include "core/frame.h"
#include "core/types/class_flags.h"
#include "core/types/classes.h"
#include "core/write_barrier.h"

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
    note_owner(m, a[0].as_object());
  } else if (AtomicValue* slot = attribute_dict_slot(a[0].as_object())) {
    slot->store(a[1]);
    note_owner(m, a[0].as_object());
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
  bool limited = false;
  if (!take_slots(m, cls, dict, has_dict, &limited)) return false;
  if (limited) cls->type_flags.fetch_or(kLimitedSlots, std::memory_order_relaxed);
  cls->dict = dict;
  if (!has_dict && !limited && dict_get_name(dict, names.__dict__).is_empty()) {
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
  if (is_kind(cell, Kind::cell)) {
    cell.as<Cell>()->value.store(Value::object(cls));
    note_store(m, cell.as<Cell>());
  }
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

constexpr std::uint32_t kMaxPredicted = 24;

// Room for the attributes that the class's methods assign to their first parameter: the first instances, too, have all
// their slots inline then.
void predict_slots(Type* cls, const Type* base, const Dict* dict) {
  std::set<const Str*> names;
  const auto* table = dict->table.load(std::memory_order_relaxed);
  for (std::uint32_t e = 0; e < table->entries_used.load(std::memory_order_relaxed); ++e) {
    const Value v = table->entries[e].value.load();
    if (!is_kind(v, Kind::function) || v.as<Function>()->code->data->positional == 0) continue;
    const Code* code = v.as<Function>()->code;
    for (const Insn& i : code->data->insns) {
      if (i.op == Op::store_attr_ && i.a == 0) names.insert(code->consts->at(static_cast<std::size_t>(i.d)).as<Str>());
    }
  }
  const std::uint32_t inherited = is_heap_type(base) ? base->predicted_slots.load(std::memory_order_relaxed) : 0;
  const auto wanted = std::clamp<std::uint32_t>(static_cast<std::uint32_t>(names.size()) + inherited, 1, kMaxPredicted);
  if (names.empty() && inherited == 0) return;  // the default
  cls->predicted_slots.store(wanted, std::memory_order_relaxed);
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
  predict_slots(cls, base, dict);
  type_modified(m, cls);
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    if (!add_subclass(m, bases->at(i).as<Type>(), cls)) return Value();
  }
  if (!announce_names(m, cls) || !announce_subclass(m, cls, keywords)) return Value();
  return Value::object(cls);
}

namespace {

constexpr std::uint32_t kMaxKeywords = 16;

// What makes the class of a class statement, and the statement's keywords without `metaclass`.
struct Maker {
  Value metaclass;  // empty: an exception is pending
  CallArgs keywords;
  Value values[3 + kMaxKeywords];  // three for what the metaclass is called with, then the keywords

  /// metaclass(first, second[, third], **keywords)
  CallArgs with(Value first, Value second, Value third = Value()) {
    const std::uint32_t count = third.is_empty() ? 2 : 3;
    const Value fixed[] = {first, second, third};
    std::copy(fixed, fixed + count, values + 3 - count);
    return CallArgs{values + 3 - count, count, keywords.keyword_names};
  }
};

void find_maker(Mutator& m, Tuple* bases, const CallArgs& keywords, Maker* maker) {
  // As type() of the first base makes classes: what is no class may have been given as a base.
  Value wanted = Value::object(bases->length() == 0 ? m.runtime->types.type : type_of(m, bases->at(0)));
  const std::uint32_t count = keywords.keywords();
  if (count > kMaxKeywords) {
    raise_type_error(m, "too many class keywords");
    return;
  }
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (keywords.keyword_names->at(i) == Value::object(m.runtime->names.metaclass)) {
      wanted = keywords.keyword_value(i);
    } else {
      maker->values[3 + kept++] = keywords.keyword_value(i);
    }
  }
  Tuple* names = keywords.keyword_names;
  if (kept < count) {
    names = kept == 0 ? nullptr : allocate_tuple(m, kept);
    if (kept != 0 && names == nullptr) return;
    for (std::uint32_t i = 0, at = 0; i < count; ++i) {
      const Value name = keywords.keyword_names->at(i);
      if (name != Value::object(m.runtime->names.metaclass)) names->items[at++].store_relaxed(name);
    }
  }
  maker->keywords = CallArgs{maker->values + 3, 0, names};
  if (is_kind(wanted, Kind::type)) {
    Type* chosen = choose_metaclass(m, wanted.as<Type>(), bases);
    if (chosen == nullptr) return;
    wanted = Value::object(chosen);
  }
  maker->metaclass = wanted;
}

Value run_maker(Mutator& m, Maker* maker, Str* name, Tuple* bases, Dict* names) {
  Type* plain = m.runtime->types.type;
  if (maker->metaclass == Value::object(plain)) return new_class(m, plain, name, bases, names, maker->keywords);
  return call(m, maker->metaclass, maker->with(Value::object(name), Value::object(bases), Value::object(names)));
}

// The namespace in which the body runs: what the metaclass's __prepare__ gives.
Dict* prepare_namespace(Mutator& m, Maker* maker, Str* name, Tuple* bases) {
  if (maker->metaclass == Value::object(m.runtime->types.type)) return make_dict(m);
  Value prepare = get_attr_or_empty(m, maker->metaclass, m.runtime->names.__prepare__);
  if (m.has_exception()) return nullptr;
  if (prepare.is_empty()) return make_dict(m);
  Value made = call(m, prepare, maker->with(Value::object(name), Value::object(bases)));
  if (made.is_empty()) return nullptr;
  if (is_kind(made, Kind::dict)) return made.as<Dict>();
  const std::string who =
      is_kind(maker->metaclass, Kind::type) ? type_name(maker->metaclass.as<Type>()) : std::string("<metaclass>");
  raise_type_error(m, who + ".__prepare__() must return a mapping, not " + class_name_of(m, made));
  return nullptr;
}

// Replaces bases that are no classes by what their __mro_entries__ give. Null with an exception.
Tuple* resolve_bases(Mutator& m, Tuple* bases) {
  List* resolved = nullptr;
  for (std::uint32_t i = 0; i < bases->length(); ++i) {
    Value base = bases->at(i);
    Value entries = is_kind(base, Kind::type) ? Value() : get_attr_or_empty(m, base, m.runtime->names.__mro_entries__);
    if (m.has_exception()) return nullptr;
    if (entries.is_empty()) {
      if (resolved != nullptr && !list_append(m, resolved, base)) return nullptr;
      continue;
    }
    if (resolved == nullptr) {
      Value before[32];
      if (bases->length() > 32) return raise_type_error(m, "too many bases"), nullptr;
      for (std::uint32_t k = 0; k < i; ++k) before[k] = bases->at(k);
      resolved = make_list(m, before, i);
      if (resolved == nullptr) return nullptr;
    }
    Value found = call(m, entries, {Value::object(bases)});
    if (found.is_empty()) return nullptr;
    if (!is_kind(found, Kind::tuple)) {
      raise_type_error(m, "__mro_entries__ must return a tuple");
      return nullptr;
    }
    if (!list_extend(m, resolved, found)) return nullptr;
  }
  return resolved == nullptr ? bases : tuple_from(m, Value::object(resolved));
}

}  // namespace

Value make_class(Mutator& m, Str* name, Tuple* bases, Dict* namespace_dict, const CallArgs& keywords) {
  Maker maker;
  find_maker(m, bases, keywords, &maker);
  if (maker.metaclass.is_empty()) return Value();
  return run_maker(m, &maker, name, bases, namespace_dict);
}

Value class_statement(Mutator& m, Function* body, Str* name, Tuple* original_bases, const CallArgs& keywords) {
  Tuple* bases = resolve_bases(m, original_bases);
  if (bases == nullptr) return Value();
  Maker maker;
  find_maker(m, bases, keywords, &maker);
  Dict* names = maker.metaclass.is_empty() ? nullptr : prepare_namespace(m, &maker, name, bases);
  if (names == nullptr) return Value();
  Frame* frame = push_frame(m, body->code, body);
  if (frame == nullptr) return Value();
  frame->names = names;
  if (!bind_arguments(m, body, CallArgs{}, frame->slots)) {
    pop_frame(m, frame);
    return Value();
  }
  Value cell = run_frame(m, frame);
  if (cell.is_empty()) return cell;
  if (bases != original_bases && !dict_set_name(m, names, intern(m, "__orig_bases__"), Value::object(original_bases))) {
    return Value();
  }
  // The methods' __class__ must be there when hooks of the new class call them.
  if (is_kind(cell, Kind::cell) && !dict_set_name(m, names, intern(m, "__classcell__"), cell)) return Value();
  Value cls = run_maker(m, &maker, name, bases, names);
  if (is_kind(cell, Kind::cell) && is_kind(cls, Kind::type) && cell.as<Cell>()->value.load().is_empty()) {
    cell.as<Cell>()->value.store(cls);
    note_store(m, cell.as<Cell>());
  }
  return cls;
}

}  // namespace turnstile
