// Builtins on iterables.
#include <string>

#include "core/allocate_object.h"
#include "core/builtins/builtins.h"
#include "core/containers/iterators.h"
#include "core/exceptions.h"
#include "core/native_args.h"
#include "core/numbers/int_ops.h"
#include "core/objects/iterators.h"
#include "core/ops.h"

namespace turnstile {

namespace {

std::string class_name(Mutator& m, Value v) { return to_utf8(type_of(m, v)->name); }

Value builtin_len(Mutator& m, const CallArgs& args) {
  const std::int64_t n = length(m, args[0]);
  return n < 0 ? Value() : make_int(m, n);
}

Value builtin_any(Mutator& m, const CallArgs& args) {
  bool found = false;
  const bool ok = for_each(m, args[0], [&](Value item) {
    const int t = truth(m, item);
    found = t > 0;
    return t == 0;
  });
  if (found) return Value::true_value();
  return ok ? Value::false_value() : Value();
}

Value builtin_all(Mutator& m, const CallArgs& args) {
  bool failed = false;
  const bool ok = for_each(m, args[0], [&](Value item) {
    const int t = truth(m, item);
    failed = t == 0;
    return t > 0;
  });
  if (failed) return Value::false_value();
  return ok ? Value::true_value() : Value();
}

Value builtin_sum(Mutator& m, const CallArgs& args) {
  Value bound[2];
  if (args.positional == 0) return raise_type_error(m, "sum() takes at least 1 positional argument (0 given)");
  if (!bind_native(m, args, "sum", {"iterable", "start"}, bound, 1)) return Value();
  Value total = bound[1].is_empty() ? Value::small_int(0) : bound[1];
  if (is_kind(total, Kind::str)) {
    return raise_type_error(m, "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (is_kind(total, Kind::bytes)) {
    return raise_type_error(m, "sum() can't sum bytes [use b''.join(seq) instead]");
  }
  const bool ok = for_each(m, bound[0], [&](Value item) {
    total = binary_op(m, BinaryOp::add, total, item);
    return !total.is_empty();
  });
  return ok ? total : Value();
}

Value extreme(Mutator& m, const CallArgs& args, const char* name, CompareOp op) {
  Value options[2];
  if (!bind_keywords_only(m, args, name, {"key", "default"}, options)) return Value();
  Value key = options[0].is_none() ? Value() : options[0];
  if (args.positional == 0) {
    return raise_type_error(m, std::string(name) + " expected at least 1 argument, got 0");
  }
  if (args.positional > 1 && !options[1].is_empty()) {
    return raise_type_error(
        m, "Cannot specify a default for " + std::string(name) + "() with multiple positional arguments");
  }
  Value best, best_key;
  const auto consider = [&](Value item) {
    Value item_key = key.is_empty() ? item : call(m, key, {item});
    if (item_key.is_empty()) return false;
    if (best.is_empty()) {
      best = item;
      best_key = item_key;
      return true;
    }
    const int better = compare_truth(m, op, item_key, best_key);
    if (better > 0) {
      best = item;
      best_key = item_key;
    }
    return better >= 0;
  };
  if (args.positional > 1) {
    for (std::uint32_t i = 0; i < args.positional; ++i) {
      if (!consider(args[i])) return Value();
    }
  } else if (!for_each(m, args[0], consider)) {
    return Value();
  }
  if (!best.is_empty()) return best;
  if (!options[1].is_empty()) return options[1];
  return raise_value_error(m, std::string(name) + "() arg is an empty sequence");
}

Value builtin_min(Mutator& m, const CallArgs& args) { return extreme(m, args, "min", CompareOp::lt); }
Value builtin_max(Mutator& m, const CallArgs& args) { return extreme(m, args, "max", CompareOp::gt); }

Value builtin_sorted(Mutator& m, const CallArgs& args) {
  if (args.positional != 1) {
    return raise_type_error(m, "sorted expected 1 argument, got " + std::to_string(args.positional));
  }
  Value options[2];
  if (!bind_keywords_only(m, args, "sort", {"key", "reverse"}, options)) return Value();
  bool reverse = false;
  if (!options[1].is_empty()) {
    std::int64_t flag;
    if (!to_index(m, options[1], &flag)) return Value();
    reverse = flag != 0;
  }
  List* list = list_from(m, args[0]);
  if (list == nullptr) return Value();
  return sort_list(m, list, options[0], reverse) ? Value::object(list) : Value();
}

Value builtin_iter(Mutator& m, const CallArgs& args) {
  if (args.positional == 1) return get_iter(m, args[0]);
  Value callable = args[0];
  Type* cls = type_of(m, callable);
  if (cls->slots->call == nullptr && lookup_type(m, cls, m.runtime->names.__call__).is_empty()) {
    return raise_type_error(m, "iter(v, w): v must be callable");
  }
  return make_iterator(m, IteratorKind::callable, callable, args[1]);
}

Value builtin_next(Mutator& m, const CallArgs& args) {
  Value it = args[0];
  Type* cls = type_of(m, it);
  if (cls->slots->next == nullptr && lookup_type(m, cls, m.runtime->names.__next__).is_empty()) {
    return raise_type_error(m, "'" + class_name(m, it) + "' object is not an iterator");
  }
  if (is_kind(it, Kind::generator)) {
    Value returned;
    Value v = generator_resume(m, it.as<Generator>(), Value(), &returned);
    if (!v.is_empty() || m.has_exception()) {
      if (v.is_empty() && args.positional == 2 && exception_matches(m, m.runtime->exceptions.StopIteration)) {
        m.exception = Value();
        return args[1];
      }
      return v;
    }
    if (args.positional == 2) return args[1];
    return raise_stop_iteration(m, returned.is_none() ? Value() : returned);
  }
  // A class with its own __next__ raises its own StopIteration, whose value must survive.
  Value v = cls->has_type_flag(kHeapType) ? call_method(m, it, m.runtime->names.__next__, {}) : iter_next(m, it);
  if (!v.is_empty()) return v;
  if (m.has_exception()) {
    if (args.positional == 2 && exception_matches(m, m.runtime->exceptions.StopIteration)) {
      m.exception = Value();
      return args[1];
    }
    return Value();
  }
  return args.positional == 2 ? args[1] : raise_stop_iteration(m, Value());
}

const NativeDef kDefs[] = {
    {"len", builtin_len, 1, 1},
    {"any", builtin_any, 1, 1},
    {"all", builtin_all, 1, 1},
    {"sum", builtin_sum, 0, -1, true},
    {"min", builtin_min, 0, -1, true},
    {"max", builtin_max, 0, -1, true},
    {"sorted", builtin_sorted, 0, -1, true},
    {"iter", builtin_iter, 1, 2},
    {"next", builtin_next, 1, 2},
};

}  // namespace

std::span<const NativeDef> iterable_builtins() { return kDefs; }

}  // namespace turnstile
