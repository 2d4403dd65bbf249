// random: ints, and choices from sequences. Every method draws as often and in the order that CPython's does.
#include <cmath>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/exceptions.h"
#include "core/long_operation.h"
#include "core/modules/native_support.h"
#include "core/modules/random_source.h"
#include "core/native_args.h"
#include "core/ops.h"

namespace turnstile {

namespace {

// An int (of any size) from what has __index__, or a float without fraction.
bool index_value(Mutator& m, Value v, const char* which, Value* out) {
  *out = v;
  if (is_any_int(v)) return true;
  if (v.is_bool()) {
    *out = Value::small_int(v.is_true());
    return true;
  }
  if (v.is_double()) {
    if (std::floor(v.as_double()) == v.as_double() && std::isfinite(v.as_double())) {
      *out = int_from_double(m, v.as_double());
      return !out->is_empty();
    }
    raise_value_error(m, std::string("non-integer ") + which + " for randrange()");
    return false;
  }
  Value index = lookup_special(m, v, m.runtime->names.__index__);
  if (m.has_exception()) return false;
  if (index.is_empty()) {
    raise_type_error(m, "'" + to_utf8(type_of(m, v)->name) + "' object cannot be interpreted as an integer");
    return false;
  }
  *out = call(m, index, {});
  return !out->is_empty();
}

std::string shown(Mutator& m, Value v) {
  Value s = to_str(m, v);
  return s.is_empty() ? "" : to_utf8(s.as<Str>());
}

int sign_of(Value v) { return int_compare(v, Value::small_int(0)); }

Value range_of(Mutator& m, RandomSource& source, Value start, Value stop, Value step) {
  Value first, last, stride;
  if (!index_value(m, start, "arg 1", &first)) return Value();
  if (stop.is_empty() || stop.is_none()) {
    if (!step.is_empty()) return raise_type_error(m, "Missing a non-None stop argument");
    if (sign_of(first) > 0) return source.below(first);
    return raise_value_error(m, "empty range for randrange()");
  }
  if (!index_value(m, stop, "stop", &last)) return Value();
  if (!index_value(m, step.is_empty() ? Value::small_int(1) : step, "step", &stride)) return Value();
  Value width = int_binary(m, BinaryOp::sub, last, first);
  if (width.is_empty()) return width;
  if (stride == Value::small_int(1)) {
    if (sign_of(width) > 0) {
      Value r = source.below(width);
      return r.is_empty() ? r : int_binary(m, BinaryOp::add, first, r);
    }
    return raise_value_error(
        m, "empty range for randrange() (" + shown(m, first) + ", " + shown(m, last) + ", " + shown(m, width) + ")");
  }
  const int direction = sign_of(stride);
  if (direction == 0) return raise_value_error(m, "zero step for randrange()");
  Value reach = int_binary(m, BinaryOp::add, width, stride);
  if (!reach.is_empty()) reach = int_binary(m, BinaryOp::sub, reach, Value::small_int(direction));
  Value count = reach.is_empty() ? reach : int_binary(m, BinaryOp::floor_div, reach, stride);
  if (count.is_empty()) return count;
  if (sign_of(count) <= 0) return raise_value_error(m, "empty range for randrange()");
  Value r = source.below(count);
  Value offset = r.is_empty() ? r : int_binary(m, BinaryOp::mul, stride, r);
  return offset.is_empty() ? offset : int_binary(m, BinaryOp::add, first, offset);
}

Value random_randrange(Mutator& m, const CallArgs& args) {
  Value bound[3];
  if (!bind_python(m, args, "Random.randrange", {"start", "stop", "step"}, bound, 1)) return Value();
  RandomSource source(m, args[0]);
  return range_of(m, source, bound[0], bound[1], bound[2]);
}

Value random_randint(Mutator& m, const CallArgs& args) {
  Value bound[2];
  if (!bind_python(m, args, "Random.randint", {"a", "b"}, bound, 2)) return Value();
  RandomSource source(m, args[0]);
  if (bound[0].is_int() && bound[1].is_int()) [[likely]] {
    const std::int64_t width = bound[1].as_int() - bound[0].as_int() + 1;
    std::uint64_t r;
    if (width > 0) {
      if (!source.below(static_cast<std::uint64_t>(width), &r)) return Value();
      return make_int(m, bound[0].as_int() + static_cast<std::int64_t>(r));
    }
  }
  Value end = binary_op(m, BinaryOp::add, bound[1], Value::small_int(1));
  return end.is_empty() ? end : range_of(m, source, bound[0], end, Value());
}

Value item_at(Mutator& m, Value sequence, std::uint64_t i) {
  return get_item(m, sequence, Value::small_int(static_cast<std::int64_t>(i)));
}

Value random_choice(Mutator& m, const CallArgs& args) {
  Value sequence;
  if (!bind_python(m, args, "Random.choice", {"seq"}, &sequence, 1)) return Value();
  const std::int64_t n = length(m, sequence);
  if (n < 0) return Value();
  if (n == 0) return raise_index_error(m, "Cannot choose from an empty sequence");
  RandomSource source(m, args[0]);
  std::uint64_t i;
  return source.below(static_cast<std::uint64_t>(n), &i) ? item_at(m, sequence, i) : Value();
}

Value random_shuffle(Mutator& m, const CallArgs& args) {
  Value x;
  if (!bind_python(m, args, "Random.shuffle", {"x"}, &x, 1)) return Value();
  const std::int64_t n = length(m, x);
  if (n < 0) return Value();
  RandomSource source(m, args[0]);
  for (std::int64_t i = n - 1; i >= 1; --i) {
    if (!poll_now_and_then(m, static_cast<std::uint64_t>(i))) return Value();
    std::uint64_t j;
    if (!source.below(static_cast<std::uint64_t>(i) + 1, &j)) return Value();
    const Value at_i = Value::small_int(i);
    const Value at_j = Value::small_int(static_cast<std::int64_t>(j));
    Value b = get_item(m, x, at_j);
    Value a = b.is_empty() ? b : get_item(m, x, at_i);
    if (a.is_empty() || !set_item(m, x, at_i, b) || !set_item(m, x, at_j, a)) return Value();
  }
  return Value::none();
}

// --- sample and choices
// -----------------------------------------------------------------------------------------------

bool is_sequence(Mutator& m, Value v) {
  if (!v.is_object()) return false;
  // Classes derived from collections.abc.Sequence, and those registered with a flag of their own.
  constexpr std::int64_t kSequenceClass = 1 << 5;
  const Value flags = lookup_type(m, type_of(m, v), intern(m, "__abc_tpflags__"));
  if (flags.is_int() && (flags.as_int() & kSequenceClass) != 0) return true;
  const Value deque = module_attribute(m, "_collections", "deque");
  if (is_kind(deque, Kind::type) && is_subtype(type_of(m, v), deque.as<Type>())) return true;
  switch (v.as_object()->kind) {
    case Kind::list:
    case Kind::tuple:
    case Kind::str:
    case Kind::bytes:
    case Kind::range:
      return true;
    default:
      return false;
  }
}

// Running sums of what the iterable gives.
List* accumulate(Mutator& m, Value iterable) {
  List* sums = make_list(m, nullptr, 0);
  Value total;
  if (sums == nullptr) return nullptr;
  const bool done = for_each(m, iterable, [&](Value v) {
    total = total.is_empty() ? v : binary_op(m, BinaryOp::add, total, v);
    return !total.is_empty() && list_append(m, sums, total);
  });
  return done ? sums : nullptr;
}

// Where x belongs, behind its equals; -1 raised.
std::int64_t bisect(Mutator& m, Value sums, Value x, std::int64_t high) {
  std::int64_t low = 0;
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    Value at = item_at(m, sums, static_cast<std::uint64_t>(middle));
    const int less = at.is_empty() ? -1 : compare_truth(m, CompareOp::lt, x, at);
    if (less < 0) return -1;
    if (less == 1) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

List* sample_of(Mutator& m, RandomSource& source, Value population, std::int64_t n, std::int64_t k) {
  if (k < 0 || k > n) {
    raise_value_error(m, "Sample larger than population or is negative");
    return nullptr;
  }
  List* result = make_list(m, nullptr, 0);
  if (result == nullptr) return nullptr;
  // Tracking what was chosen takes less than a copy of the population where that is large; which of the two is done
  // decides how often a number is drawn.
  double set_size = 21;
  if (k > 5) set_size += std::pow(4, std::ceil(std::log(static_cast<double>(k) * 3) / std::log(4.0)));
  std::uint64_t j;
  if (static_cast<double>(n) <= set_size) {
    List* pool = list_from(m, population);
    if (pool == nullptr) return nullptr;
    for (std::int64_t i = 0; i < k; ++i) {
      if (!source.below(static_cast<std::uint64_t>(n - i), &j)) return nullptr;
      const Value chosen = list_get(pool, static_cast<std::int64_t>(j));
      if (chosen.is_empty() || !list_append(m, result, chosen) ||
          !set_item(m, Value::object(pool), Value::small_int(static_cast<std::int64_t>(j)),
                    list_get(pool, n - i - 1))) {
        return nullptr;
      }
    }
    return result;
  }
  std::unordered_set<std::uint64_t> selected;
  for (std::int64_t i = 0; i < k; ++i) {
    do {
      if (!source.below(static_cast<std::uint64_t>(n), &j)) return nullptr;
    } while (!selected.insert(j).second);
    Value chosen = item_at(m, population, j);
    if (chosen.is_empty() || !list_append(m, result, chosen)) return nullptr;
  }
  return result;
}

// sample(..., counts=): every item stands for as many as its count.
List* sample_counted(Mutator& m, RandomSource& source, Value population, Value counts, std::int64_t n, std::int64_t k) {
  List* sums = accumulate(m, counts);
  if (sums == nullptr) return nullptr;
  const auto given = static_cast<std::int64_t>(sums->size.load(std::memory_order_relaxed));
  if (given != n) {
    raise_value_error(m, "The number of counts does not match the population");
    return nullptr;
  }
  if (given == 0) {
    raise_index_error(m, "pop from empty list");
    return nullptr;
  }
  Value total = list_get(sums, given - 1);
  std::int64_t all;
  if (!int_to_int64(total, &all)) {
    raise_type_error(m, "Counts must be integers");
    return nullptr;
  }
  if (all <= 0) {
    raise_value_error(m, "Total of counts must be greater than zero");
    return nullptr;
  }
  Value range = call(m, Value::object(m.runtime->types.range), {total});
  List* chosen = range.is_empty() ? nullptr : sample_of(m, source, range, all, k);
  List* result = chosen == nullptr ? nullptr : make_list(m, nullptr, 0);
  for (std::int64_t i = 0; result != nullptr && i < k; ++i) {
    const std::int64_t at = bisect(m, Value::object(sums), list_get(chosen, i), given - 1);
    Value item = at < 0 ? Value() : item_at(m, population, static_cast<std::uint64_t>(at));
    if (item.is_empty() || !list_append(m, result, item)) return nullptr;
  }
  return result;
}

Value random_sample(Mutator& m, const CallArgs& args) {
  Value bound[3];
  if (!bind_python(m, args, "Random.sample", {"population", "k", "counts"}, bound, 2, 1)) return Value();
  if (!is_sequence(m, bound[0])) {
    return raise_type_error(m, "Population must be a sequence.  For dicts or sets, use sorted(d).");
  }
  const std::int64_t n = length(m, bound[0]);
  std::int64_t k;
  if (n < 0 || !to_index(m, bound[1], &k)) return Value();
  RandomSource source(m, args[0]);
  List* result = bound[2].is_empty() || bound[2].is_none() ? sample_of(m, source, bound[0], n, k)
                                                           : sample_counted(m, source, bound[0], bound[2], n, k);
  return result == nullptr ? Value() : Value::object(result);
}

Value no_choices(Mutator& m, Value weights) {
  if (!is_any_int(weights) && !weights.is_bool()) return Value();
  m.exception = Value();
  return raise_type_error(m, "The number of choices must be a keyword argument: k=" + shown(m, weights));
}

Value random_choices(Mutator& m, const CallArgs& args) {
  Value bound[4];
  if (!bind_python(m, args, "Random.choices", {"population", "weights", "cum_weights", "k"}, bound, 1, 2))
    return Value();
  Value weights = bound[1].is_none() ? Value() : bound[1];
  Value sums = bound[2].is_none() ? Value() : bound[2];
  const std::int64_t n = length(m, bound[0]);
  std::int64_t k = 1;
  if (n < 0 || (!bound[3].is_empty() && !to_index(m, bound[3], &k))) return Value();
  RandomSource source(m, args[0]);
  double total = 0;
  if (sums.is_empty() && !weights.is_empty()) {
    List* list = accumulate(m, weights);
    if (list == nullptr)
      return exception_matches(m, m.runtime->exceptions.TypeError) ? no_choices(m, weights) : Value();
    sums = Value::object(list);
  } else if (!sums.is_empty() && !weights.is_empty()) {
    return raise_type_error(m, "Cannot specify both weights and cumulative weights");
  }
  if (!sums.is_empty()) {
    const std::int64_t given = length(m, sums);
    if (given < 0) return Value();
    if (given != n) return raise_value_error(m, "The number of weights does not match the population");
    Value last = get_item(m, sums, Value::small_int(-1));
    if (last.is_empty() || !number_to_double(m, last, &total)) return Value();
    if (total <= 0.0) return raise_value_error(m, "Total of weights must be greater than zero");
    if (!std::isfinite(total)) return raise_value_error(m, "Total of weights must be finite");
  }
  List* result = make_list(m, nullptr, 0);
  for (std::int64_t i = 0; result != nullptr && i < k; ++i) {
    double r;
    if (!source.random(&r)) return Value();
    const std::int64_t at = sums.is_empty() ? static_cast<std::int64_t>(std::floor(r * static_cast<double>(n)))
                                            : bisect(m, sums, Value::number(r * total), n - 1);
    Value item = at < 0 ? Value() : item_at(m, bound[0], static_cast<std::uint64_t>(at));
    if (item.is_empty() || !list_append(m, result, item)) return Value();
  }
  return result == nullptr ? Value() : Value::object(result);
}

constexpr std::size_t kDrawCost = 32;  // of a word, in bytes copied

Value random_randbytes(Mutator& m, const CallArgs& args) {
  std::int64_t n;
  if (!to_index(m, args[1], &n, m.runtime->exceptions.OverflowError)) return Value();
  if (n < 0) return raise_value_error(m, "number of bits must be non-negative");
  if (n > (std::int64_t{1} << 31)) return raise_memory_error(m);
  std::vector<std::uint32_t> words(static_cast<std::size_t>(n + 3) / 4);
  work_away(m, words.size() * kDrawCost, [&] { draw_words(payload<RandomCore>(args[0]), words); });
  if (n % 4 != 0) words.back() >>= 32 - 8 * (n % 4);
  return bytes_from(m, words.data(), static_cast<std::size_t>(n));  // little-endian words: the bytes of the number
}

const NativeDef kMethods[] = {
    {"randrange", random_randrange, 1, -1, true}, {"randint", random_randint, 1, -1, true},
    {"choice", random_choice, 1, -1, true},       {"shuffle", random_shuffle, 1, -1, true},
    {"sample", random_sample, 1, -1, true},       {"choices", random_choices, 1, -1, true},
    {"randbytes", random_randbytes, 2, 2},
};

}  // namespace

std::span<const NativeDef> random_sequence_methods() { return kMethods; }

}  // namespace turnstile
