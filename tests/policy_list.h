// The one list of policies that are tested. Whatever runs "for every policy" expands it; a policy that is not here
// does not ship. Adding a lock is one header and one line here.
//
//   #define RUN(Policy) run<Policy>(#Policy);
//   TURNSTILE_FOR_EACH_POLICY(RUN)
#pragma once

#include "policies/block_cache/per_thread.h"
#include "policies/block_cache/shared.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/biased_generational.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"
#include "policies/bundles/nosync.h"
#include "policies/bundles/shared_mutex.h"
#include "policies/code_lock/global_mutex.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/heap_lock/spin.h"
#include "policies/object_lock/striped.h"
#include "policies/stats/off.h"
#include "policies/stats/shared_atomic.h"

namespace turnstile {

/// As near to 2014 as this runtime gets: every choice that the default bundles avoid, at once.
struct Grwl2014 : Grwl {
  static constexpr std::string_view kName = "grwl_2014";
  using ObjectLock = object_lock::Striped;
  using HeapLock = heap_lock::Spin;
  using BlockCache = block_cache::Shared;
  using GcTrigger = gc_trigger::SharedCounter<gc_trigger::FixedThreshold<>>;
  using CodeLock = code_lock::GlobalMutex;
  using Stats = stats::SharedAtomic;
};
static_assert(CheckedPolicy<Grwl2014>);

/// The remaining choices.
struct BiasedUnaffine : Biased {
  static constexpr std::string_view kName = "biased_unaffine";
  using BlockCache = block_cache::PerThread<block_cache::unaffine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::FixedThreshold<>>;
  using Stats = stats::Off;
};
static_assert(CheckedPolicy<BiasedUnaffine>);

}  // namespace turnstile

/// M(Policy) for each; the policy's printable name is Policy::kName.
#define TURNSTILE_FOR_EACH_POLICY(M) \
  M(Gil)                             \
  M(Grwl)                            \
  M(Biased)                          \
  M(BiasedGenerational)              \
  M(NoSync)                          \
  M(StdSharedMutex)                  \
  M(AbslSharedMutex)                 \
  M(BravoSharedMutex)                \
  M(Grwl2014)                        \
  M(BiasedUnaffine)

namespace turnstile {

/// The same list as a type list: for_each_policy([]<class P>() { ... }).
template <class Visit>
void for_each_policy(Visit&& visit) {
#define TURNSTILE_VISIT(Policy) visit.template operator()<Policy>();
  TURNSTILE_FOR_EACH_POLICY(TURNSTILE_VISIT)
#undef TURNSTILE_VISIT
}

}  // namespace turnstile
