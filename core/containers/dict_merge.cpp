// Filling one dict from another, from a mapping, or from pairs.
#include "core/containers/dict_merge.h"
#include "core/containers/dict.h"
#include "core/containers/sequences.h"
#include "core/containers/support.h"
#include "core/long_operation.h"

namespace turnstile {

Value make_pair(Mutator& m, Value key, Value value) {
  Tuple* pair = allocate_tuple(m, 2);
  if (pair == nullptr) return Value();
  pair->items[0].store_relaxed(key);
  pair->items[1].store_relaxed(value);
  return Value::object(pair);
}

bool dict_is_plain_mapping(Mutator& m, Value v) {
  if (!is_kind(v, Kind::dict)) return false;
  if (is_exactly(v, Kind::dict)) return true;
  Str* iter = m.runtime->names.__iter__;
  return lookup_type(m, type_of(m, v), iter) == lookup_type(m, m.runtime->types.dict, iter);
}

bool dict_merge(Mutator& m, Dict* dict, Dict* other) {
  if (dict == other) return true;
  // A snapshot keeps the source as it was at one moment; only keys that ask for managed code need one entry at a time.
  DictTable* source = dict_snapshot(m, other);
  if (source == nullptr || !dict_reserve(m, dict, source->entries_used.load(std::memory_order_relaxed))) return false;
  const std::uint32_t used = source->entries_used.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < used; ++i) {
    const DictEntry& e = source->entries[i];
    const auto hash = static_cast<std::int64_t>(e.hash.load(std::memory_order_relaxed));
    if (!dict_set_hashed(m, dict, e.key.load_relaxed(), hash, e.value.load_relaxed())) return false;
    if (!poll_now_and_then(m, i)) return false;
  }
  return true;
}

namespace {

bool merge_mapping(Mutator& m, Dict* dict, Value mapping) {
  Value keys = call_method(m, mapping, m.runtime->names.keys, {});
  if (keys.is_empty()) return false;
  return for_each(m, keys, [&](Value key) {
    Value value = get_item(m, mapping, key);
    return !value.is_empty() && dict_set(m, dict, key, value);
  });
}

bool merge_pairs(Mutator& m, Dict* dict, Value pairs) {
  std::int64_t n = 0;
  return for_each(m, pairs, [&](Value item) {
    Value key;
    Value value;
    std::uint64_t length = 0;
    if (is_exactly(item, Kind::tuple)) {
      const auto* pair = item.as<Tuple>();
      length = pair->length();
      if (length == 2) {
        key = pair->at(0);
        value = pair->at(1);
      }
    } else {
      if (!is_iterable(m, item)) {
        raise_type_error(m,
                         "cannot convert dictionary update sequence element #" + std::to_string(n) + " to a sequence");
        return false;
      }
      List* pair = list_from(m, item);
      if (pair == nullptr) return false;
      length = pair->size.load(std::memory_order_relaxed);
      if (length == 2) {
        key = list_get_fast(pair, 0);
        value = list_get_fast(pair, 1);
      }
    }
    if (length != 2) {
      raise_value_error(m, "dictionary update sequence element #" + std::to_string(n) + " has length " +
                               std::to_string(length) + "; 2 is required");
      return false;
    }
    ++n;
    return dict_set(m, dict, key, value);
  });
}

}  // namespace

bool dict_update(Mutator& m, Dict* dict, Value source) {
  if (dict_is_plain_mapping(m, source)) return dict_merge(m, dict, source.as<Dict>());
  Value keys = get_attr_or_empty(m, source, m.runtime->names.keys);
  if (m.has_exception()) return false;
  return keys.is_empty() ? merge_pairs(m, dict, source) : merge_mapping(m, dict, source);
}

bool dict_update_from_args(Mutator& m, const char* name, Dict* dict, const CallArgs& args) {
  if (!check_positional(m, name, args, 0, 1, true)) return false;
  if (args.positional == 1 && !dict_update(m, dict, args[0])) return false;
  for (std::uint32_t i = 0; i < args.keywords(); ++i) {
    if (!dict_set(m, dict, args.keyword_names->at(i), args.keyword_value(i))) return false;
  }
  return true;
}

int dict_equal(Mutator& m, Dict* a, Dict* b) {
  if (a == b) return 1;
  if (dict_length(a) != dict_length(b)) return 0;
  const DictTable* table = a->table.load(std::memory_order_acquire);
  std::uint32_t used = table->entries_used.load(std::memory_order_acquire);
  for (std::uint32_t i = 0; i < used; ++i) {
    const DictEntry& e = table->entries[i];
    const Value value = e.value.load();
    if (value.is_empty()) continue;
    const Value other =
        dict_get_hashed(m, b, e.key.load_relaxed(), static_cast<std::int64_t>(e.hash.load(std::memory_order_relaxed)));
    if (other.is_empty()) return m.has_exception() ? -1 : 0;
    const int equal = items_equal(m, value, other);
    if (equal != 1) return equal;
    if (!poll_now_and_then(m, i)) return -1;
  }
  return 1;
}

Value raise_missing_key(Mutator& m, Value key) { return m.has_exception() ? Value() : raise_key_error(m, key); }

}  // namespace turnstile
