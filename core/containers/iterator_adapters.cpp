// enumerate, zip, map, filter, reversed.
#include "core/containers/dict.h"
#include "core/containers/iterators.h"
#include "core/containers/sequences.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"
#include "core/poll.h"

namespace turnstile {

namespace {

Iterator* it_of(Value v) { return v.as<Iterator>(); }

// An Iterator of the class that the call named, which may be a subclass of the builtin one.
Value make_adapter(Mutator& m, Type* cls, IteratorKind kind, Value a, Value b, std::int64_t c0 = 0) {
  auto* it = new_object<Iterator>(m, cls->root_shape, Kind::iterator);
  if (it == nullptr) return Value();
  it->sub = static_cast<std::uint8_t>(kind);
  it->a.store_relaxed(a);
  it->b.store_relaxed(b);
  it->counters[0].store(c0, std::memory_order_relaxed);
  return Value::object(it);
}

// iter_next, with the most common iterator in line.
Value advance(Mutator& m, Value it) {
  if (is_kind(it, Kind::iterator) && static_cast<IteratorKind>(it.as_object()->sub) == IteratorKind::list) {
    const Value v = list_iterator_next_fast(it.as<Iterator>());
    if (!v.is_empty()) return v;
  }
  return iter_next(m, it);
}

// --- enumerate ----------------------------------------------------------------------------------------------------

Value enumerate_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (!check_keywords(m, "enumerate", args, {"iterable", "start"})) return Value();
  if (args.positional > 2) {
    return raise_type_error(m, "enumerate() takes at most 2 arguments (" + std::to_string(args.total()) + " given)");
  }
  Value iterable = args.positional > 0 ? args[0] : find_keyword(args, "iterable");
  if (iterable.is_empty()) return raise_type_error(m, "enumerate() missing required argument 'iterable'");
  Value start = args.positional > 1 ? args[1] : find_keyword(args, "start");
  if (start.is_empty()) {
    start = Value::small_int(0);
  } else if (start.is_bool()) {
    start = Value::small_int(start.is_true());
  } else if (!is_any_int(start)) {
    Value index = lookup_special(m, start, m.runtime->names.__index__);
    if (index.is_empty()) {
      if (m.has_exception()) return Value();
      return raise_type_error(m, "'" + type_name(m, start) + "' object cannot be interpreted as an integer");
    }
    if ((start = call(m, index, {})).is_empty()) return Value();
  }
  const Value it = get_iter(m, iterable);
  return it.is_empty() ? Value() : make_adapter(m, cls, IteratorKind::enumerate, it, start);
}

Value enumerate_next(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value item = advance(m, it->a.load());
  if (item.is_empty()) return Value();
  const Value n = it->b.load();
  const Value next = n.is_int() && n.as_int() < Value::kIntMax ? Value::small_int(n.as_int() + 1)
                                                               : int_binary(m, BinaryOp::add, n, Value::small_int(1));
  if (next.is_empty()) return Value();
  it->b.store(next);
  return make_pair(m, n, item);
}

// --- zip, map: iterators over several iterables -------------------------------------------------------------------

Tuple* iterators_over(Mutator& m, const CallArgs& args, std::uint32_t first, const char* function) {
  Tuple* its = allocate_tuple(m, args.positional - first);
  if (its == nullptr) return nullptr;
  for (std::uint32_t i = first; i < args.positional; ++i) {
    const Value it = get_iter(m, args[i]);
    if (it.is_empty()) {
      if (function != nullptr && !is_iterable(m, args[i]) && swallow(m, m.runtime->exceptions.TypeError)) {
        raise_type_error(m, "'" + type_name(m, args[i]) + "' object is not iterable");
      }
      return nullptr;
    }
    its->items[i - first].store_relaxed(it);
  }
  return its;
}

Value zip_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (!check_keywords(m, "zip", args, {"strict"})) return Value();
  int strict = 0;
  const Value option = find_keyword(args, "strict");
  if (!option.is_empty() && (strict = truth(m, option)) < 0) return Value();
  Tuple* its = iterators_over(m, args, 0, "zip");
  return its == nullptr ? Value() : make_adapter(m, cls, IteratorKind::zip, Value::object(its), Value(), strict);
}

Value zip_mismatch(Mutator& m, std::uint32_t which, bool longer) {
  std::string message = "zip() argument " + std::to_string(which + 1) + " is " + (longer ? "longer" : "shorter") +
                        " than argument" + (which == 1 ? " 1" : "s 1-" + std::to_string(which));
  return raise_value_error(m, message);
}

Value zip_next(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Tuple* its = it->a.load().as<Tuple>();
  const std::uint32_t n = its->length();
  if (n == 0) return Value();
  Tuple* items = allocate_tuple(m, n);
  if (items == nullptr) return Value();
  for (std::uint32_t i = 0; i < n; ++i) {
    const Value item = advance(m, its->at(i));
    if (!item.is_empty()) {
      items->items[i].store_relaxed(item);
      continue;
    }
    if (m.has_exception() || it->counters[0].load(std::memory_order_relaxed) == 0) return Value();
    if (i != 0) return zip_mismatch(m, i, false);
    for (std::uint32_t k = 1; k < n; ++k) {
      if (!advance(m, its->at(k)).is_empty()) return zip_mismatch(m, k, true);
      if (m.has_exception()) return Value();
    }
    return Value();
  }
  return Value::object(items);
}

