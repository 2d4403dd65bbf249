// The classes set and frozenset.
#include <iterator>

#include "core/containers/iterators.h"
#include "core/containers/repr_scope.h"
#include "core/containers/set.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

namespace {

Set* set_of(Value v) { return v.as<Set>(); }

Value set_new(Mutator& m, Type* cls, const CallArgs&) { return value_or_empty(allocate_set(m, cls)); }

bool set_init(Mutator& m, Value self, const CallArgs& args) {
  if (!check_positional(m, "set", args, 0, 1)) return false;
  if (set_length(set_of(self)) != 0 && !set_clear(m, set_of(self))) return false;
  return args.positional == 0 || set_update(m, set_of(self), args[0]);
}

Value frozenset_new(Mutator& m, Type* cls, const CallArgs& args) {
  const bool exact = cls == m.runtime->types.frozenset;
  if (!check_positional(m, "frozenset", args, 0, 1, !exact && has_own_init(m, cls))) return Value();
  if (args.positional == 1 && exact && is_exactly(args[0], Kind::frozenset)) return args[0];
  return value_or_empty(set_from(m, args.positional == 1 ? args[0] : Value(), cls));
}

Value slot_repr(Mutator& m, Value self) {
  Set* set = set_of(self);
  const std::string name = type_name(m, self);
  if (set_length(set) == 0) return text(m, name + "()");
  if (ReprScope::in_progress(m, set)) return text(m, name + "(...)");
  ReprScope scope(m, set);
  const SetTable* table = set->table.load(std::memory_order_acquire);
  std::string out = "{";
  std::uint32_t position = 0;
  Value key;
  std::int64_t hash;
  while (set_next(table, &position, &key, &hash)) {
    if (out.size() > 1) out += ", ";
    if (!append_repr(m, &out, key)) return Value();
  }
  out += "}";
  return text(m, is_exactly(self, Kind::set) ? out : name + "(" + out + ")");
}

// CPython's hash of a frozenset: independent of the order of the elements.
bool frozenset_hash(Mutator&, Value self, std::int64_t* out) {
  Set* set = set_of(self);
  if (const std::uint64_t cached = set->cached_hash.load(std::memory_order_relaxed); cached != 0) {
    *out = static_cast<std::int64_t>(cached);
    return true;
  }
  const auto shuffle = [](std::uint64_t h) { return ((h ^ 89869747u) ^ (h << 16)) * 3644798167u; };
  std::uint64_t h = 0;
  const SetTable* table = set->table.load(std::memory_order_acquire);
  std::uint32_t position = 0;
  Value key;
  std::int64_t item;
  while (set_next(table, &position, &key, &item)) h ^= shuffle(static_cast<std::uint64_t>(item));
  h ^= (static_cast<std::uint64_t>(set_length(set)) + 1) * 1927868237u;
  h ^= (h >> 11) ^ (h >> 25);
  h = h * 69069u + 907133923u;
  if (h == ~std::uint64_t{0}) h = 590923713u;
  set->cached_hash.store(h, std::memory_order_relaxed);
  *out = static_cast<std::int64_t>(h);
  return true;
}

Value slot_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_any_set(left) || !is_any_set(right)) return Value::not_implemented();
  Set* a = set_of(left);
  Set* b = set_of(right);
  int result = 0;
  switch (op) {
    case CompareOp::eq:
    case CompareOp::ne:
      result = set_equal(m, a, b);
      if (result >= 0 && op == CompareOp::ne) result = result == 0;
      break;
    case CompareOp::le:
      result = set_is_subset(m, a, b);
      break;
    case CompareOp::lt:
      result = set_length(a) >= set_length(b) ? 0 : set_is_subset(m, a, b);
      break;
    case CompareOp::ge:
      result = set_is_subset(m, b, a);
      break;
    case CompareOp::gt:
      result = set_length(b) >= set_length(a) ? 0 : set_is_subset(m, b, a);
      break;
  }
  return result < 0 ? Value() : Value::boolean(result != 0);
}

Set* union_of(Mutator& m, Set* set, Value other, Type* cls) {
  Set* result = set_copy(m, set, cls);
  return result != nullptr && set_update(m, result, other) ? result : nullptr;
}

Set* symmetric_difference_of(Mutator& m, Set* set, Value other, Type* cls) {
  Set* result = set_from(m, other, cls);
  return result != nullptr && set_symmetric_difference_update(m, result, Value::object(set)) ? result : nullptr;
}

