// Every named mutant is refuted, and for the right reason; the same sources without a bug are not.
#include "tests/kit/conformance.h"
#include "tests/kit/mutants/faulty_mutex.h"
#include "tests/kit/mutants/faulty_world.h"
#include "tests/kit/mutants/list.h"

namespace turnstile::kit {
namespace {

template <Bug bug>
using Faulty = FaultyWorld<ExplorerPlatform, bug>;
template <class Platform>
using Flawless = FaultyWorld<Platform, Bug::none>;
SYNC_CONFORMANCE(Flawless, .seconds_each = 0.05)

#define TURNSTILE_REFUTES(bug, property) SYNC_REFUTES(Faulty<Bug::bug>, property)
TURNSTILE_FOR_EACH_WORLD_BUG(TURNSTILE_REFUTES)
#undef TURNSTILE_REFUTES

template <MutexBug bug>
using FaultyM = FaultyMutex<RawExplorerPlatform, bug>;
template <class Platform>
using FlawlessMutex = FaultyMutex<Platform, MutexBug::none>;
SYNC_MUTEX_CONFORMANCE(FlawlessMutex)

#define TURNSTILE_REFUTES(bug, property) SYNC_MUTEX_REFUTES(FaultyM<MutexBug::bug>, property)
TURNSTILE_FOR_EACH_MUTEX_BUG(TURNSTILE_REFUTES)
#undef TURNSTILE_REFUTES

}  // namespace
}  // namespace turnstile::kit
