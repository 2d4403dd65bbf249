// Heap<P, Model>: threads come and go, and the slow path of allocation. Included by heap.h.
#pragma once

#include <algorithm>
#include <thread>

#include "allocator/heap.h"

namespace turnstile::allocator {

template <SyncPolicy P, ObjectModel Model>
Heap<P, Model>::Heap(const Options& options, typename P::Stats* stats)
    : options_(options),
      stats_(stats),
      fast_path_(kThreadLocalFastPath && options.stress_every == 0),
      remembered_(options.pages != nullptr ? *options.pages : PageSource::system()),
      segments_(options.pages != nullptr ? *options.pages : PageSource::system()),
      crew_(options.marking_threads != 0 ? options.marking_threads : std::min(4u, std::thread::hardware_concurrency())),
      pool_(options.reserve_bytes, options.pages != nullptr ? *options.pages : PageSource::system()) {
  has_addresses_ = pool_.capacity_blocks() != 0;
  addresses_ = pool_.view();
  if constexpr (P::GcTrigger::kGenerational) {
    has_addresses_ = has_addresses_ && remembered_.reserve(addresses_.base, pool_.capacity_blocks() << kBlockShift);
  }
  pool_.set_limit(options.limit_bytes);
  shared_.set_spans(shared_spans_.spans);
}

template <SyncPolicy P, ObjectModel Model>
Heap<P, Model>::~Heap() {
  const Guard guard(lock_);
  finalizers_.run_all();
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::set_limit(std::size_t bytes) {
  const Guard guard(lock_);
  pool_.set_limit(bytes);
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::attach(Cache& cache, AllocationCursors& cursors, typename P::Stats::ThreadCounters* stats,
                            void* owner) {
  cursors = {};
  cache.local_.set_spans(fast_path_ ? cursors.spans : cache.hidden_.spans);
  cache.stats_ = stats;
  cache.owner_ = owner;
  const Guard guard(lock_);
  cache.prev_ = nullptr;
  cache.next_ = caches_;
  if (caches_ != nullptr) caches_->prev_ = &cache;
  caches_ = &cache;
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::detach(Cache& cache) {
  trigger_.flush(cache.counter_);
  const Guard guard(lock_);
  abandon(cache);
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::abandon(Cache& cache) {
  if constexpr (P::BlockCache::kPerThread) {
    retire_spans(cache.local_);
    give_runs_to_all(cache.local_);
  }
  (cache.prev_ != nullptr ? cache.prev_->next_ : caches_) = cache.next_;
  if (cache.next_ != nullptr) cache.next_->prev_ = cache.prev_;
  cache.next_ = cache.prev_ = nullptr;
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::give_runs_to_all(LocalCache& local) {
  for (std::size_t size_class = 0; size_class < kSizeClassCount; ++size_class) {
    LocalCache::ClassRuns& own = local.runs(size_class);
    LocalCache::ClassRuns& all = pool_.unowned(size_class);
    own.available.for_each([&](Block& run) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // called here, under the lock
      if (run.epoch != epoch_ || has_objects(run)) return;
      BlockList::unlink(run);
      pool_.release(run);
    });
    all.available.splice_back(own.available);
    all.exhausted.splice_back(own.exhausted);
  }
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::after_fork_in_child(const WorldStopped&, Cache& survivor) {
  crew_.after_fork_in_child();
  const Guard guard(lock_);
  for (Cache* cache = caches_; cache != nullptr;) {
    Cache* const next = cache->next_;
    if (cache != &survivor) abandon(*cache);
    cache = next;
  }
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::count(Cache& cache, stats::Counter what, std::uint64_t n) {
  if constexpr (P::Stats::kCounts) {
    if (stats_ != nullptr && cache.stats_ != nullptr) stats_->add(*cache.stats_, what, n);
  }
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::note_allocation() {
  if (options_.stress_every == 0) [[likely]]
    return;
  const std::uint64_t n = stress_count_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (n % options_.stress_every == 0) stress_due_.store(true, std::memory_order_relaxed);
}

template <SyncPolicy P, ObjectModel Model>
bool Heap<P, Model>::should_collect() {
  return stress_due_.load(std::memory_order_relaxed) || trigger_.should_collect();
}

template <SyncPolicy P, ObjectModel Model>
void* Heap<P, Model>::allocate_slow(Cache& cache, std::size_t bytes) {
  note_allocation();
  cache.last_epoch_ = epoch_;
  if (bytes > kMaxSmallBytes) return allocate_large(cache, bytes);
  const std::size_t size_class = size_class_of(bytes);
  void* cell;
  if constexpr (P::BlockCache::kPerThread) {
    cell = take_cell(cache, cache.local_, size_class, [this](std::size_t c) {
      const Guard guard(lock_);
      return take_run(c);
    });
  } else {
    const Guard guard(lock_);
    cell = take_cell(cache, shared_, size_class,
                     [this](std::size_t c) ABSL_NO_THREAD_SAFETY_ANALYSIS { return take_run(c); });
  }
  if constexpr (P::GcTrigger::kCountsEveryAllocation) {
    if (cell != nullptr) trigger_.on_allocate(cache.counter_, kCellBytes[size_class]);
  }
  if constexpr (P::Stats::kCountsEveryAllocation) {
    if (cell != nullptr) count(cache, stats::Counter::allocations, 1);
  }
  return cell;
}

/// The next cell of `local`, which the calling thread owns or has locked; `next_run(size_class)` is asked for more.
template <SyncPolicy P, ObjectModel Model>
template <class NextRun>
void* Heap<P, Model>::take_cell(Cache& cache, LocalCache& local, std::size_t size_class, NextRun&& next_run) {
  Span& span = local.span(size_class);
  if (span.cur == span.end) {
    while (!local.refill(size_class, epoch_, addresses_)) {
      Block* const run = next_run(size_class);
      if (run == nullptr) return nullptr;
      local.adopt(size_class, *run);
    }
    const auto bytes = static_cast<std::size_t>(span.end - span.cur);
    if constexpr (!P::GcTrigger::kCountsEveryAllocation) trigger_.on_span(cache.counter_, bytes);
    if constexpr (!P::Stats::kCountsEveryAllocation) {
      count(cache, stats::Counter::allocations, bytes / kCellBytes[size_class]);
    }
    count(cache, stats::Counter::spans, 1);
    count(cache, stats::Counter::span_bytes, bytes);
  }
  char* const cell = span.cur;
  span.cur = cell + kCellBytes[size_class];
  return cell;
}

/// A run that may have free cells; the caller sweeps it, and comes again if it was full.
template <SyncPolicy P, ObjectModel Model>
Block* Heap<P, Model>::take_run(std::size_t size_class) {
  if (Block* const run = pool_.unowned(size_class).available.pop_front()) return run;
  Block* const run = allocate_blocks(run_blocks_of_class(size_class));
  if (run == nullptr) return nullptr;
  format_small(*run, size_class, epoch_);
  if (options_.poison) poison_cells(*run, addresses_.address_of(*run));
  return run;
}

template <SyncPolicy P, ObjectModel Model>
Block* Heap<P, Model>::allocate_blocks(std::size_t blocks) {
  if (!has_addresses_) return nullptr;
  Block* run = pool_.allocate(blocks);
  if (run == nullptr && pool_.sweep_unowned(epoch_)) run = pool_.allocate(blocks);
  if (run == nullptr) refused_ = true;
  return run;
}

template <SyncPolicy P, ObjectModel Model>
void* Heap<P, Model>::allocate_large(Cache& cache, std::size_t bytes) {
  if (bytes > options_.reserve_bytes) return nullptr;  // also keeps the rounding below from overflowing
  const std::size_t blocks = (bytes + kBlockBytes - 1) >> kBlockShift;
  void* object;
  {
    const Guard guard(lock_);
    Block* const run = allocate_blocks(blocks);
    if (run == nullptr) return nullptr;
    format_large(*run, epoch_);
    pool_.large_objects().push_front(*run);
    large_blocks_ += blocks;
    ++large_count_;
    ++objects_;
    object = addresses_.address_of(*run);
  }
  if constexpr (P::GcTrigger::kCountsEveryAllocation) {
    trigger_.on_allocate(cache.counter_, blocks << kBlockShift);
  } else {
    trigger_.on_span(cache.counter_, blocks << kBlockShift);
  }
  count(cache, stats::Counter::allocations, 1);
  count(cache, stats::Counter::large_objects, 1);
  count(cache, stats::Counter::large_bytes, blocks << kBlockShift);
  return object;
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::register_finalizer(void* object, void (*run)(void*)) {
  const Guard guard(lock_);
  finalizers_.add(object, run);
}

}  // namespace turnstile::allocator
