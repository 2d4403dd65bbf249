// dict_keys, dict_values, dict_items: live views of a dict, the first and the last with set operations.
#include "core/containers/dict.h"
#include "core/containers/iterators.h"
#include "core/containers/repr_scope.h"
#include "core/containers/sequences.h"
#include "core/containers/set.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

Value make_dict_view(Mutator& m, Dict* dict, DictViewKind kind) {
  const BuiltinTypes& types = m.runtime->types;
  Type* cls = kind == DictViewKind::keys     ? types.dict_keys
              : kind == DictViewKind::values ? types.dict_values
                                             : types.dict_items;
  auto* view = new_object<DictView>(m, cls, Kind::dict_view);
  if (view == nullptr) return Value();
  view->sub = static_cast<std::uint8_t>(kind);
  view->dict = dict;
  return Value::object(view);
}

List* dict_contents(Mutator& m, Value source) {
  DictViewKind kind = DictViewKind::keys;
  Dict* dict;
  if (is_kind(source, Kind::dict_view)) {
    kind = static_cast<DictViewKind>(source.as_object()->sub);
    dict = source.as<DictView>()->dict;
  } else {
    dict = source.as<Dict>();
  }
  const DictTable* table = dict_snapshot(m, dict);
  if (table == nullptr) return nullptr;
  const std::uint32_t count = table->entries_used.load(std::memory_order_relaxed);
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr || count == 0) return list;
  ValueBuffer* buffer = allocate_buffer(m, count);
  if (buffer == nullptr) return nullptr;
  for (std::uint32_t i = 0; i < count; ++i) {
    const DictEntry& e = table->entries[i];
    Value item = kind == DictViewKind::keys ? e.key.load_relaxed() : e.value.load_relaxed();
    if (kind == DictViewKind::items && (item = make_pair(m, e.key.load_relaxed(), item)).is_empty()) return nullptr;
    buffer->items[i].store_relaxed(item);
    note_store(m, &buffer->items[i]);
  }
  list->buffer.store(buffer, std::memory_order_relaxed);
  list->size.store(count, std::memory_order_relaxed);
  return list;
}

namespace {

Dict* dict_of(Value view) { return view.as<DictView>()->dict; }
DictViewKind kind_of(Value view) { return static_cast<DictViewKind>(view.as_object()->sub); }

bool is_set_view(Value v) { return is_kind(v, Kind::dict_view) && kind_of(v) != DictViewKind::values; }

Value slot_repr(Mutator& m, Value self) {
  const std::string name = type_name(m, self);
  if (ReprScope::in_progress(m, self.as_object())) return text(m, "...");
  ReprScope scope(m, self.as_object());
  List* items = dict_contents(m, self);
  if (items == nullptr) return Value();
  std::string out = name + "(";
  if (!append_repr(m, &out, Value::object(items))) return Value();
  return text(m, out + ")");
}

std::int64_t slot_length(Mutator&, Value self) { return dict_length(dict_of(self)); }

int keys_contains(Mutator& m, Value self, Value item) {
  if (!dict_get(m, dict_of(self), item).is_empty()) return 1;
  return m.has_exception() ? -1 : 0;
}

int items_contains(Mutator& m, Value self, Value item) {
  if (!is_kind(item, Kind::tuple) || item.as<Tuple>()->length() != 2) return 0;
  const Value found = dict_get(m, dict_of(self), item.as<Tuple>()->at(0));
  if (found.is_empty()) return m.has_exception() ? -1 : 0;
  return items_equal(m, found, item.as<Tuple>()->at(1));
}

int view_contains(Mutator& m, Value self, Value item) {
  return kind_of(self) == DictViewKind::keys ? keys_contains(m, self, item) : items_contains(m, self, item);
}

IteratorKind forward_kind(DictViewKind kind) {
  return kind == DictViewKind::keys     ? IteratorKind::dict_keys
         : kind == DictViewKind::values ? IteratorKind::dict_values
                                        : IteratorKind::dict_items;
}

IteratorKind backward_kind(DictViewKind kind) {
  return kind == DictViewKind::keys     ? IteratorKind::dict_keys_reversed
         : kind == DictViewKind::values ? IteratorKind::dict_values_reversed
                                        : IteratorKind::dict_items_reversed;
}

Value slot_iter(Mutator& m, Value self) {
  const std::int64_t size = dict_length(dict_of(self));
  return make_iterator(m, forward_kind(kind_of(self)), Value::object(dict_of(self)), Value(), 0, size, size);
}

Value reversed_method(Mutator& m, const CallArgs& args) {
  Dict* dict = dict_of(args[0]);
  const std::int64_t size = dict_length(dict);
  const auto used = dict->table.load(std::memory_order_acquire)->entries_used.load(std::memory_order_acquire);
  return make_iterator(m, backward_kind(kind_of(args[0])), Value::object(dict), Value(), used, size, size);
}

// Whether every item of `a` is in `b`: 1, 0, -1.
int all_contained(Mutator& m, Value a, Value b) {
  int result = 1;
  const bool done = for_each(m, a, [&](Value item) {
    const int found = contains(m, b, item);
    if (found == 0) result = 0;
    return found == 1;
  });
  return done || result == 0 ? result : -1;
}

Value slot_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_set_view(right) && !is_any_set(right)) return Value::not_implemented();
  const std::int64_t a = dict_length(dict_of(left));
  const std::int64_t b = length(m, right);
  if (b < 0) return Value();
  int result = 0;
  switch (op) {
    case CompareOp::eq:
    case CompareOp::ne:
      result = a == b ? all_contained(m, left, right) : 0;
      if (result >= 0 && op == CompareOp::ne) result = result == 0;
      break;
    case CompareOp::lt:
      result = a < b ? all_contained(m, left, right) : 0;
      break;
    case CompareOp::le:
      result = a <= b ? all_contained(m, left, right) : 0;
      break;
    case CompareOp::gt:
      result = a > b ? all_contained(m, right, left) : 0;
      break;
    case CompareOp::ge:
      result = a >= b ? all_contained(m, right, left) : 0;
      break;
  }
  return result < 0 ? Value() : Value::boolean(result != 0);
}

