// Heap<P, Model>: collection and verification. Included by heap.h.
//
//   world stopped ─► retire spans      cells never handed out are free
//   idle: begin   ─► finish sweeping   what nobody has swept since the last collection
//                 ─► clear marks       a minor collection keeps those that there are
//   a slice       ─► mark              until nothing is left, or the trigger's time is over: then the mutators run on
//   complete: end ─► weak tables, finalizers
//                 ─► large objects     those that died are freed now
//                 ─► new epoch         all other runs are unswept
//
//          ┌── due: begin ──► marking ──┐ slice, not complete: nothing is freed, what is allocated has no mark
//        idle                  │   ▲────┘
//          ▲── complete: end ──┘   asked for all of it, or memory refused: begins anew and marks in one piece
//
// Only with generations: their write barrier says which objects changed after they were traced, and the last slice
// begins with all roots and all that was written ("mostly parallel": Boehm, Demers, Shenker, PLDI 1991).
#pragma once

#include <algorithm>
#include <cstring>

#include "allocator/heap.h"
#include "policies/platform.h"

namespace turnstile::allocator {

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::retire_spans(LocalCache& local) {
  local.retire_spans(addresses_);
  objects_ += local.fetch_taken();
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::retire_spans() {
  if constexpr (P::BlockCache::kPerThread) {
    for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) retire_spans(cache->local_);
  } else {
    retire_spans(shared_);
  }
}

/// Sweeps what nobody has swept since the last collection and releases runs without objects. Precondition: spans are
/// retired, so every run of cells is in a list.
template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::finish_sweeping() {
  pool_.for_each_run([&](Block& head) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // called here, under the lock
    if (head.state == BlockState::large) return;
    const bool swept = head.epoch == epoch_;
    if (swept ? has_objects(head) : sweep(head, epoch_, addresses_.address_of(head), options_.poison)) return;
    BlockList::unlink(head);
    pool_.release(head);
  });
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::sweep_large() {
  std::size_t objects = 0;
  std::size_t blocks = 0;
  pool_.large_objects().for_each([&](Block& head) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // called here, under the lock
    if (head.is_marked(0)) return;
    if (options_.poison) std::memset(addresses_.address_of(head), kPoisonByte, head.cell_bytes);
    BlockList::unlink(head);
    blocks += head.run_blocks;
    ++objects;
    pool_.release(head);
  });
  large_blocks_ -= blocks;
  large_count_ -= objects;
}

/// Runs of cells are unswept from here on, and all may have free cells. Whose they are is the policy's affinity.
template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::start_epoch() {
  ++epoch_;
  if constexpr (P::BlockCache::kPerThread) {
    for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) {
      cache->local_.make_all_available();
      if constexpr (!P::BlockCache::kAffine) {
        for (std::size_t c = 0; c < kSizeClassCount; ++c) {
          pool_.unowned(c).available.splice_back(cache->local_.runs(c).available);
        }
      }
    }
  } else {
    shared_.make_all_available();
  }
  for (std::size_t c = 0; c < kSizeClassCount; ++c) {
    pool_.unowned(c).available.splice_back(pool_.unowned(c).exhausted);
  }
  // Lazy sweeping finds empty runs late. That will not do after a refusal, and freed cells that should be overwritten
  // must be so before anybody can look at them.
  if (options_.poison || refused_) finish_sweeping();
  refused_ = false;
}

template <SyncPolicy P, ObjectModel Model>
MarkRun::Members Heap<P, Model>::members() const {
  // Without parallel mutators the policy's promise is that one processor is used at a time.
  if constexpr (!P::WorldLock::kParallelMutators) return MarkRun::Members::one;
  return pool_.in_use_blocks() << kBlockShift < options_.parallel_marking_bytes ? MarkRun::Members::guests
                                                                                : MarkRun::Members::all;
}

/// Hands out the parts of the roots. Constructed by the marking thread, under the heap's lock.
template <SyncPolicy P, ObjectModel Model>
template <class Roots>
class Heap<P, Model>::RootCursor {
 public:
  /// `remembered`: what is remembered is a root, too.
  RootCursor(Heap& heap, Roots& roots, bool remembered) ABSL_NO_THREAD_SAFETY_ANALYSIS : heap_(heap),
                                                                                         roots_(roots),
                                                                                         remembered_(remembered),
                                                                                         ticket_(++heap.root_tickets_),
                                                                                         next_(heap.caches_) {}

