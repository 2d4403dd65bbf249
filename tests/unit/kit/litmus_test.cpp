// The explorer against oracles: classical litmus tests with the outcome counts of the literature, and random programs
// for which brute force gives the same outcomes, and the axioms the same number of executions.
#include <doctest/doctest.h>

#include <cstdio>

#include "tests/kit/oracle/litmus.h"

namespace turnstile::kit {
namespace {

using What = Instruction::What;
constexpr int kX = 0, kY = 1;

Instruction load(int l, Order o = Order::relaxed) { return {.what = What::load, .location = l, .order = o}; }
Instruction store(int l, std::uint64_t v, Order o = Order::relaxed) {
  return {.what = What::store, .location = l, .order = o, .value = v};
}
Instruction add(int l, std::uint64_t v, Order o = Order::relaxed) {
  return {.what = What::add, .location = l, .order = o, .value = v};
}
Instruction barrier(What what = What::fence) { return {.what = what}; }

struct Counts {
  std::size_t sc, tso, rc11;
};

void expect(const char* name, const Litmus& litmus, Counts counts) {
  const std::string test = name;
  CAPTURE(test);
  CHECK(explore(litmus, Model::sc).set.size() == counts.sc);
  CHECK(explore(litmus, Model::tso).set.size() == counts.tso);
  CHECK(explore(litmus, Model::rc11).set.size() == counts.rc11);
  for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
    CHECK(explore(litmus, model).set == enumerate(litmus, model).set);
  }
  CHECK(explore(litmus, Model::sc).set == interleave(litmus, Model::sc).set);
}

TEST_CASE("litmus tests have the outcomes of the literature") {
  const Order acq = Order::acquire, rel = Order::release, sc = Order::seq_cst;
  auto two = [](std::vector<Instruction> a, std::vector<Instruction> b) {
    return Litmus{2, {std::move(a), std::move(b)}};
  };
  expect("SB", two({store(kX, 1), load(kY)}, {store(kY, 1), load(kX)}), {3, 4, 4});
  expect("SB+rel+acq", two({store(kX, 1, rel), load(kY, acq)}, {store(kY, 1, rel), load(kX, acq)}), {3, 4, 4});
  expect("SB+sc", two({store(kX, 1, sc), load(kY, sc)}, {store(kY, 1, sc), load(kX, sc)}), {3, 3, 3});
  expect("SB+fences", two({store(kX, 1), barrier(), load(kY)}, {store(kY, 1), barrier(), load(kX)}), {3, 3, 3});
  expect("SB+one fence", two({store(kX, 1), barrier(), load(kY)}, {store(kY, 1), load(kX)}), {3, 4, 4});
  expect("SB+light+heavy",
         two({store(kX, 1), barrier(What::light), load(kY)}, {store(kY, 1), barrier(What::heavy), load(kX)}),
         {3, 3, 3});
  expect("SB+light+light",
         two({store(kX, 1), barrier(What::light), load(kY)}, {store(kY, 1), barrier(What::light), load(kX)}),
         {3, 4, 4});
  expect("MP", two({store(kX, 1), store(kY, 1)}, {load(kY), load(kX)}), {3, 3, 4});
  expect("MP+rel+acq", two({store(kX, 1), store(kY, 1, rel)}, {load(kY, acq), load(kX)}), {3, 3, 3});
  expect("MP+rel+rlx", two({store(kX, 1), store(kY, 1, rel)}, {load(kY), load(kX)}), {3, 3, 4});
  expect("MP+fences", two({store(kX, 1), barrier(), store(kY, 1)}, {load(kY), barrier(), load(kX)}), {3, 3, 3});
  expect("LB", two({load(kX), store(kY, 1)}, {load(kY), store(kX, 1)}), {3, 3, 3});  // po ∪ rf is acyclic
  expect("2+2W", two({store(kX, 1), store(kY, 2)}, {store(kY, 1), store(kX, 2)}), {3, 3, 4});
  expect("2+2W+rel", two({store(kX, 1, rel), store(kY, 2, rel)}, {store(kY, 1, rel), store(kX, 2, rel)}), {3, 3, 4});
  expect("CoRR", Litmus{1, {{store(kX, 1)}, {load(kX), load(kX)}}}, {3, 3, 3});
  expect("CoWW", Litmus{1, {{store(kX, 1), store(kX, 2)}, {load(kX)}}}, {3, 3, 3});
  expect("add", Litmus{1, {{add(kX, 1)}, {add(kX, 1)}, {add(kX, 1)}}}, {6, 6, 6});
  auto iriw = [](Order w, Order r) {
    return Litmus{2, {{store(kX, 1, w)}, {store(kY, 1, w)}, {load(kX, r), load(kY, r)}, {load(kY, r), load(kX, r)}}};
  };
  expect("IRIW", iriw(Order::relaxed, Order::relaxed), {15, 15, 16});
  expect("IRIW+rel+acq", iriw(rel, acq), {15, 15, 16});
  expect("IRIW+sc", iriw(sc, sc), {15, 15, 15});
  auto wrc = [](Order w, Order r) {
    return Litmus{2, {{store(kX, 1)}, {load(kX, r), store(kY, 1, w)}, {load(kY, r), load(kX)}}};
  };
  expect("WRC", wrc(Order::relaxed, Order::relaxed), {7, 7, 8});
  expect("WRC+rel+acq", wrc(rel, acq), {7, 7, 7});  // by coherence: the middle thread has read x
}

TEST_CASE("a release sequence goes on through read-modify-writes, and ends at a plain store") {
  const Order acq = Order::acquire, rel = Order::release;
  auto stale = [](const Outcomes& outcomes, std::uint64_t flag) {
    for (const auto& o : outcomes.set) {
      if (o[o.size() - 4] == flag && o[o.size() - 3] == 0) return true;
    }
    return false;
  };
  const Litmus through{2, {{store(kX, 1), store(kY, 1, rel)}, {add(kY, 1)}, {load(kY, acq), load(kX)}}};
  CHECK_FALSE(stale(explore(through, Model::rc11), 2));
  const Litmus ended{2, {{store(kX, 1), store(kY, 1, rel), store(kY, 2)}, {load(kY, acq), load(kX)}}};
  CHECK(stale(explore(ended, Model::rc11), 2));
}

void compare(const Litmus& litmus, Model model, bool axioms, bool interleavings) {
  CAPTURE(name_of(model));
  CAPTURE(litmus.text());
  const Outcomes found = explore(litmus, model);
  REQUIRE(found.complete);
  if (axioms) {
    const Outcomes all = enumerate(litmus, model);
    REQUIRE(found.set == all.set);
    REQUIRE(found.executions == all.executions);  // none is lost, and none is seen twice
  }
  if (interleavings) {
    const Outcomes all = interleave(litmus, model);
    REQUIRE(found.set == all.set);
    REQUIRE(found.deadlock == all.deadlock);
  }
}

/// What the default tier of the kit relies on: who explores RC11 has explored SC.
void check_implied(const Litmus& litmus, bool counted) {
  CAPTURE(litmus.text());
  const Outcomes sc = explore(litmus, Model::sc), weak = explore(litmus, Model::rc11);
  REQUIRE(weak.ordered_set == sc.set);
  if (counted) REQUIRE(weak.ordered == sc.executions);
  REQUIRE(weak.deadlock >= sc.deadlock);
}

void compare_random(int programs, const RandomShape& shape) {
  int deadlocks = 0;
  for (int seed = 1; seed <= programs; ++seed) {
    const Litmus litmus = random_litmus(static_cast<std::uint64_t>(seed), shape);
    const bool queues = shape.waits;
    for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
      // Without a light fence between two operations a compiler may swap them, which interleavings do not.
      const bool interleavings = model == Model::sc || (model == Model::tso && !shape.asymmetric);
      compare(litmus, model, !queues, interleavings);
    }
    check_implied(litmus, !shape.park_until);
    deadlocks += explore(litmus, Model::sc).deadlock ? 1 : 0;
  }
  const bool waiting = shape.waits || shape.awaits;
  CHECK((deadlocks > 0) == waiting);
  CHECK(deadlocks < programs);
}