Value slot_binary(Mutator& m, BinaryOp op, Value left, Value right, bool) {
  if (!is_any_set(left) || !is_any_set(right)) return Value::not_implemented();
  Set* a = set_of(left);
  Type* cls = plain_set_type(m, a);
  switch (op) {
    case BinaryOp::bit_or:
      return value_or_empty(union_of(m, a, right, cls));
    case BinaryOp::bit_and:
      return value_or_empty(set_intersection(m, a, right, cls));
    case BinaryOp::sub:
      return value_or_empty(set_difference(m, a, right, cls));
    case BinaryOp::bit_xor:
      return value_or_empty(symmetric_difference_of(m, a, right, cls));
    default:
      return Value::not_implemented();
  }
}

Value set_inplace(Mutator& m, BinaryOp op, Value left, Value right) {
  if (!is_any_set(right)) return Value::not_implemented();
  Set* a = set_of(left);
  bool done = false;
  switch (op) {
    case BinaryOp::bit_or:
      done = set_update(m, a, right);
      break;
    case BinaryOp::bit_and: {
      Set* both = set_intersection(m, a, right, m.runtime->types.set);
      done = both != nullptr;
      if (done) set_adopt(m, a, both);
      break;
    }
    case BinaryOp::sub:
      done = set_difference_update(m, a, right);
      break;
    case BinaryOp::bit_xor:
      done = set_symmetric_difference_update(m, a, right);
      break;
    default:
      return Value::not_implemented();
  }
  return done ? left : Value();
}

std::int64_t slot_length(Mutator&, Value self) { return set_length(set_of(self)); }
int slot_truth(Mutator&, Value self) { return set_length(set_of(self)) != 0; }

// hash of what is looked up; a set (unhashable) is looked up as the frozenset of its elements.
bool hash_for_search(Mutator& m, Value* key, std::int64_t* hash) {
  if (hash_key(m, *key, hash)) return true;
  if (!is_kind(*key, Kind::set) || !swallow(m, m.runtime->exceptions.TypeError)) return false;
  Set* frozen = set_copy(m, set_of(*key), m.runtime->types.frozenset);
  if (frozen == nullptr) return false;
  *key = Value::object(frozen);
  return frozenset_hash(m, *key, hash);
}

int slot_contains(Mutator& m, Value self, Value item) {
  std::int64_t hash;
  return hash_for_search(m, &item, &hash) ? set_contains_hashed(m, set_of(self), item, hash) : -1;
}

Value slot_iter(Mutator& m, Value self) {
  return make_iterator(m, IteratorKind::set, self, Value(), 0, set_length(set_of(self)));
}

// --- methods ------------------------------------------------------------------------------------------------------

Value add_method(Mutator& m, const CallArgs& args) {
  return set_add(m, set_of(args[0]), args[1]) ? Value::none() : Value();
}

int discard(Mutator& m, Value self, Value item) {
  std::int64_t hash;
  return hash_for_search(m, &item, &hash) ? set_discard_hashed(m, set_of(self), item, hash) : -1;
}

Value discard_method(Mutator& m, const CallArgs& args) {
  return discard(m, args[0], args[1]) < 0 ? Value() : Value::none();
}

Value remove_method(Mutator& m, const CallArgs& args) {
  const int removed = discard(m, args[0], args[1]);
  if (removed == 0) return raise_key_error(m, args[1]);
  return removed < 0 ? Value() : Value::none();
}

Value pop_method(Mutator& m, const CallArgs& args) {
  Value v = set_pop(m, set_of(args[0]));
  if (!v.is_empty()) return v;
  Value message = text(m, "pop from an empty set");
  return message.is_empty() ? Value() : raise_key_error(m, message);
}

Value clear_method(Mutator& m, const CallArgs& args) { return set_clear(m, set_of(args[0])) ? Value::none() : Value(); }

Value copy_method(Mutator& m, const CallArgs& args) {
  if (is_exactly(args[0], Kind::frozenset)) return args[0];
  return value_or_empty(set_copy(m, set_of(args[0]), plain_set_type(m, set_of(args[0]))));
}

template <bool (*Update)(Mutator&, Set*, Value)>
Value update_with_each(Mutator& m, const CallArgs& args) {
  for (std::uint32_t i = 1; i < args.positional; ++i) {
    if (!Update(m, set_of(args[0]), args[i])) return Value();
  }
  return Value::none();
}

Value union_method(Mutator& m, const CallArgs& args) {
  Set* result = set_copy(m, set_of(args[0]), plain_set_type(m, set_of(args[0])));
  for (std::uint32_t i = 1; result != nullptr && i < args.positional; ++i) {
    if (args[i] != args[0] && !set_update(m, result, args[i])) return Value();
  }
  return value_or_empty(result);
}

Set* intersection_of_all(Mutator& m, const CallArgs& args) {
  Set* result = set_of(args[0]);
  Type* cls = plain_set_type(m, result);
  if (args.positional == 1) return set_copy(m, result, cls);
  for (std::uint32_t i = 1; result != nullptr && i < args.positional; ++i) {
    result = set_intersection(m, result, args[i], cls);
  }
  return result;
}

