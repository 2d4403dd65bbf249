// Heap<P, Model>: the managed heap of one runtime, composed from policy P's HeapLock, BlockCache, GcTrigger and Stats.
//
//   allocation   cursors.h (inline) → allocate_slow → the thread's runs → the block pool (under P::HeapLock)
//   collection   collect(): retire spans → finish sweeping → mark (in parallel) → finalizers → large objects → new
//   epoch sweeping     lazily, when a thread takes the next span of a run
//
// Nothing here collects by itself: the runtime asks should_collect() at a place where it may stop the world.
// Lock order: the heap's lock is a leaf; its holders call nothing that waits or reaches a safepoint.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "allocator/block_pool.h"
#include "allocator/central_lock.h"
#include "allocator/cursors.h"
#include "allocator/finalizers.h"
#include "allocator/local_cache.h"
#include "allocator/mark_run.h"
#include "allocator/marker.h"
#include "allocator/object_model.h"
#include "allocator/remembered_set.h"
#include "allocator/statistics.h"
#include "allocator/world_stopped.h"
#include "policies/concepts.h"

namespace turnstile::allocator {

/// What a heap is built with; each field may be left at its default.
struct HeapOptions {
  std::size_t reserve_bytes = std::size_t{64} << 30;  ///< address space, not memory; less where the system refuses
  std::size_t limit_bytes = 0;                        ///< see set_limit
  std::uint64_t stress_every = 0;   ///< should_collect() after each k-th allocation, all through the slow path; 0: off
  bool poison = false;              ///< freed cells are overwritten, so sweeping is not lazy; verify() looks at them
  std::uint64_t slice_objects = 0;  ///< a marking that may be suspended is after so many objects per thread, and not
                                    ///< by the trigger's time; 0: off
  unsigned marking_threads =
      0;  ///< threads that mark, the collecting one included; 0: as many as processors, at most 4
  std::size_t parallel_marking_bytes = std::size_t{16} << 20;  ///< smaller heaps are marked by one thread
  PageSource* pages = nullptr;                                 ///< outlives the heap; null: the system
};

/// How much of the heap a collection looks at, where the policy's trigger has generations; elsewhere always all of it.
enum class Extent : std::uint8_t {
  full,
  due,  ///< what survived earlier collections is kept unseen, until it has grown by the trigger's rule
};

/// A mutator's part of a heap. Lives as long as it is attached; everything in it belongs to its thread.
template <SyncPolicy P>
class ThreadCache {
 public:
  ThreadCache() = default;
  ThreadCache(const ThreadCache&) = delete;
  ThreadCache& operator=(const ThreadCache&) = delete;

  /// For tests: what the trigger keeps for this thread.
  typename P::GcTrigger::ThreadCounter& counter() { return counter_; }

 private:
  template <SyncPolicy, ObjectModel>
  friend class Heap;
  LocalCache local_;
  AllocationCursors hidden_;  // used instead of the mutator's where the fast path is off
  typename P::GcTrigger::ThreadCounter counter_{};
  typename P::Stats::ThreadCounters* stats_ = nullptr;
  void* owner_ = nullptr;
  std::atomic<std::uint32_t> root_ticket_{0};  // of the last marking that took the thread's roots
  std::uint32_t last_epoch_ = 0u - 1000;       // in which the slow path was taken; long ago
  ThreadCache* next_ = nullptr;                // the heap's list of attached caches, guarded by its lock
  ThreadCache* prev_ = nullptr;
};

template <SyncPolicy P, ObjectModel Model>
class Heap {
  static_assert(!P::GcTrigger::kGenerational || GenerationalModel<Model>);

 public:
  using Cache = ThreadCache<P>;
  using Options = HeapOptions;

  /// True if generated code and try_allocate may hand out cells without the heap's knowing.
  static constexpr bool kThreadLocalFastPath =
      P::BlockCache::kPerThread && !P::GcTrigger::kCountsEveryAllocation && !P::Stats::kCountsEveryAllocation;

