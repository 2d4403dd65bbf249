// Heap<P, Model>: collection and verification. Included by heap.h.
//
//   mutators stopped ─► retire spans ─► finish sweeping ─► mark ─► weak tables ─► finalizers ─► large objects ─► new
//   epoch
//                       (cells never      (runs nobody                                           (freed now)     (runs
//                       are
//                        handed out        has swept since unswept) are free)         the last epoch)
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "allocator/heap.h"

namespace turnstile::allocator {

namespace detail {
inline std::uint64_t now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}
}  // namespace detail

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::retire_spans() {
  if constexpr (P::BlockCache::kPerThread) {
    for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) cache->local_.retire_spans(addresses_);
  } else {
    shared_.retire_spans(addresses_);
  }
}

/// Sweeps what nobody has swept since the last collection and releases runs without objects. Returns the number of
/// objects. Precondition: spans are retired, so every run of cells is in a list.
template <SyncPolicy P, ObjectModel Model>
std::size_t Heap<P, Model>::finish_sweeping() {
  std::size_t objects = 0;
  pool_.for_each_run([&](Block& head) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // called here, under the lock
    if (head.state == BlockState::large) {
      ++objects;
      return;
    }
    const bool swept = head.epoch == epoch_;
    const std::uint32_t live =
        swept ? count_allocated(head) : sweep(head, epoch_, addresses_.address_of(head), options_.poison).live;
    objects += live;
    if (live != 0) return;
    BlockList::unlink(head);
    pool_.release(head);
  });
  return objects;
}

template <SyncPolicy P, ObjectModel Model>
void Heap<P, Model>::sweep_large() {
  std::size_t objects = 0;
  std::size_t blocks = 0;
  pool_.large_objects().for_each([&](Block& head) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // called here, under the lock
    if (head.is_marked(0)) {
      head.marked[0].store(0, std::memory_order_relaxed);
      return;
    }
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
unsigned Heap<P, Model>::markers_for_this_heap() const {
  // Without parallel mutators the policy's promise is that one processor is used at a time.
  if constexpr (!P::WorldLock::kParallelMutators) return 1;
  return pool_.in_use_blocks() << kBlockShift < options_.parallel_marking_bytes ? 1 : crew_.threads();
}

template <SyncPolicy P, ObjectModel Model>
template <class Roots, class AfterMark>
CollectionResult Heap<P, Model>::collect(const WorldStopped&, Roots&& roots, AfterMark&& after_mark) {
  const Guard guard(lock_);
  CollectionResult result;
  const std::uint64_t start = detail::now_ns();
  retire_spans();
  const std::size_t objects_before = finish_sweeping();
  {
    const std::uint64_t mark_start = detail::now_ns();
    MarkRun run(pool_, segments_, crew_, markers_for_this_heap());
    roots(run.roots());
    run.template complete<Model>();
    result.live_bytes = run.live_bytes();
    result.live_objects = run.live_objects();
    result.freed_objects = objects_before - result.live_objects;
    result.mark_ns = detail::now_ns() - mark_start;
    const Liveness liveness(run.roots());
    after_mark(liveness);
    result.finalized = finalizers_.run_dead(liveness);
  }
  sweep_large();
  start_epoch();
  pool_.trim(std::max(kKeptFreeBytes, pool_.in_use_blocks() * kBlockBytes / 8));
  live_bytes_ = result.live_bytes;
  for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) trigger_.flush(cache->counter_);
  trigger_.after_collection(result.live_bytes);
  stress_due_.store(false, std::memory_order_relaxed);
  result.total_ns = detail::now_ns() - start;
  return result;
}

/// Where freed cells are poisoned, all free cells are: one that is not was written after it died (or overrun into).
template <SyncPolicy P, ObjectModel Model>
std::optional<std::string> Heap<P, Model>::check_poison() {
  const char* overwritten = nullptr;
  pool_.for_each_run([&](Block& head) {
    if (head.state != BlockState::small || overwritten != nullptr) return;
    overwritten = find_overwritten_cell(head, addresses_.address_of(head));
  });
  if (overwritten == nullptr) return std::nullopt;
  char text[80];
  std::snprintf(text, sizeof text, "the free cell %p was written", static_cast<const void*>(overwritten));
  return text;
}

/// Every run of cells is in exactly one list, of its class; the large objects are in theirs.
template <SyncPolicy P, ObjectModel Model>
std::optional<std::string> Heap<P, Model>::check_runs() {
  std::size_t small = 0;
  std::size_t large = 0;
  bool stray_mark = false;
  pool_.for_each_run([&](Block& head) {
    ++(head.state == BlockState::large ? large : small);
    for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
      const std::uint64_t marked = head.marked[word].load(std::memory_order_relaxed);
      const bool none_expected = head.state == BlockState::large || head.epoch == epoch_;
      stray_mark = stray_mark || (marked & ~head.allocated[word]) != 0 || (none_expected && marked != 0);
    }
  });
  if (stray_mark) return "a mark bit is set that no collection set";

  std::size_t listed = 0;
  bool wrong_class = false;
  const auto count_runs = [&](LocalCache::ClassRuns& runs, std::size_t size_class) {
    for (BlockList* const list : {&runs.available, &runs.exhausted}) {
      list->for_each([&](Block& run) {
        ++listed;
        wrong_class = wrong_class || run.state != BlockState::small || run.size_class != size_class;
      });
    }
  };
  for (std::size_t c = 0; c < kSizeClassCount; ++c) {
    for (Cache* cache = caches_; cache != nullptr; cache = cache->next_) count_runs(cache->local_.runs(c), c);
    count_runs(shared_.runs(c), c);
    count_runs(pool_.unowned(c), c);
  }
  if (wrong_class) return "a list holds a run of another class";
  if (listed != small) return "a run of cells is in no list, or in two";
  std::size_t large_listed = 0;
  pool_.large_objects().for_each([&](Block& run) { large_listed += run.state == BlockState::large ? 1 : 0; });
  if (large_listed != large || large != large_count_) return "the list of large objects is wrong";
  return std::nullopt;
}

template <SyncPolicy P, ObjectModel Model>
template <class Roots>
std::optional<std::string> Heap<P, Model>::verify(const WorldStopped&, Roots&& roots) {
  const Guard guard(lock_);
  if (const char* const what = pool_.check_consistency()) return what;
  retire_spans();
  if (auto what = check_runs()) return what;
  finish_sweeping();  // mark bits are free for our use
  if (options_.poison) {
    if (auto what = check_poison()) return what;
  }
  MarkRun run(pool_, segments_, crew_, 1);
  run.template verify_steps<Model>();
  roots(run.roots());
  run.template complete<Model>();
  pool_.for_each_run([](Block& head) {
    for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
      head.marked[word].store(0, std::memory_order_relaxed);
    }
  });
  if (std::string violation = run.violation(); !violation.empty()) return violation;
  return std::nullopt;
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
  for (const Cache* cache = caches_; cache != nullptr; cache = cache->next_) ++s.thread_caches;
  s.allocated_since_collection = trigger_.allocated_since_collection();
  return s;
}

}  // namespace turnstile::allocator
