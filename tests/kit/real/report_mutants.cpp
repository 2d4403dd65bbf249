// How many of the named mutants a stress run catches, and, built with the thread sanitizer, how many that one reports:
//
//   stress_mutants [seconds]        for all of them together, 60 if not given; flawless ones first, which must pass
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/kit/mutants/faulty_mutex.h"
#include "tests/kit/mutants/faulty_world.h"
#include "tests/kit/mutants/list.h"
#include "tests/kit/real/delay_platform.h"
#include "tests/kit/real/watched.h"

#ifdef TURNSTILE_TSAN
extern "C" const char* __tsan_default_options() { return "exitcode=66:halt_on_error=1:report_signal_unsafe=0"; }
#endif

namespace turnstile::kit {
namespace {

using Run = StressReport (*)(const StressOptions&);
struct Subject {
  const char* name;
  Run run;
};

template <Bug bug>
using World = FaultyWorld<DelayPlatform, bug>;
template <MutexBug bug>
using Mutex = FaultyMutex<DelayPlatform, bug>;

constexpr Subject kFlawless[] = {{"a world without a bug", &stress_world<World<Bug::none>>},
                                 {"a mutex without a bug", &stress_mutex<Mutex<MutexBug::none>>}};
constexpr Subject kMutants[] = {
#define TURNSTILE_SUBJECT(bug, property) {#bug, &stress_world<World<Bug::bug>>},
    TURNSTILE_FOR_EACH_WORLD_BUG(TURNSTILE_SUBJECT)
#undef TURNSTILE_SUBJECT
#define TURNSTILE_SUBJECT(bug, property) {#bug, &stress_mutex<Mutex<MutexBug::bug>>},
        TURNSTILE_FOR_EACH_MUTEX_BUG(TURNSTILE_SUBJECT)
#undef TURNSTILE_SUBJECT
};

Watched try_one(const Subject& subject, double seconds) {
  const Watched result = watch(seconds, 2, [&](std::uint64_t seed, std::atomic<std::uint64_t>& progress) {
    return subject.run({.threads = 4, .rounds = 500, .seed = seed, .progress = &progress});
  });
  std::printf("%-32s %-18s %7.2f s, %llu rounds\n", subject.name, result.found.empty() ? "-" : result.found.c_str(),
              result.seconds, static_cast<unsigned long long>(result.rounds));
  std::fflush(stdout);
  return result;
}

int report(double seconds) {
  int wrong = 0;
  for (const Subject& subject : kFlawless) wrong += try_one(subject, seconds / 30).found.empty() ? 0 : 1;
  double left = seconds;
  int caught = 0, done = 0;
  [[maybe_unused]] int races = 0;  // only the thread sanitizer knows them
  constexpr int kAll = static_cast<int>(std::size(kMutants));
  for (const Subject& subject : kMutants) {
    const Watched result = try_one(subject, left / (kAll - done));
    left -= result.seconds;
    ++done;
    caught += result.found.empty() ? 0 : 1;
    races += result.found == "data race" ? 1 : 0;
  }
  std::printf("%d of %d mutants caught in %.0f s", caught, kAll, seconds - left);
#ifdef TURNSTILE_TSAN
  std::printf(", %d of them by the thread sanitizer's reports", races);
#endif
  std::printf("\n");
  return wrong;
}

}  // namespace
}  // namespace turnstile::kit

int main(int argc, char** argv) { return turnstile::kit::report(argc > 1 ? std::atof(argv[1]) : 60); }
