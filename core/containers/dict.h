// The dict protocol, and the operations on dicts that core/ops.h does not declare.
//
//   Dict { table, live, keys_version } ──► DictTable { entries in insertion order | int32 indices, open addressed }
//
//   Readers (no lock)      table (acquire); probe indices (acquire); the entry's key and hash never change once an
//                          index leads to it; value (acquire). An empty value: the key was deleted.
//   Writers (ObjectGuard)  replace: value (release) in the current table.
//                          insert:  entry's hash, key, value; entries_used (release); index (release); live;
//                                   keys_version (release), last, so that whoever reads the new version sees the key.
//                          delete:  value = empty (release); index = -2; live; keys_version.
//                          grow:    new table, live entries only; table (release); keys_version.
//
// Keys whose comparison needs managed code (`ask`, core/containers/keys.h) are looked up without the guard; a lookup
// restarts when the table was replaced meanwhile, and a writer goes on under the guard only if keys_version is still
// what it was before its lookup. Nothing is allocated under a guard: see core/containers/list.h.
#pragma once

#include "core/containers/keys.h"
#include "core/guard.h"
#include "core/objects/containers.h"

namespace turnstile {

inline constexpr std::int64_t kAbsent = -1;  // results of lookups that are no entry number
inline constexpr std::int64_t kAsk = -2;
inline constexpr std::int64_t kRaised = -3;

inline constexpr std::int32_t kFreeIndex = -1;
inline constexpr std::int32_t kDeletedIndex = -2;

/// Walks the positions of a hash: i = (5 i + 1 + perturbation), the perturbation fed by the upper bits of the hash.
class DictProbe {
 public:
  DictProbe(std::int64_t hash, std::uint32_t mask)
      : mask_(mask), perturb_(static_cast<std::uint64_t>(hash)), at_(perturb_ & mask) {}
  std::uint64_t at() const { return at_; }
  void next() {
    perturb_ >>= 5;
    at_ = (at_ * 5 + perturb_ + 1) & mask_;
  }

 private:
  std::uint64_t mask_, perturb_, at_;
};

/// Entry number of a key in a table, kAbsent, or kAsk when a key with that hash needs managed code to compare.
inline std::int64_t dict_find(DictTable* table, Value key, std::int64_t hash) {
  std::atomic<std::int32_t>* indices = table->indices();
  for (DictProbe probe(hash, table->index_mask);; probe.next()) {
    const std::int32_t i = indices[probe.at()].load(std::memory_order_acquire);  // pairs with publish_entry
    if (i == kFreeIndex) return kAbsent;
    if (i < 0) continue;
    const DictEntry& entry = table->entries[i];
    const Value k = entry.key.load_relaxed();
    if (k == key) return i;
    if (entry.hash.load(std::memory_order_relaxed) != static_cast<std::uint64_t>(hash)) continue;
    switch (match_keys(k, key)) {
      case KeyMatch::yes:
        return i;
      case KeyMatch::ask:
        return kAsk;
      default:
        break;
    }
  }
}

/// Full lookup, may run __eq__: entry number in *table, kAbsent or kRaised.
std::int64_t dict_lookup(Mutator& m, Dict* dict, Value key, std::int64_t hash, DictTable** table);

/// An empty table for at least `capacity` entries. Null with MemoryError.
DictTable* allocate_dict_table(Mutator& m, std::uint64_t capacity);
/// An empty dict of class `cls` (dict or a subclass; null while dict does not exist yet).
Dict* allocate_dict(Mutator& m, Type* cls);

/// Value of a key with a known hash: as dict_get.
Value dict_get_hashed(Mutator& m, Dict* dict, Value key, std::int64_t hash);
bool dict_set_hashed(Mutator& m, Dict* dict, Value key, std::int64_t hash, Value value);
/// The value that the dict then has for the key: what it had, else `value` (stored). Atomic.
Value dict_set_default(Mutator& m, Dict* dict, Value key, Value value);
/// Removes a key and returns its value; empty: absent, or raised.
Value dict_pop(Mutator& m, Dict* dict, Value key, std::int64_t hash);
/// Removes the newest entry. False: empty.
bool dict_pop_last(Mutator& m, Dict* dict, Value* key, Value* value);
bool dict_clear(Mutator& m, Dict* dict);
/// Room for `extra` more keys, so that inserting them replaces the table once.
bool dict_reserve(Mutator& m, Dict* dict, std::uint64_t extra);
/// All entries at one moment, in a table of its own that nobody else sees. Null with MemoryError.
DictTable* dict_snapshot(Mutator& m, Dict* dict);
/// A new exact dict with the same entries.
Dict* dict_copy(Mutator& m, Dict* dict);
/// Replaces what a private dict holds by the entries of a private table.
void dict_adopt(Dict* dict, DictTable* table);
/// The keys of a dict, or what a view shows, at one moment.
List* dict_contents(Mutator& m, Value dict_or_view);
/// a == b for two dicts: 1, 0, -1.
int dict_equal(Mutator& m, Dict* a, Dict* b);
/// KeyError(key) for a failed lookup unless something was raised already.
Value raise_missing_key(Mutator& m, Value key);

Value make_dict_view(Mutator& m, Dict* dict, DictViewKind kind);
/// New tuple (key, value).
Value make_pair(Mutator& m, Value key, Value value);

inline std::int64_t dict_length(const Dict* dict) {
  return static_cast<std::int64_t>(dict->live.load(std::memory_order_acquire));
}

}  // namespace turnstile
