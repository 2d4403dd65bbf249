// The smaller axes under the kit: what ships is proved, what is broken is refuted for the right reason.
#include "policies/block_cache/per_thread.h"
#include "policies/block_cache/shared.h"
#include "policies/code_lock/global_mutex.h"
#include "policies/code_lock/per_function.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/object_lock/owner_biased.h"
#include "policies/object_lock/per_object.h"
#include "policies/object_lock/striped.h"
#include "policies/stats/per_thread.h"
#include "policies/stats/shared_atomic.h"
#include "tests/kit/axes/biased_object_lock.h"
#include "tests/kit/axes/code_lock.h"
#include "tests/kit/axes/gc_trigger.h"
#include "tests/kit/axes/object_lock.h"
#include "tests/kit/axes/stats.h"
#include "tests/kit/conformance.h"
#include "tests/kit/mutants/faulty_axes.h"
#include "tests/kit/mutants/faulty_bias.h"

namespace turnstile::kit {
namespace {

// ObjectLock: one bucket, so that whatever can share one does; one stripe, and more than there are objects.
using PerObject = ObjectProgram<object_lock::BasicPerObject<RegionPlatform, 1>>;
using OneStripe = ObjectProgram<object_lock::BasicStriped<RegionPlatform, 1, 1>>;
using Stripes = ObjectProgram<object_lock::BasicStriped<RegionPlatform, 16, 1>>;
SYNC_AXIS_CONFORMANCE(PerObject)
SYNC_AXIS_CONFORMANCE(OneStripe)
SYNC_AXIS_CONFORMANCE(Stripes)
constexpr int kWear = 2;  // as worn as after 128 takeovers, of which each execution would make all but one anew
using Biased = object_lock::BasicOwnerBiased<RegionPlatform, 3, 1, kWear>;
using OwnerBiased = BiasedObjectProgram<Biased, kWear>;
SYNC_AXIS_CONFORMANCE(OwnerBiased)
template <BiasBug bug>
using Bias = BiasedObjectProgram<FaultyOwnerBiased<RegionPlatform, bug, 2>, 2>;
SYNC_AXIS_CONFORMANCE(Bias<BiasBug::none>)
SYNC_AXIS_REFUTES(Bias<BiasBug::no_heavy_fence>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::no_light_fence>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::looks_before_store>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::takes_over_inside>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::waits_for_outside>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::takes_without_update>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::takeover_relaxed>, happens_before)
SYNC_AXIS_REFUTES(Bias<BiasBug::leave_relaxed>, happens_before)
SYNC_AXIS_REFUTES(Bias<BiasBug::nested_enter>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::leaves_by_wrong_path>, deadlock)
SYNC_AXIS_REFUTES(Bias<BiasBug::frees_despite_waiters>, deadlock)
SYNC_AXIS_REFUTES(Bias<BiasBug::retires_inside>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::retires_without_fence>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::retired_keeps_mark>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::attach_revives>, exclusion)
SYNC_AXIS_REFUTES(Bias<BiasBug::detach_relaxed>, happens_before)
using UsedAsPerObject = ObjectProgram<object_lock::BasicOwnerBiased<RegionPlatform, 1, 1>>;
SYNC_AXIS_CONFORMANCE(UsedAsPerObject)
template <ObjectBug bug>
using Object = ObjectProgram<FaultyObjectLock<RegionPlatform, bug>>;
SYNC_AXIS_CONFORMANCE(Object<ObjectBug::none>)
SYNC_AXIS_REFUTES(Object<ObjectBug::unlock_ignores_waiters>, deadlock)
SYNC_AXIS_REFUTES(Object<ObjectBug::unlock_relaxed>, happens_before)
SYNC_AXIS_REFUTES(Object<ObjectBug::looks_then_takes>, exclusion)
SYNC_AXIS_REFUTES(Object<ObjectBug::two_unordered>, deadlock)
SYNC_AXIS_REFUTES(Object<ObjectBug::same_taken_twice>, deadlock)
SYNC_AXIS_REFUTES(Object<ObjectBug::sleeps_outside>, region)

// GcTrigger
using Budget = gc_trigger::FixedThreshold<(std::size_t{160} << 10)>;
using ThreadCached = TriggerProgram<gc_trigger::ThreadCached<Budget, ExplorerPlatform>>;
using SharedCounter = TriggerProgram<gc_trigger::SharedCounter<Budget, ExplorerPlatform>>;
SYNC_AXIS_CONFORMANCE(ThreadCached)
SYNC_AXIS_CONFORMANCE(SharedCounter)
template <TriggerBug bug>
using Trigger = TriggerProgram<FaultyTrigger<ExplorerPlatform, bug>>;
SYNC_AXIS_CONFORMANCE(Trigger<TriggerBug::none>)
SYNC_AXIS_REFUTES(Trigger<TriggerBug::adds_without_update>, count)
SYNC_AXIS_REFUTES(Trigger<TriggerBug::flush_keeps_count>, count)
SYNC_AXIS_REFUTES(Trigger<TriggerBug::flush_forgets>, count)
SYNC_AXIS_REFUTES(Trigger<TriggerBug::collection_keeps>, count)

// Stats
using PerThread = StatsProgram<stats::BasicPerThread<ExplorerPlatform>>;
using SharedAtomic = StatsProgram<stats::BasicSharedAtomic<ExplorerPlatform>>;
SYNC_AXIS_CONFORMANCE(PerThread)
SYNC_AXIS_CONFORMANCE(SharedAtomic)
template <StatsBug bug>
using Counters = StatsProgram<FaultyStats<ExplorerPlatform, bug>>;
SYNC_AXIS_REFUTES(Counters<StatsBug::adds_without_update>, count)
SYNC_AXIS_REFUTES(Counters<StatsBug::maximum_overwritten>, count)
SYNC_AXIS_REFUTES(Counters<StatsBug::detach_forgets>, count)
SYNC_AXIS_REFUTES(Counters<StatsBug::detach_keeps>, count)

// CodeLock
using ExploredMutex = PlatformMutex<ExplorerPlatform>;
using PerFunction = CodeProgram<code_lock::BasicPerFunction<ExploredMutex>>;
using GlobalMutex = CodeProgram<code_lock::BasicGlobalMutex<ExploredMutex>>;
SYNC_AXIS_CONFORMANCE(PerFunction)
SYNC_AXIS_CONFORMANCE(GlobalMutex)
template <CodeBug bug>
using Code = CodeProgram<FaultyCodeLock<ExploredMutex, bug>>;
SYNC_AXIS_CONFORMANCE(Code<CodeBug::none>)
SYNC_AXIS_REFUTES(Code<CodeBug::claim_looks_first>, exclusion)
SYNC_AXIS_REFUTES(Code<CodeBug::claim_relaxed>, happens_before)
SYNC_AXIS_REFUTES(Code<CodeBug::unclaim_relaxed>, happens_before)
SYNC_AXIS_REFUTES(Code<CodeBug::metadata_unlocked>, exclusion)
SYNC_AXIS_REFUTES(Code<CodeBug::compilers_exclude>, deadlock)

TEST_SUITE("full" * doctest::skip()) {
  TEST_CASE("full tier: OwnerBiased, larger") {
    for (const auto& [scenario, report] : verify_axis<BiasedObjectProgram<Biased, kWear, true>>(full_seconds())) {
      std::printf("OwnerBiased, %s: %s\n", scenario.c_str(), report.text().c_str());
      CHECK(report.outcome != Outcome::refuted);
    }
  }
}

}  // namespace
}  // namespace turnstile::kit
