// The shipped locks under the kit. A scenario that is too large for its second here is sampled, and says so; the full
// tier (kit_tests --no-skip --test-suite=full) gives it a minute.
#include "tests/kit/conformance.h"

#include "policies/heap_lock/spin.h"
#include "policies/platform_mutex.h"
#include "policies/world_lock/from_shared_mutex.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/none.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/tickets.h"
#include "policies/world_lock/writer_preferred.h"
#include "tests/kit/shared_mutex_kit.h"

namespace turnstile {
namespace {

using world_lock::Gil;
using world_lock::None;
using world_lock::ReaderBiased;
using world_lock::WriterPreferred;
SYNC_CONFORMANCE(ReaderBiased, .parallel_readers = true, .writer_overtakes = 0, .reader_progress = true,
                 .promote_waits = true, .try_may_fail = true, .nested_entries = false, .seconds_each = 2)
SYNC_CONFORMANCE(WriterPreferred, .seconds_each = 2)
SYNC_CONFORMANCE(Gil, .seconds_each = 4)
SYNC_CONFORMANCE(None)

TEST_CASE("conformance: ReaderBiased where membarrier is missing") {
  kit::check_world_conformance<ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased, real fences",
                                                                    {.seconds_each = 0.05, .membarrier = false});
}
TEST_CASE("conformance: spurious wakes") {
  kit::WorldOptions options;
  options.models = {kit::Model::sc};
  options.seconds_each = 0.03;
  options.spurious_wakes = 1;
  kit::check_world_conformance<ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased, spurious wakes", options);
  kit::check_world_conformance<WriterPreferred<kit::ExplorerPlatform>>("WriterPreferred, spurious wakes", options);
}

TEST_CASE("traits that are declared and not so are found out") {
  kit::WorldOptions options;
  options.models = {kit::Model::sc};
  options.seconds_each = 0.05;
  const kit::WorldVerdict verdict = kit::verify_world<WriterPreferred<kit::ExplorerPlatform>>(options);
  CHECK(verdict.contradictions({}) == "");
  CHECK(verdict.contradictions({.parallel_readers = true, .writer_overtakes = 0, .nested_entries = false}) == "");
  CHECK(verdict.contradictions({.parallel_readers = false, .nested_entries = true}) ==
        "parallel_readers is true\nnested_entries is false\n");
}

using heap_lock::SpinLock;
using world_lock::Tickets;
SYNC_MUTEX_CONFORMANCE(PlatformMutex)
SYNC_MUTEX_CONFORMANCE(SpinLock)
SYNC_MUTEX_CONFORMANCE(Tickets)

}  // namespace
}  // namespace turnstile

namespace turnstile {
namespace {

/// A row of the table in tests/kit/README.md for each model.
void print_rows(const char* name, const kit::WorldVerdict& verdict) {
  for (const kit::Model model : {kit::Model::sc, kit::Model::tso, kit::Model::rc11}) {
    int proved = 0, all = 0;
    std::uint64_t executions = 0;
    std::string sampled;
    for (const auto& [scenario, report] : verdict.results) {
      if (report.model != kit::name_of(model)) continue;
      ++all;
      executions += report.executions;
      if (report.outcome == kit::Outcome::proved) {
        ++proved;
      } else {
        sampled += (sampled.empty() ? "" : "; ") + scenario;
      }
    }
    std::printf("| %s | %s | %d of %d | %llu | %s |\n", name, std::string(kit::name_of(model)).c_str(), proved, all,
                static_cast<unsigned long long>(executions), sampled.c_str());
  }
}

template <class Lock>
void check_full(const char* name) {
  kit::WorldOptions options;
  options.tier = kit::Tier::full;
  options.seconds_each = kit::full_seconds();
  const kit::WorldVerdict verdict = kit::verify_world<Lock>(options);
  std::printf("%s\n%s", name, verdict.text().c_str());
  print_rows(name, verdict);
  std::fflush(stdout);
  CHECK_MESSAGE(verdict.outcome != kit::Outcome::refuted, name);
}

}  // namespace
}  // namespace turnstile

TEST_SUITE("full" * doctest::skip()) {
  TEST_CASE("full tier: the shipped locks") {
    using namespace turnstile;
    check_full<world_lock::ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased");
    check_full<world_lock::WriterPreferred<kit::ExplorerPlatform>>("WriterPreferred");
    check_full<world_lock::Gil<kit::ExplorerPlatform>>("Gil");
    check_full<world_lock::None<kit::ExplorerPlatform>>("None");
    check_full<world_lock::FromSharedMutex<kit::TextbookRwLock, kit::ExplorerPlatform>>("FromSharedMutex");
  }
}
