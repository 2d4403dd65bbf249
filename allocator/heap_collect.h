// Heap<P, Model>: collection and verification. Included by heap.h.
//
//   world stopped ─► retire spans      cells never handed out are free
//                 ─► finish sweeping   what nobody has swept since the last collection
//                 ─► mark              a minor collection keeps the marks that there are
//                 ─► weak tables, finalizers
//                 ─► large objects     those that died are freed now
//                 ─► new epoch         all other runs are unswept
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

#include "allocator/heap.h"
#include "policies/platform.h"

namespace turnstile::allocator {

namespace detail {
inline std::uint64_t now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}
}  // namespace detail

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
  /// `minor`: what is remembered is a root, too.
  RootCursor(Heap& heap, Roots& roots, bool minor) ABSL_NO_THREAD_SAFETY_ANALYSIS : heap_(heap),
                                                                                    roots_(roots),
                                                                                    minor_(minor),
                                                                                    ticket_(++heap.root_tickets_),
                                                                                    next_(heap.caches_) {}

  bool operator()(Marker& marker, void* guest) { return take_root(marker, guest) || take_remembered(marker); }

 private:
  // Relaxed here and above: nothing is published, the crew's mutex orders the run against what was before and after.
  bool take(Cache& cache) { return cache.root_ticket_.exchange(ticket_, std::memory_order_relaxed) != ticket_; }

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
      if (!minor_) return false;
      const RegionView view = heap_.pool_.view();
      const std::size_t part = next_part_.fetch_add(1, std::memory_order_relaxed);
      if (part < RememberedSet::part_count(view)) {
        return heap_.remembered_.template trace_part<Model>(view, part, marker), true;
      }
    }
    return false;
  }

  void mark_rest(Marker& marker) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (requires { roots_.rest(marker); }) {
      roots_.rest(marker);
    } else {
      roots_(marker);
    }
    if constexpr (P::GcTrigger::kGenerational) {
      if (minor_) heap_.remembered_.template trace_noted<Model>(heap_.pool_.view(), marker);
    }
  }

  [[maybe_unused]] Heap& heap_;
  Roots& roots_;
  [[maybe_unused]] const bool minor_;
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
  return !refused_ && epoch_ != 1 && live_bytes_ - live_when_full_ < trigger_.full_budget(live_when_full_);
}

template <SyncPolicy P, ObjectModel Model>
template <class Roots, class AfterMark>
CollectionResult Heap<P, Model>::collect(const WorldStopped&, Roots&& roots, AfterMark&& after_mark, Extent extent) {
  const Guard guard(lock_);
  CollectionResult result;
  const std::uint64_t start = detail::now_ns();
  retire_spans();
  finish_sweeping();
  bool minor = false;
  if constexpr (P::GcTrigger::kGenerational) minor = extent == Extent::due && may_be_minor();
  if (!minor) {
    clear_all_marks();
    live_bytes_ = 0;
    live_objects_ = 0;
  }
  {
    const std::uint64_t mark_start = detail::now_ns();
    // What is to be marked of the young is rarely worth waking others for.
    const MarkRun::Members most = minor && !minor_was_long_ ? MarkRun::Members::guests : MarkRun::Members::all;
    MarkRun run(pool_, segments_, crew_, std::min(members(), most));
    if constexpr (P::GcTrigger::kGenerational) run.remember();
    RootCursor<Roots> cursor(*this, roots, minor);
    run.template mark<Model>(cursor);
    if constexpr (P::GcTrigger::kGenerational) remembered_.start_anew(pool_, run, !minor);
    result.minor = minor;
    result.live_bytes = live_bytes_ + run.live_bytes();
    result.live_objects = live_objects_ + run.live_objects();
    result.freed_objects = objects_ - result.live_objects;
    objects_ = result.live_objects;
    result.mark_ns = detail::now_ns() - mark_start;
    const Liveness liveness = run.liveness();
    after_mark(liveness);
    result.finalized = finalizers_.run_dead(liveness);
  }
  sweep_large();
  start_epoch();
  live_bytes_ = result.live_bytes;
  live_objects_ = result.live_objects;
  if (minor) {
    ++minor_collections_;
    ++minor_in_a_row_;
    minor_was_long_ = result.mark_ns > kLongMarkNs;
  } else {
    live_when_full_ = live_bytes_;
    minor_in_a_row_ = 0;
  }
  const std::uint32_t threads = flush_counters();
  // What threads allocate that wait for a processor only drives what the others have just used out of the caches.
  trigger_.after_collection(result.live_bytes, std::min(threads, MarkCrew::processors()));
  RealPlatform::set_crowded(threads > MarkCrew::processors());
  // What the threads are about to allocate would only be mapped anew; half as much again since they do not free the
  // blocks that others take.
  pool_.trim(std::max({kKeptFreeBytes, trigger_.budget() / 2 * 3, pool_.in_use_blocks() * kBlockBytes / 8}));
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
      stray_mark = stray_mark || (marked & ~head.allocated[word]) != 0;
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
  std::vector<std::uint64_t> kept;  // the marks, run by run, where they say who is old
  if constexpr (P::GcTrigger::kGenerational) {
    pool_.for_each_run([&](Block& head) {
      for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
        kept.push_back(head.marked[word].load(std::memory_order_relaxed));
      }
    });
  }
  clear_all_marks();
  MarkRun run(pool_, segments_, crew_, MarkRun::Members::one);
  run.template verify_steps<Model>();
  RootCursor<Roots> cursor(*this, roots, false);
  run.template mark<Model>(cursor);
  if constexpr (P::GcTrigger::kGenerational) {
    auto at = kept.begin();
    pool_.for_each_run([&](Block& head) {
      for (std::uint32_t word = 0; word < head.bitmap_words(); ++word) {
        head.marked[word].store(*at++, std::memory_order_relaxed);
      }
    });
  }
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
  s.minor_collections = minor_collections_;
  for (const Cache* cache = caches_; cache != nullptr; cache = cache->next_) ++s.thread_caches;
  s.allocated_since_collection = trigger_.allocated_since_collection();
  return s;
}

}  // namespace turnstile::allocator