  bool take_root(Marker& marker, void* guest) {
    if constexpr (requires { roots_.thread(marker, guest); }) {
      // Its own stack and what hangs on it are in the thread's cache.
      auto* cache = static_cast<Cache*>(guest);
      if (cache != nullptr && take(*cache)) return roots_.thread(marker, cache->owner_), true;
      if (!rest_taken_.exchange(true, std::memory_order_relaxed)) return mark_rest(marker), true;
      for (cache = next_.load(std::memory_order_relaxed); cache != nullptr;) {
        if (!next_.compare_exchange_weak(cache, cache->next_, std::memory_order_relaxed)) continue;
        if (take(*cache)) return roots_.thread(marker, cache->owner_), true;
        cache = next_.load(std::memory_order_relaxed);
      }
      return false;
    } else {
      return !rest_taken_.exchange(true, std::memory_order_relaxed) && (mark_rest(marker), true);
    }
  }

  bool take_remembered([[maybe_unused]] Marker& marker) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (P::GcTrigger::kGenerational) {
      if (!remembered_) return false;
      const RegionView view = heap_.pool_.view();
      const std::size_t part = next_part_.fetch_add(1, std::memory_order_relaxed);
      if (part < RememberedSet::part_count(view)) {
        return heap_.remembered_.template trace_part<Model>(view, part, marker), true;
      }
    }
    return false;
  }

  void restart_remembered() { next_part_.store(0, std::memory_order_relaxed); }

 private:
  // Relaxed here and above: nothing is published, the crew's mutex orders the run against what was before and after.
  bool take(Cache& cache) { return cache.root_ticket_.exchange(ticket_, std::memory_order_relaxed) != ticket_; }

  void mark_rest(Marker& marker) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (requires { roots_.rest(marker); }) {
      roots_.rest(marker);
    } else {
      roots_(marker);
    }
    if constexpr (P::GcTrigger::kGenerational) {
      if (remembered_) heap_.remembered_.template trace_noted<Model>(heap_.pool_.view(), marker);
    }
  }

  [[maybe_unused]] Heap& heap_;
  Roots& roots_;
  [[maybe_unused]] const bool remembered_;
  const std::uint32_t ticket_;
  std::atomic<bool> rest_taken_{false};
  [[maybe_unused]] std::atomic<std::size_t> next_part_{0};  // of what is remembered
  std::atomic<Cache*> next_;
};

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::help_collecting(Cache& cache) {
  if constexpr (P::WorldLock::kParallelMutators) crew_.help(&cache);
}

/// Bytes that were counted nowhere but in the caches. Returns how many threads allocated lately: during some
/// collections and not only the last, because who got no processor for a while will be back.
template <SyncPolicy P, ObjectModel Model>
std::uint32_t Heap<P, Model>::flush_counters() {
  constexpr std::uint32_t kLately = 16;
  std::uint32_t allocating = 0;
  for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) {
    if (epoch_ - cache->last_epoch_ <= kLately) ++allocating;
    trigger_.flush(cache->counter_);
  }
  return allocating;
}

