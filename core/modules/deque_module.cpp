// _collections: deque, a ring of items in a buffer.
//
// Every operation holds the deque's object lock while it looks at the ring; comparisons and reprs, which run code of
// the program, work on copies. `version` changes with each change of the items, so that iterators notice.
#include <algorithm>
#include <string>
#include <utility>

#include "core/containers/repr_scope.h"
#include "core/exceptions.h"
#include "core/guard.h"
#include "core/long_operation.h"
#include "core/modules/native_support.h"
#include "core/modules/registry.h"
#include "core/native_args.h"
#include "core/ops.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

// refs[0]: the buffer, or empty.
struct Ring {
  std::int64_t first = 0;
  std::int64_t count = 0;
  std::int64_t limit = -1;  // maxlen; -1: none
  std::uint64_t version = 0;
};

struct Cursor {  // of an iterator; refs[0]: the deque
  std::int64_t left = 0;
  std::uint64_t version = 0;
  bool backwards = false;
};

Ring& ring_of(Value self) { return payload<Ring>(self); }

ValueBuffer* buffer_of(Value self) {
  Value v = self.as<NativeObject>()->refs[0].load();
  return v.is_empty() ? nullptr : v.as<ValueBuffer>();
}

// The slot of item i; under the lock, the item exists.
AtomicValue& slot(Value self, std::int64_t i) {
  ValueBuffer* b = buffer_of(self);
  return b->items[static_cast<std::uint64_t>(ring_of(self).first + i) % b->capacity()];
}

bool is_deque(Mutator& m, Value v) {
  Value cls = module_attribute(m, "_collections", "deque");
  return is_kind(cls, Kind::type) && is_instance_of(m, v, cls.as<Type>());
}

// Under the lock. Room for one more; a longer copy starts at slot 0. May collect.
bool make_room(Mutator& m, Value self) {
  Ring& r = ring_of(self);
  ValueBuffer* old = buffer_of(self);
  const std::int64_t capacity = old == nullptr ? 0 : old->capacity();
  if (r.count < capacity) return true;
  if (capacity >= 0x3fffffff) {
    raise_memory_error(m);
    return false;
  }
  ValueBuffer* wider = allocate_buffer(m, static_cast<std::uint32_t>(capacity == 0 ? 8 : capacity * 2));
  if (wider == nullptr) return false;
  for (std::int64_t i = 0; i < r.count; ++i) wider->items[i].store_relaxed(slot(self, i).load_relaxed());
  r.first = 0;
  self.as<NativeObject>()->refs[0].store(Value::object(wider));
  return true;
}

// Under the lock.
Value take(Value self, bool left) {
  Ring& r = ring_of(self);
  AtomicValue& at = slot(self, left ? 0 : r.count - 1);
  Value v = at.load_relaxed();
  at.store_relaxed(Value());
  if (left) r.first = (r.first + 1) % buffer_of(self)->capacity();
  --r.count;
  ++r.version;
  return v;
}

// Under the lock. May collect.
bool put(Mutator& m, Value self, Value v, bool left) {
  Ring& r = ring_of(self);
  if (r.limit == 0) return true;
  if (r.limit > 0 && r.count >= r.limit) take(self, !left);
  if (!make_room(m, self)) return false;
  if (left) {
    const std::int64_t capacity = buffer_of(self)->capacity();
    r.first = (r.first + capacity - 1) % capacity;
  }
  ++r.count;
  slot(self, left ? 0 : r.count - 1).store(v);
  ++r.version;
  return true;
}

template <bool kLeft>
Value deque_append(Mutator& m, const CallArgs& a) {
  ObjectGuard guard(m, a[0].as_object());
  return put(m, a[0], a[1], kLeft) ? Value::none() : Value();
}

template <bool kLeft>
Value deque_pop(Mutator& m, const CallArgs& a) {
  {
    ObjectGuard guard(m, a[0].as_object());
    if (ring_of(a[0]).count != 0) return take(a[0], kLeft);
  }
  return raise_index_error(m, "pop from an empty deque");
}

