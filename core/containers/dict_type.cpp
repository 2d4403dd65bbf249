// The class dict.
#include "core/containers/dict.h"
#include "core/containers/dict_merge.h"
#include "core/containers/iterators.h"
#include "core/containers/repr_scope.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

namespace {

Dict* dict_of(Value v) { return v.as<Dict>(); }

Value slot_new(Mutator& m, Type* cls, const CallArgs&) { return value_or_empty(allocate_dict(m, cls)); }

bool slot_init(Mutator& m, Value self, const CallArgs& args) {
  return dict_update_from_args(m, "dict", dict_of(self), args);
}

Value slot_repr(Mutator& m, Value self) {
  Dict* dict = dict_of(self);
  if (dict_length(dict) == 0) return text(m, "{}");
  if (ReprScope::in_progress(m, dict)) return text(m, "{...}");
  ReprScope scope(m, dict);
  const DictTable* table = dict->table.load(std::memory_order_acquire);
  std::string out = "{";
  std::uint32_t position = 0;
  Value key;
  Value value;
  while (dict_next(table, &position, &key, &value)) {
    if (out.size() > 1) out += ", ";
    if (!append_repr(m, &out, key)) return Value();
    out += ": ";
    if (!append_repr(m, &out, value)) return Value();
  }
  return text(m, out + "}");
}

Value slot_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if ((op != CompareOp::eq && op != CompareOp::ne) || !is_kind(left, Kind::dict) || !is_kind(right, Kind::dict)) {
    return Value::not_implemented();
  }
  const int equal = dict_equal(m, dict_of(left), dict_of(right));
  return equal < 0 ? Value() : Value::boolean((equal != 0) == (op == CompareOp::eq));
}

Value slot_binary(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  if (op != BinaryOp::bit_or || !is_kind(left, Kind::dict) || !is_kind(right, Kind::dict))
    return Value::not_implemented();
  Dict* result = dict_copy(m, dict_of(left));
  if (result == nullptr || !dict_update(m, result, right)) return Value();
  return Value::object(result);
}

Value slot_inplace(Mutator& m, BinaryOp op, Value left, Value right) {
  if (op != BinaryOp::bit_or) return Value::not_implemented();
  return dict_update(m, dict_of(left), right) ? left : Value();
}

std::int64_t slot_length(Mutator&, Value self) { return dict_length(dict_of(self)); }
int slot_truth(Mutator&, Value self) { return dict_length(dict_of(self)) != 0; }

Value slot_get_item(Mutator& m, Value self, Value key) {
  Value v = dict_get(m, dict_of(self), key);
  if (!v.is_empty()) [[likely]]
    return v;
  if (m.has_exception()) return Value();
  if (!is_exactly(self, Kind::dict)) {
    Value missing = lookup_special(m, self, m.runtime->names.__missing__);
    if (!missing.is_empty()) return call(m, missing, {key});
    if (m.has_exception()) return Value();
  }
  return raise_key_error(m, key);
}

bool slot_set_item(Mutator& m, Value self, Value key, Value value) {
  if (!value.is_empty()) return dict_set(m, dict_of(self), key, value);
  const int removed = dict_delete(m, dict_of(self), key);
  if (removed == 0) raise_key_error(m, key);
  return removed == 1;
}

int slot_contains(Mutator& m, Value self, Value key) {
  if (!dict_get(m, dict_of(self), key).is_empty()) return 1;
  return m.has_exception() ? -1 : 0;
}

Value slot_iter(Mutator& m, Value self) {
  const std::int64_t size = dict_length(dict_of(self));
  return make_iterator(m, IteratorKind::dict_keys, self, Value(), 0, size, size);
}

// --- methods ------------------------------------------------------------------------------------------------------

Value dict_get_method(Mutator& m, const CallArgs& args) {
  Value v = dict_get(m, dict_of(args[0]), args[1]);
  if (!v.is_empty() || m.has_exception()) return v;
  return args.positional > 2 ? args[2] : Value::none();
}

Value dict_setdefault_method(Mutator& m, const CallArgs& args) {
  return dict_set_default(m, dict_of(args[0]), args[1], args.positional > 2 ? args[2] : Value::none());
}

