// time.
#include <time.h>

#include <cmath>
#include <string>

#include "core/exceptions.h"
#include "core/guard.h"
#include "core/modules/registry.h"
#include "core/ops.h"

namespace turnstile {

namespace {

std::int64_t clock_ns(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

template <clockid_t kClock>
Value seconds(Mutator&, const CallArgs&) {
  return Value::number(static_cast<double>(clock_ns(kClock)) * 1e-9);
}
template <clockid_t kClock>
Value nanoseconds(Mutator& m, const CallArgs&) {
  return make_int(m, clock_ns(kClock));
}

Value time_sleep(Mutator& m, const CallArgs& args) {
  double duration;
  if (is_kind(args[0], Kind::str)) return raise_type_error(m, "'str' object cannot be interpreted as an integer");
  if (!number_to_double(m, args[0], &duration)) return Value();
  if (std::isnan(duration)) return raise_value_error(m, "Invalid value NaN (not a number)");
  if (duration < 0) return raise_value_error(m, "sleep length must be non-negative");
  if (duration > 9.2e9) return raise_overflow_error(m, "timestamp too large to convert to C _PyTime_t");
  const Deadline deadline = RealPlatform::now() + static_cast<Deadline>(duration * 1e9);
  for (;;) {
    // Before each sleep: an earlier wait may have taken the token that came with an interrupt.
    if (!m.runtime->deliver_interrupt(m)) return Value();
    bool expired;
    {
      BlockingRegion region(m);
      expired = !m.parker.park(deadline);
    }
    if (expired) return m.runtime->deliver_interrupt(m) ? Value::none() : Value();
  }
}

Value time_strftime(Mutator& m, const CallArgs& args) {
  if (!is_kind(args[0], Kind::str)) return raise_type_error(m, "strftime() argument 1 must be str");
  if (args.positional != 1) return raise_not_implemented(m, "time.strftime with a time tuple is not supported");
  const time_t now = ::time(nullptr);
  tm local{};
  localtime_r(&now, &local);
  char buffer[256];
  const std::size_t n = strftime(buffer, sizeof buffer, to_utf8(args[0].as<Str>()).c_str(), &local);
  Str* s = make_str(m, std::string_view(buffer, n));
  return s == nullptr ? Value() : Value::object(s);
}

const NativeDef kDefs[] = {
    {"time", seconds<CLOCK_REALTIME>, 0, 0},
    {"time_ns", nanoseconds<CLOCK_REALTIME>, 0, 0},
    {"monotonic", seconds<CLOCK_MONOTONIC>, 0, 0},
    {"monotonic_ns", nanoseconds<CLOCK_MONOTONIC>, 0, 0},
    {"perf_counter", seconds<CLOCK_MONOTONIC>, 0, 0},
    {"perf_counter_ns", nanoseconds<CLOCK_MONOTONIC>, 0, 0},
    {"process_time", seconds<CLOCK_PROCESS_CPUTIME_ID>, 0, 0},
    {"process_time_ns", nanoseconds<CLOCK_PROCESS_CPUTIME_ID>, 0, 0},
    {"thread_time", seconds<CLOCK_THREAD_CPUTIME_ID>, 0, 0},
    {"thread_time_ns", nanoseconds<CLOCK_THREAD_CPUTIME_ID>, 0, 0},
    {"sleep", time_sleep, 1, 1},
    {"strftime", time_strftime, 1, 2},
};

}  // namespace

bool init_time(Mutator& m, Module* module) { return add_functions(m, module, kDefs); }

}  // namespace turnstile
