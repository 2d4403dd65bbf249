// Grwl: the global read-write lock of 2014, without its starvation: threads run in parallel as readers, collections and
// exclusive native code are writers, and readers queue behind a waiting writer.
#pragma once

#include "policies/block_cache/per_thread.h"
#include "policies/code_lock/per_function.h"
#include "policies/consistency.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/heap_lock/mutex.h"
#include "policies/object_lock/owner_biased.h"
#include "policies/stats/per_thread.h"
#include "policies/world_lock/writer_preferred.h"

namespace turnstile {

struct Grwl {
  static constexpr std::string_view kName = "grwl";
  using WorldLock = world_lock::WriterPreferred<>;
  using ObjectLock = object_lock::OwnerBiased;
  using HeapLock = heap_lock::Mutex;
  using BlockCache = block_cache::PerThread<block_cache::affine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::HeapGrowth<>>;
  using CodeLock = code_lock::PerFunction;
  using Stats = stats::PerThread;
};
static_assert(SyncPolicy<Grwl>);
static_assert(CheckedPolicy<Grwl>);

}  // namespace turnstile
