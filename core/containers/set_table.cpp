// Tables of sets: allocation, lookup, insertion, growth. The protocol: core/containers/set.h.
#include <cstring>

#include "core/allocate_object.h"
#include "core/containers/dict.h"
#include "core/containers/set.h"
#include "core/exceptions.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kSmallestTable = 8;
constexpr std::uint32_t kNeighbours = 9;  // looked at after the first entry, before a jump

// The order in which a hash visits the entries: the entry, its neighbours where they do not pass the end, a jump.
class SetProbe {
 public:
  SetProbe(std::int64_t hash, std::uint32_t mask)
      : mask_(mask), perturb_(static_cast<std::uint64_t>(hash)), base_(perturb_ & mask) {
    start_run();
  }
  std::uint64_t at() const { return base_ + step_; }
  void next() {
    if (step_ < run_) {
      ++step_;
      return;
    }
    perturb_ >>= 5;
    base_ = (base_ * 5 + 1 + perturb_) & mask_;
    start_run();
  }

 private:
  void start_run() {
    step_ = 0;
    run_ = base_ + kNeighbours <= mask_ ? kNeighbours : 0;
  }
  std::uint64_t mask_, perturb_, base_, step_ = 0, run_ = 0;
};

SetTable* table_of(const Set* set) { return set->table.load(std::memory_order_relaxed); }
std::uint64_t live_of(const Set* set) { return set->live.load(std::memory_order_relaxed); }
std::uint32_t fill_of(const SetTable* table) { return table->fill.load(std::memory_order_relaxed); }

SetTable* allocate_table(Mutator& m, std::uint64_t least) {
  std::uint64_t size = kSmallestTable;
  while (size <= least) size *= 2;
  if (size > (std::uint64_t{1} << 30)) {
    raise_memory_error(m);
    return nullptr;
  }
  const Type* internal = m.runtime->types.internal;
  auto* table = new_object<SetTable>(m, internal == nullptr ? nullptr : internal->root_shape, Kind::set_table,
                                     sizeof(SetTable) + (size - 1) * sizeof(SetEntry));
  if (table == nullptr) return nullptr;
  // While it is cleared the collector looks at one entry, which is clear; `mask` says how many.
  table->entries[0].key.store_relaxed(Value());
  fill_away(m, size * sizeof(SetEntry),
            [&] { std::memset(static_cast<void*>(table->entries + 1), 0, (size - 1) * sizeof(SetEntry)); });
  table->entries[0].hash.store(0, std::memory_order_relaxed);
  table->mask = static_cast<std::uint32_t>(size - 1);
  return table;
}

std::size_t bytes_of(const SetTable* table) { return (std::size_t{table->mask} + 1) * sizeof(SetEntry); }

// Entry of a key, kAbsent, or kAsk.
std::int64_t find(const SetTable* table, Value key, std::int64_t hash) {
  for (SetProbe probe(hash, table->mask);; probe.next()) {
    const SetEntry& entry = table->entries[probe.at()];
    const Value k = entry.key.load();  // pairs with put
    if (k == key) return static_cast<std::int64_t>(probe.at());
    if (k.is_empty()) return kAbsent;
    if (k == SetTable::tombstone() || entry.hash.load(std::memory_order_relaxed) != static_cast<std::uint64_t>(hash)) {
      continue;
    }
    switch (match_keys(k, key)) {
      case KeyMatch::yes:
        return static_cast<std::int64_t>(probe.at());
      case KeyMatch::ask:
        return kAsk;
      default:
        break;
    }
  }
}

// The same with managed comparisons; not under the guard.
std::int64_t lookup(Mutator& m, Set* set, Value key, std::int64_t hash, SetTable** out) {
restart:
  SetTable* table = set->table.load(std::memory_order_acquire);
  *out = table;
  for (SetProbe probe(hash, table->mask);; probe.next()) {
    const SetEntry& entry = table->entries[probe.at()];
    const Value k = entry.key.load();
    if (k == key) return static_cast<std::int64_t>(probe.at());
    if (k.is_empty()) return kAbsent;
    if (k == SetTable::tombstone() || entry.hash.load(std::memory_order_relaxed) != static_cast<std::uint64_t>(hash)) {
      continue;
    }
    const int equal = items_equal(m, k, key);
    if (equal < 0) return kRaised;
    if (set->table.load(std::memory_order_acquire) != table || entry.key.load() != k) goto restart;
    if (equal != 0) return static_cast<std::int64_t>(probe.at());
  }
}

// Puts a key that is absent into the first free entry. Under the guard, or the table is private.
void put(SetTable* table, Value key, std::int64_t hash) {
  SetProbe probe(hash, table->mask);
  while (!table->entries[probe.at()].key.load_relaxed().is_empty()) probe.next();
  SetEntry& entry = table->entries[probe.at()];
  entry.hash.store(static_cast<std::uint64_t>(hash), std::memory_order_relaxed);
  entry.key.store(key);  // pairs with find
  table->fill.store(fill_of(table) + 1, std::memory_order_relaxed);
}