  /// `stats` (may be null) outlives the heap and counts spans and large objects.
  explicit Heap(const Options& options = {}, typename P::Stats* stats = nullptr);
  /// Runs the finalizers that are left. No thread is attached.
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// Attaches and detaches the calling thread, which must be running (no collection is under way). `cursors` is what
  /// the thread's inline allocations use, `owner` what collections call its roots by. After detach its blocks belong to
  /// all.
  void attach(Cache& cache, AllocationCursors& cursors, typename P::Stats::ThreadCounters* stats = nullptr,
              void* owner = nullptr);
  void detach(Cache& cache);

  /// What to call when try_allocate returned null: uninitialized memory aligned to 16, of any size. Never collects,
  /// never blocks but for the heap's lock. Null when the limit or the system refuses: collect and try again, once.
  void* allocate_slow(Cache& cache, std::size_t bytes);

  /// Addresses were got. If not, nothing can be allocated, ever.
  bool ok() const { return has_addresses_; }

  /// A collection is due. Cheap enough for each slow path.
  bool should_collect();

  /// Bytes of blocks in use beyond which allocation fails; 0: no limit.
  void set_limit(std::size_t bytes);

  /// Marks from `roots(Marker&)`, or from roots.thread(Marker&, owner) for each attached cache and roots.rest(Marker&),
  /// which several threads call at the same time for different owners; finds what died, runs
  /// finalizers. `after_mark(const Liveness&)` is called when everything reachable is marked and nothing is freed yet:
  /// the place to clear weak tables. None of the callbacks may use the heap. Sweeping is left to the threads.
  template <class Roots, class AfterMark>
  ///
  /// With Extent::due and a trigger whose markings come in slices, this may be one slice (CollectionResult::complete is
  /// false): nothing was freed, no callback but `roots` was called, and the next call goes on.
  CollectionResult collect(const WorldStopped&, Roots&& roots, AfterMark&& after_mark, Extent extent = Extent::full);
  template <class Roots>
  CollectionResult collect(const WorldStopped& stopped, Roots&& roots, Extent extent = Extent::full) {
    return collect(stopped, std::forward<Roots>(roots), [](const Liveness&) {}, extent);
  }

  /// Around the stop for a collection and the collection itself: from announce to withdraw, threads that are stopped
  /// wait some microseconds in help_collecting(), since there is going to be work for them.
  void announce_collection() { crew_.announce(); }
  void withdraw_announcement() { crew_.withdraw(); }
  /// For a thread that is stopped: takes part in the marking that is under way or about to begin. Whoever stopped the
  /// world does not resume it before the thread has returned from its part.
  void help_collecting(Cache& cache);

  /// Where mutators note what they write to. Constant; zeros unless the policy's trigger has generations.
  WriteBarrier write_barrier() const;

  /// `run(object)` is called, world stopped, after the first collection that finds the object dead, or when the heap is
  /// destroyed. It may free what the object owns outside the heap, and must not touch other objects.
  void register_finalizer(void* object, void (*run)(void*));

  /// Checks descriptors, lists and counts, and that all that is reachable from roots(Marker&) is a sound object.
  /// Returns a description of the first violation.
  template <class Roots>
  std::optional<std::string> verify(const WorldStopped&, Roots&& roots);

  /// Takes the heap's lock; not from callbacks of collect().
  HeapStatistics statistics();

  /// In a forked child: only `survivor`'s thread exists. The blocks of all other caches become everybody's.
  void after_fork_in_child(const WorldStopped&, Cache& survivor);

  typename P::GcTrigger& trigger() { return trigger_; }

  /// For tests: bytes that mark stacks may take.
  void set_mark_stack_limit(std::size_t bytes) { segments_.set_limit(bytes); }

 private:
  static constexpr std::size_t kKeptFreeBytes = std::size_t{8} << 20;  // not returned to the system by a collection

  static constexpr std::uint64_t kLongMarkNs = 1'000'000;  // many times what it takes to wake a thread

  using Guard = CentralGuard<typename P::HeapLock>;

