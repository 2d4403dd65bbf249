// Every named mutant is refuted, and for the right reason; the same sources without a bug are not.
#include "tests/kit/conformance.h"
#include "tests/kit/mutants/faulty_mutex.h"
#include "tests/kit/mutants/faulty_world.h"

namespace turnstile::kit {
namespace {

template <Bug bug>
using Faulty = FaultyWorld<ExplorerPlatform, bug>;
template <class Platform>
using Flawless = FaultyWorld<Platform, Bug::none>;
SYNC_CONFORMANCE(Flawless)

SYNC_REFUTES(Faulty<Bug::no_fence_on_enter>, exclusion)
SYNC_REFUTES(Faulty<Bug::no_heavy_fence>, exclusion)
SYNC_REFUTES(Faulty<Bug::no_fence_on_leave>, lost_wake)
SYNC_REFUTES(Faulty<Bug::leave_wakes_nobody>, lost_wake)
SYNC_REFUTES(Faulty<Bug::poll_wakes_nobody>, lost_wake)
SYNC_REFUTES(Faulty<Bug::wake_one_of_many>, lost_wake)
SYNC_REFUTES(Faulty<Bug::sleep_without_comparing>, deadlock)
SYNC_REFUTES(Faulty<Bug::safepoint_left_unchecked>, exclusion)
SYNC_REFUTES(Faulty<Bug::enter_ignores_stop>, exclusion)
SYNC_REFUTES(Faulty<Bug::region_in_stop_queues>, deadlock)
SYNC_REFUTES(Faulty<Bug::not_exclusive>, exclusion)
SYNC_REFUTES(Faulty<Bug::stopper_skips_one>, exclusion)
SYNC_REFUTES(Faulty<Bug::gate_opened_early>, exclusion)
SYNC_REFUTES(Faulty<Bug::gate_cleared_by_leaver>, exclusion)
SYNC_REFUTES(Faulty<Bug::attach_ignores_stop>, attached_count)
SYNC_REFUTES(Faulty<Bug::detach_ignores_stop>, race)
SYNC_REFUTES(Faulty<Bug::attach_counts_twice>, attached_count)
SYNC_REFUTES(Faulty<Bug::attach_starves>, reader_progress)
SYNC_REFUTES(Faulty<Bug::try_ignores_others>, deadlock)
SYNC_REFUTES(Faulty<Bug::failed_try_leaves_gate>, failed_try)
SYNC_REFUTES(Faulty<Bug::promoters_keep_reads>, deadlock)
SYNC_REFUTES(Faulty<Bug::promotion_says_atomic>, promotion)
SYNC_REFUTES(Faulty<Bug::demote_gives_up_read>, promotion)
SYNC_REFUTES(Faulty<Bug::poll_word_not_set>, poll_visible)
SYNC_REFUTES(Faulty<Bug::request_relaxed>, poll_visible)
SYNC_REFUTES(Faulty<Bug::open_relaxed>, happens_before)
SYNC_REFUTES(Faulty<Bug::enter_relaxed>, happens_before)
SYNC_REFUTES(Faulty<Bug::leave_relaxed>, happens_before)
SYNC_REFUTES(Faulty<Bug::await_relaxed>, happens_before)
SYNC_REFUTES(Faulty<Bug::served_relaxed>, happens_before)
SYNC_REFUTES(Faulty<Bug::served_thread_returns_early>, use_after_destroy)
SYNC_REFUTES(Faulty<Bug::fork_keeps_mutex>, fork)
SYNC_REFUTES(Faulty<Bug::fork_keeps_stop>, fork)

template <MutexBug bug>
using FaultyM = FaultyMutex<RawExplorerPlatform, bug>;
template <class Platform>
using FlawlessMutex = FaultyMutex<Platform, MutexBug::none>;
SYNC_MUTEX_CONFORMANCE(FlawlessMutex)

SYNC_MUTEX_REFUTES(FaultyM<MutexBug::test_then_set>, exclusion)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::unlock_wakes_nobody>, lost_wake)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::wakes_before_unlock>, lost_wake)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::waiter_bit_lost>, lost_wake)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::touched_after_unlock>, use_after_destroy)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::unlock_relaxed>, happens_before)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::lock_relaxed>, happens_before)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::try_lock_relaxed>, happens_before)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::timeout_eats_wake>, lost_wake)
SYNC_MUTEX_REFUTES(FaultyM<MutexBug::aba_on_count>, lost_wake)

}  // namespace
}  // namespace turnstile::kit
