// Containers against models of the standard library, on one thread.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/containers/dict.h"
#include "core/containers/list.h"
#include "core/containers/merge_sort.h"
#include "core/containers/sequences.h"
#include "core/containers/set.h"
#include "core/containers/slice.h"
#include "core/embedding.h"
#include "core/ops.h"
#include "core/runtime.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/gil.h"

namespace turnstile {
namespace {

Value num(std::int64_t i) { return Value::small_int(i); }

TEST_CASE("merge sort is stable and sorts runs of every kind") {
  struct Item {
    int key, at;
    bool operator==(const Item&) const = default;
  };
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const std::size_t n = random() % 400;
    const unsigned shape = random() % 5;
    std::vector<Item> items(n);
    for (std::size_t i = 0; i < n; ++i) {
      const int at = static_cast<int>(i);
      const int saw = at % 37;
      const int keys[] = {static_cast<int>(random() % 10), at, -at, (at / 37) % 2 != 0 ? saw : -saw,
                          static_cast<int>(random() % 100000)};
      items[i] = {keys[shape], at};
    }
    std::vector<Item> expected = items;
    auto less = [](const Item& a, const Item& b) { return a.key < b.key; };
    // The positions break ties, so that an unstable sort gives the stable order.
    std::sort(expected.begin(), expected.end(),
              [](const Item& a, const Item& b) { return a.key != b.key ? a.key < b.key : a.at < b.at; });
    std::vector<Item> scratch(n / 2 + 1);
    MergeSort<Item, decltype(less)>(items.data(), n, scratch.data(), less).run();
    REQUIRE(items == expected);
  }
}

TEST_CASE("slices clamp as Python's do") {
  const auto count = [](std::int64_t start, std::int64_t stop, std::int64_t step, std::int64_t length) {
    return adjust_slice({start, stop, step}, length).count;
  };
  CHECK(count(0, INT64_MAX, 1, 5) == 5);
  CHECK(count(-2, INT64_MAX, 1, 5) == 2);
  CHECK(count(1, 4, 2, 5) == 2);
  CHECK(count(4, 1, 1, 5) == 0);
  CHECK(count(INT64_MAX, INT64_MIN, -1, 5) == 5);
  CHECK(count(INT64_MAX, INT64_MIN, -INT64_MAX, 5) == 1);
  CHECK(count(-100, 100, 1, 0) == 0);
}

TEST_CASE_TEMPLATE("list follows a vector", P, Biased, Gil) {
  BasicRuntime<P> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  std::mt19937 random(2);
  List* list = make_list(m, nullptr, 0);
  std::vector<std::int64_t> model;
  for (int i = 0; i < 20000; ++i) {
    switch (random() % 6) {
      case 0:
      case 1:
        REQUIRE(list_append(m, list, num(i)));
        model.push_back(i);
        break;
      case 2: {
        const auto at = static_cast<std::int64_t>(random() % (model.size() + 1));
        REQUIRE(list_insert(m, list, at, num(i)));
        model.insert(model.begin() + at, i);
        break;
      }
      case 3:
        if (!model.empty()) {
          const auto at = static_cast<std::int64_t>(random() % model.size());
          REQUIRE(list_remove_at(m, list, at, Value()) == num(model[static_cast<std::size_t>(at)]));
          model.erase(model.begin() + at);
        }
        break;
      case 4: {
        const auto begin = static_cast<std::int64_t>(random() % (model.size() + 1));
        const auto end =
            begin + static_cast<std::int64_t>(random() % (model.size() + 1 - static_cast<std::size_t>(begin)));
        const std::uint32_t fresh = random() % 4;
        ValueBuffer* items = allocate_buffer(m, fresh + 1);
        for (std::uint32_t k = 0; k < fresh; ++k) items->items[k].store(num(k));
        REQUIRE(list_replace(m, list, begin, end, items, fresh));
        model.erase(model.begin() + begin, model.begin() + end);
        for (std::uint32_t k = 0; k < fresh; ++k) model.insert(model.begin() + begin + k, k);
        break;
      }
      default:
        if (!model.empty()) {
          REQUIRE(list_pop_fast(m, list) == num(model.back()));
          model.pop_back();
          list_shrink(m, list);
        }
    }
    REQUIRE(list->size.load() == model.size());
  }
  for (std::size_t i = 0; i < model.size(); ++i) CHECK(list_get(list, static_cast<std::int64_t>(i)) == num(model[i]));
  CHECK(list_get(list, static_cast<std::int64_t>(model.size())).is_empty());
  CHECK(list_get(list, -1).is_empty());
}

TEST_CASE_TEMPLATE("dict follows a map and keeps the order of insertion", P, Biased, Gil) {
  BasicRuntime<P> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  std::mt19937 random(3);
  Dict* dict = make_dict(m);
  std::map<int, int> model;
  const auto key_of = [&](int k) { return k % 2 != 0 ? Value::object(make_str(m, std::to_string(k))) : num(k); };
  for (int i = 0; i < 50000; ++i) {
    const int k = static_cast<int>(random() % 300);
    const std::uint32_t version = dict->keys_version.load();
    switch (random() % 5) {
      case 0:
      case 1: {
        const bool fresh = model.find(k) == model.end();
        REQUIRE(dict_set(m, dict, key_of(k), num(i)));
        if (fresh) CHECK(dict->keys_version.load() != version);
        if (!fresh) CHECK(dict->keys_version.load() == version);
        model[k] = i;
        break;
      }
      case 2: {
        const int removed = dict_delete(m, dict, key_of(k));
        REQUIRE(removed == static_cast<int>(model.erase(k)));
        CHECK((dict->keys_version.load() != version) == (removed != 0));
        break;
      }
      default: {
        const Value v = dict_get(m, dict, key_of(k));
        REQUIRE(v.is_empty() == (model.find(k) == model.end()));
        if (!v.is_empty()) CHECK(v == num(model[k]));
      }
    }
    REQUIRE(dict_length(dict) == static_cast<std::int64_t>(model.size()));
  }
  Value key;
  Value value;
  while (dict_pop_last(m, dict, &key, &value)) {
  }
  for (int i = 0; i < 100; ++i) REQUIRE(dict_set(m, dict, num(i * 7), num(i)));
  std::uint32_t position = 0;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(dict_next(dict->table.load(), &position, &key, &value));
    CHECK(key == num(i * 7));
  }
  CHECK_FALSE(dict_next(dict->table.load(), &position, &key, &value));
}

