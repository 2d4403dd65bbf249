// The shipped world locks on this machine: scaling of readers, a histogram of stops.
//
//   measure_locks [--json] [threads]
#include <cstdlib>
#include <cstring>
#include <shared_mutex>

#include "policies/absl_mutex.h"
#include "policies/world_lock/bravo.h"
#include "policies/world_lock/from_shared_mutex.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/writer_preferred.h"
#include "tests/kit/real/measure.h"

int main(int argc, char** argv) {
  using namespace turnstile;
  using namespace turnstile::world_lock;
  bool json = false;
  kit::MeasureOptions options;
  for (int i = 1; i < argc; ++i) {
    std::strcmp(argv[i], "--json") == 0 ? static_cast<void>(json = true)
                                        : static_cast<void>(options.threads = std::max(1, std::atoi(argv[i])));
  }
  std::vector<kit::Measured> all;
  auto add = [&](std::vector<kit::Measured> some) { all.insert(all.end(), some.begin(), some.end()); };
  add(kit::measure_world<ReaderBiased<>>("ReaderBiased", options));
  add(kit::measure_world<WriterPreferred<>>("WriterPreferred", options));
  add(kit::measure_world<Gil<>>("Gil", options));
  add(kit::measure_world<FromSharedMutex<std::shared_mutex>>("FromSharedMutex<std::shared_mutex>", options));
  add(kit::measure_world<FromSharedMutex<AbslMutex>>("FromSharedMutex<AbslMutex>", options));
  add(kit::measure_world<FromSharedMutex<Bravo<std::shared_mutex>>>("FromSharedMutex<Bravo>", options));
  json ? kit::print_json(all) : kit::print_text(all);
}
