// Iterators over ranges, sequences, dicts and sets, and iter(callable, sentinel). Counters are relaxed: threads that
// share an iterator may see an item twice or miss one, but never something that was not there.
#include "core/containers/dict.h"
#include "core/containers/iterators.h"
#include "core/containers/list.h"
#include "core/containers/set.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

namespace {

Iterator* it_of(Value v) { return v.as<Iterator>(); }
std::int64_t counter(const Iterator* it, int i) { return it->counters[i].load(std::memory_order_relaxed); }
void set_counter(Iterator* it, int i, std::int64_t n) { it->counters[i].store(n, std::memory_order_relaxed); }

// Exhausted for good: lets go of the container.
Value finish(Iterator* it) {
  it->a.store(Value());
  return Value();
}

Value next_range(Mutator&, Value self) {
  Iterator* it = it_of(self);
  const std::int64_t remaining = counter(it, 2);
  if (remaining <= 0) return Value();
  const std::int64_t value = counter(it, 0);
  set_counter(it, 0, value + counter(it, 1));
  set_counter(it, 2, remaining - 1);
  return Value::small_int(value);
}

Value next_big_range(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value value = it->a.load();
  const Value remaining = it->c.load();
  if (value.is_empty() || int_compare(remaining, Value::small_int(0)) <= 0) return Value();
  const Value next = int_binary(m, BinaryOp::add, value, it->b.load());
  if (next.is_empty()) return Value();
  const Value rest = int_binary(m, BinaryOp::sub, remaining, Value::small_int(1));
  if (rest.is_empty()) return Value();
  it->a.store(next);
  it->c.store(rest);
  return value;
}

Value next_list(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value list = it->a.load();
  if (list.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  const Value v = list_get_checked(m, list.as<List>(), i);
  if (v.is_empty()) return finish(it);
  set_counter(it, 0, i + 1);
  return v;
}

Value next_list_reversed(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value list = it->a.load();
  if (list.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  const Value v = i < 0 ? Value() : list_get_checked(m, list.as<List>(), i);
  if (v.is_empty()) return finish(it);
  set_counter(it, 0, i - 1);
  return v;
}

Value next_tuple(Mutator&, Value self) {
  Iterator* it = it_of(self);
  const Value tuple = it->a.load();
  if (tuple.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  if (i >= tuple.as<Tuple>()->length()) return finish(it);
  set_counter(it, 0, i + 1);
  return tuple.as<Tuple>()->at(static_cast<std::size_t>(i));
}

Value next_str(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value s = it->a.load();
  if (s.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  if (i >= s.as<Str>()->length()) return finish(it);
  set_counter(it, 0, i + 1);
  const char32_t c = s.as<Str>()->at(static_cast<std::size_t>(i));
  return value_or_empty(make_str_from_code_points(m, &c, 1));
}

Value next_bytes(Mutator&, Value self) {
  Iterator* it = it_of(self);
  const Value b = it->a.load();
  if (b.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  if (i >= b.as<Bytes>()->length()) return finish(it);
  set_counter(it, 0, i + 1);
  return Value::small_int(b.as<Bytes>()->data[i]);
}

// The entry that a dict iterator shows next, in the dict's present table. Null: exhausted, or raised.
const DictEntry* next_entry(Mutator& m, Iterator* it, bool backwards, Value* value) {
  const Value self = it->a.load();
  if (self.is_empty()) return nullptr;
  const Dict* dict = self.as<Dict>();
  if (dict_length(dict) != counter(it, 1)) {
    set_counter(it, 1, -1);  // and so for good
    raise(m, m.runtime->exceptions.RuntimeError, "dictionary changed size during iteration");
    return nullptr;
  }
  const DictTable* table = dict->table.load(std::memory_order_acquire);
  const std::int64_t used = table->entries_used.load(std::memory_order_acquire);
  std::int64_t i = counter(it, 0);
  if (backwards) {
    if (i > used) i = used;
    while (i > 0 && (*value = table->entries[i - 1].value.load()).is_empty()) --i;
    if (i <= 0) {
      finish(it);
      return nullptr;
    }
    set_counter(it, 0, i - 1);
    return &table->entries[i - 1];
  }
  while (i < used && (*value = table->entries[i].value.load()).is_empty()) ++i;
  if (i >= used) {
    finish(it);
    return nullptr;
  }
  const std::int64_t left = counter(it, 2);
  if (left <= 0) {
    finish(it);
    raise(m, m.runtime->exceptions.RuntimeError, "dictionary keys changed during iteration");
    return nullptr;
  }
  set_counter(it, 0, i + 1);
  set_counter(it, 2, left - 1);
  return &table->entries[i];
}

template <DictViewKind kind, bool backwards>
Value next_dict(Mutator& m, Value self) {
  Value value;
  const DictEntry* entry = next_entry(m, it_of(self), backwards, &value);
  if (entry == nullptr) return Value();
  if constexpr (kind == DictViewKind::values) return value;
  const Value key = entry->key.load_relaxed();
  if constexpr (kind == DictViewKind::keys) return key;
  return make_pair(m, key, value);
}

Value next_set(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value set = it->a.load();
  if (set.is_empty()) return Value();
  if (set_length(set.as<Set>()) != counter(it, 1)) {
    set_counter(it, 1, -1);
    return raise(m, m.runtime->exceptions.RuntimeError, "Set changed size during iteration");
  }
  const SetTable* table = set.as<Set>()->table.load(std::memory_order_acquire);
  auto position = static_cast<std::uint32_t>(counter(it, 0));
  Value key;
  std::int64_t hash;
  if (!set_next(table, &position, &key, &hash)) return finish(it);
  set_counter(it, 0, position);
  return key;
}

Value next_sequence(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value sequence = it->a.load();
  if (sequence.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  const Value v = get_item(m, sequence, Value::small_int(i));
  if (!v.is_empty()) {
    set_counter(it, 0, i + 1);
    return v;
  }
  if (!swallow(m, m.runtime->exceptions.IndexError)) swallow(m, m.runtime->exceptions.StopIteration);
  return m.has_exception() ? Value() : finish(it);
}

Value next_sequence_reversed(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value sequence = it->a.load();
  if (sequence.is_empty()) return Value();
  const std::int64_t i = counter(it, 0);
  if (i < 0) return finish(it);
  const Value v = get_item(m, sequence, Value::small_int(i));
  if (!v.is_empty()) {
    set_counter(it, 0, i - 1);
    return v;
  }
  if (!swallow(m, m.runtime->exceptions.IndexError)) swallow(m, m.runtime->exceptions.StopIteration);
  return m.has_exception() ? Value() : finish(it);
}

Value next_callable(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value callable = it->a.load();
  if (callable.is_empty()) return Value();
  const Value v = call(m, callable, {});
  if (v.is_empty()) {
    if (swallow(m, m.runtime->exceptions.StopIteration)) finish(it);
    return Value();
  }
  if (it->a.load().is_empty()) return Value();  // the callable itself ran the iterator to its end
  const int equal = values_equal(m, it->b.load(), v);
  if (equal < 0) return Value();
  return equal != 0 ? finish(it) : v;
}

Value iter_self(Mutator&, Value self) { return self; }

constexpr TypeSlots slots_with(Value (*next)(Mutator&, Value)) { return {.iter = iter_self, .next = next}; }

// operator.length_hint and list() of others look at it; exact for what cannot change.
Value length_hint(Mutator& m, const CallArgs& args) {
  Iterator* it = it_of(args[0]);
  const Value a = it->a.load();
  switch (static_cast<IteratorKind>(it->sub)) {
    case IteratorKind::range:
      return make_int(m, std::max<std::int64_t>(0, counter(it, 2)));
    case IteratorKind::big_range:
      return it->c.load();
    case IteratorKind::list_reversed:
    case IteratorKind::sequence_reversed:
      return make_int(m, a.is_empty() ? 0 : counter(it, 0) + 1);
    case IteratorKind::list:
    case IteratorKind::tuple:
    case IteratorKind::str:
    case IteratorKind::bytes: {
      if (a.is_empty()) return Value::small_int(0);
      const std::int64_t n = length(m, a);
      return n < 0 ? Value() : make_int(m, std::max<std::int64_t>(0, n - counter(it, 0)));
    }
    case IteratorKind::dict_keys:
    case IteratorKind::dict_values:
    case IteratorKind::dict_items:
      return make_int(m, a.is_empty() ? 0 : counter(it, 2));
    case IteratorKind::dict_keys_reversed:
    case IteratorKind::dict_values_reversed:
    case IteratorKind::dict_items_reversed: {
      if (a.is_empty() || dict_length(a.as<Dict>()) != counter(it, 1)) return Value::small_int(0);
      const DictTable* table = a.as<Dict>()->table.load(std::memory_order_acquire);
      const std::int64_t used = table->entries_used.load(std::memory_order_acquire);
      std::int64_t left = 0;
      for (std::int64_t i = std::min(used, counter(it, 0)); i > 0; --i) {
        left += table->entries[i - 1].value.load().is_empty() ? 0 : 1;
      }
      return make_int(m, left);
    }
    case IteratorKind::set: {
      if (a.is_empty() || set_length(a.as<Set>()) != counter(it, 1)) return Value::small_int(0);
      const SetTable* table = a.as<Set>()->table.load(std::memory_order_acquire);
      auto position = static_cast<std::uint32_t>(counter(it, 0));
      Value key;
      std::int64_t hash;
      std::int64_t left = 0;
      while (set_next(table, &position, &key, &hash)) ++left;
      return make_int(m, left);
    }
    default:
      return Value::not_implemented();
  }
}
constexpr NativeDef kMethods[] = {{"__length_hint__", length_hint, 1, 1}};

struct IteratorClass {
  IteratorKind kind;
  const char* name;
  TypeSlots slots;
};

constexpr IteratorClass kClasses[] = {
    {IteratorKind::range, "range_iterator", slots_with(next_range)},
    {IteratorKind::big_range, "longrange_iterator", slots_with(next_big_range)},
    {IteratorKind::list, "list_iterator", slots_with(next_list)},
    {IteratorKind::list_reversed, "list_reverseiterator", slots_with(next_list_reversed)},
    {IteratorKind::tuple, "tuple_iterator", slots_with(next_tuple)},
    {IteratorKind::str, "str_iterator", slots_with(next_str)},
    {IteratorKind::bytes, "bytes_iterator", slots_with(next_bytes)},
    {IteratorKind::dict_keys, "dict_keyiterator", slots_with(next_dict<DictViewKind::keys, false>)},
    {IteratorKind::dict_values, "dict_valueiterator", slots_with(next_dict<DictViewKind::values, false>)},
    {IteratorKind::dict_items, "dict_itemiterator", slots_with(next_dict<DictViewKind::items, false>)},
    {IteratorKind::dict_keys_reversed, "dict_reversekeyiterator", slots_with(next_dict<DictViewKind::keys, true>)},
    {IteratorKind::dict_values_reversed, "dict_reversevalueiterator",
     slots_with(next_dict<DictViewKind::values, true>)},
    {IteratorKind::dict_items_reversed, "dict_reverseitemiterator", slots_with(next_dict<DictViewKind::items, true>)},
    {IteratorKind::set, "set_iterator", slots_with(next_set)},
    {IteratorKind::sequence, "iterator", slots_with(next_sequence)},
    {IteratorKind::callable, "callable_iterator", slots_with(next_callable)},
};

}  // namespace

Value make_iterator(Mutator& m, IteratorKind kind, Value a, Value b, std::int64_t c0, std::int64_t c1,
                    std::int64_t c2) {
  auto* it = new_object<Iterator>(m, m.runtime->types.iterators[static_cast<int>(kind)], Kind::iterator);
  if (it == nullptr) return Value();
  it->sub = static_cast<std::uint8_t>(kind);
  it->a.store_relaxed(a);
  it->b.store_relaxed(b);
  set_counter(it, 0, c0);
  set_counter(it, 1, c1);
  set_counter(it, 2, c2);
  return Value::object(it);
}

namespace {

// BuiltinTypes::iterators has room behind the kinds: the class of str iterators over ASCII text.
constexpr int kAsciiStrIterator = static_cast<int>(IteratorKind::count);

bool is_ascii(const Str* s) {
  if (s->width() != 1) return false;
  unsigned char all = 0;
  for (std::uint32_t i = 0; i < s->length(); ++i) all |= s->data[i];
  return all < 0x80;
}

}  // namespace

Value make_str_iterator(Mutator& m, Value str) {
  const Value it = make_iterator(m, IteratorKind::str, str);
  if (!it.is_empty() && is_ascii(str.as<Str>())) {
    it.as_object()->set_shape(m.runtime->types.iterators[kAsciiStrIterator]->root_shape);
  }
  return it;
}

Value make_range_iterator(Mutator& m, Value start, Value step, Value length) {
  std::int64_t count;
  if (start.is_int() && step.is_int() && length.is_int()) {
    count = length.as_int();
    std::int64_t span;
    if (count == 0 || (!__builtin_mul_overflow(step.as_int(), count, &span) &&
                       !__builtin_add_overflow(span, start.as_int(), &span) && Value::fits_int(span))) {
      return make_iterator(m, IteratorKind::range, Value(), Value(), start.as_int(), step.as_int(), count);
    }
  }
  const Value it = make_iterator(m, IteratorKind::big_range, start, step);
  if (!it.is_empty()) it.as<Iterator>()->c.store(length);
  return it;
}

void define_sequence_iterators(Mutator& m) {
  BuiltinTypes& types = m.runtime->types;
  static_assert(static_cast<std::size_t>(IteratorKind::count) < std::size(BuiltinTypes{}.iterators));
  for (const IteratorClass& c : kClasses) {
    types.iterators[static_cast<int>(c.kind)] =
        define_type(m, {.name = c.name, .slots = &c.slots, .methods = kMethods, .instance_kind = Kind::iterator});
  }
  static constexpr TypeSlots kStrSlots = slots_with(next_str);
  types.iterators[kAsciiStrIterator] = define_type(
      m, {.name = "str_ascii_iterator", .slots = &kStrSlots, .methods = kMethods, .instance_kind = Kind::iterator});
  types.iterator = types.iterators[static_cast<int>(IteratorKind::sequence)];
}

Value next_reversed_item(Mutator& m, Value self) { return next_sequence_reversed(m, self); }

}  // namespace turnstile
