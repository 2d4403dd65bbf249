// The class tuple.
#include "core/containers/iterators.h"
#include "core/containers/keys.h"
#include "core/containers/repr_scope.h"
#include "core/containers/sequences.h"
#include "core/containers/slice.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

Tuple* tuple_of(Value v) { return v.as<Tuple>(); }

Value slot_new(Mutator& m, Type* cls, const CallArgs& args) {
  const bool exact = cls == m.runtime->types.tuple;
  if (!check_positional(m, "tuple", args, 0, 1, !exact && has_own_init(m, cls))) return Value();
  Tuple* items = args.positional == 0 ? allocate_tuple(m, 0) : tuple_from(m, args[0]);
  if (items == nullptr || exact) return value_or_empty(items);
  Tuple* copy = allocate_tuple_of(m, cls, items->length());
  if (copy == nullptr) return Value();
  for (std::uint32_t i = 0; i < items->length(); ++i) copy->items[i].store_relaxed(items->at(i));
  return Value::object(copy);
}

Value slot_repr(Mutator& m, Value self) {
  const Tuple* tuple = tuple_of(self);
  if (tuple->length() == 0) return text(m, "()");
  if (ReprScope::in_progress(m, tuple)) return text(m, "(...)");
  ReprScope scope(m, tuple);
  std::string out = "(";
  for (std::uint32_t i = 0; i < tuple->length(); ++i) {
    if (i != 0) out += ", ";
    if (!append_repr(m, &out, tuple->at(i))) return Value();
  }
  return text(m, out + (tuple->length() == 1 ? ",)" : ")"));
}

// CPython's tuple hash: the mixing of xxHash's 64-bit version over the items' hashes, so that sets of tuples iterate
// in the same order.
bool slot_hash(Mutator& m, Value self, std::int64_t* out) {
  constexpr std::uint64_t kPrime1 = 11400714785074694791u;
  constexpr std::uint64_t kPrime2 = 14029467366897019727u;
  constexpr std::uint64_t kPrime5 = 2870177450012600261u;
  const Tuple* tuple = tuple_of(self);
  std::uint64_t acc = kPrime5;
  for (std::uint32_t i = 0; i < tuple->length(); ++i) {
    std::int64_t lane;
    if (!poll_now_and_then(m, i) || !hash_key(m, tuple->at(i), &lane)) return false;
    acc += static_cast<std::uint64_t>(lane) * kPrime2;
    acc = (acc << 31) | (acc >> 33);
    acc *= kPrime1;
  }
  acc += tuple->length() ^ (kPrime5 ^ 3527539u);
  *out = acc == ~std::uint64_t{0} ? 1546275796 : static_cast<std::int64_t>(acc);
  return true;
}

Value slot_compare(Mutator& m, CompareOp op, Value left, Value right) {
  if (!is_kind(left, Kind::tuple) || !is_kind(right, Kind::tuple)) return Value::not_implemented();
  const Tuple* a = tuple_of(left);
  const Tuple* b = tuple_of(right);
  const std::uint32_t both = std::min(a->length(), b->length());
  for (std::uint32_t i = 0; i < both; ++i) {
    const int equal = poll_now_and_then(m, i) ? items_equal(m, a->at(i), b->at(i)) : -1;
    if (equal < 0) return Value();
    if (equal != 0) continue;
    if (op == CompareOp::eq) return Value::boolean(false);
    if (op == CompareOp::ne) return Value::boolean(true);
    return compare_op(m, op, a->at(i), b->at(i));
  }
  return Value::boolean(compare_lengths(op, a->length(), b->length()));
}

Value repeat(Mutator& m, Tuple* tuple, std::int64_t n) {
  const std::uint32_t length = tuple->length();
  if (n == 1 && !tuple->has_flag(kHasDict)) return Value::object(tuple);
  if (n <= 0 || length == 0) return value_or_empty(allocate_tuple(m, 0));
  if (n > static_cast<std::int64_t>((std::uint32_t{1} << 31) / length)) return raise_memory_error(m);
  Tuple* result = allocate_tuple(m, length * static_cast<std::uint32_t>(n));
  if (result == nullptr) return Value();
  for (std::uint32_t at = 0; at < result->length(); at += length) {
    for (std::uint32_t i = 0; i < length; ++i) result->items[at + i].store_relaxed(tuple->at(i));
  }
  return Value::object(result);
}

