// A toy runtime for the allocator's tests: objects that only hold references, axes whose facts a test chooses, and
// mutators with precise roots.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "allocator/heap.h"
#include "policies/bundles/biased.h"

namespace toy {

using namespace turnstile;
using namespace turnstile::allocator;

// --- objects
// ----------------------------------------------------------------------------------------------------------

struct Object {
  static constexpr std::uint64_t kMagic = 0x746f79206f626a31;
  std::uint64_t magic;
  std::uint64_t count;  // references
  Object* refs[1];

  /// Objects of so many references are written without the barrier.
  static constexpr std::uint64_t kFreely = 7;
  static constexpr std::size_t bytes_for(std::size_t count) { return 16 + count * sizeof(Object*); }
};

struct Model {
  static void trace(void* object, Marker& marker) {
    auto* const o = static_cast<Object*>(object);
    for (std::size_t i = 0; i < o->count; ++i) marker.mark(o->refs[i]);
  }
  static bool is_object(const void* object) { return static_cast<const Object*>(object)->magic == Object::kMagic; }
  static bool check(const void* object) { return is_object(object); }

  static void trace_owner(void* object, Marker& marker) { trace(object, marker); }
  static void trace_part(void* object, const void* low, const void* high, Marker& marker) {
    auto* const o = static_cast<Object*>(object);
    Object** const first = std::max<Object**>(o->refs, static_cast<Object**>(const_cast<void*>(low)));
    Object** const end = std::min<Object**>(o->refs + o->count, static_cast<Object**>(const_cast<void*>(high)));
    for (Object** at = first; at < end; ++at) marker.mark(*at);
  }
  static bool has_parts(const void*) { return true; }
  static bool is_written_freely(const void* object) {
    return static_cast<const Object*>(object)->count == Object::kFreely;
  }
  static bool notes_construction(const void*) { return true; }
};

inline Object* init(void* memory, std::size_t count) {
  auto* const o = static_cast<Object*>(memory);
  if (o == nullptr) return nullptr;
  o->magic = Object::kMagic;
  o->count = count;
  for (std::size_t i = 0; i < count; ++i) o->refs[i] = nullptr;
  return o;
}

/// The same numbers in each run.
struct Random {
  std::uint64_t state;
  std::size_t operator()(std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % n;
  }
};

/// An object up to five references away from one of `roots`.
inline Object* wander(const std::vector<Object*>& roots, Random& random) {
  Object* at = roots[random(roots.size())];
  for (std::size_t depth = random(6); depth > 0 && at->count != 0; --depth) {
    Object* const next = at->refs[random(at->count)];
    if (next == nullptr) break;
    at = next;
  }
  return at;
}

// --- axes
// -------------------------------------------------------------------------------------------------------------

/// Counts how often it is taken.
struct CountingHeapLock {
  static constexpr std::string_view kName = "counting";
  static constexpr bool kParallelSafe = true;
  void lock() {
    mutex_.lock();
    taken.fetch_add(1, std::memory_order_relaxed);
  }
  void unlock() { mutex_.unlock(); }
  bool try_lock() {
    if (!mutex_.try_lock()) return false;
    taken.fetch_add(1, std::memory_order_relaxed);
    return true;
  }
  static inline std::atomic<std::uint64_t> taken{0};

 private:
  std::mutex mutex_;
};

template <bool PerThread, bool Affine>
struct BlockCache {
  static constexpr std::string_view kName = "toy";
  static constexpr bool kParallelSafe = true, kPerThread = PerThread, kAffine = Affine;
};

/// Remembers what it was told.
template <bool EveryAllocation>
struct Trigger {
  static constexpr std::string_view kName = "toy";
  static constexpr bool kParallelSafe = true, kCountsEveryAllocation = EveryAllocation, kGenerational = false;
  static constexpr std::uint64_t kSliceNs = 0;
  struct ThreadCounter {
    std::size_t bytes = 0;
  };
  void on_allocate(ThreadCounter& c, std::size_t n) {
    c.bytes += n;
    objects.fetch_add(1);
    object_bytes.fetch_add(n);
  }
  void on_span(ThreadCounter& c, std::size_t n) {
    c.bytes += n;
    spans.fetch_add(1);
    span_bytes.fetch_add(n);
  }
  void flush(ThreadCounter& c) {
    flushed.fetch_add(c.bytes);
    c.bytes = 0;
  }
  bool should_collect() { return due.load(); }
  void after_collection(std::size_t live_bytes, std::uint32_t threads) {
    allocating.store(threads);
    due.store(false);
    live.store(live_bytes);
    flushed.store(0);
  }
  std::size_t budget() { return 0; }
  static std::size_t full_budget(std::size_t) { return 0; }
  std::size_t allocated_since_collection() { return flushed.load(); }