Value intersection_method(Mutator& m, const CallArgs& args) { return value_or_empty(intersection_of_all(m, args)); }

Value intersection_update_method(Mutator& m, const CallArgs& args) {
  Set* both = intersection_of_all(m, args);
  if (both == nullptr) return Value();
  set_adopt(m, set_of(args[0]), both);
  return Value::none();
}

Value difference_method(Mutator& m, const CallArgs& args) {
  Set* set = set_of(args[0]);
  Type* cls = plain_set_type(m, set);
  if (args.positional == 1) return value_or_empty(set_copy(m, set, cls));
  Set* result = set_difference(m, set, args[1], cls);
  for (std::uint32_t i = 2; result != nullptr && i < args.positional; ++i) {
    if (!set_difference_update(m, result, args[i])) return Value();
  }
  return value_or_empty(result);
}

Value symmetric_difference_method(Mutator& m, const CallArgs& args) {
  return value_or_empty(symmetric_difference_of(m, set_of(args[0]), args[1], plain_set_type(m, set_of(args[0]))));
}

Value symmetric_difference_update_method(Mutator& m, const CallArgs& args) {
  return set_symmetric_difference_update(m, set_of(args[0]), args[1]) ? Value::none() : Value();
}

Value outcome(int result) { return result < 0 ? Value() : Value::boolean(result != 0); }

Set* as_set(Mutator& m, Value v) { return is_any_set(v) ? set_of(v) : set_from(m, v, m.runtime->types.set); }

Value issubset_method(Mutator& m, const CallArgs& args) {
  Set* other = as_set(m, args[1]);
  return other == nullptr ? Value() : outcome(set_is_subset(m, set_of(args[0]), other));
}

Value issuperset_method(Mutator& m, const CallArgs& args) {
  Set* other = as_set(m, args[1]);
  return other == nullptr ? Value() : outcome(set_is_subset(m, other, set_of(args[0])));
}

Value isdisjoint_method(Mutator& m, const CallArgs& args) {
  return outcome(set_is_disjoint(m, set_of(args[0]), args[1]));
}

#define TURNSTILE_SHARED_SET_METHODS                                                                         \
  {"copy", copy_method, 1, 1}, {"union", union_method, 1, -1}, {"intersection", intersection_method, 1, -1}, \
      {"difference", difference_method, 1, -1}, {"symmetric_difference", symmetric_difference_method, 2, 2}, \
      {"issubset", issubset_method, 2, 2}, {"issuperset", issuperset_method, 2, 2},                          \
      {"isdisjoint", isdisjoint_method, 2, 2}

constexpr NativeDef kFrozensetMethods[] = {TURNSTILE_SHARED_SET_METHODS};
constexpr NativeDef kSetMethods[] = {TURNSTILE_SHARED_SET_METHODS,
                                     {"add", add_method, 2, 2},
                                     {"discard", discard_method, 2, 2},
                                     {"remove", remove_method, 2, 2},
                                     {"pop", pop_method, 1, 1},
                                     {"clear", clear_method, 1, 1},
                                     {"update", update_with_each<set_update>, 1, -1},
                                     {"difference_update", update_with_each<set_difference_update>, 1, -1},
                                     {"intersection_update", intersection_update_method, 1, -1},
                                     {"symmetric_difference_update", symmetric_difference_update_method, 2, 2}};
#undef TURNSTILE_SHARED_SET_METHODS

constexpr TypeSlots kFrozensetSlots = {.repr = slot_repr,
                                       .hash = frozenset_hash,
                                       .compare = slot_compare,
                                       .binary = slot_binary,
                                       .truth = slot_truth,
                                       .length = slot_length,
                                       .contains = slot_contains,
                                       .iter = slot_iter,
                                       .new_object = frozenset_new};

constexpr TypeSlots set_slots() {
  TypeSlots slots = kFrozensetSlots;
  slots.hash = nullptr;
  slots.inplace = set_inplace;
  slots.new_object = set_new;
  slots.init = set_init;
  return slots;
}
constexpr TypeSlots kSetSlots = set_slots();

}  // namespace

void define_sets(Mutator& m) {
  m.runtime->types.set = define_type(
      m, {.name = "set", .slots = &kSetSlots, .methods = kSetMethods, .instance_kind = Kind::set, .flags = kBaseType});
  m.runtime->types.frozenset = define_type(m, {.name = "frozenset",
                                               .slots = &kFrozensetSlots,
                                               .methods = kFrozensetMethods,
                                               .instance_kind = Kind::frozenset,
                                               .flags = kBaseType});
}

}  // namespace turnstile
