// NoSync: no world lock and no object locks: the floor of the measurements, not a promise. The runtime's own tables
// are safe, so that threads which share no mutable objects run right; it collects only while one thread is attached.
#pragma once

#include "policies/block_cache/per_thread.h"
#include "policies/code_lock/per_function.h"
#include "policies/consistency.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/heap_lock/mutex.h"
#include "policies/object_lock/none.h"
#include "policies/stats/per_thread.h"
#include "policies/world_lock/none.h"

namespace turnstile {

struct NoSync {
  static constexpr std::string_view kName = "nosync";
  static constexpr bool kUnguardedObjects = true;  // the exemption that consistency.h asks for
  using WorldLock = world_lock::None<>;
  using ObjectLock = object_lock::None;
  using HeapLock = heap_lock::Mutex;
  using BlockCache = block_cache::PerThread<block_cache::affine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::HeapGrowth<>>;
  using CodeLock = code_lock::PerFunction;
  using Stats = stats::PerThread;
};
static_assert(SyncPolicy<NoSync>);
static_assert(CheckedPolicy<NoSync>);

}  // namespace turnstile