TEST_CASE("numbers that are equal are one key") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Dict* dict = make_dict(m);
  REQUIRE(dict_set(m, dict, num(1), num(10)));
  REQUIRE(dict_set(m, dict, Value::number(1.0), num(11)));
  REQUIRE(dict_set(m, dict, Value::true_value(), num(12)));
  CHECK(dict_length(dict) == 1);
  CHECK(dict_get(m, dict, num(1)) == num(12));
  REQUIRE(dict_set(m, dict, Value::number(0.5), num(1)));
  CHECK(dict_length(dict) == 2);
}

TEST_CASE("names are found without managed code, interned or not") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Dict* dict = make_dict(m);
  Str* name = intern(m, "a_name");
  REQUIRE(dict_set(m, dict, Value::object(make_str(m, "a_name")), num(1)));
  CHECK(dict_get_name(dict, name) == num(1));
  const std::int64_t at = dict_find_name(dict->table.load(), name);
  REQUIRE(at >= 0);
  REQUIRE(dict_set_name(m, dict, name, num(2)));
  CHECK(dict->table.load()->entries[at].value.load() == num(2));
  CHECK(dict_delete(m, dict, Value::object(name)) == 1);
  CHECK(dict_get_name(dict, name).is_empty());
  CHECK(dict->table.load()->entries[at].value.load().is_empty());
}

TEST_CASE("sets order small ints as CPython does") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  const auto order = [&](Set* set) {
    std::vector<std::int64_t> items;
    std::uint32_t position = 0;
    Value key;
    std::int64_t hash;
    while (set_next(set->table.load(), &position, &key, &hash)) items.push_back(key.as_int());
    return items;
  };
  Set* set = make_set(m, Kind::set);
  for (int i : {1, 2, 3, 40, 50, 60, 0}) REQUIRE(set_add(m, set, num(i)));
  CHECK(set_discard_hashed(m, set, num(0), 0) == 1);
  REQUIRE(set_add(m, set, num(32)));  // takes the tombstone of 0
  CHECK(order(set) == std::vector<std::int64_t>{32, 1, 2, 3, 40, 50, 60});
  CHECK(set_pop(m, set) == num(32));
  CHECK(set_length(set) == 6);
}

}  // namespace
}  // namespace turnstile