template <SyncPolicy P, ObjectModel Model>
WriteBarrier Heap<P, Model>::write_barrier() const {
  if constexpr (P::GcTrigger::kGenerational) return remembered_.barrier();
  return {};
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::clear_all_marks() {
  pool_.for_each_run([](Block& head) { clear_marks(head); });
}

/// The old have not grown so much that it is time to look at them; and stress must meet full collections, too.
template <SyncPolicy P, ObjectModel Model>
bool Heap<P, Model>::may_be_minor() const {
  constexpr unsigned kMinorUnderStress = 7;
  if (options_.stress_every != 0 && minor_in_a_row_ >= kMinorUnderStress) return false;
  return !refused_ && remembered_.complete() && epoch_ != 1 &&
         live_bytes_ - live_when_full_ < trigger_.full_budget(live_when_full_);
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::begin_cycle(Extent extent) {
  finish_sweeping();
  bool minor = false;
  if constexpr (P::GcTrigger::kGenerational) minor = extent == Extent::due && may_be_minor();
  cycle_ = {minor ? Phase::minor : Phase::full, 0, 0, 0};
  if (minor) {
    cycle_.live_bytes = live_bytes_;
    cycle_.live_objects = live_objects_;
  } else {
    clear_all_marks();
    if constexpr (P::GcTrigger::kGenerational) remembered_.forget(pool_.view());
  }
}

/// Twice as much after each few slices: the mutators may not write faster than is marked, for ever.
template <SyncPolicy P, ObjectModel Model>
MarkBudget Heap<P, Model>::slice_budget(std::uint64_t start) const {
  constexpr std::uint64_t kObjectsUnderStress = 1024;
  constexpr unsigned kDoubledEvery = 8;
  const unsigned doubled = std::min(cycle_.slices / kDoubledEvery, 20u);
  if (options_.slice_objects != 0) return {.objects = options_.slice_objects << doubled};
  if (options_.stress_every != 0) return {.objects = kObjectsUnderStress << doubled};
  return {.deadline_ns = start + (P::GcTrigger::kSliceNs << doubled)};
}

/// One slice. True: everything reachable has a mark.
template <SyncPolicy P, ObjectModel Model>
template <class Roots>
bool Heap<P, Model>::mark(MarkRun& run, Roots& roots, [[maybe_unused]] const MarkBudget& budget) {
  const bool resumed = cycle_.slices++ != 0;
  bool complete;
  if constexpr (P::GcTrigger::kGenerational) {
    run.remember(remembered_.barrier());
    RootCursor<Roots> cursor(*this, roots, true);
    complete = run.template mark<Model>(cursor, budget, resumed);
    remembered_.note(run);
  } else {
    RootCursor<Roots> cursor(*this, roots, false);
    complete = run.template mark<Model>(cursor);
  }
  cycle_.live_bytes += run.live_bytes();
  cycle_.live_objects += run.live_objects();
  return complete;
}

/// What mutators allocate from here on counts towards the next collection, or the next slice.
template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::restart_trigger() {
  const std::uint32_t threads = flush_counters();
  // What threads allocate that wait for a processor only drives what the others have just used out of the caches.
  trigger_.after_collection(live_bytes_, std::min(threads, MarkCrew::processors()));
  RealPlatform::set_crowded(threads > MarkCrew::processors());
  stress_due_.store(false, std::memory_order_relaxed);
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::end_cycle(std::uint64_t mark_ns) {
  sweep_large();
  start_epoch();
  live_bytes_ = cycle_.live_bytes;
  live_objects_ = objects_ = cycle_.live_objects;
  if (cycle_.phase == Phase::minor) {
    ++minor_collections_;
    ++minor_in_a_row_;
    minor_was_long_ = cycle_.slices != 1 || mark_ns > kLongMarkNs;
  } else {
    live_when_full_ = live_bytes_;
    minor_in_a_row_ = 0;
  }
  cycle_ = {};
}

template <SyncPolicy P, ObjectModel Model>
template <class Roots, class AfterMark>
CollectionResult Heap<P, Model>::collect(const WorldStopped&, Roots&& roots, AfterMark&& after_mark, Extent extent) {
  const Guard guard(lock_);
  CollectionResult result;
  const std::uint64_t start = steady_ns();
  retire_spans();
  const bool whole = extent == Extent::full || refused_ || !remembered_.complete() || P::GcTrigger::kSliceNs == 0;
  if (whole && cycle_.phase != Phase::idle) {  // what died since it began has marks
    segments_.drop_kept();
    cycle_ = {};
  }
  if (cycle_.phase == Phase::idle) begin_cycle(extent);
  result.minor = cycle_.phase == Phase::minor;
  {
    const std::uint64_t mark_start = steady_ns();
    // What is to be marked of the young is rarely worth waking others for.
    const bool few = result.minor && cycle_.slices == 0 && !minor_was_long_;
    MarkRun run(pool_, segments_, crew_, std::min(members(), few ? MarkRun::Members::guests : MarkRun::Members::all));
    result.complete = mark(run, roots, whole ? MarkBudget{} : slice_budget(start));
    result.mark_ns = steady_ns() - mark_start;
    if (!result.complete) {
      result.live_bytes = live_bytes_;
      result.live_objects = live_objects_;
      restart_trigger();
      result.total_ns = steady_ns() - start;
      return result;
    }
    result.live_bytes = cycle_.live_bytes;
    result.live_objects = cycle_.live_objects;
    result.freed_objects = objects_ - result.live_objects;
    const Liveness liveness = run.liveness();
    after_mark(liveness);
    result.finalized = finalizers_.run_dead(liveness);
  }
  end_cycle(result.mark_ns);
  restart_trigger();
  // What the threads are about to allocate would only be mapped anew; half as much again since they do not free the
  // blocks that others take.
  pool_.trim(std::max({kKeptFreeBytes, trigger_.budget() / 2 * 3, pool_.in_use_blocks() * kBlockBytes / 8}));
  result.total_ns = steady_ns() - start;
  return result;
}

template <SyncPolicy P, ObjectModel Model>
HeapStatistics Heap<P, Model>::statistics() {
  const Guard guard(lock_);
  HeapStatistics s;
  s.live_bytes = live_bytes_;
  s.in_use_bytes = pool_.in_use_blocks() << kBlockShift;
  s.committed_bytes = s.in_use_bytes + (pool_.dirty_blocks() << kBlockShift);
  s.peak_committed_bytes = pool_.peak_blocks() << kBlockShift;
  s.large_bytes = large_blocks_ << kBlockShift;
  s.large_objects = large_count_;
  s.reserved_bytes = pool_.capacity_blocks() << kBlockShift;
  s.collections = epoch_ - 1;
  s.minor_collections = minor_collections_;
  for (const Cache* cache = caches_; cache != nullptr; cache = cache->next_) ++s.thread_caches;
  s.allocated_since_collection = trigger_.allocated_since_collection();
  return s;
}

}  // namespace turnstile::allocator