void copy_live(SetTable* to, const SetTable* from) {
  for (std::uint32_t i = 0; i <= from->mask; ++i) {
    const Value k = from->entries[i].key.load_relaxed();
    if (k.is_empty() || k == SetTable::tombstone()) continue;
    put(to, k, static_cast<std::int64_t>(from->entries[i].hash.load(std::memory_order_relaxed)));
  }
}

bool crowded(const SetTable* table) { return std::uint64_t{fill_of(table)} * 5 >= std::uint64_t{table->mask} * 3; }

// A new table with more than `least` entries; not under the guard.
bool resize(Mutator& m, Set* set, std::uint64_t least) {
  const SetTable* old = set->table.load(std::memory_order_acquire);
  SetTable* table = allocate_table(m, least);
  if (table == nullptr) return false;
  std::optional<ObjectGuard> guard(std::in_place, m, set);
  if (table_of(set) != old || live_of(set) >= table->mask) return true;  // another thread was faster
  // The collector may look into a table that is half full: its keys are in the old one, too.
  guarded_work_away(m, guard, bytes_of(table), [&] {
    copy_live(table, old);
    set->table.store(table, std::memory_order_release);
  });
  return true;
}

std::uint64_t grown(std::uint64_t live) { return live > 50000 ? live * 2 : live * 4; }

enum class Outcome : std::uint8_t { done, crowded, full, ask };

