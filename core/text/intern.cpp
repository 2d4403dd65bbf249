// Interned strings: one Str for each text, alive as long as the runtime.
#include "core/intern.h"

#include <cstring>
#include <mutex>
#include <vector>

#include "allocator/marker.h"
#include "core/text/text.h"

namespace turnstile {

/// Open addressing over Str pointers; entries are never removed. `mutex` covers `slots` and `used`: its critical
/// sections probe, store, or grow the malloc'ed vector; none allocates managed memory or reaches a safepoint, so a
/// thread that waits for it never delays a stop. The collector reads the table with the world stopped.
struct RuntimeCore::InternTable {
  std::mutex mutex;
  std::vector<Str*> slots;  // a power of two; null: free
  std::size_t used = 0;
};

using strings::TextView;

namespace {

using Table = RuntimeCore::InternTable;

bool same(const Str* s, const TextView& v, std::uint64_t hash) {
  return s->cached_hash.load(std::memory_order_relaxed) == hash && s->length() == v.length && s->width() == v.width &&
         std::memcmp(s->data, v.data, v.bytes()) == 0;
}

/// The interned string of that text, or null with *free set to the slot where it belongs. The caller holds the mutex.
Str* probe(const Table& table, const TextView& v, std::uint64_t hash, std::size_t* free) {
  const std::size_t mask = table.slots.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    Str* s = table.slots[i];
    if (s == nullptr) {
      *free = i;
      return nullptr;
    }
    if (same(s, v, hash)) return s;
  }
}

void grow(Table& table) {
  std::vector<Str*> old = std::move(table.slots);
  table.slots.assign(old.empty() ? 1024 : old.size() * 2, nullptr);
  const std::size_t mask = table.slots.size() - 1;
  for (Str* s : old) {
    if (s == nullptr) continue;
    std::size_t i = s->cached_hash.load(std::memory_order_relaxed) & mask;
    while (table.slots[i] != nullptr) i = (i + 1) & mask;
    table.slots[i] = s;
  }
}

Str* find_interned(Table& table, const TextView& v, std::uint64_t hash) {
  const std::lock_guard<std::mutex> lock(table.mutex);
  if (table.slots.empty()) return nullptr;
  std::size_t free;
  return probe(table, v, hash, &free);
}

/// Adds s, unless another thread was first with the same text: returns the one that stays.
Str* insert(Table& table, Str* s, std::uint64_t hash) {
  const std::lock_guard<std::mutex> lock(table.mutex);
  if (table.slots.size() < (table.used + 1) * 2) grow(table);
  std::size_t free = 0;
  if (Str* other = probe(table, TextView(s), hash, &free)) return other;
  s->set_flag(kInterned);
  table.slots[free] = s;
  ++table.used;
  return s;
}

/// The empty string has hash 0, which probe() compares with the cached one: both are 0 always.
Str* intern_view(Mutator& m, const TextView& v) {
  Table& table = *m.runtime->interned;
  const std::uint64_t hash = strings::hash_memory(v.data, v.bytes());
  if (Str* s = find_interned(table, v, hash)) return s;
  Str* s = allocate_str(m, v.length, strings::widest_point(v));
  if (s == nullptr) return nullptr;
  strings::copy_points(s->data, s->width(), v);
  return insert(table, s, hash_str(s));
}

}  // namespace

Str* intern(Mutator& m, std::string_view utf8) {
  const TextView raw(utf8);
  if (strings::is_ascii(raw)) return intern_view(m, raw);
  Str* s = make_str(m, utf8);
  return s == nullptr ? nullptr : intern(m, s);
}

Str* intern(Mutator& m, Str* s) {
  if (s->has_flag(kInterned)) return s;
  Table& table = *m.runtime->interned;
  return insert(table, s, hash_str(s));
}

std::unique_ptr<RuntimeCore::InternTable, void (*)(RuntimeCore::InternTable*)> make_intern_table() {
  return {new Table, [](Table* table) { delete table; }};
}

void mark_interned(RuntimeCore::InternTable& table, allocator::Marker& marker) {
  for (Str* s : table.slots) {
    if (s != nullptr) marker.mark(s);
  }
}

namespace strings {

Str* make_character(Mutator& m, char32_t point) {
  if (point >= 0x100) {
    Str* s = allocate_str(m, 1, point);
    if (s != nullptr) put_point(s->data, s->width(), 0, point);
    return s;
  }
  // Pairs with the release store below: whoever sees the pointer sees the character.
  std::atomic<Object*>& slot = m.runtime->single_characters[point];
  if (Object* s = slot.load(std::memory_order_acquire)) return static_cast<Str*>(s);
  const auto byte = static_cast<unsigned char>(point);
  Str* s = intern_view(m, TextView(&byte, 1, 1));
  if (s != nullptr) slot.store(s, std::memory_order_release);
  return s;
}

void adopt_interned(Mutator& m, Shape* shape) {
  Table& table = *m.runtime->interned;
  const std::lock_guard<std::mutex> lock(table.mutex);
  for (Str* s : table.slots) {
    if (s != nullptr && s->shape() == nullptr) s->set_shape(shape);
  }
}

}  // namespace strings

}  // namespace turnstile
