// What an exploration found: exactly one of three verdicts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace turnstile::kit {

enum class Outcome : std::uint8_t {
  proved,   ///< every execution within the bounds was seen, and none violates a property
  refuted,  ///< a property is violated; there is a trace
  sampled,  ///< some executions were seen, and none violates a property
};

struct Violation {
  std::string property;  // one of the names in properties.h
  std::string text;
  std::string trace;   // columns per thread
  std::string replay;  // parse_replay() of it in Options::replay builds the same execution again
};

struct Report {
  Outcome outcome = Outcome::proved;
  std::string_view model;
  std::uint64_t executions = 0;  // complete
  std::uint64_t deadlocks = 0;   // counted where they are not violations
  std::uint64_t blocked = 0;     // explored although a thread waits for what this branch does not bring
  std::uint64_t dead = 0;        // given up early: nothing but duplicates behind them
  int threads = 0;
  int longest = 0;         // events of the longest execution
  int spurious_wakes = 0;  // per thread, at most
  double seconds = 0;
  bool truncated = false;  // a limit was hit: never proved
  std::string limit;       // which
  std::string bound;       // of a sample: what it covers, with which probability
  Violation violation;
  std::string text() const;
};

}  // namespace turnstile::kit