// A copy of the items.
List* items_of(Mutator& m, Value self) {
  List* list = make_list(m, nullptr, 0);
  if (list == nullptr) return nullptr;
  for (std::int64_t i = 0;; ++i) {
    if (!poll_now_and_then(m, static_cast<std::uint64_t>(i))) return nullptr;
    Value v;
    {
      ObjectGuard guard(m, self.as_object());
      if (i >= ring_of(self).count) return list;
      v = slot(self, i).load_relaxed();
    }
    if (!list_append(m, list, v)) return nullptr;
  }
}

bool extend(Mutator& m, Value self, Value iterable, bool left) {
  if (iterable == self) {
    List* copy = items_of(m, self);
    if (copy == nullptr) return false;
    iterable = Value::object(copy);
  }
  return for_each(m, iterable, [&](Value v) {
    ObjectGuard guard(m, self.as_object());
    return put(m, self, v, left);
  });
}

template <bool kLeft>
Value deque_extend(Mutator& m, const CallArgs& a) {
  return extend(m, a[0], a[1], kLeft) ? Value::none() : Value();
}

void clear(Mutator& m, Value self) {
  ObjectGuard guard(m, self.as_object());
  Ring& r = ring_of(self);
  self.as<NativeObject>()->refs[0].store(Value());
  r.first = r.count = 0;
  ++r.version;
}

Value deque_clear(Mutator& m, const CallArgs& a) {
  clear(m, a[0]);
  return Value::none();
}

Value deque_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native<Ring>(m, cls, cls->has_type_flag(kHeapType));
  return self == nullptr ? Value() : Value::object(self);
}

bool deque_init(Mutator& m, Value self, const CallArgs& args) {
  Value bound[2];
  if (!bind_native(m, args, "deque", {"iterable", "maxlen"}, bound)) return false;
  std::int64_t limit = -1;
  if (!bound[1].is_empty() && !bound[1].is_none()) {
    if (!is_any_int(unboxed(bound[1])) && !bound[1].is_bool()) {
      raise_type_error(m, "an integer is required");
      return false;
    }
    if (!to_index(m, bound[1], &limit)) return false;
    if (limit < 0) {
      raise_value_error(m, "maxlen must be non-negative");
      return false;
    }
  }
  clear(m, self);
  ring_of(self).limit = limit;
  return bound[0].is_empty() || extend(m, self, bound[0], false);
}

// A deque of the same class and maxlen with the items of `iterable`.
Value make_like(Mutator& m, Value self, Value iterable) {
  Type* cls = type_of(m, self);
  const std::int64_t limit = ring_of(self).limit;
  if (!cls->has_type_flag(kHeapType)) {
    Value made = deque_new(m, cls, CallArgs{});
    if (made.is_empty()) return made;
    ring_of(made).limit = limit;
    return extend(m, made, iterable, false) ? made : Value();
  }
  return limit < 0 ? call(m, Value::object(cls), {iterable})
                   : call(m, Value::object(cls), {iterable, Value::small_int(limit)});
}

Value deque_copy(Mutator& m, const CallArgs& a) {
  List* items = items_of(m, a[0]);
  return items == nullptr ? Value() : make_like(m, a[0], Value::object(items));
}

std::int64_t deque_length(Mutator&, Value self) { return ring_of(self).count; }

// Item i, or empty (nothing raised) when out of range.
Value item_at(Mutator& m, Value self, std::int64_t i) {
  ObjectGuard guard(m, self.as_object());
  return i < 0 || i >= ring_of(self).count ? Value() : slot(self, i).load_relaxed();
}

bool index_argument(Mutator& m, Value self, Value key, std::int64_t* out) {
  if (!is_any_int(unboxed(key)) && !key.is_bool() &&
      lookup_type(m, type_of(m, key), m.runtime->names.__index__).is_empty()) {
    raise_type_error(m, "sequence index must be integer, not '" + class_name_of(m, key) + "'");
    return false;
  }
  if (!to_index(m, key, out)) return false;
  if (*out < 0) *out += ring_of(self).count;
  return true;
}

Value deque_get_item(Mutator& m, Value self, Value key) {
  std::int64_t i;
  if (!index_argument(m, self, key, &i)) return Value();
  Value v = item_at(m, self, i);
  return v.is_empty() ? raise_index_error(m, "deque index out of range") : v;
}

