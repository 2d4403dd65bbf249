// Biased: threads run in parallel and write no shared line for it; a stop pays with a process-wide barrier.
#pragma once

#include "policies/block_cache/per_thread.h"
#include "policies/code_lock/per_function.h"
#include "policies/consistency.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/heap_lock/mutex.h"
#include "policies/object_lock/owner_biased.h"
#include "policies/stats/per_thread.h"
#include "policies/world_lock/reader_biased.h"

namespace turnstile {

struct Biased {
  static constexpr std::string_view kName = "biased";
  using WorldLock = world_lock::ReaderBiased<>;
  using ObjectLock = object_lock::OwnerBiased;
  using HeapLock = heap_lock::Mutex;
  using BlockCache = block_cache::PerThread<block_cache::affine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::HeapGrowth<>>;
  using CodeLock = code_lock::PerFunction;
  using Stats = stats::PerThread;
};
static_assert(SyncPolicy<Biased>);
static_assert(CheckedPolicy<Biased>);

}  // namespace turnstile
