// Gil: the global interpreter lock. One thread runs, so objects, and nothing but objects, go unlocked.
// The runtime's own tables keep their locks: blocked threads use them too.
#pragma once

#include "policies/block_cache/per_thread.h"
#include "policies/code_lock/per_function.h"
#include "policies/consistency.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/heap_lock/mutex.h"
#include "policies/object_lock/none.h"
#include "policies/stats/per_thread.h"
#include "policies/world_lock/gil.h"

namespace turnstile {

struct Gil {
  static constexpr std::string_view kName = "gil";
  using WorldLock = world_lock::Gil<>;
  using ObjectLock = object_lock::None;
  using HeapLock = heap_lock::Mutex;
  using BlockCache = block_cache::PerThread<block_cache::affine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::HeapGrowth<>>;
  using CodeLock = code_lock::PerFunction;
  using Stats = stats::PerThread;
};
static_assert(SyncPolicy<Gil>);
static_assert(CheckedPolicy<Gil>);

}  // namespace turnstile
