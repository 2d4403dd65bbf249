// Tables of dicts: allocation, lookup, insertion, growth. The protocol: core/containers/dict.h.
#include <bit>
#include <cstring>

#include "core/allocate_object.h"
#include "core/containers/dict.h"
#include "core/exceptions.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kSmallestIndex = 8;
constexpr std::uint64_t kMaxEntries = std::uint64_t{1} << 30;

std::uint32_t usable(std::uint32_t index_size) { return index_size / 3 * 2 + (index_size % 3 == 2 ? 1 : 0); }

std::uint32_t used_of(const DictTable* table) { return table->entries_used.load(std::memory_order_relaxed); }

// Puts the next free entry into place. Under the guard, or the table is private; there is room and the key is absent.
void publish_entry(Mutator& m, DictTable* table, Value key, std::int64_t hash, Value value) {
  const std::uint32_t n = used_of(table);
  DictEntry& entry = table->entries[n];
  entry.hash.store(static_cast<std::uint64_t>(hash), std::memory_order_relaxed);
  entry.key.store_relaxed(key);
  entry.value.store(value);
  note_store(m, &entry.key);
  note_store(m, &entry.value);
  table->entries_used.store(n + 1, std::memory_order_release);  // pairs with dict_next
  table->live_end = n + 1;
  std::atomic<std::int32_t>* indices = table->indices();
  for (DictProbe probe(hash, table->index_mask);; probe.next()) {
    std::atomic<std::int32_t>& index = indices[probe.at()];
    if (index.load(std::memory_order_relaxed) < 0) {
      index.store(static_cast<std::int32_t>(n), std::memory_order_release);  // pairs with dict_find
      return;
    }
  }
}

// Fills a private, empty table, which looks empty to the collector until it is complete.
void copy_live_entries(DictTable* to, const DictTable* from) {
  const std::uint32_t used = used_of(from);
  std::atomic<std::int32_t>* indices = to->indices();
  std::uint32_t n = 0;
  for (std::uint32_t i = 0; i < used; ++i) {
    const DictEntry& entry = from->entries[i];
    const Value value = entry.value.load_relaxed();
    if (value.is_empty()) continue;
    const std::uint64_t hash = entry.hash.load(std::memory_order_relaxed);
    to->entries[n].hash.store(hash, std::memory_order_relaxed);
    to->entries[n].key.store_relaxed(entry.key.load_relaxed());
    to->entries[n].value.store_relaxed(value);
    DictProbe probe(static_cast<std::int64_t>(hash), to->index_mask);
    while (indices[probe.at()].load(std::memory_order_relaxed) >= 0) probe.next();
    indices[probe.at()].store(static_cast<std::int32_t>(n++), std::memory_order_relaxed);
  }
  to->live_end = n;
  to->entries_used.store(n, std::memory_order_release);  // pairs with dict_next and the tracer
}

// What copying its live entries touches.
std::size_t bytes_of(const DictTable* table) { return std::size_t{used_of(table)} * 2 * sizeof(DictEntry); }