Value map_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (args.keywords() != 0 && cls == m.runtime->types.map)
    return raise_type_error(m, "map() takes no keyword arguments");
  if (args.positional < 2) return raise_type_error(m, "map() must have at least two arguments.");
  Tuple* its = iterators_over(m, args, 1, "map");
  return its == nullptr ? Value() : make_adapter(m, cls, IteratorKind::map, args[0], Value::object(its));
}

Value map_next(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Tuple* its = it->b.load().as<Tuple>();
  const std::uint32_t n = its->length();
  if (n == 1) {
    const Value item = advance(m, its->at(0));
    return item.is_empty() ? Value() : call(m, it->a.load(), {item});
  }
  Tuple* items = allocate_tuple(m, n);  // holds the arguments: iterators may run long and collect
  if (items == nullptr) return Value();
  for (std::uint32_t i = 0; i < n; ++i) {
    const Value item = advance(m, its->at(i));
    if (item.is_empty()) return Value();
    items->items[i].store_relaxed(item);
  }
  return call(m, it->a.load(), CallArgs{reinterpret_cast<const Value*>(items->items), n, nullptr});
}

// --- filter -------------------------------------------------------------------------------------------------------

Value filter_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (!check_positional(m, "filter", args, 2, 2, cls != m.runtime->types.filter)) return Value();
  const Value it = get_iter(m, args[1]);
  return it.is_empty() ? Value() : make_adapter(m, cls, IteratorKind::filter, args[0], it);
}

Value filter_next(Mutator& m, Value self) {
  Iterator* it = it_of(self);
  const Value function = it->a.load();
  const Value source = it->b.load();
  const bool by_truth = function.is_none() || function == Value::object(m.runtime->types.bool_);
  for (;;) {
    const Value item = advance(m, source);
    if (item.is_empty() || !poll(m)) return Value();
    const Value verdict = by_truth ? item : call(m, function, {item});
    if (verdict.is_empty()) return Value();
    const int yes = truth(m, verdict);
    if (yes != 0) return yes < 0 ? Value() : item;
  }
}

// --- reversed -----------------------------------------------------------------------------------------------------

Value reversed_new(Mutator& m, Type* cls, const CallArgs& args) {
  if (!check_positional(m, "reversed", args, 1, 1, cls != m.runtime->types.reversed)) return Value();
  const Value sequence = args[0];
  Type* type = type_of(m, sequence);
  const Value method = lookup_special(m, sequence, m.runtime->names.__reversed__);
  if (m.has_exception()) return Value();
  if (!method.is_empty() && !method.is_none()) return call(m, method, {});
  const bool indexable =
      (type->slots != nullptr && type->slots->get_item != nullptr && !is_kind(sequence, Kind::dict)) ||
      !lookup_type(m, type, m.runtime->names.__getitem__).is_empty();
  if (method.is_none() || !indexable) {
    return raise_type_error(m, "'" + to_utf8(type->name) + "' object is not reversible");
  }
  const std::int64_t n = length(m, sequence);
  if (n < 0) return Value();
  return make_adapter(m, cls, IteratorKind::sequence_reversed, sequence, Value(), n - 1);
}

Value iter_self(Mutator&, Value self) { return self; }

constexpr TypeSlots adapter(Value (*next)(Mutator&, Value), Value (*make)(Mutator&, Type*, const CallArgs&)) {
  return {.iter = iter_self, .next = next, .new_object = make};
}

constexpr TypeSlots kEnumerateSlots = adapter(enumerate_next, enumerate_new);
constexpr TypeSlots kZipSlots = adapter(zip_next, zip_new);
constexpr TypeSlots kMapSlots = adapter(map_next, map_new);
constexpr TypeSlots kFilterSlots = adapter(filter_next, filter_new);

Value reversed_next(Mutator& m, Value self) { return next_reversed_item(m, self); }
constexpr TypeSlots kReversedSlots = adapter(reversed_next, reversed_new);

Type* define_adapter(Mutator& m, const char* name, const TypeSlots* slots, IteratorKind kind) {
  Type* cls = define_type(
      m, {.name = name, .slots = slots, .methods = {}, .instance_kind = Kind::iterator, .flags = kBaseType});
  m.runtime->types.iterators[static_cast<int>(kind)] = cls;
  return cls;
}

}  // namespace

void define_iterator_adapters(Mutator& m) {
  BuiltinTypes& types = m.runtime->types;
  types.enumerate = define_adapter(m, "enumerate", &kEnumerateSlots, IteratorKind::enumerate);
  types.zip = define_adapter(m, "zip", &kZipSlots, IteratorKind::zip);
  types.map = define_adapter(m, "map", &kMapSlots, IteratorKind::map);
  types.filter = define_adapter(m, "filter", &kFilterSlots, IteratorKind::filter);
  types.reversed = define_adapter(m, "reversed", &kReversedSlots, IteratorKind::sequence_reversed);
}

}  // namespace turnstile
