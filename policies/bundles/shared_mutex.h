// StdSharedMutex, AbslSharedMutex: world locks made of a ready-made SharedMutex, for comparison and as examples.
#pragma once

#include <shared_mutex>

#include "policies/absl_mutex.h"
#include "policies/block_cache/per_thread.h"
#include "policies/code_lock/per_function.h"
#include "policies/consistency.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/heap_lock/mutex.h"
#include "policies/object_lock/per_object.h"
#include "policies/stats/per_thread.h"
#include "policies/world_lock/bravo.h"
#include "policies/world_lock/from_shared_mutex.h"

namespace turnstile {

struct StdSharedMutex {
  static constexpr std::string_view kName = "std_shared_mutex";
  using WorldLock = world_lock::FromSharedMutex<std::shared_mutex>;
  using ObjectLock = object_lock::PerObject;
  using HeapLock = heap_lock::Mutex;
  using BlockCache = block_cache::PerThread<block_cache::affine>;
  using GcTrigger = gc_trigger::ThreadCached<gc_trigger::HeapGrowth<>>;
  using CodeLock = code_lock::PerFunction;
  using Stats = stats::PerThread;
};
static_assert(SyncPolicy<StdSharedMutex>);
static_assert(CheckedPolicy<StdSharedMutex>);

struct AbslSharedMutex : StdSharedMutex {
  static constexpr std::string_view kName = "absl_shared_mutex";
  using WorldLock = world_lock::FromSharedMutex<AbslMutex>;
};
static_assert(SyncPolicy<AbslSharedMutex>);
static_assert(CheckedPolicy<AbslSharedMutex>);

struct BravoSharedMutex : StdSharedMutex {
  static constexpr std::string_view kName = "bravo_shared_mutex";
  using WorldLock = world_lock::FromSharedMutex<world_lock::Bravo<std::shared_mutex>>;
};
static_assert(SyncPolicy<BravoSharedMutex>);
static_assert(CheckedPolicy<BravoSharedMutex>);

}  // namespace turnstile