TEST_CASE("random programs of two threads: brute force finds the same") {
  compare_random(700, {.threads = 2, .instructions = 4});
}
TEST_CASE("random programs of three threads: brute force finds the same") {
  compare_random(60, {.threads = 3, .instructions = 3});
}
TEST_CASE("random programs on one location: brute force finds the same") {
  compare_random(100, {.threads = 3, .instructions = 2, .locations = 1});
}
TEST_CASE("random programs that await: brute force finds the same") {
  compare_random(300, {.threads = 2, .instructions = 4, .awaits = true});
}
TEST_CASE("random programs that park: brute force finds the same") {
  compare_random(500, {.threads = 3, .instructions = 3, .waits = true});
}
TEST_CASE("random programs that park until: a loop of which nothing is left out finds the same") {
  const RandomShape shape{.threads = 3, .instructions = 3, .waits = true, .park_until = true};
  compare_random(600, shape);
  std::uint64_t all = 0, left = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const Litmus litmus = random_litmus(seed, shape);
    CAPTURE(litmus.text());
    for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
      const Outcomes loop = explore(litmus, model, true), found = explore(litmus, model);
      REQUIRE(found.set == loop.set);
      REQUIRE(found.deadlock == loop.deadlock);
      REQUIRE(found.executions <= loop.executions);
      all += loop.executions;
      left += found.executions;
    }
  }
  CHECK(left < all);
  std::printf("park_until: %llu executions instead of %llu\n", static_cast<unsigned long long>(left),
              static_cast<unsigned long long>(all));
}
TEST_CASE("random programs with asymmetric fences: brute force finds the same") {
  compare_random(300, {.threads = 2, .instructions = 4, .asymmetric = true});
}

}  // namespace
}  // namespace turnstile::kit
