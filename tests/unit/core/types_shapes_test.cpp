// Shapes and instances: slots never move, transitions are shared, and what threads do to one instance at once is kept.
#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "core/embedding.h"
#include "core/ops.h"
#include "core/poll.h"
#include "core/runtime.h"
#include "core/types/classes.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"

namespace turnstile {
namespace {

Value num(std::int64_t i) { return Value::small_int(i); }

Type* empty_class(Mutator& m, const char* name) {
  Value cls = make_class(m, intern(m, name), m.runtime->empty_tuple, make_dict(m), CallArgs{});
  REQUIRE(is_kind(cls, Kind::type));
  m.runtime->add_root(cls);
  return cls.as<Type>();
}

Value instance_of(Mutator& m, Type* cls) {
  Value v = call(m, Value::object(cls), {});
  REQUIRE(is_kind(v, Kind::instance));
  m.runtime->add_root(v);
  return v;
}

Str* name_of(Mutator& m, int i) { return intern(m, "attribute" + std::to_string(i)); }

}  // namespace

TEST_CASE("types: instances that get the same attributes in the same order share their shape") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Type* cls = empty_class(m, "Point");
  Value a = instance_of(m, cls), b = instance_of(m, cls), c = instance_of(m, cls);
  Str* x = intern(m, "x");
  Str* y = intern(m, "y");
  for (Value v : {a, b}) {
    CHECK(set_attr(m, v, x, num(1)));
    CHECK(set_attr(m, v, y, num(2)));
  }
  CHECK(set_attr(m, c, y, num(2)));
  CHECK(set_attr(m, c, x, num(1)));
  CHECK(a.as_object()->shape() == b.as_object()->shape());
  CHECK(a.as_object()->shape() != c.as_object()->shape());
  CHECK(find_slot(a.as_object()->shape(), x) == 0);
  CHECK(find_slot(a.as_object()->shape(), y) == 1);
  CHECK(find_slot(c.as_object()->shape(), x) == 1);
  CHECK(find_slot(cls->root_shape, x) == kNoSlot);
}

TEST_CASE("types: a deleted attribute leaves a hole and the others where they are") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Value v = instance_of(m, empty_class(m, "Holes"));
  for (int i = 0; i < 12; ++i) CHECK(set_attr(m, v, name_of(m, i), num(i)));
  CHECK(delete_attr(m, v, name_of(m, 3)));
  CHECK(find_slot(v.as_object()->shape(), name_of(m, 3)) == kNoSlot);
  CHECK(find_slot(v.as_object()->shape(), name_of(m, 11)) == 11);
  CHECK(set_attr(m, v, name_of(m, 3), num(33)));
  CHECK(find_slot(v.as_object()->shape(), name_of(m, 3)) == 12);
  for (int i = 0; i < 12; ++i) CHECK(get_attr(m, v, name_of(m, i)) == num(i == 3 ? 33 : i));
}

TEST_CASE("types: many attributes, endless adding and deleting, and __dict__ all end in dict mode") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Type* cls = empty_class(m, "Many");
  Value v = instance_of(m, cls);
  for (int i = 0; i < 400; ++i) CHECK(set_attr(m, v, name_of(m, i), num(i)));
  CHECK(v.as_object()->shape()->dict_mode);
  for (int i = 0; i < 400; ++i) CHECK(get_attr(m, v, name_of(m, i)) == num(i));

  Value w = instance_of(m, cls);
  for (int i = 0; i < 300; ++i) {
    CHECK(set_attr(m, w, name_of(m, i % 7), num(i)));
    CHECK(delete_attr(m, w, name_of(m, i % 7)));
  }
  CHECK(get_attr_or_empty(m, w, name_of(m, 1)).is_empty());

  Value u = instance_of(m, cls);
  CHECK(set_attr(m, u, name_of(m, 1), num(5)));
  Value dict = get_attribute_dict(m, u);
  REQUIRE(is_kind(dict, Kind::dict));
  CHECK(dict_get_name(dict.as<Dict>(), name_of(m, 1)) == num(5));
  CHECK(dict_set_name(m, dict.as<Dict>(), name_of(m, 2), num(6)));  // live
  CHECK(get_attr(m, u, name_of(m, 2)) == num(6));
  CHECK(get_attribute_dict(m, u) == dict);
}