// Under the lock.
void remove_at(Value self, std::int64_t i) {
  Ring& r = ring_of(self);
  for (; i + 1 < r.count; ++i) slot(self, i).store(slot(self, i + 1).load_relaxed());
  take(self, false);
}

bool deque_set_item(Mutator& m, Value self, Value key, Value value) {
  std::int64_t i;
  if (!index_argument(m, self, key, &i)) return false;
  {
    ObjectGuard guard(m, self.as_object());
    if (i >= 0 && i < ring_of(self).count) {
      if (value.is_empty()) {
        remove_at(self, i);
      } else {
        slot(self, i).store(value);
      }
      return true;
    }
  }
  raise_index_error(m, "deque index out of range");
  return false;
}

Value raise_mutated(Mutator& m, const char* how) {
  return raise(m, m.runtime->exceptions.RuntimeError, std::string("deque mutated during ") + how);
}

// The first place from `from` on (below `to`) where an item equals v: -1 none, -2 raised.
std::int64_t find(Mutator& m, Value self, Value v, std::int64_t from, std::int64_t to, bool any_change) {
  const std::uint64_t version = ring_of(self).version;
  for (std::int64_t i = from; i < to; ++i) {
    if (!poll_now_and_then(m, static_cast<std::uint64_t>(i))) return -2;
    Value item = item_at(m, self, i);
    if (item.is_empty()) return -1;
    const int same = values_equal(m, item, v);
    if (same < 0) return -2;
    if (any_change && ring_of(self).version != version) {
      raise_mutated(m, "iteration");
      return -2;
    }
    if (same > 0) return i;
  }
  return -1;
}

int deque_contains(Mutator& m, Value self, Value v) {
  const std::int64_t at = find(m, self, v, 0, ring_of(self).count, true);
  return at == -2 ? -1 : at >= 0;
}

Value deque_index(Mutator& m, const CallArgs& a) {
  std::int64_t from = 0, to = ring_of(a[0]).count;
  const std::int64_t count = to;
  if (a.positional > 2 && !to_index(m, a[2], &from)) return Value();
  if (a.positional > 3 && !to_index(m, a[3], &to)) return Value();
  if (from < 0) from = std::max<std::int64_t>(from + count, 0);
  if (to < 0) to = std::max<std::int64_t>(to + count, 0);
  const std::int64_t at = find(m, a[0], a[1], from, std::min(to, count), true);
  if (at >= 0) return Value::small_int(at);
  if (at == -2) return Value();
  Value shown = repr(m, a[1]);
  return shown.is_empty() ? shown : raise_value_error(m, to_utf8(shown.as<Str>()) + " is not in deque");
}

Value deque_count(Mutator& m, const CallArgs& a) {
  std::int64_t found = 0;
  const std::int64_t count = ring_of(a[0]).count;
  for (std::int64_t at = 0; at < count; ++at) {
    at = find(m, a[0], a[1], at, count, true);
    if (at == -2) return Value();
    if (at < 0) break;
    ++found;
  }
  return Value::small_int(found);
}

Value deque_remove(Mutator& m, const CallArgs& a) {
  const std::uint64_t version = ring_of(a[0]).version;
  const std::int64_t at = find(m, a[0], a[1], 0, ring_of(a[0]).count, false);
  if (at == -2) return Value();
  if (at < 0) {
    Value shown = repr(m, a[1]);
    return shown.is_empty() ? shown : raise_value_error(m, to_utf8(shown.as<Str>()) + " is not in deque");
  }
  ObjectGuard guard(m, a[0].as_object());
  if (ring_of(a[0]).version != version) return raise_index_error(m, "deque mutated during remove().");
  remove_at(a[0], at);
  return Value::none();
}

Value deque_insert(Mutator& m, const CallArgs& a) {
  std::int64_t at;
  if (!to_index(m, a[1], &at)) return Value();
  {
    ObjectGuard guard(m, a[0].as_object());
    Ring& r = ring_of(a[0]);
    if (r.limit < 0 || r.count < r.limit) {
      if (at < 0) at = std::max<std::int64_t>(at + r.count, 0);
      at = std::min(at, r.count);
      if (!put(m, a[0], a[2], false)) return Value();
      for (std::int64_t i = r.count - 1; i > at; --i) slot(a[0], i).store(slot(a[0], i - 1).load_relaxed());
      slot(a[0], at).store(a[2]);
      return Value::none();
    }
  }
  return raise_index_error(m, "deque already at its maximum size");
}

