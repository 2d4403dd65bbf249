// Litmus tests as data, their outcomes as the explorer finds them, and three oracles that share no code with it:
// all interleavings under SC, all interleavings with store buffers under TSO, and all ways to connect reads with writes
// that the axioms of RC11 (or SC, or TSO) allow.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/kit/engine/engine.h"

namespace turnstile::kit {

struct Instruction {
  enum class What : std::uint8_t {
    load,
    store,
    add,
    exchange,
    cas,
    await,
    fence,
    light,
    heavy,
    park,
    unpark,
    park_until
  };
  What what = What::load;
  int location = 0;
  Order order = Order::relaxed;
  std::uint64_t value = 0;     // stored, added; awaited, parked until; woken at most
  std::uint64_t expected = 0;  // cas, park
};

struct Litmus {
  int locations = 2;
  std::vector<std::vector<Instruction>> threads;
  std::string text() const;
};

/// What the loads of each thread returned, then the last value of each location.
using Values = std::vector<std::uint64_t>;
struct Outcomes {
  std::set<Values> set;
  std::uint64_t executions = 0;  // graphs that were seen, each counted as often as it was
  std::set<Values> ordered_set;  // by the explorer: of the executions that have happened in some order of their events
  std::uint64_t ordered = 0;
  bool deadlock = false;
  bool complete = true;
};

/// By the explorer. `loops`: park_until as a loop around load and park, of which nothing is left out.
Outcomes explore(const Litmus& litmus, Model model, bool loops = false);
/// By brute force over interleavings: SC or TSO. Asymmetric heavy fences reach one thread after another.
Outcomes interleave(const Litmus& litmus, Model model);
/// By brute force over rf and mo. Knows no park, unpark or deadlock. executions is the number of graphs.
Outcomes enumerate(const Litmus& litmus, Model model);

/// A random program that is small enough for the oracles.
struct RandomShape {
  int threads = 3;
  int instructions = 3;  // at most, per thread
  int locations = 2;
  bool waits = false;       // await, park, unpark
  bool awaits = false;      // await
  bool park_until = false;  // with waits: instead of await
  bool asymmetric = false;
};
Litmus random_litmus(std::uint64_t seed, const RandomShape& shape);

}  // namespace turnstile::kit
