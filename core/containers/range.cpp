// The class range: ints of any size.
#include "core/containers/iterators.h"
#include "core/containers/keys.h"
#include "core/containers/sequences.h"
#include "core/containers/slice.h"
#include "core/containers/support.h"
#include "core/containers/types.h"
#include "core/define_type.h"

namespace turnstile {

namespace {

const Value kZero = Value::small_int(0);
const Value kOne = Value::small_int(1);

Range* range_of(Value v) { return v.as<Range>(); }

// v as an int object: itself, a bool's number, or __index__(). Empty with TypeError.
Value as_int_value(Mutator& m, Value v) {
  if (is_any_int(v)) return v;
  if (v.is_bool()) return Value::small_int(v.is_true());
  Value index = lookup_special(m, v, m.runtime->names.__index__);
  if (index.is_empty()) {
    if (m.has_exception()) return Value();
    return raise_type_error(m, "'" + type_name(m, v) + "' object cannot be interpreted as an integer");
  }
  Value i = call(m, index, {});
  if (i.is_empty() || is_any_int(i)) return i;
  if (i.is_bool()) return Value::small_int(i.is_true());
  return raise_type_error(m, "__index__ returned non-int (type " + type_name(m, i) + ")");
}

// Number of items: max(0, ceil((stop - start) / step)).
Value count_items(Mutator& m, Value start, Value stop, Value step) {
  if (start.is_int() && stop.is_int() && step.is_int()) {
    const std::int64_t a = start.as_int();
    const std::int64_t b = stop.as_int();
    const std::int64_t s = step.as_int();
    if (s > 0 ? a >= b : a <= b) return kZero;
    return make_int(m, s > 0 ? (b - a - 1) / s + 1 : (a - b - 1) / -s + 1);
  }
  const bool up = int_compare(step, kZero) > 0;
  const Value low = up ? start : stop;
  const Value high = up ? stop : start;
  if (int_compare(low, high) >= 0) return kZero;
  Value by = step;
  if (!up && (by = int_binary(m, BinaryOp::sub, kZero, step)).is_empty()) return Value();
  Value span = int_binary(m, BinaryOp::sub, high, low);
  if (span.is_empty() || (span = int_binary(m, BinaryOp::sub, span, kOne)).is_empty()) return Value();
  span = int_binary(m, BinaryOp::floor_div, span, by);
  return span.is_empty() ? Value() : int_binary(m, BinaryOp::add, span, kOne);
}

Value make_range(Mutator& m, Value start, Value stop, Value step) {
  const Value length = count_items(m, start, stop, step);
  if (length.is_empty()) return Value();
  auto* range = new_object<Range>(m, m.runtime->types.range, Kind::range);
  if (range == nullptr) return Value();
  range->start = start;
  range->stop = stop;
  range->step = step;
  range->length = length;
  return Value::object(range);
}

Value slot_new(Mutator& m, Type*, const CallArgs& args) {
  if (!check_positional(m, "range", args, 1, 3)) return Value();
  Value start = kZero;
  Value step = kOne;
  Value stop = as_int_value(m, args[args.positional == 1 ? 0 : 1]);
  if (stop.is_empty()) return Value();
  if (args.positional > 1 && (start = as_int_value(m, args[0])).is_empty()) return Value();
  if (args.positional > 2) {
    if ((step = as_int_value(m, args[2])).is_empty()) return Value();
    if (step == kZero) return raise_value_error(m, "range() arg 3 must not be zero");
  }
  return make_range(m, start, stop, step);
}

// start + i * step
Value item_at(Mutator& m, const Range* r, Value i) {
  if (r->start.is_int() && r->step.is_int() && i.is_int()) {
    std::int64_t product;
    if (!__builtin_mul_overflow(i.as_int(), r->step.as_int(), &product)) {
      std::int64_t sum;
      if (!__builtin_add_overflow(product, r->start.as_int(), &sum)) return make_int(m, sum);
    }
  }
  Value product = int_binary(m, BinaryOp::mul, i, r->step);
  return product.is_empty() ? Value() : int_binary(m, BinaryOp::add, r->start, product);
}

// An index or slice bound clamped to [low, high]; None gives `missing`, negative counts from the end.
Value clamp_bound(Mutator& m, Value v, Value missing, Value length, Value low, Value high) {
  if (v.is_none()) return missing;
  if (!is_any_int(v) && !v.is_bool() && lookup_special(m, v, m.runtime->names.__index__).is_empty()) {
    if (m.has_exception()) return Value();
    return raise_type_error(m, "slice indices must be integers or None or have an __index__ method");
  }
  v = as_int_value(m, v);
  if (v.is_empty()) return Value();
  if (int_compare(v, kZero) < 0 && (v = int_binary(m, BinaryOp::add, v, length)).is_empty()) return Value();
  if (int_compare(v, low) < 0) return low;
  return int_compare(v, high) > 0 ? high : v;
}

Value slice_of(Mutator& m, const Range* r, const Slice* slice) {
  Value step = slice->step.is_none() ? kOne : as_int_value(m, slice->step);
  if (step.is_empty()) return Value();
  if (step == kZero) return raise_value_error(m, "slice step cannot be zero");
  const bool up = int_compare(step, kZero) > 0;
  const Value last = int_binary(m, BinaryOp::sub, r->length, kOne);
  if (last.is_empty()) return Value();
  const Value low = up ? kZero : Value::small_int(-1);
  const Value high = up ? r->length : last;
  const Value start = clamp_bound(m, slice->start, up ? low : high, r->length, low, high);
  if (start.is_empty()) return Value();
  const Value stop = clamp_bound(m, slice->stop, up ? high : low, r->length, low, high);
  if (stop.is_empty()) return Value();
  const Value new_step = int_binary(m, BinaryOp::mul, r->step, step);
  if (new_step.is_empty()) return Value();
  const Value new_start = item_at(m, r, start);
  if (new_start.is_empty()) return Value();
  const Value new_stop = item_at(m, r, stop);
  return new_stop.is_empty() ? Value() : make_range(m, new_start, new_stop, new_step);
}

Value slot_get_item(Mutator& m, Value self, Value key) {
  const Range* r = range_of(self);
  if (is_kind(key, Kind::slice)) return slice_of(m, r, key.as<Slice>());
  if (!is_any_int(key) && !key.is_bool() && lookup_special(m, key, m.runtime->names.__index__).is_empty()) {
    if (m.has_exception()) return Value();
    return raise_type_error(m, "range indices must be integers or slices, not " + type_name(m, key));
  }
  Value i = as_int_value(m, key);
  if (i.is_empty()) return Value();
  if (int_compare(i, kZero) < 0 && (i = int_binary(m, BinaryOp::add, i, r->length)).is_empty()) return Value();
  if (int_compare(i, kZero) < 0 || int_compare(i, r->length) >= 0) {
    return raise_index_error(m, "range object index out of range");
  }
  return item_at(m, r, i);
}

// Where an int is in the range; empty (nothing raised unless *raised) when it is not.
Value position_of(Mutator& m, const Range* r, Value v) {
  if (v.is_bool()) v = Value::small_int(v.is_true());
  if (r->length == kZero) return Value();
  const bool up = int_compare(r->step, kZero) > 0;
  if (up ? (int_compare(v, r->start) < 0 || int_compare(v, r->stop) >= 0)
         : (int_compare(v, r->start) > 0 || int_compare(v, r->stop) <= 0)) {
    return Value();
  }
  const Value offset = int_binary(m, BinaryOp::sub, v, r->start);
  if (offset.is_empty()) return Value();
  const Value rest = int_binary(m, BinaryOp::mod, offset, r->step);
  if (rest.is_empty() || rest != kZero) return Value();
  return int_binary(m, BinaryOp::floor_div, offset, r->step);
}

bool is_exact_int(Value v) { return v.is_bool() || (is_any_int(v) && (v.is_int() || is_exactly(v, Kind::big_int))); }

// Search by ==, for what is no int.
int search(Mutator& m, Value self, Value item, std::int64_t* at) {
  *at = 0;
  int result = 0;
  const bool done = for_each(m, self, [&](Value v) {
    result = values_equal(m, v, item);
    if (result == 0) ++*at;
    return result == 0;
  });
  return done || result == 1 ? result : -1;
}

int slot_contains(Mutator& m, Value self, Value item) {
  if (is_exact_int(item)) {
    if (!position_of(m, range_of(self), item).is_empty()) return 1;
    return m.has_exception() ? -1 : 0;
  }
  std::int64_t at;
  return search(m, self, item, &at);
}

std::int64_t slot_length(Mutator& m, Value self) {
  std::int64_t length;
  if (int_to_int64(range_of(self)->length, &length)) return length;
  raise_overflow_error(m, "Python int too large to convert to C ssize_t");
  return -1;
}

int slot_truth(Mutator&, Value self) { return range_of(self)->length != kZero; }

Value slot_repr(Mutator& m, Value self) {
  const Range* r = range_of(self);
  std::string out = "range(";
  if (!append_repr(m, &out, r->start)) return Value();
  out += ", ";
  if (!append_repr(m, &out, r->stop)) return Value();
  if (r->step != kOne) {
    out += ", ";
    if (!append_repr(m, &out, r->step)) return Value();
  }
  return text(m, out + ")");
}

// Equal ranges have equal items, whatever their stop.
Value identity_of(Mutator& m, const Range* r) {
  const bool none = r->length == kZero;
  return make_tuple(m,
                    {r->length, none ? Value::none() : r->start, none || r->length == kOne ? Value::none() : r->step});
}

bool slot_hash(Mutator& m, Value self, std::int64_t* out) {
  const Value identity = identity_of(m, range_of(self));
  return !identity.is_empty() && hash_value(m, identity, out);
}

Value slot_compare(Mutator&, CompareOp op, Value left, Value right) {
  if ((op != CompareOp::eq && op != CompareOp::ne) || !is_kind(left, Kind::range) || !is_kind(right, Kind::range)) {
    return Value::not_implemented();
  }
  const Range* a = range_of(left);
  const Range* b = range_of(right);
  bool equal = int_compare(a->length, b->length) == 0;
  if (equal && a->length != kZero) {
    equal = int_compare(a->start, b->start) == 0 && (a->length == kOne || int_compare(a->step, b->step) == 0);
  }
  return Value::boolean(equal == (op == CompareOp::eq));
}

Value slot_iter(Mutator& m, Value self) {
  const Range* r = range_of(self);
  return make_range_iterator(m, r->start, r->step, r->length);
}

Value reversed_method(Mutator& m, const CallArgs& args) {
  const Range* r = range_of(args[0]);
  const Value last = int_binary(m, BinaryOp::sub, r->length, kOne);
  if (last.is_empty()) return Value();
  const Value start = item_at(m, r, last);
  if (start.is_empty()) return Value();
  const Value step = int_binary(m, BinaryOp::sub, kZero, r->step);
  return step.is_empty() ? Value() : make_range_iterator(m, start, step, r->length);
}

Value index_method(Mutator& m, const CallArgs& args) {
  if (is_exact_int(args[1])) {
    const Value at = position_of(m, range_of(args[0]), args[1]);
    if (!at.is_empty() || m.has_exception()) return at;
  } else {
    std::int64_t at;
    const int found = search(m, args[0], args[1], &at);
    if (found != 0) return found < 0 ? Value() : make_int(m, at);
  }
  std::string message;
  if (!append_repr(m, &message, args[1])) return Value();
  return raise_value_error(
      m, is_exact_int(args[1]) ? message + " is not in range" : "sequence.index(x): x not in sequence");
}

Value count_method(Mutator& m, const CallArgs& args) {
  if (is_exact_int(args[1])) {
    const int found = slot_contains(m, args[0], args[1]);
    return found < 0 ? Value() : Value::small_int(found);
  }
  std::int64_t count = 0;
  const bool done = for_each(m, args[0], [&](Value v) {
    const int equal = values_equal(m, v, args[1]);
    count += equal;
    return equal >= 0;
  });
  return done ? Value::small_int(count) : Value();
}

Value start_getter(Mutator&, const CallArgs& args) { return range_of(args[0])->start; }
Value stop_getter(Mutator&, const CallArgs& args) { return range_of(args[0])->stop; }
Value step_getter(Mutator&, const CallArgs& args) { return range_of(args[0])->step; }

constexpr NativeDef kMethods[] = {
    {"index", index_method, 2, 2}, {"count", count_method, 2, 2}, {"__reversed__", reversed_method, 1, 1}};
constexpr NativeDef kGetters[] = {
    {"start", start_getter, 1, 1}, {"stop", stop_getter, 1, 1}, {"step", step_getter, 1, 1}};

constexpr TypeSlots kSlots = {.repr = slot_repr,
                              .hash = slot_hash,
                              .compare = slot_compare,
                              .truth = slot_truth,
                              .length = slot_length,
                              .get_item = slot_get_item,
                              .contains = slot_contains,
                              .iter = slot_iter,
                              .set_attr = set_attr_but_bounds,
                              .new_object = slot_new};

}  // namespace

void define_range(Mutator& m) {
  m.runtime->types.range = define_type(
      m, {.name = "range", .slots = &kSlots, .methods = kMethods, .instance_kind = Kind::range, .getters = kGetters});
}

}  // namespace turnstile