Value deque_reverse(Mutator& m, const CallArgs& a) {
  ObjectGuard guard(m, a[0].as_object());
  Ring& r = ring_of(a[0]);
  for (std::int64_t i = 0, k = r.count - 1; i < k; ++i, --k) {
    Value v = slot(a[0], i).load_relaxed();
    slot(a[0], i).store(slot(a[0], k).load_relaxed());
    slot(a[0], k).store(v);
  }
  return Value::none();
}

Value deque_rotate(Mutator& m, const CallArgs& a) {
  std::int64_t n = 1;
  if (a.positional == 2 && !to_index(m, a[1], &n)) return Value();
  ObjectGuard guard(m, a[0].as_object());
  Ring& r = ring_of(a[0]);
  if (r.count < 2) return Value::none();
  n %= r.count;
  if (n < 0) n += r.count;
  for (; n > 0; --n) {
    Value v = take(a[0], false);
    if (!put(m, a[0], v, true)) return Value();
  }
  return Value::none();
}

Value deque_maxlen(Mutator&, const CallArgs& a) {
  const std::int64_t limit = ring_of(a[0]).limit;
  return limit < 0 ? Value::none() : Value::small_int(limit);
}

Value deque_repr(Mutator& m, Value self) {
  const std::string name = class_name_of(m, self);
  if (ReprScope::in_progress(m, self.as_object())) return text_value(m, "[...]");
  const ReprScope scope(m, self.as_object());
  List* items = items_of(m, self);
  Value shown = items == nullptr ? Value() : repr(m, Value::object(items));
  if (shown.is_empty()) return shown;
  const std::int64_t limit = ring_of(self).limit;
  return text_value(
      m, name + "(" + to_utf8(shown.as<Str>()) + (limit < 0 ? "" : ", maxlen=" + std::to_string(limit)) + ")");
}

Value deque_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_deque(m, right)) return Value::not_implemented();
  List* a = items_of(m, left);
  List* b = a == nullptr ? nullptr : items_of(m, right);
  return b == nullptr ? Value() : compare_op(m, op, Value::object(a), Value::object(b));
}

Value repeated(Mutator& m, Value self, Value times) {
  std::int64_t n;
  if (!to_index(m, times, &n)) return Value();
  List* items = items_of(m, self);
  Value many = items == nullptr ? Value() : binary_op(m, BinaryOp::mul, Value::object(items), Value::small_int(n));
  return many.is_empty() ? many : make_like(m, self, many);
}

bool is_index(Mutator& m, Value v) {
  return is_any_int(v) || v.is_bool() || !lookup_type(m, type_of(m, v), m.runtime->names.__index__).is_empty();
}

Value deque_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  Value self = reflected ? right : left;
  Value other = reflected ? left : right;
  if (op == BinaryOp::mul && is_index(m, other)) return repeated(m, self, other);
  if (op != BinaryOp::add || reflected) return Value::not_implemented();
  if (!is_deque(m, other)) {
    return raise_type_error(m, "can only concatenate deque (not \"" + class_name_of(m, other) + "\") to deque");
  }
  Value copy = deque_copy(m, CallArgs{&self, 1, nullptr});
  return copy.is_empty() || !extend(m, copy, other, false) ? Value() : copy;
}

Value deque_inplace(Mutator& m, BinaryOp op, Value left, Value right) {
  if (op == BinaryOp::add) return extend(m, left, right, false) ? left : Value();
  if (op != BinaryOp::mul || !is_index(m, right)) return Value::not_implemented();
  Value many = repeated(m, left, right);
  if (many.is_empty()) return many;
  clear(m, left);
  return extend(m, left, many, false) ? left : Value();
}

