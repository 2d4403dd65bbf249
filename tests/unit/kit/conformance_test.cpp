// The shipped locks under the kit. A scenario that is too large for its second here is sampled, and says so; the full
// tier (kit_tests --test-suite=full) gives it a minute.
#include "tests/kit/conformance.h"
#include "policies/heap_lock/spin.h"
#include "policies/platform_mutex.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/none.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/tickets.h"
#include "policies/world_lock/writer_preferred.h"

namespace turnstile {
namespace {

using world_lock::Gil;
using world_lock::None;
using world_lock::ReaderBiased;
using world_lock::WriterPreferred;
SYNC_CONFORMANCE(ReaderBiased)
SYNC_CONFORMANCE(WriterPreferred)
SYNC_CONFORMANCE(Gil)
SYNC_CONFORMANCE(None)

TEST_CASE("conformance: ReaderBiased where membarrier is missing") {
  kit::check_world_conformance<ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased, real fences", {.membarrier = false});
}
TEST_CASE("conformance: spurious wakes") {
  kit::WorldOptions options;
  options.models = {kit::Model::sc};
  options.spurious_wakes = 1;
  kit::check_world_conformance<ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased, spurious wakes", options);
  kit::check_world_conformance<WriterPreferred<kit::ExplorerPlatform>>("WriterPreferred, spurious wakes", options);
}

using heap_lock::SpinLock;
using world_lock::Tickets;
SYNC_MUTEX_CONFORMANCE(PlatformMutex)
SYNC_MUTEX_CONFORMANCE(SpinLock)
SYNC_MUTEX_CONFORMANCE(Tickets)

}  // namespace
}  // namespace turnstile

TEST_SUITE("full") {
  TEST_CASE("full tier: the shipped locks") {
    using namespace turnstile;
    kit::WorldOptions options;
    options.tier = kit::Tier::full;
    options.seconds_each = 60;
    kit::check_world_conformance<world_lock::ReaderBiased<kit::ExplorerPlatform>>("ReaderBiased", options);
    kit::check_world_conformance<world_lock::WriterPreferred<kit::ExplorerPlatform>>("WriterPreferred", options);
    kit::check_world_conformance<world_lock::Gil<kit::ExplorerPlatform>>("Gil", options);
    kit::check_world_conformance<world_lock::None<kit::ExplorerPlatform>>("None", options);
  }
}