  std::atomic<std::size_t> objects{0}, object_bytes{0}, spans{0}, span_bytes{0}, flushed{0}, live{0};
  std::atomic<std::uint32_t> allocating{0};
  std::atomic<bool> due{false};
};

/// The facts under test are parameters; the rest is a parallel bundle's.
template <class C, class T>
struct Policy : Biased {
  static constexpr std::string_view kName = "toy";
  using HeapLock = CountingHeapLock;
  using BlockCache = C;
  using GcTrigger = T;
};
using Affine = Policy<BlockCache<true, true>, Trigger<false>>;
using Unaffine = Policy<BlockCache<true, false>, Trigger<false>>;
using Shared = Policy<BlockCache<false, false>, Trigger<false>>;
using Counting = Policy<BlockCache<true, true>, Trigger<true>>;
using SharedCounting = Policy<BlockCache<false, false>, Trigger<true>>;
static_assert(SyncPolicy<Affine> && SyncPolicy<SharedCounting>);

// --- runtime
// ----------------------------------------------------------------------------------------------------------

template <class P>
class Runtime;

/// An attached thread: running from construction to destruction.
template <class P>
class Mutator {
 public:
  explicit Mutator(Runtime<P>& runtime) : runtime_(runtime) {
    runtime.lock.attach(state);
    runtime.stats.attach(counters);
    runtime.lock.enter(state);
    const std::lock_guard guard(runtime.mutators_mutex);
    runtime.heap.attach(cache, cursors, &counters);
    runtime.mutators.push_back(this);
  }
  ~Mutator() {
    {
      const std::lock_guard guard(runtime_.mutators_mutex);
      std::erase(runtime_.mutators, this);
    }
    runtime_.heap.detach(cache);
    runtime_.lock.leave(state);
    runtime_.stats.detach(counters);
    runtime_.lock.detach(state);
  }
  Mutator(const Mutator&) = delete;

  /// Never collects; null when the heap refuses.
  void* raw(std::size_t bytes) {
    if (void* const p = try_allocate(cursors, bytes)) return p;
    return runtime_.heap.allocate_slow(cache, bytes);
  }
  /// Never collects; null when the heap refuses.
  Object* make(std::size_t refs) { return init(raw(Object::bytes_for(refs)), refs); }
  /// As a runtime does it: collects when due, or when the heap refuses.
  Object* make_collecting(std::size_t refs) {
    if (void* const p = try_allocate(cursors, Object::bytes_for(refs))) return init(p, refs);
    if (runtime_.heap.should_collect()) runtime_.collect(*this);
    void* p = runtime_.heap.allocate_slow(cache, Object::bytes_for(refs));
    if (p == nullptr) {
      runtime_.collect(*this);
      p = runtime_.heap.allocate_slow(cache, Object::bytes_for(refs));
    }
    return init(p, refs);
  }
  /// A store with the barrier of heaps with generations.
  void store(Object* holder, std::size_t i, Object* value) {
    holder->refs[i] = value;
    mark_card(runtime_.heap.write_barrier().slots, &holder->refs[i]);
  }
  void safepoint() { runtime_.lock.safepoint(state); }
  typename P::GcTrigger::ThreadCounter& counter() { return cache.counter(); }

  typename P::WorldLock::ThreadState state;
  ThreadCache<P> cache;
  AllocationCursors cursors;
  typename P::Stats::ThreadCounters counters;
  std::vector<Object*> roots;
  const std::thread::id thread = std::this_thread::get_id();

 private:
  Runtime<P>& runtime_;
};

template <class P>
class Runtime {
 public:
  explicit Runtime(const HeapOptions& options = {}) : heap(options, &stats) {}

  template <class Extra, class AfterMark>
  CollectionResult collect(Mutator<P>& m, Extra&& extra, AfterMark&& after_mark, Extent extent) {
    const Others others(*this, m);
    StopTheWorld stop(lock, m.state);
    REQUIRE(stop);
    const auto roots = [&](Marker& marker) {
      mark_roots(marker);
      extra(marker);
    };
    return heap.collect(stop.witness(), roots, after_mark, extent);
  }
  template <class Extra>
  CollectionResult collect(Mutator<P>& m, Extra&& extra, Extent extent = Extent::full) {
    return collect(m, extra, [](const Liveness&) {}, extent);
  }
  CollectionResult collect(Mutator<P>& m, Extent extent = Extent::full) {
    return collect(m, [](Marker&) {}, extent);
  }
  std::optional<std::string> verify(Mutator<P>& m) {
    const Others others(*this, m);
    StopTheWorld stop(lock, m.state);
    REQUIRE(stop);
    return heap.verify(stop.witness(), [&](Marker& marker) { mark_roots(marker); });
  }
  /// A test may attach several mutators to one thread: the others are blocked while that thread waits for a stop.
  struct Others {
    Others(Runtime& runtime, Mutator<P>& m) : runtime(runtime) {
      const std::lock_guard guard(runtime.mutators_mutex);
      for (Mutator<P>* const other : runtime.mutators) {
        if (other != &m && other->thread == m.thread) others.push_back(other);
      }
      for (Mutator<P>* const other : others) runtime.lock.leave(other->state);
    }
    ~Others() {
      for (Mutator<P>* const other : others) runtime.lock.enter(other->state);
    }
    Runtime& runtime;
    std::vector<Mutator<P>*> others;
  };

  void mark_roots(Marker& marker) {
    for (Mutator<P>* const m : mutators) {
      for (Object* const o : m->roots) marker.mark(o);
    }
  }

  typename P::Stats stats;
  typename P::WorldLock lock;
  Heap<P, Model> heap;
  std::mutex mutators_mutex;
  std::vector<Mutator<P>*> mutators;  // changed by running threads under the mutex, read while the world is stopped
};

/// `#address` of an object that nothing on this thread's stack need refer to.
inline std::uintptr_t address(const void* p) { return reinterpret_cast<std::uintptr_t>(p); }

}  // namespace toy