Value make_cursor(Mutator& m, Value self, bool backwards) {
  Value cls = module_attribute(m, "_collections", backwards ? "_deque_reverse_iterator" : "_deque_iterator");
  if (!is_kind(cls, Kind::type)) return raise(m, m.runtime->exceptions.SystemError, "_collections is gone");
  NativeObject* iterator = new_native<Cursor>(m, cls.as<Type>());
  if (iterator == nullptr) return Value();
  iterator->refs[0].store(self);
  *static_cast<Cursor*>(iterator->payload) = {ring_of(self).count, ring_of(self).version, backwards};
  return Value::object(iterator);
}

Value deque_iter(Mutator& m, Value self) { return make_cursor(m, self, false); }
Value deque_reversed(Mutator& m, const CallArgs& a) { return make_cursor(m, a[0], true); }

Value cursor_iter(Mutator&, Value self) { return self; }

Value cursor_next(Mutator& m, Value self) {
  Value deque = self.as<NativeObject>()->refs[0].load();
  bool mutated = false;
  {
    ObjectGuard guard(m, deque.as_object());
    auto& c = payload<Cursor>(self);
    const Ring& r = ring_of(deque);
    mutated = c.version != r.version;
    if (!mutated) {
      if (c.left == 0) return Value();
      const std::int64_t at = c.backwards ? c.left - 1 : r.count - c.left;
      --c.left;
      return slot(deque, at).load_relaxed();
    }
    c.left = 0;
  }
  return raise_mutated(m, "iteration");
}

Value cursor_length_hint(Mutator&, const CallArgs& a) { return Value::small_int(payload<Cursor>(a[0]).left); }

Value class_getitem(Mutator& m, const CallArgs& a) { return make_generic_alias(m, a[0], a[1]); }

const NativeDef kMethods[] = {
    {"append", deque_append<false>, 2, 2}, {"appendleft", deque_append<true>, 2, 2},
    {"pop", deque_pop<false>, 1, 1},       {"popleft", deque_pop<true>, 1, 1},
    {"extend", deque_extend<false>, 2, 2}, {"extendleft", deque_extend<true>, 2, 2},
    {"clear", deque_clear, 1, 1},          {"copy", deque_copy, 1, 1},
    {"__copy__", deque_copy, 1, 1},        {"index", deque_index, 2, 4},
    {"count", deque_count, 2, 2},          {"remove", deque_remove, 2, 2},
    {"insert", deque_insert, 3, 3},        {"reverse", deque_reverse, 1, 1},
    {"rotate", deque_rotate, 1, 2},        {"__reversed__", deque_reversed, 1, 1},
};
const NativeDef kGetters[] = {{"maxlen", deque_maxlen, 1, 1}};
const NativeDef kClassMethods[] = {{"__class_getitem__", class_getitem, 2, 2}};
const NativeDef kCursorMethods[] = {{"__length_hint__", cursor_length_hint, 1, 1}};

constexpr TypeSlots kSlots = {.repr = deque_repr,
                              .compare = deque_compare,
                              .binary = deque_binary,
                              .inplace = deque_inplace,
                              .length = deque_length,
                              .get_item = deque_get_item,
                              .set_item = deque_set_item,
                              .contains = deque_contains,
                              .iter = deque_iter,
                              .new_object = deque_new,
                              .init = deque_init};
constexpr TypeSlots kCursorSlots = {.iter = cursor_iter, .next = cursor_next};

}  // namespace

bool init_collections(Mutator& m, Module* module) {
  TypeSpec deque{"deque", &kSlots, kMethods, Kind::native_object, kBaseType};
  deque.getters = kGetters;
  deque.class_methods = kClassMethods;
  const TypeSpec forwards{"_deque_iterator", &kCursorSlots, kCursorMethods, Kind::native_object, 0};
  const TypeSpec backwards{"_deque_reverse_iterator", &kCursorSlots, kCursorMethods, Kind::native_object, 0};
  const std::pair<const TypeSpec*, const char*> classes[] = {
      {&deque, "collections"}, {&forwards, "_collections"}, {&backwards, "_collections"}};
  for (const auto& [spec, where] : classes) {
    Type* cls = define_module_type(m, where, *spec);
    if (cls == nullptr || !add_constant(m, module, spec->name, Value::object(cls))) return false;
  }
  return true;
}

}  // namespace turnstile