Value slot_binary(Mutator& m, BinaryOp op, Value left, Value right, bool reflected) {
  if (op == BinaryOp::add && !reflected) {
    if (!is_kind(right, Kind::tuple)) return concat_failed(m, "tuple", right);
    Tuple* a = tuple_of(left);
    Tuple* b = tuple_of(right);
    if (a->length() == 0 && !b->has_flag(kHasDict)) return right;
    if (b->length() == 0 && !a->has_flag(kHasDict)) return left;
    Tuple* result = allocate_tuple(m, a->length() + b->length());
    if (result == nullptr) return Value();
    for (std::uint32_t i = 0; i < a->length(); ++i) result->items[i].store_relaxed(a->at(i));
    for (std::uint32_t i = 0; i < b->length(); ++i) result->items[a->length() + i].store_relaxed(b->at(i));
    return Value::object(result);
  }
  if (op == BinaryOp::mul) {
    const Value other = reflected ? left : right;
    std::int64_t n;
    const int outcome = repeat_count(m, other, &n);
    if (outcome < 0) return Value();
    if (outcome == 0) return repeat_failed(m, other, reflected);
    return repeat(m, tuple_of(reflected ? right : left), n);
  }
  return Value::not_implemented();
}

std::int64_t slot_length(Mutator&, Value self) { return tuple_of(self)->length(); }
int slot_truth(Mutator&, Value self) { return tuple_of(self)->length() != 0; }

Value slot_get_item(Mutator& m, Value self, Value key) {
  const Tuple* tuple = tuple_of(self);
  if (is_kind(key, Kind::slice)) {
    SliceRange r;
    if (!resolve_slice(m, key.as<Slice>(), tuple->length(), &r)) return Value();
    if (r.count == tuple->length() && r.step == 1 && !tuple->has_flag(kHasDict)) return self;
    Tuple* result = allocate_tuple(m, static_cast<std::uint32_t>(r.count));
    if (result == nullptr) return Value();
    for (std::int64_t i = 0; i < r.count; ++i) {
      result->items[i].store_relaxed(tuple->at(static_cast<std::size_t>(r.start + i * r.step)));
    }
    return Value::object(result);
  }
  std::int64_t i;
  if (!subscript_index(m, key, "tuple", &i)) return Value();
  if (i < 0) i += tuple->length();
  if (i < 0 || i >= tuple->length()) return raise_index_error(m, "tuple index out of range");
  return tuple->at(static_cast<std::size_t>(i));
}

int slot_contains(Mutator& m, Value self, Value item) {
  const Tuple* tuple = tuple_of(self);
  for (std::uint32_t i = 0; i < tuple->length(); ++i) {
    const int equal = items_equal(m, tuple->at(i), item);
    if (equal != 0) return equal;
  }
  return 0;
}

Value slot_iter(Mutator& m, Value self) { return make_iterator(m, IteratorKind::tuple, self); }

Value tuple_index_method(Mutator& m, const CallArgs& args) {
  const Tuple* tuple = tuple_of(args[0]);
  std::int64_t start = 0;
  std::int64_t stop = tuple->length();
  if (args.positional > 2 && !search_bound(m, args[2], tuple->length(), &start)) return Value();
  if (args.positional > 3 && !search_bound(m, args[3], tuple->length(), &stop)) return Value();
  for (std::int64_t i = start; i < stop && i < tuple->length(); ++i) {
    const int equal = items_equal(m, tuple->at(static_cast<std::size_t>(i)), args[1]);
    if (equal < 0) return Value();
    if (equal != 0) return Value::small_int(i);
  }
  return raise_value_error(m, "tuple.index(x): x not in tuple");
}

Value tuple_count_method(Mutator& m, const CallArgs& args) {
  const Tuple* tuple = tuple_of(args[0]);
  std::int64_t count = 0;
  for (std::uint32_t i = 0; i < tuple->length(); ++i) {
    const int equal = items_equal(m, tuple->at(i), args[1]);
    if (equal < 0) return Value();
    count += equal;
  }
  return Value::small_int(count);
}

constexpr NativeDef kMethods[] = {{"index", tuple_index_method, 2, 4}, {"count", tuple_count_method, 2, 2}};

constexpr TypeSlots kSlots = {.repr = slot_repr,
                              .hash = slot_hash,
                              .compare = slot_compare,
                              .binary = slot_binary,
                              .truth = slot_truth,
                              .length = slot_length,
                              .get_item = slot_get_item,
                              .contains = slot_contains,
                              .iter = slot_iter,
                              .new_object = slot_new};

}  // namespace

void define_tuple(Mutator& m) {
  m.runtime->types.tuple = define_type(
      m, {.name = "tuple", .slots = &kSlots, .methods = kMethods, .instance_kind = Kind::tuple, .flags = kBaseType});
  m.runtime->empty_tuple = nullptr;
  m.runtime->empty_tuple = allocate_tuple_of(m, m.runtime->types.tuple, 0);
}

}  // namespace turnstile