  // Allocation (heap_allocate.h).
  void* allocate_large(Cache& cache, std::size_t bytes);
  template <class NextRun>
  void* take_cell(Cache& cache, LocalCache& local, std::size_t size_class, NextRun&& next_run);
  Block* take_run(std::size_t size_class) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  Block* allocate_blocks(std::size_t blocks) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void note_allocation();
  void count(Cache& cache, stats::Counter what, std::uint64_t n);
  void abandon(Cache& cache) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void give_runs_to_all(LocalCache& local) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);

  // Collection (heap_collect.h).
  void retire_spans(LocalCache& local) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void retire_spans() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void finish_sweeping() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void sweep_large() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  template <class Roots>
  class RootCursor;
  std::uint32_t flush_counters() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void start_epoch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  MarkRun::Members members() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  bool may_be_minor() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void begin_cycle(Extent extent) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  MarkBudget slice_budget(std::uint64_t start) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  template <class Roots>
  bool mark(MarkRun& run, Roots& roots, const MarkBudget& budget) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void end_cycle(std::uint64_t mark_ns) ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void restart_trigger() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  void clear_all_marks() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  std::optional<std::string> check_poison() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);
  std::optional<std::string> check_runs() ABSL_EXCLUSIVE_LOCKS_REQUIRED(lock_);

  enum class Phase : std::uint8_t { idle, minor, full };
  /// A collection between its first slice and its last.
  struct Cycle {
    Phase phase = Phase::idle;
    unsigned slices = 0;  // begun
    std::size_t live_bytes = 0;
    std::size_t live_objects = 0;
  };

  // Constant, or changed only while the world is stopped.
  const Options options_;
  typename P::Stats* const stats_;
  const bool fast_path_;  // cursors are filled
  bool has_addresses_;
  RegionView addresses_;     // base and table only
  std::uint32_t epoch_ = 1;  // collections so far, + 1
  RememberedSet remembered_;

  // Shared without the lock.
  typename P::GcTrigger trigger_;
  std::atomic<std::uint64_t> stress_count_{0};  // relaxed: a count, nothing is published through it
  std::atomic<bool> stress_due_{false};         // relaxed: a hint to the next slow path

  MarkSegmentPool segments_;
  MarkCrew crew_;

  CentralLock<typename P::HeapLock> lock_;
  BlockPool pool_ ABSL_GUARDED_BY(lock_);
  LocalCache shared_ ABSL_GUARDED_BY(lock_);  // used where the policy caches nothing per thread
  AllocationCursors shared_spans_ ABSL_GUARDED_BY(lock_);
  Finalizers finalizers_ ABSL_GUARDED_BY(lock_);
  Cache* caches_ ABSL_GUARDED_BY(lock_) = nullptr;
  std::uint32_t root_tickets_ ABSL_GUARDED_BY(lock_) = 0;  // markings so far
  bool refused_ ABSL_GUARDED_BY(lock_) = false;            // an allocation failed since the last collection
  std::size_t objects_ ABSL_GUARDED_BY(lock_) = 0;  // live or dead, but for those that caches took since they retired
  Cycle cycle_ ABSL_GUARDED_BY(lock_);
  std::size_t live_bytes_ ABSL_GUARDED_BY(lock_) = 0;  // after the last collection, as is the next
  std::size_t live_objects_ ABSL_GUARDED_BY(lock_) = 0;
  std::size_t live_when_full_ ABSL_GUARDED_BY(lock_) = 0;  // bytes after the last full collection
  std::size_t minor_collections_ ABSL_GUARDED_BY(lock_) = 0;
  unsigned minor_in_a_row_ ABSL_GUARDED_BY(lock_) = 0;
  bool minor_was_long_ ABSL_GUARDED_BY(lock_) = false;  // the last one
  std::size_t large_count_ ABSL_GUARDED_BY(lock_) = 0;
  std::size_t large_blocks_ ABSL_GUARDED_BY(lock_) = 0;
};

}  // namespace turnstile::allocator

#include "allocator/heap_allocate.h"  // IWYU pragma: export
#include "allocator/heap_collect.h"   // IWYU pragma: export
#include "allocator/heap_verify.h"    // IWYU pragma: export