void bump_version(Dict* dict) {
  dict->keys_version.store(dict->keys_version.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

void set_live(Dict* dict, std::uint64_t live) { dict->live.store(live, std::memory_order_release); }
std::uint64_t live_of(const Dict* dict) { return dict->live.load(std::memory_order_relaxed); }
DictTable* table_of(const Dict* dict) { return dict->table.load(std::memory_order_relaxed); }

// Where the index of entry n is. Under the guard.
std::atomic<std::int32_t>& index_of(DictTable* table, std::uint32_t n) {
  const auto hash = static_cast<std::int64_t>(table->entries[n].hash.load(std::memory_order_relaxed));
  DictProbe probe(hash, table->index_mask);
  while (table->indices()[probe.at()].load(std::memory_order_relaxed) != static_cast<std::int32_t>(n)) probe.next();
  return table->indices()[probe.at()];
}

// Under the guard. Returns the value.
Value delete_entry(Dict* dict, DictTable* table, std::uint32_t n) {
  const Value value = table->entries[n].value.load_relaxed();
  index_of(table, n).store(kDeletedIndex, std::memory_order_release);
  table->entries[n].value.store(Value());
  set_live(dict, live_of(dict) - 1);
  bump_version(dict);
  return value;
}

// Under the guard; false: the table is full.
bool insert_absent(Mutator& m, Dict* dict, Value key, std::int64_t hash, Value value) {
  DictTable* table = table_of(dict);
  if (used_of(table) == table->entry_capacity) return false;
  publish_entry(m, table, key, hash, value);
  set_live(dict, live_of(dict) + 1);
  bump_version(dict);
  return true;
}

// Replaces a full table; not under the guard.
bool grow(Mutator& m, Dict* dict, std::uint64_t extra) {
  const DictTable* full = dict->table.load(std::memory_order_acquire);
  const std::uint64_t live = live_of(dict);
  DictTable* table = allocate_dict_table(m, std::max(live * 2, live + extra));
  if (table == nullptr) return false;
  std::optional<ObjectGuard> guard(std::in_place, m, dict);
  if (table_of(dict) != full || live_of(dict) > table->entry_capacity) return true;  // another thread was faster
  guarded_work_away(m, guard, bytes_of(full), [&] {
    copy_live_entries(table, full);
    dict->table.store(table, std::memory_order_release);
    bump_version(dict);
  });
  return true;
}

// What a writer found under the guard.
enum class Outcome : std::uint8_t { done, full, ask };

// Finds the key again and applies `change(table, entry number)` to it, or `insert()` when absent. Retries with managed
// comparisons where they are needed. `change` and `insert` run under the guard and note their stores, the latter
// returns false when the table is full. False: raised.
template <class Change, class Insert>
bool locate_and_change(Mutator& m, Dict* dict, Value key, std::int64_t hash, Change&& change, Insert&& insert) {
  for (;;) {
    Outcome outcome = Outcome::done;
    {
      ObjectGuard guard(m, dict, NotesStores{});
      DictTable* table = table_of(dict);
      const std::int64_t n = dict_find(table, key, hash);
      if (n >= 0) {
        change(table, static_cast<std::uint32_t>(n));
      } else if (n == kAsk) {
        outcome = Outcome::ask;
      } else if (!insert()) {
        outcome = Outcome::full;
      }
    }
    while (outcome == Outcome::ask) {
      const std::uint32_t version = dict->keys_version.load(std::memory_order_acquire);
      DictTable* table = nullptr;
      const std::int64_t n = dict_lookup(m, dict, key, hash, &table);
      if (n == kRaised) return false;
      ObjectGuard guard(m, dict, NotesStores{});
      if (dict->keys_version.load(std::memory_order_relaxed) != version) continue;
      if (n >= 0) {
        change(table, static_cast<std::uint32_t>(n));
        return true;
      }
      outcome = insert() ? Outcome::done : Outcome::full;
    }
    if (outcome == Outcome::done) return true;
    if (!grow(m, dict, 1)) return false;
  }
}

}  // namespace

DictTable* allocate_dict_table(Mutator& m, std::uint64_t capacity) {
  if (capacity > kMaxEntries) {
    raise_memory_error(m);
    return nullptr;
  }
  std::uint32_t index_size = kSmallestIndex;
  while (usable(index_size) < capacity) index_size *= 2;
  const std::uint32_t entries = usable(index_size);
  const std::size_t bytes = sizeof(DictTable) + (entries - 1) * sizeof(DictEntry) + index_size * sizeof(std::int32_t);
  const Type* internal = m.runtime->types.internal;
  auto* table = new_object<DictTable>(m, internal == nullptr ? nullptr : internal->root_shape, Kind::dict_table, bytes);
  if (table == nullptr) return nullptr;
  table->index_mask = index_size - 1;
  table->entry_capacity = entries;                       // entries are initialized as they are used
  fill_away(m, index_size * sizeof(std::int32_t), [&] {  // no entry is used yet: the collector looks at none
    std::memset(static_cast<void*>(table->indices()), 0xff, index_size * sizeof(std::int32_t));
  });
  return table;
}

Dict* allocate_dict(Mutator& m, Type* cls) {
  DictTable* table = allocate_dict_table(m, 1);
  if (table == nullptr) return nullptr;
  Dict* dict = cls == nullptr ? new_object<Dict>(m, static_cast<Shape*>(nullptr), Kind::dict)
                              : new_object<Dict>(m, cls, Kind::dict);
  if (dict != nullptr) dict->table.store(table, std::memory_order_relaxed);
  return dict;
}

Dict* make_dict(Mutator& m) { return allocate_dict(m, m.runtime->types.dict); }

std::int64_t dict_lookup(Mutator& m, Dict* dict, Value key, std::int64_t hash, DictTable** out) {
restart:
  DictTable* table = dict->table.load(std::memory_order_acquire);
  *out = table;
  for (DictProbe probe(hash, table->index_mask);; probe.next()) {
    const std::int32_t i = table->indices()[probe.at()].load(std::memory_order_acquire);
    if (i == kFreeIndex) return kAbsent;
    if (i < 0) continue;
    const DictEntry& entry = table->entries[i];
    const Value k = entry.key.load_relaxed();
    if (k == key) return i;
    if (entry.hash.load(std::memory_order_relaxed) != static_cast<std::uint64_t>(hash)) continue;
    const int equal = items_equal(m, k, key);
    if (equal < 0) return kRaised;
    if (dict->table.load(std::memory_order_acquire) != table) goto restart;
    if (equal == 0) continue;
    if (entry.value.load().is_empty()) goto restart;
    return i;
  }
}

Value dict_get_hashed(Mutator& m, Dict* dict, Value key, std::int64_t hash) {
  DictTable* table = dict->table.load(std::memory_order_acquire);
  std::int64_t n = dict_find(table, key, hash);
  if (n == kAsk) n = dict_lookup(m, dict, key, hash, &table);
  return n < 0 ? Value() : table->entries[n].value.load();
}

Value dict_get(Mutator& m, Dict* dict, Value key) {
  std::int64_t hash;
  return hash_key(m, key, &hash) ? dict_get_hashed(m, dict, key, hash) : Value();
}

bool dict_set_hashed(Mutator& m, Dict* dict, Value key, std::int64_t hash, Value value) {
  return locate_and_change(
      m, dict, key, hash,
      [&](DictTable* table, std::uint32_t n) {
        table->entries[n].value.store(value);
        note_store(m, &table->entries[n].value);
      },
      [&] { return insert_absent(m, dict, key, hash, value); });
}

bool dict_set(Mutator& m, Dict* dict, Value key, Value value) {
  std::int64_t hash;
  return hash_key(m, key, &hash) && dict_set_hashed(m, dict, key, hash, value);
}

Value dict_set_default(Mutator& m, Dict* dict, Value key, Value value) {
  std::int64_t hash;
  if (!hash_key(m, key, &hash)) return Value();
  Value result = value;
  const bool done = locate_and_change(
      m, dict, key, hash, [&](DictTable* table, std::uint32_t n) { result = table->entries[n].value.load_relaxed(); },
      [&] { return insert_absent(m, dict, key, hash, value); });
  return done ? result : Value();
}

Value dict_pop(Mutator& m, Dict* dict, Value key, std::int64_t hash) {
  Value removed;
  locate_and_change(
      m, dict, key, hash, [&](DictTable* table, std::uint32_t n) { removed = delete_entry(dict, table, n); },
      [] { return true; });
  return removed;
}

int dict_delete(Mutator& m, Dict* dict, Value key) {
  std::int64_t hash;
  if (!hash_key(m, key, &hash)) return -1;
  if (!dict_pop(m, dict, key, hash).is_empty()) return 1;
  return m.has_exception() ? -1 : 0;
}

bool dict_pop_last(Mutator& m, Dict* dict, Value* key, Value* value) {
  ObjectGuard guard(m, dict, NotesStores{});
  DictTable* table = table_of(dict);
  std::uint32_t end = table->live_end;
  while (end > 0 && table->entries[end - 1].value.load_relaxed().is_empty()) --end;
  table->live_end = end;
  if (end == 0) return false;
  *key = table->entries[end - 1].key.load_relaxed();
  *value = delete_entry(dict, table, end - 1);
  table->live_end = end - 1;
  return true;
}

bool dict_clear(Mutator& m, Dict* dict) {
  DictTable* table = allocate_dict_table(m, 1);
  if (table == nullptr) return false;
  ObjectGuard guard(m, dict);
  dict->table.store(table, std::memory_order_release);
  set_live(dict, 0);
  bump_version(dict);
  return true;
}

bool dict_reserve(Mutator& m, Dict* dict, std::uint64_t extra) {
  const DictTable* table = dict->table.load(std::memory_order_acquire);
  return used_of(table) + extra <= table->entry_capacity || grow(m, dict, extra);
}

DictTable* dict_snapshot(Mutator& m, Dict* dict) {
  for (std::uint64_t slack = 0;; slack = slack * 2 + 8) {
    DictTable* copy = allocate_dict_table(m, live_of(dict) + slack);
    if (copy == nullptr) return nullptr;
    std::optional<ObjectGuard> guard(std::in_place, m, dict);
    if (live_of(dict) > copy->entry_capacity) continue;
    const DictTable* table = table_of(dict);
    guarded_work_away(m, guard, bytes_of(table), [&] { copy_live_entries(copy, table); });
    return copy;
  }
}

void dict_adopt(Dict* dict, DictTable* table) {
  dict->table.store(table, std::memory_order_release);
  set_live(dict, used_of(table));
  bump_version(dict);
}

Dict* dict_copy(Mutator& m, Dict* dict) {
  DictTable* table = dict_snapshot(m, dict);
  if (table == nullptr) return nullptr;
  Dict* copy = new_object<Dict>(m, m.runtime->types.dict, Kind::dict);
  if (copy == nullptr) return nullptr;
  dict_adopt(copy, table);
  return copy;
}

// --- names -----------------------------------------------------------------------------------------------------------

std::int64_t dict_find_name(DictTable* table, const Str* name) {
  const Value key = Value::object(name);
  const std::int64_t hash = hash_plain_str(name);
  std::atomic<std::int32_t>* indices = table->indices();
  for (DictProbe probe(hash, table->index_mask);; probe.next()) {
    const std::int32_t i = indices[probe.at()].load(std::memory_order_acquire);
    if (i == kFreeIndex) return kAbsent;
    if (i < 0) continue;
    const DictEntry& entry = table->entries[i];
    const Value k = entry.key.load_relaxed();
    if (k == key) return i;
    if (entry.hash.load(std::memory_order_relaxed) == static_cast<std::uint64_t>(hash) && is_plain_str(k) &&
        str_equal(k.as<Str>(), name)) {
      return i;
    }
  }
}

Value dict_get_name(Dict* dict, const Str* name) {
  DictTable* table = dict->table.load(std::memory_order_acquire);
  const std::int64_t n = dict_find_name(table, name);
  return n < 0 ? Value() : table->entries[n].value.load();
}

bool dict_set_name(Mutator& m, Dict* dict, Str* name, Value value) {
  if (name == nullptr) return false;  // intern() failed: MemoryError is raised
  return dict_set_hashed(m, dict, Value::object(name), hash_plain_str(name), value);
}

bool dict_next(const DictTable* table, std::uint32_t* position, Value* key, Value* value) {
  const std::uint32_t used = table->entries_used.load(std::memory_order_acquire);
  for (std::uint32_t i = *position; i < used; ++i) {
    const Value v = table->entries[i].value.load();
    if (v.is_empty()) continue;
    *key = table->entries[i].key.load_relaxed();
    *value = v;
    *position = i + 1;
    return true;
  }
  *position = used;
  return false;
}

}  // namespace turnstile