TEST_CASE("types: a changed class gets a new version, and so do its subclasses") {
  BasicRuntime<Biased> runtime;
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  Type* base = empty_class(m, "Base");
  Value bases = make_tuple(m, {Value::object(base)});
  Value derived = make_class(m, intern(m, "Derived"), bases.as<Tuple>(), make_dict(m), CallArgs{});
  REQUIRE(is_kind(derived, Kind::type));
  m.runtime->add_root(derived);
  Str* name = intern(m, "answer");
  CHECK(lookup_type(m, derived.as<Type>(), name).is_empty());
  const std::uint64_t before = derived.as<Type>()->version.load();
  CHECK(set_attr(m, Value::object(base), name, num(42)));
  CHECK(derived.as<Type>()->version.load() != before);
  CHECK(lookup_type(m, derived.as<Type>(), name) == num(42));
  CHECK(delete_attr(m, Value::object(base), name));
  CHECK(lookup_type(m, derived.as<Type>(), name).is_empty());
}

TEST_CASE_TEMPLATE("types: threads that add attributes to one instance lose none", P, Biased, Grwl, Gil) {
  constexpr int kThreads = 4;
  constexpr int kEach = 40;  // together fewer than make a dict of it
  BasicRuntime<P> runtime;
  Value v;
  {
    MainScope scope(runtime);
    v = instance_of(scope.mutator(), empty_class(scope.mutator(), "Shared"));
  }
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      ThreadScope scope(runtime);
      Mutator& m = scope.mutator();
      for (int i = 0; i < kEach; ++i) {
        Str* name = name_of(m, t * kEach + i);
        if (!set_attr(m, v, name, num(-1)) || !set_attr(m, v, name, num(t * kEach + i))) std::abort();
        poll(m);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  MainScope scope(runtime);
  for (int i = 0; i < kThreads * kEach; ++i) {
    CHECK(get_attr(scope.mutator(), v, name_of(scope.mutator(), i)) == num(i));
  }
}

TEST_CASE_TEMPLATE("types: a store is not lost when the instance goes over to a dict", P, Biased, Grwl, Gil) {
  BasicRuntime<P> runtime;
  for (int round = 0; round < 50; ++round) {
    Value v;
    {
      MainScope scope(runtime);
      Mutator& m = scope.mutator();
      v = instance_of(m, empty_class(m, "Moving"));
      CHECK(set_attr(m, v, name_of(m, 0), num(0)));
    }
    std::atomic<bool> wrong{false};
    std::thread writer([&] {
      ThreadScope scope(runtime);
      Mutator& m = scope.mutator();
      Str* name = name_of(m, 0);
      for (int i = 1; i <= 2000; ++i) {
        // Nobody else writes this attribute: what was stored is what is read.
        if (!set_attr(m, v, name, num(i)) || get_attr(m, v, name) != num(i)) wrong = true;
        poll(m);
      }
    });
    std::thread mover([&] {
      ThreadScope scope(runtime);
      if (get_attribute_dict(scope.mutator(), v).is_empty()) wrong = true;
    });
    writer.join();
    mover.join();
    CHECK_FALSE(wrong.load());
  }
}

TEST_CASE_TEMPLATE("types: lookups while a class changes see an old or a new value", P, Biased, Grwl, Gil) {
  BasicRuntime<P> runtime;
  Type* cls;
  Value v;
  {
    MainScope scope(runtime);
    Mutator& m = scope.mutator();
    cls = empty_class(m, "Changing");
    v = instance_of(m, cls);
    CHECK(set_attr(m, Value::object(cls), intern(m, "value"), num(0)));
  }
  std::atomic<bool> done{false}, wrong{false};
  std::vector<std::thread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      ThreadScope scope(runtime);
      Mutator& m = scope.mutator();
      Str* name = intern(m, "value");
      std::int64_t last = 0;
      while (!done.load(std::memory_order_acquire)) {
        Value seen = get_attr(m, v, name);
        if (!seen.is_int() || seen.as_int() < last) wrong = true;
        last = seen.is_int() ? seen.as_int() : last;
        poll(m);
      }
    });
  }
  {
    ThreadScope scope(runtime);
    Mutator& m = scope.mutator();
    for (int i = 1; i <= 3000; ++i) {
      if (!set_attr(m, Value::object(cls), intern(m, "value"), num(i))) wrong = true;
      poll(m);
    }
    done.store(true, std::memory_order_release);
  }
  for (std::thread& reader : readers) reader.join();
  CHECK_FALSE(wrong.load());
}

}  // namespace turnstile
