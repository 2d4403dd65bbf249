// The class list.
#include <limits>

#include "core/containers/iterators.h"
#include "core/containers/keys.h"
#include "core/containers/repr_scope.h"
#include "core/containers/sequences.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"
#include "core/long_operation.h"
#include "core/objects/iterators.h"

namespace turnstile {

namespace {

constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

List* list_of(Value v) { return v.as<List>(); }
std::int64_t size_of(Value v) { return static_cast<std::int64_t>(list_of(v)->size.load(std::memory_order_acquire)); }

Value slot_new(Mutator& m, Type* cls, const CallArgs&) { return value_or_empty(allocate_list(m, cls)); }

bool slot_init(Mutator& m, Value self, const CallArgs& args) {
  // A subclass whose __new__ takes keywords need not have an __init__ that does.
  const bool keywords = type_of(m, self)->has_type_flag(kOverridesNew);
  if (!check_positional(m, "list", args, 0, 1, keywords)) return false;
  if (list_of(self)->size.load(std::memory_order_relaxed) != 0 && !list_clear(m, list_of(self))) return false;
  return args.positional == 0 || list_extend(m, list_of(self), args[0]);
}

Value slot_repr(Mutator& m, Value self) {
  List* list = list_of(self);
  if (size_of(self) == 0) return text(m, "[]");
  if (ReprScope::in_progress(m, list)) return text(m, "[...]");
  ReprScope scope(m, list);
  std::string out = "[";
  for (std::int64_t i = 0;; ++i) {
    Value item = list_get_checked(m, list, i);
    if (item.is_empty()) break;
    if (i != 0) out += ", ";
    if (!append_repr(m, &out, item) || !poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
  }
  return text(m, out + "]");
}

Value slot_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_kind(left, Kind::list) || !is_kind(right, Kind::list)) return Value::not_implemented();
  if ((op == CompareOp::eq || op == CompareOp::ne) && size_of(left) != size_of(right)) {
    return Value::boolean(op == CompareOp::ne);
  }
  for (std::int64_t i = 0;; ++i) {
    Value a = list_get_checked(m, list_of(left), i);
    Value b = list_get_checked(m, list_of(right), i);
    if (a.is_empty() || b.is_empty()) {
      return Value::boolean(
          compare_lengths(op, static_cast<std::uint64_t>(size_of(left)), static_cast<std::uint64_t>(size_of(right))));
    }
    const int equal = items_equal(m, a, b);
    if (equal < 0 || !poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
    if (equal != 0) continue;
    // Whoever compared may have emptied a list: what is not there any more does not differ.
    if (i >= size_of(left) || i >= size_of(right)) {
      return Value::boolean(
          compare_lengths(op, static_cast<std::uint64_t>(size_of(left)), static_cast<std::uint64_t>(size_of(right))));
    }
    if (op == CompareOp::eq) return Value::boolean(false);
    if (op == CompareOp::ne) return Value::boolean(true);
    return compare_op(m, op, a, b);
  }
}

Value concat(Mutator& m, Value left, Value right) {
  List* result = list_copy(m, list_of(left), 0, kEnd);
  if (result == nullptr || !list_extend(m, result, right)) return Value();
  return Value::object(result);
}

Value slot_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  if (op == BinaryOp::add && !reflected) {
    if (!is_kind(right, Kind::list)) return concat_failed(m, "list", right);
    if (right.as_object()->has_flag(kHasDict)) {  // its own __iter__ does not count
      std::uint64_t count = 0;
      ValueBuffer* items = list_snapshot(m, list_of(right), &count);
      List* result = items == nullptr ? nullptr : list_copy(m, list_of(left), 0, kEnd);
      if (result == nullptr || !list_replace(m, result, kEnd, kEnd, items, count)) return Value();
      return Value::object(result);
    }
    return concat(m, left, right);
  }
  if (op == BinaryOp::mul) {
    const Value list = reflected ? right : left;
    const Value other = reflected ? left : right;
    std::int64_t n;
    const int outcome = repeat_count(m, other, &n);
    if (outcome < 0) return Value();
    if (outcome == 0) return repeat_failed(m, other, reflected);
    return value_or_empty(list_repeat(m, list_of(list), n));
  }
  return Value::not_implemented();
}

Value slot_inplace(Mutator& m, BinaryOp op, Value left, Value right) {
  if (op == BinaryOp::add) return list_extend(m, list_of(left), right) ? left : Value();
  if (op == BinaryOp::mul) {
    std::int64_t n;
    const int outcome = repeat_count(m, right, &n);
    if (outcome < 0) return Value();
    if (outcome == 0) return repeat_failed(m, right, false);
    return list_repeat_in_place(m, list_of(left), n) ? left : Value();
  }
  return Value::not_implemented();
}

std::int64_t slot_length(Mutator&, Value self) { return size_of(self); }
int slot_truth(Mutator&, Value self) { return size_of(self) != 0; }

Value slot_get_item(Mutator& m, Value self, Value key) {
  if (is_kind(key, Kind::slice)) return list_get_slice(m, list_of(self), key.as<Slice>());
  std::int64_t i;
  if (!subscript_index(m, key, "list", &i)) return Value();
  if (i < 0) i += size_of(self);
  Value v = list_get_checked(m, list_of(self), i);
  return v.is_empty() ? raise_index_error(m, "list index out of range") : v;
}

bool slot_set_item(Mutator& m, Value self, Value key, Value value) {
  List* list = list_of(self);
  if (is_kind(key, Kind::slice)) return list_set_slice(m, list, key.as<Slice>(), value);
  std::int64_t i;
  if (!subscript_index(m, key, "list", &i)) return false;
  if (!value.is_empty()) {
    if (list_store_fast(m, list, i, value)) return true;
    raise_index_error(m, "list assignment index out of range");
    return false;
  }
  if (i < 0) i += size_of(self);
  if (!list_remove_at(m, list, i, Value()).is_empty()) return true;
  raise_index_error(m, "list assignment index out of range");
  return false;
}

int slot_contains(Mutator& m, Value self, Value item) {
  for (std::int64_t i = 0;; ++i) {
    Value v = list_get_checked(m, list_of(self), i);
    if (v.is_empty()) return 0;
    const int equal = items_equal(m, v, item);
    if (equal != 0) return equal;
    if (!poll_now_and_then(m, static_cast<std::uint64_t>(i))) return -1;
  }
}

Value slot_iter(Mutator& m, Value self) { return make_iterator(m, IteratorKind::list, self); }

// --- methods ------------------------------------------------------------------------------------------------------

Value list_append_method(Mutator& m, const CallArgs& args) {
  return list_append(m, list_of(args[0]), args[1]) ? Value::none() : Value();
}

Value list_extend_method(Mutator& m, const CallArgs& args) {
  return list_extend(m, list_of(args[0]), args[1]) ? Value::none() : Value();
}

Value list_insert_method(Mutator& m, const CallArgs& args) {
  std::int64_t i;
  if (!to_index(m, args[1], &i, m.runtime->exceptions.OverflowError)) return Value();
  return list_insert(m, list_of(args[0]), i, args[2]) ? Value::none() : Value();
}

Value list_pop_method(Mutator& m, const CallArgs& args) {
  List* list = list_of(args[0]);
  if (args.positional == 1) {
    Value v = list_pop_fast(m, list);
    if (v.is_empty()) return raise_index_error(m, "pop from empty list");
    list_shrink(m, list);
    return v;
  }
  std::int64_t i;
  if (!to_index(m, args[1], &i, m.runtime->exceptions.IndexError)) return Value();
  const std::int64_t size = size_of(args[0]);
  if (size == 0) return raise_index_error(m, "pop from empty list");
  Value v = list_remove_at(m, list, i < 0 ? i + size : i, Value());
  return v.is_empty() ? raise_index_error(m, "pop index out of range") : v;
}

Value list_remove_method(Mutator& m, const CallArgs& args) {
  List* list = list_of(args[0]);
  for (std::int64_t i = 0;; ++i) {
    Value v = list_get_checked(m, list, i);
    if (v.is_empty()) return raise_value_error(m, "list.remove(x): x not in list");
    const int equal = items_equal(m, v, args[1]);
    if (equal < 0 || !poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
    if (equal == 0) continue;
    if (!list_remove_at(m, list, i, v).is_empty()) return Value::none();
    i = -1;  // it moved meanwhile: search again
  }
}

Value list_index_method(Mutator& m, const CallArgs& args) {
  List* list = list_of(args[0]);
  std::int64_t start = 0;
  std::int64_t stop = kEnd;
  const auto size = static_cast<std::uint64_t>(size_of(args[0]));
  if (args.positional > 2 && !search_bound(m, args[2], size, &start)) return Value();
  if (args.positional > 3 && !search_bound(m, args[3], size, &stop)) return Value();
  for (std::int64_t i = start; i < stop; ++i) {
    Value v = list_get_checked(m, list, i);
    if (v.is_empty()) break;
    const int equal = items_equal(m, v, args[1]);
    if (equal < 0 || !poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
    if (equal != 0) return Value::small_int(i);
  }
  std::string message;
  if (!append_repr(m, &message, args[1])) return Value();
  return raise_value_error(m, message + " is not in list");
}

Value list_count_method(Mutator& m, const CallArgs& args) {
  std::int64_t count = 0;
  for (std::int64_t i = 0;; ++i) {
    Value v = list_get_checked(m, list_of(args[0]), i);
    if (v.is_empty()) return Value::small_int(count);
    const int equal = items_equal(m, v, args[1]);
    if (equal < 0 || !poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
    count += equal;
  }
}

Value list_sort_method(Mutator& m, const CallArgs& args) {
  if (args.positional > 1) return raise_type_error(m, "sort() takes no positional arguments");
  if (!check_keywords(m, "sort", args, {"key", "reverse"})) return Value();
  Value key = find_keyword(args, "key");
  Value reverse = find_keyword(args, "reverse");
  int backwards = 0;
  if (!reverse.is_empty() && (backwards = truth(m, reverse)) < 0) return Value();
  return sort_list(m, list_of(args[0]), key.is_empty() ? Value::none() : key, backwards != 0) ? Value::none() : Value();
}

Value list_reverse_method(Mutator& m, const CallArgs& args) {
  list_reverse(m, list_of(args[0]));
  return Value::none();
}

Value list_copy_method(Mutator& m, const CallArgs& args) {
  return value_or_empty(list_copy(m, list_of(args[0]), 0, kEnd));
}

Value list_clear_method(Mutator& m, const CallArgs& args) {
  return list_clear(m, list_of(args[0])) ? Value::none() : Value();
}

Value list_reversed_method(Mutator& m, const CallArgs& args) {
  return make_iterator(m, IteratorKind::list_reversed, args[0], Value(), size_of(args[0]) - 1);
}

constexpr NativeDef kMethods[] = {
    {"append", list_append_method, 2, 2},   {"extend", list_extend_method, 2, 2},
    {"insert", list_insert_method, 3, 3},   {"pop", list_pop_method, 1, 2},
    {"remove", list_remove_method, 2, 2},   {"index", list_index_method, 2, 4},
    {"count", list_count_method, 2, 2},     {"sort", list_sort_method, 1, -1, true},
    {"reverse", list_reverse_method, 1, 1}, {"copy", list_copy_method, 1, 1},
    {"clear", list_clear_method, 1, 1},     {"__reversed__", list_reversed_method, 1, 1},
};

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

void define_list(Mutator& m) {
  m.runtime->types.list = define_type(
      m, {.name = "list", .slots = &kSlots, .methods = kMethods, .instance_kind = Kind::list, .flags = kBaseType});
}

}  // namespace turnstile
