// The set algebra. Which of two sets is walked, and the size of the result's table, follow CPython: they decide the
// order in which programs see the elements.
#include "core/containers/dict.h"
#include "core/containers/set.h"
#include "core/containers/support.h"

namespace turnstile {

namespace {

// Calls fn(key, hash) for what a set or dict held at one moment, or for what an iterable gives; false: raised or fn
// failed.
template <class Fn>
bool for_each_hashed(Mutator& m, Value other, Fn&& fn) {
  if (is_any_set(other)) {
    const SetTable* table = is_kind(other, Kind::frozenset) ? other.as<Set>()->table.load(std::memory_order_acquire)
                                                            : set_snapshot(m, other.as<Set>());
    if (table == nullptr) return false;
    std::uint32_t position = 0;
    Value key;
    std::int64_t hash;
    while (set_next(table, &position, &key, &hash)) {
      if (!fn(key, hash)) return false;
    }
    return true;
  }
  if (is_exactly(other, Kind::dict)) {
    const DictTable* table = dict_snapshot(m, other.as<Dict>());
    if (table == nullptr) return false;
    const std::uint32_t used = table->entries_used.load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < used; ++i) {
      const DictEntry& e = table->entries[i];
      if (!fn(e.key.load_relaxed(), static_cast<std::int64_t>(e.hash.load(std::memory_order_relaxed)))) return false;
    }
    return true;
  }
  return for_each(m, other, [&](Value key) {
    std::int64_t hash;
    return hash_key(m, key, &hash) && fn(key, hash);
  });
}

bool same_set(const Set* set, Value other) { return Value::object(set) == other; }

}  // namespace

bool set_add(Mutator& m, Set* set, Value item) {
  std::int64_t hash;
  return hash_key(m, item, &hash) && set_add_hashed(m, set, item, hash);
}

int set_contains(Mutator& m, Set* set, Value item) {
  std::int64_t hash;
  return hash_key(m, item, &hash) ? set_contains_hashed(m, set, item, hash) : -1;
}

Type* plain_set_type(Mutator& m, const Set* set) {
  return set->kind == Kind::frozenset ? m.runtime->types.frozenset : m.runtime->types.set;
}

bool set_update(Mutator& m, Set* set, Value other) {
  if (same_set(set, other)) return true;
  if (is_any_set(other)) {
    const std::int64_t count = set_length(other.as<Set>());
    if (count == 0) return true;
    if (!set_reserve_for_merge(m, set, static_cast<std::uint64_t>(count))) return false;
    if (set_length(set) == 0) {
      SetTable* snapshot = set_snapshot(m, other.as<Set>());
      if (snapshot == nullptr) return false;
      if (set_take_over(m, set, snapshot)) return true;
    }
  } else if (is_exactly(other, Kind::dict)) {
    if (!set_reserve_for_merge(m, set, static_cast<std::uint64_t>(dict_length(other.as<Dict>())))) return false;
  }
  return for_each_hashed(m, other, [&](Value key, std::int64_t hash) { return set_add_hashed(m, set, key, hash); });
}

Set* set_from(Mutator& m, Value iterable, Type* cls) {
  Set* set = allocate_set(m, cls);
  if (set == nullptr || (!iterable.is_empty() && !set_update(m, set, iterable))) return nullptr;
  return set;
}

Set* set_copy(Mutator& m, Set* set, Type* cls) { return set_from(m, Value::object(set), cls); }

bool set_difference_update(Mutator& m, Set* set, Value other) {
  if (same_set(set, other)) return set_clear(m, set);
  const bool done = for_each_hashed(
      m, other, [&](Value key, std::int64_t hash) { return set_discard_hashed(m, set, key, hash) >= 0; });
  return done && set_drop_tombstones(m, set);
}

Set* set_difference(Mutator& m, Set* set, Value other, Type* cls) {
  std::int64_t other_length = -1;
  if (is_any_set(other)) other_length = set_length(other.as<Set>());
  if (is_exactly(other, Kind::dict)) other_length = dict_length(other.as<Dict>());
  if (other_length < 0 || (set_length(set) >> 2) > other_length) {
    Set* result = set_copy(m, set, cls);
    return result != nullptr && set_difference_update(m, result, other) ? result : nullptr;
  }
  Set* result = allocate_set(m, cls);
  if (result == nullptr) return nullptr;
  const bool done = for_each_hashed(m, Value::object(set), [&](Value key, std::int64_t hash) {
    int found;
    if (is_any_set(other)) {
      found = set_contains_hashed(m, other.as<Set>(), key, hash);
    } else {
      found = dict_get_hashed(m, other.as<Dict>(), key, hash).is_empty() ? (m.has_exception() ? -1 : 0) : 1;
    }
    return found > 0 || (found == 0 && set_add_hashed(m, result, key, hash));
  });
  return done ? result : nullptr;
}

Set* set_intersection(Mutator& m, Set* set, Value other, Type* cls) {
  if (same_set(set, other)) return set_copy(m, set, cls);
  Set* result = allocate_set(m, cls);
  if (result == nullptr) return nullptr;
  Value walked = other;
  Set* asked = set;
  if (is_any_set(other) && set_length(other.as<Set>()) > set_length(set)) {
    walked = Value::object(set);
    asked = other.as<Set>();
  }
  const bool done = for_each_hashed(m, walked, [&](Value key, std::int64_t hash) {
    const int found = set_contains_hashed(m, asked, key, hash);
    return found == 0 || (found > 0 && set_add_hashed(m, result, key, hash));
  });
  return done ? result : nullptr;
}

bool set_symmetric_difference_update(Mutator& m, Set* set, Value other) {
  if (same_set(set, other)) return set_clear(m, set);
  if (!is_any_set(other) && !is_exactly(other, Kind::dict)) {
    Set* distinct = set_from(m, other, plain_set_type(m, set));
    if (distinct == nullptr) return false;
    other = Value::object(distinct);
  }
  return for_each_hashed(m, other, [&](Value key, std::int64_t hash) {
    const int removed = set_discard_hashed(m, set, key, hash);
    return removed > 0 || (removed == 0 && set_add_hashed(m, set, key, hash));
  });
}

int set_is_subset(Mutator& m, Set* set, Set* other) {
  if (set_length(set) > set_length(other)) return 0;
  int result = 1;
  const bool done = for_each_hashed(m, Value::object(set), [&](Value key, std::int64_t hash) {
    const int found = set_contains_hashed(m, other, key, hash);
    if (found == 0) result = 0;
    return found == 1;
  });
  return done || result == 0 ? result : -1;
}

int set_is_disjoint(Mutator& m, Set* set, Value other) {
  if (same_set(set, other)) return set_length(set) == 0;
  Value walked = other;
  Set* asked = set;
  if (is_any_set(other) && set_length(other.as<Set>()) > set_length(set)) {
    walked = Value::object(set);
    asked = other.as<Set>();
  }
  int result = 1;
  const bool done = for_each_hashed(m, walked, [&](Value key, std::int64_t hash) {
    const int found = set_contains_hashed(m, asked, key, hash);
    if (found == 1) result = 0;
    return found == 0;
  });
  return done || result == 0 ? result : -1;
}

int set_equal(Mutator& m, Set* a, Set* b) { return set_length(a) != set_length(b) ? 0 : set_is_subset(m, a, b); }

}  // namespace turnstile
