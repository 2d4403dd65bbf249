// A run in a child process, watched from outside: what hangs or crashes there is a finding, not an accident.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tests/kit/real/stress.h"

namespace turnstile::kit {

struct Watched {
  std::string found;  // property, "hang", "crash" or "data race"; empty: nothing within the time
  double seconds = 0;
  std::uint64_t rounds = 0;
};

/// Calls run(seed, progress) in a child, with one seed after another, until it finds something, `seconds` are over, or
/// no round ends for `hang_seconds`. Only while the process has one thread.
Watched watch(double seconds, double hang_seconds,
              const std::function<StressReport(std::uint64_t, std::atomic<std::uint64_t>&)>& run);

}  // namespace turnstile::kit