// self & other, walking what CPython walks: it decides the order of the result.
Value intersect(Mutator& m, Value self, Value other) {
  Type* set_type = m.runtime->types.set;
  const std::int64_t own = dict_length(dict_of(self));
  if (is_exactly(other, Kind::set) && own <= set_length(other.as<Set>())) {
    return value_or_empty(set_intersection(m, other.as<Set>(), self, set_type));
  }
  if (is_set_view(other) && dict_length(dict_of(other)) > own) std::swap(self, other);
  Set* result = allocate_set(m, set_type);
  if (result == nullptr) return Value();
  const bool done = for_each(m, other, [&](Value item) {
    const int found = view_contains(m, self, item);
    return found == 0 || (found > 0 && set_add(m, result, item));
  });
  return done ? Value::object(result) : Value();
}

Value slot_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  if (op == BinaryOp::bit_and) return reflected ? intersect(m, right, left) : intersect(m, left, right);
  if (op != BinaryOp::bit_or && op != BinaryOp::sub && op != BinaryOp::bit_xor) return Value::not_implemented();
  Set* result = set_from(m, left, m.runtime->types.set);
  if (result == nullptr) return Value();
  bool done = false;
  if (op == BinaryOp::bit_or) done = set_update(m, result, right);
  if (op == BinaryOp::sub) done = set_difference_update(m, result, right);
  if (op == BinaryOp::bit_xor) done = set_symmetric_difference_update(m, result, right);
  return done ? Value::object(result) : Value();
}

Value isdisjoint_method(Mutator& m, const CallArgs& args) {
  Value self = args[0];
  Value other = args[1];
  if ((is_any_set(other) || is_set_view(other)) && length(m, other) > dict_length(dict_of(self)))
    std::swap(self, other);
  int result = 1;
  const bool done = for_each(m, other, [&](Value item) {
    const int found = contains(m, self, item);
    if (found == 1) result = 0;
    return found == 0;
  });
  return done || result == 0 ? Value::boolean(result != 0) : Value();
}

Value mapping_getter(Mutator&, const CallArgs& args) { return Value::object(dict_of(args[0])); }

constexpr NativeDef kSetMethods[] = {{"isdisjoint", isdisjoint_method, 2, 2}, {"__reversed__", reversed_method, 1, 1}};
constexpr NativeDef kValuesMethods[] = {{"__reversed__", reversed_method, 1, 1}};
constexpr NativeDef kGetters[] = {{"mapping", mapping_getter, 1, 1}};

constexpr TypeSlots kKeysSlots = {.repr = slot_repr,
                                  .compare = slot_compare,
                                  .binary = slot_binary,
                                  .length = slot_length,
                                  .contains = keys_contains,
                                  .iter = slot_iter};
constexpr TypeSlots kItemsSlots = {.repr = slot_repr,
                                   .compare = slot_compare,
                                   .binary = slot_binary,
                                   .length = slot_length,
                                   .contains = items_contains,
                                   .iter = slot_iter};

constexpr TypeSlots kValuesSlots = {.repr = slot_repr, .length = slot_length, .iter = slot_iter};

}  // namespace

void define_dict_views(Mutator& m) {
  BuiltinTypes& types = m.runtime->types;
  types.dict_keys = define_type(m, {.name = "dict_keys",
                                    .slots = &kKeysSlots,
                                    .methods = kSetMethods,
                                    .instance_kind = Kind::dict_view,
                                    .getters = kGetters});
  types.dict_items = define_type(m, {.name = "dict_items",
                                     .slots = &kItemsSlots,
                                     .methods = kSetMethods,
                                     .instance_kind = Kind::dict_view,
                                     .getters = kGetters});
  types.dict_values = define_type(m, {.name = "dict_values",
                                      .slots = &kValuesSlots,
                                      .methods = kValuesMethods,
                                      .instance_kind = Kind::dict_view,
                                      .getters = kGetters});
}

}  // namespace turnstile