void count_change(Set* set, std::uint64_t live) {
  set->live.store(live, std::memory_order_release);
  set->version.store(set->version.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

// Under the guard; the key is absent. Takes the last tombstone before the free entry that ends the search.
Outcome add_absent(Mutator& m, Set* set, Value key, std::int64_t hash) {
  SetTable* table = table_of(set);
  SetEntry* entry = nullptr;
  for (SetProbe probe(hash, table->mask);; probe.next()) {
    SetEntry& e = table->entries[probe.at()];
    const Value k = e.key.load_relaxed();
    if (k == SetTable::tombstone()) entry = &e;
    if (!k.is_empty()) continue;
    if (entry != nullptr) break;
    if (fill_of(table) >= table->mask) return Outcome::full;
    entry = &e;
    table->fill.store(fill_of(table) + 1, std::memory_order_relaxed);
    break;
  }
  const bool reused = entry->key.load_relaxed() == SetTable::tombstone();
  entry->hash.store(static_cast<std::uint64_t>(hash), std::memory_order_relaxed);
  entry->key.store(key);  // pairs with find
  note_store(m, &entry->key);
  count_change(set, live_of(set) + 1);
  return !reused && crowded(table) ? Outcome::crowded : Outcome::done;
}

// Under the guard.
void bury(Set* set, SetTable* table, std::int64_t at) {
  table->entries[at].key.store(SetTable::tombstone());
  count_change(set, live_of(set) - 1);
}

}  // namespace

Set* allocate_set(Mutator& m, Type* cls) {
  SetTable* table = allocate_table(m, 0);
  if (table == nullptr) return nullptr;
  auto* set = new_object<Set>(m, cls, cls->instance_kind);
  if (set != nullptr) set->table.store(table, std::memory_order_relaxed);
  return set;
}

Set* make_set(Mutator& m, Kind kind) {
  return allocate_set(m, kind == Kind::frozenset ? m.runtime->types.frozenset : m.runtime->types.set);
}

int set_contains_hashed(Mutator& m, Set* set, Value key, std::int64_t hash) {
  std::int64_t at = find(set->table.load(std::memory_order_acquire), key, hash);
  if (at == kAsk) {
    SetTable* table;
    at = lookup(m, set, key, hash, &table);
  }
  return at >= 0 ? 1 : at == kRaised ? -1 : 0;
}

bool set_add_hashed(Mutator& m, Set* set, Value key, std::int64_t hash) {
  for (;;) {
    Outcome outcome;
    {
      ObjectGuard guard(m, set, NotesStores{});
      const std::int64_t at = find(table_of(set), key, hash);
      if (at >= 0) return true;
      outcome = at == kAsk ? Outcome::ask : add_absent(m, set, key, hash);
    }
    while (outcome == Outcome::ask) {
      std::uint32_t version;
      {
        ObjectGuard guard(m, set, NotesStores{});  // not between the two stores of a writer
        version = set->version.load(std::memory_order_relaxed);
      }
      SetTable* table;
      const std::int64_t at = lookup(m, set, key, hash, &table);
      if (at == kRaised) return false;
      if (at >= 0) return true;
      ObjectGuard guard(m, set, NotesStores{});
      if (set->version.load(std::memory_order_relaxed) == version) outcome = add_absent(m, set, key, hash);
    }
    if (outcome == Outcome::done) return true;
    const bool resized = resize(m, set, grown(live_of(set)));
    if (outcome == Outcome::crowded || !resized) return resized;
  }
}

int set_discard_hashed(Mutator& m, Set* set, Value key, std::int64_t hash) {
  {
    ObjectGuard guard(m, set, NotesStores{});
    SetTable* table = table_of(set);
    const std::int64_t at = find(table, key, hash);
    if (at >= 0) bury(set, table, at);
    if (at != kAsk) return at >= 0;
  }
  for (;;) {
    SetTable* table;
    const std::int64_t at = lookup(m, set, key, hash, &table);
    if (at < 0) return at == kRaised ? -1 : 0;
    const Value found = table->entries[at].key.load();
    ObjectGuard guard(m, set, NotesStores{});
    if (found == SetTable::tombstone() || table_of(set) != table || table->entries[at].key.load_relaxed() != found)
      continue;
    bury(set, table, at);
    return 1;
  }
}

bool set_clear(Mutator& m, Set* set) {
  SetTable* table = allocate_table(m, 0);
  if (table == nullptr) return false;
  ObjectGuard guard(m, set);
  set->table.store(table, std::memory_order_release);
  count_change(set, 0);
  set->finger = 0;
  return true;
}

Value set_pop(Mutator& m, Set* set) {
  ObjectGuard guard(m, set, NotesStores{});
  if (live_of(set) == 0) return Value();
  SetTable* table = table_of(set);
  std::uint64_t at = set->finger & table->mask;
  Value key = table->entries[at].key.load_relaxed();
  while (key.is_empty() || key == SetTable::tombstone()) {
    at = (at + 1) & table->mask;
    key = table->entries[at].key.load_relaxed();
  }
  bury(set, table, static_cast<std::int64_t>(at));
  set->finger = static_cast<std::uint32_t>(at + 1);
  return key;
}

bool set_next(const SetTable* table, std::uint32_t* position, Value* key, std::int64_t* hash) {
  for (std::uint32_t i = *position; i <= table->mask; ++i) {
    const Value k = table->entries[i].key.load();
    if (k.is_empty() || k == SetTable::tombstone()) continue;
    *key = k;
    *hash = static_cast<std::int64_t>(table->entries[i].hash.load(std::memory_order_relaxed));
    *position = i + 1;
    return true;
  }
  *position = table->mask + 1;
  return false;
}

SetTable* set_snapshot(Mutator& m, Set* set) {
  for (;;) {
    const SetTable* table = set->table.load(std::memory_order_acquire);
    SetTable* copy = allocate_table(m, table->mask);
    if (copy == nullptr) return nullptr;
    std::optional<ObjectGuard> guard(std::in_place, m, set);
    if (table_of(set) != table) continue;
    guarded_work_away(m, guard, bytes_of(table), [&] {
      for (std::uint32_t i = 0; i <= table->mask; ++i) {
        const Value k = table->entries[i].key.load_relaxed();
        if (k.is_empty()) continue;
        copy->entries[i].key.store_relaxed(k);
        copy->entries[i].hash.store(table->entries[i].hash.load(std::memory_order_relaxed), std::memory_order_relaxed);
      }
      copy->fill.store(fill_of(table), std::memory_order_relaxed);
    });
    return copy;
  }
}

void set_adopt(Mutator& m, Set* set, Set* contents) {
  ObjectGuard guard(m, set);
  set->table.store(table_of(contents), std::memory_order_release);
  count_change(set, live_of(contents));
}

bool set_take_over(Mutator& m, Set* set, SetTable* snapshot) {
  std::uint64_t live = 0;
  for (std::uint32_t i = 0; i <= snapshot->mask; ++i) {
    const Value k = snapshot->entries[i].key.load_relaxed();
    if (k == SetTable::tombstone()) return false;
    live += !k.is_empty();
  }
  ObjectGuard guard(m, set);
  if (fill_of(table_of(set)) != 0 || table_of(set)->mask != snapshot->mask) return false;
  set->table.store(snapshot, std::memory_order_release);
  count_change(set, live);
  return true;
}

bool set_drop_tombstones(Mutator& m, Set* set) {
  const SetTable* table = set->table.load(std::memory_order_acquire);
  const std::uint64_t live = live_of(set);
  if (fill_of(table) - std::min<std::uint64_t>(live, fill_of(table)) <= table->mask / 4) return true;
  return resize(m, set, grown(live));
}

bool set_reserve_for_merge(Mutator& m, Set* set, std::uint64_t count) {
  const SetTable* table = set->table.load(std::memory_order_acquire);
  if ((fill_of(table) + count) * 5 < std::uint64_t{table->mask} * 3) return true;
  return resize(m, set, (live_of(set) + count) * 2);
}

}  // namespace turnstile
