// list.sort: the list is emptied while keys are made and compared (others see an empty list, as in CPython), the items
// are sorted in a private buffer, and the result is put back at once.
#include <algorithm>

#include "core/containers/keys.h"
#include "core/containers/list.h"
#include "core/containers/merge_sort.h"
#include "core/containers/support.h"
#include "core/long_operation.h"

namespace turnstile {

namespace {

constexpr std::uint32_t kComparisonsBetweenPolls = 4096;

// Items of the private buffers. A word each, so that the collector finds what they refer to.
struct Item {
  Value key;
};
struct KeyedItem {
  Value key, item;
};

enum class KeyType : std::uint8_t { ints, numbers, strings, tuples, general };

// Counts comparisons and gives up (answers false from then on) when a poll or a comparison raised.
struct Progress {
  explicit Progress(Mutator& mutator) : m(mutator) {}
  bool step() {
    if (++comparisons % kComparisonsBetweenPolls == 0 && !failed) failed = !poll(m);
    return !failed;
  }
  Mutator& m;
  std::uint32_t comparisons = 0;
  bool failed = false;
};

double as_number(Value v) { return v.is_double() ? v.as_double() : static_cast<double>(v.as_int()); }

// a < b for values of any type; raises through `progress`.
bool general_less(Progress& progress, Value a, Value b) {
  if (progress.failed) return false;
  if (is_exactly(a, Kind::tuple) && is_exactly(b, Kind::tuple)) {
    const auto* left = a.as<Tuple>();
    const auto* right = b.as<Tuple>();
    const std::uint32_t both = std::min(left->length(), right->length());
    for (std::uint32_t i = 0; i < both; ++i) {
      const Value x = left->at(i);
      const Value y = right->at(i);
      const int equal = items_equal(progress.m, x, y);
      if (equal == 1) continue;
      if (equal < 0) {
        progress.failed = true;
        return false;
      }
      return general_less(progress, x, y);
    }
    return left->length() < right->length();
  }
  if (a.is_int() && b.is_int()) return a.as_int() < b.as_int();
  if ((a.is_int() || a.is_double()) && (b.is_int() || b.is_double())) return as_number(a) < as_number(b);
  if (is_plain_str(a) && is_plain_str(b)) return str_compare(a.as<Str>(), b.as<Str>()) < 0;
  const int less = compare_truth(progress.m, CompareOp::lt, a, b);
  if (less < 0) progress.failed = true;
  return less > 0;
}

template <class T, KeyType type>
struct Less {
  Progress& progress;
  bool operator()(const T& a, const T& b) {
    if (!progress.step()) return false;
    if constexpr (type == KeyType::ints) return a.key.as_int() < b.key.as_int();
    if constexpr (type == KeyType::numbers) return as_number(a.key) < as_number(b.key);
    if constexpr (type == KeyType::strings) return str_compare(a.key.template as<Str>(), b.key.template as<Str>()) < 0;
    return general_less(progress, a.key, b.key);
  }
};

template <class T>
KeyType type_of_keys(const T* items, std::size_t n) {
  bool ints = true;
  bool numbers = true;
  bool strings = true;
  for (std::size_t i = 0; i < n && (ints || numbers || strings); ++i) {
    const Value k = items[i].key;
    ints = ints && k.is_int();
    numbers = numbers && (k.is_int() || k.is_double());
    strings = strings && is_plain_str(k);
  }
  return ints ? KeyType::ints : numbers ? KeyType::numbers : strings ? KeyType::strings : KeyType::general;
}

template <class T, KeyType type>
void sort_as(Progress& progress, T* items, std::size_t n, T* scratch) {
  Less<T, type> less{progress};
  MergeSort<T, Less<T, type>>(items, n, scratch, less).run();
}

template <class T>
void sort_items(Progress& progress, T* items, std::size_t n, T* scratch, bool reverse) {
  if (reverse) std::reverse(items, items + n);  // so that equal items keep their order through the second reversal
  switch (type_of_keys(items, n)) {
    case KeyType::ints:
      sort_as<T, KeyType::ints>(progress, items, n, scratch);
      break;
    case KeyType::numbers:
      sort_as<T, KeyType::numbers>(progress, items, n, scratch);
      break;
    case KeyType::strings:
      sort_as<T, KeyType::strings>(progress, items, n, scratch);
      break;
    default:
      sort_as<T, KeyType::general>(progress, items, n, scratch);
  }
  if (reverse) std::reverse(items, items + n);
}

// Private buffers as arrays of items. AtomicValue is a word without padding, as Value is.
template <class T>
T* as_items(ValueBuffer* buffer) {
  static_assert(sizeof(AtomicValue) == sizeof(Value));
  return reinterpret_cast<T*>(buffer->items);
}

// Sorts the n values of a buffer that only this thread has. False: raised, the buffer is some permutation.
bool sort_buffer(Mutator& m, ValueBuffer* buffer, std::size_t n, Value key, bool reverse) {
  Progress progress(m);
  if (key.is_none()) {
    ValueBuffer* scratch = allocate_buffer(m, static_cast<std::uint32_t>((n + 1) / 2));
    if (scratch == nullptr) return false;
    sort_items(progress, as_items<Item>(buffer), n, as_items<Item>(scratch), reverse);
    return !progress.failed;
  }
  ValueBuffer* keyed = allocate_buffer(m, static_cast<std::uint32_t>(2 * n));
  if (keyed == nullptr) return false;
  for (std::size_t i = 0; i < n; ++i) {
    const Value item = buffer->items[i].load_relaxed();
    const Value k = call(m, key, {item});
    if (k.is_empty()) return false;
    keyed->items[2 * i].store_relaxed(k);
    note_store(m, &keyed->items[2 * i]);
    keyed->items[2 * i + 1].store_relaxed(item);
  }
  ValueBuffer* scratch = allocate_buffer(m, static_cast<std::uint32_t>(2 * ((n + 1) / 2)));
  if (scratch == nullptr) return false;
  sort_items(progress, as_items<KeyedItem>(keyed), n, as_items<KeyedItem>(scratch), reverse);
  for (std::size_t i = 0; i < n; ++i) buffer->items[i].store_relaxed(keyed->items[2 * i + 1].load_relaxed());
  return !progress.failed;
}

}  // namespace

bool sort_list(Mutator& m, List* list, Value key, bool reverse) {
  if (key.is_empty()) key = Value::none();
  ValueBuffer* placeholder = allocate_buffer(m, 0);
  if (placeholder == nullptr) return false;
  std::uint64_t n;
  ValueBuffer* published;
  {
    ObjectGuard guard(m, list);
    n = list->size.load(std::memory_order_relaxed);
    published = list->buffer.load(std::memory_order_relaxed);
    if (n < 2 && (n == 0 || key.is_none())) return true;
    list->size.store(0, std::memory_order_release);
    list->buffer.store(placeholder, std::memory_order_release);
  }
  // Lock-free readers may still look into the published buffer: sort a copy of it.
  ValueBuffer* items = allocate_buffer(m, published->capacity());
  bool sorted = false;
  if (items == nullptr) {
    items = published;
  } else {
    sorted = true;
    for (std::uint64_t i = 0; i < n; ++i) {
      items->items[i].store_relaxed(published->items[i].load_relaxed());
      if (!poll_now_and_then(m, i)) sorted = false;  // copied to the end: the list gets its items back
    }
    sorted = sorted && sort_buffer(m, items, n, key, reverse);
  }
  bool modified;
  {
    ObjectGuard guard(m, list);
    modified = list->buffer.load(std::memory_order_relaxed) != placeholder;
    list->buffer.store(items, std::memory_order_release);
    list->size.store(n, std::memory_order_release);
  }
  if (sorted && modified) {
    raise_value_error(m, "list modified during sort");
    return false;
  }
  return sorted;
}

}  // namespace turnstile
