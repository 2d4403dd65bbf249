// Mark stacks: linked segments of addresses, so that deep structures cost no native stack, growing copies nothing, and
// a full segment can be handed to another marker as it is ("work packets": Ossia et al., A Parallel, Incremental and
// Concurrent GC for Servers, PLDI 2002).
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "allocator/pages.h"

namespace turnstile::allocator {

struct MarkSegment {
  static constexpr std::size_t kSlots = 1022;
  MarkSegment* next;
  std::size_t count;
  void* slots[kSlots];
};
static_assert(sizeof(MarkSegment) == 8192);

/// Source of segments and meeting point of the markers of one heap.
///
/// Marking ends when every marker waits in take_shared and nothing is shared: then nothing can be shared any more; or
/// when a marker suspends it: then what is shared is kept until a later marking resumes it.
/// Who waits looks for some microseconds before it sleeps: most waits are shorter than a wake-up takes.
class MarkSegmentPool {
 public:
  explicit MarkSegmentPool(PageSource& pages = PageSource::system()) : pages_(pages) {}
  ~MarkSegmentPool();
  MarkSegmentPool(const MarkSegmentPool&) = delete;
  MarkSegmentPool& operator=(const MarkSegmentPool&) = delete;

  PageSource& pages() const { return pages_; }

  /// An empty segment, or null when the system refuses or the limit is reached.
  MarkSegment* allocate();
  void free(MarkSegment* segment);
  /// Bytes that mark stacks may take; for tests of what happens when they may not grow.
  void set_limit(std::size_t bytes) { limit_bytes_ = bytes; }

  /// Before marking: one marker takes part. `resume`: what end() kept is shared.
  void begin(bool resume = false);
  /// After marking, all markers are done: keeps what is left if marking was suspended.
  void end();
  /// Forgets what end() kept.
  void drop_kept();
  /// One more does. False: it came too late, marking is over.
  bool join();
  /// Some marker waits for work. A hint: relaxed, because a stale answer only costs or saves one segment's handing
  /// over.
  bool hungry() const { return idle_hint_.load(std::memory_order_relaxed) != 0; }
  /// Hands a non-empty segment to whoever is idle.
  void share(MarkSegment* segment);
  /// A shared segment; waits for one. Null: marking is over.
  MarkSegment* take_shared();
  /// The same without waiting. Null: nothing is shared just now, or marking is over.
  MarkSegment* try_take_shared();
  /// Ends this marking for everybody, whatever is shared.
  void suspend();

  /// Unmaps the memory if it is more than `keep_bytes` and nothing is kept. No segment is in use.
  void trim(std::size_t keep_bytes);

 private:
  static constexpr std::size_t kChunkSegments = 32;
  static constexpr std::size_t kChunkBytes = kChunkSegments * sizeof(MarkSegment);  // 256 KiB at a time
  static constexpr std::size_t kMaxChunks = 16384;                                  // 4 GiB
  bool add_chunk();                                                                 // mutex_ held
  void unmap_all();
  MarkSegment* pop_shared();  // mutex_ held

  PageSource& pages_;
  std::mutex mutex_;
  std::condition_variable work_;
  MarkSegment* free_ = nullptr;  // guarded by mutex_, as all below
  MarkSegment* shared_ = nullptr;
  MarkSegment* kept_ = nullptr;  // not empty: a marking was suspended
  std::vector<void*> chunks_;
  std::size_t limit_bytes_ = SIZE_MAX;
  unsigned markers_ = 1;
  unsigned idle_ = 0;
  bool over_ = false;
  std::atomic<unsigned> idle_hint_{0};
  std::atomic<unsigned> events_{0};  // counts what ends a wait in take_shared; relaxed: a hint to look again
};

}  // namespace turnstile::allocator
