// Chooses interleavings where all of them are too many: one decision before each event, under sequential consistency.
#pragma once

#include <cstdint>
#include <string>

namespace turnstile::kit {

class Scheduler {
 public:
  virtual ~Scheduler() = default;
  /// Before each execution. False: enough of them.
  virtual bool begin(int threads) = 0;
  /// `enabled`: a bit per thread that can take a step, not 0. `last`: who took the last one, -1 at first.
  virtual int pick(std::uint32_t enabled, int last) = 0;
  /// A choice of the environment.
  virtual int choose(int options) = 0;
  /// After each execution, with the number of its steps.
  virtual void end(int steps) = 0;
  /// What the executions so far cover.
  virtual std::string bound() const = 0;
};

}  // namespace turnstile::kit