Value dict_pop_method(Mutator& m, const CallArgs& args) {
  std::int64_t hash;
  if (dict_length(dict_of(args[0])) != 0) {
    if (!hash_key(m, args[1], &hash)) return Value();
    Value v = dict_pop(m, dict_of(args[0]), args[1], hash);
    if (!v.is_empty() || m.has_exception()) return v;
  }
  return args.positional > 2 ? args[2] : raise_key_error(m, args[1]);
}

Value dict_popitem_method(Mutator& m, const CallArgs& args) {
  Value key;
  Value value;
  if (dict_pop_last(m, dict_of(args[0]), &key, &value)) return make_pair(m, key, value);
  Value message = text(m, "popitem(): dictionary is empty");
  return message.is_empty() ? Value() : raise_key_error(m, message);
}

Value dict_update_method(Mutator& m, const CallArgs& args) {
  return dict_update_from_args(m, "update", dict_of(args[0]), args.rest()) ? Value::none() : Value();
}

Value dict_copy_method(Mutator& m, const CallArgs& args) { return value_or_empty(dict_copy(m, dict_of(args[0]))); }

Value dict_clear_method(Mutator& m, const CallArgs& args) {
  return dict_clear(m, dict_of(args[0])) ? Value::none() : Value();
}

Value dict_keys_method(Mutator& m, const CallArgs& args) {
  return make_dict_view(m, dict_of(args[0]), DictViewKind::keys);
}
Value dict_values_method(Mutator& m, const CallArgs& args) {
  return make_dict_view(m, dict_of(args[0]), DictViewKind::values);
}
Value dict_items_method(Mutator& m, const CallArgs& args) {
  return make_dict_view(m, dict_of(args[0]), DictViewKind::items);
}

Value dict_reversed_method(Mutator& m, const CallArgs& args) {
  Dict* dict = dict_of(args[0]);
  const std::int64_t size = dict_length(dict);
  const auto used = dict->table.load(std::memory_order_acquire)->entries_used.load(std::memory_order_acquire);
  return make_iterator(m, IteratorKind::dict_keys_reversed, args[0], Value(), used, size, size);
}

Value dict_fromkeys_method(Mutator& m, const CallArgs& args) {
  Value value = args.positional > 2 ? args[2] : Value::none();
  Value result = call(m, args[0], {});
  if (result.is_empty()) return Value();
  const bool exact = is_exactly(result, Kind::dict);
  const bool filled = for_each(m, args[1], [&](Value key) {
    return exact ? dict_set(m, dict_of(result), key, value) : set_item(m, result, key, value);
  });
  return filled ? result : Value();
}

constexpr NativeDef kMethods[] = {
    {"get", dict_get_method, 2, 3},
    {"setdefault", dict_setdefault_method, 2, 3},
    {"pop", dict_pop_method, 2, 3},
    {"popitem", dict_popitem_method, 1, 1},
    {"update", dict_update_method, 1, -1, true},
    {"copy", dict_copy_method, 1, 1},
    {"clear", dict_clear_method, 1, 1},
    {"keys", dict_keys_method, 1, 1},
    {"values", dict_values_method, 1, 1},
    {"items", dict_items_method, 1, 1},
    {"__reversed__", dict_reversed_method, 1, 1},
};
constexpr NativeDef kClassMethods[] = {{"fromkeys", dict_fromkeys_method, 2, 3}};

constexpr TypeSlots kSlots = {.repr = slot_repr,
                              .compare = slot_compare,
                              .binary = slot_binary,
                              .inplace = slot_inplace,
                              .truth = slot_truth,
                              .length = slot_length,
                              .get_item = slot_get_item,
                              .set_item = slot_set_item,
                              .contains = slot_contains,
                              .iter = slot_iter,
                              .new_object = slot_new,
                              .init = slot_init};

}  // namespace

void define_dict(Mutator& m) {
  m.runtime->types.dict = define_type(m, {.name = "dict",
                                          .slots = &kSlots,
                                          .methods = kMethods,
                                          .instance_kind = Kind::dict,
                                          .flags = kBaseType,
                                          .class_methods = kClassMethods});
}

}  // namespace turnstile
