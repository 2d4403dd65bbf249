// Allocation and later free of a mix of sizes, by malloc and free (whichever library the process has loaded) or by
// Turnstile's heap under one policy. allocators.py and findings_2014.py run it and make the tables.
//
//   allocation_workload ALLOCATOR THREADS MILLIONS
//
// Each thread keeps 4096 objects and replaces a random one, MILLIONS million times, writing two words of each. Prints
// one line of JSON. The heap collects by its own rule; its threads poll as compiled loops do.
#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "allocator/heap.h"
#include "policies/block_cache/shared.h"
#include "policies/bundles/biased.h"
#include "policies/bundles/gil.h"
#include "policies/bundles/grwl.h"
#include "policies/bundles/nosync.h"
#include "policies/gc_trigger/shared_counter.h"
#include "policies/heap_lock/spin.h"
#include "policies/stats/shared_atomic.h"

namespace turnstile::bench {
namespace {

using namespace allocator;

constexpr std::size_t kKept = 4096;

struct Object {
  std::uint64_t header;
  std::uint64_t word;
};

struct LeafModel {
  static void trace(void*, Marker&) {}
  static bool is_object(const void*) { return true; }
  static bool check(const void*) { return true; }
};

/// Sizes as a program of a dynamic language has them: mostly a few words, some hundreds of bytes, rarely kilobytes.
struct Mix {
  std::uint32_t sizes[kKept];
  std::uint32_t slots[kKept];
  explicit Mix(std::uint64_t seed) {
    std::uint64_t state = seed * 0x9e3779b97f4a7c15u + 1;
    const auto next = [&] {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      return static_cast<std::uint32_t>(state >> 20);
    };
    for (std::size_t i = 0; i < kKept; ++i) {
      const std::uint32_t kind = next() % 100;
      sizes[i] = kind < 60   ? 16 + next() % 33
                 : kind < 85 ? 64 + next() % 65
                 : kind < 95 ? 160 + next() % 353
                             : 512 + next() % 1537;
      slots[i] = next() % kKept;
    }
  }
};

using Clock = std::chrono::steady_clock;

/// Where the threads of a run meet; each takes the time of its own work, since whoever starts them may come late.
class Start {
 public:
  explicit Start(int threads) { pthread_barrier_init(&barrier_, nullptr, static_cast<unsigned>(threads)); }
  ~Start() { pthread_barrier_destroy(&barrier_); }
  Clock::time_point wait() {
    pthread_barrier_wait(&barrier_);
    return Clock::now();
  }

 private:
  pthread_barrier_t barrier_;
};

/// Seconds from the first thread's beginning to the last one's end. `body(index, start)` returns its beginning and end.
template <class Body>
double seconds_for(int threads, Body body) {
  Start start(threads);
  std::vector<std::pair<Clock::time_point, Clock::time_point>> times(static_cast<std::size_t>(threads));
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&, t] { times[static_cast<std::size_t>(t)] = body(t, start); });
  }
  for (std::thread& w : workers) w.join();
  auto [begin, end] = times[0];
  for (const auto& [b, e] : times) {
    begin = std::min(begin, b);
    end = std::max(end, e);
  }
  return std::chrono::duration<double>(end - begin).count();
}

double run_malloc(int threads, std::uint64_t objects) {
  return seconds_for(threads, [&](int t, Start& start) {
    const auto mix = std::make_unique<Mix>(static_cast<std::uint64_t>(t) + 1);
    std::vector<Object*> kept(kKept, nullptr);
    const auto begin = start.wait();
    for (std::uint64_t i = 0; i < objects; ++i) {
      Object*& slot = kept[mix->slots[i % kKept]];
      std::free(slot);
      slot = static_cast<Object*>(std::malloc(mix->sizes[(i * 5 + i / kKept) % kKept]));
      slot->header = i;
      slot->word = i;
    }
    const auto end = Clock::now();
    for (Object* o : kept) std::free(o);
    return std::pair(begin, end);
  });
}

template <class P>
class HeapRun {
 public:
  double run(int threads, std::uint64_t objects) {
    return seconds_for(threads, [&](int t, Start& start) { return work(t, objects, start); });
  }

 private:
  struct Thread {
    typename P::WorldLock::ThreadState world;
    ThreadCache<P> cache;
    AllocationCursors cursors;
    typename P::Stats::ThreadCounters counters;
    std::vector<Object*> kept = std::vector<Object*>(kKept, nullptr);
  };

  std::pair<Clock::time_point, Clock::time_point> work(int index, std::uint64_t objects, Start& start) {
    const auto mix = std::make_unique<Mix>(static_cast<std::uint64_t>(index) + 1);
    const auto t = std::make_unique<Thread>();
    stats_.attach(t->counters);
    world_.attach(t->world);
    world_.enter(t->world);
    heap_.attach(t->cache, t->cursors, &t->counters, t.get());
    world_.leave(t->world);
    const PollWord poll = world_.poll_word(t->world);
    const auto begin = start.wait();
    world_.enter(t->world);
    for (std::uint64_t i = 0; i < objects; ++i) {
      const std::size_t bytes = mix->sizes[(i * 5 + i / kKept) % kKept];
      void* cell = try_allocate(t->cursors, bytes);
      if (cell == nullptr) [[unlikely]]
        cell = slow(*t, bytes);
      auto* const o = static_cast<Object*>(cell);
      o->header = i;
      o->word = i;
      t->kept[mix->slots[i % kKept]] = o;
      if (poll.word != nullptr && (poll.word->load(std::memory_order_relaxed) & poll.mask) != 0) [[unlikely]]
        safepoint(*t);
    }
    const auto end = Clock::now();
    heap_.detach(t->cache);
    world_.leave(t->world);
    world_.detach(t->world);
    stats_.detach(t->counters);
    return {begin, end};
  }

  void* slow(Thread& t, std::size_t bytes) {
    if (heap_.should_collect()) collect(t);
    void* p = heap_.allocate_slow(t.cache, bytes);
    if (p == nullptr) std::abort();
    return p;
  }

  struct Roots {
    void thread(Marker& marker, void* owner) {
      for (Object* o : static_cast<Thread*>(owner)->kept) marker.mark(o);
    }
    void rest(Marker&) {}
  };

  void safepoint(Thread& t) {
    if constexpr (LendingWorldLock<typename P::WorldLock>) {
      world_.safepoint(t.world, [&] { heap_.help_collecting(t.cache); });
    } else {
      world_.safepoint(t.world);
    }
  }

  void collect(Thread& t) {
    heap_.announce_collection();
    const bool collected = [&] {
      const StopTheWorld<typename P::WorldLock> stop(world_, t.world, UnlessOvertaken{});
      if (!stop) return false;
      if (!heap_.should_collect()) return true;
      Roots roots;
      heap_.collect(stop.witness(), roots);
      return true;
    }();
    heap_.withdraw_announcement();
    if (!collected) safepoint(t);
  }

  typename P::Stats stats_;
  typename P::WorldLock world_;
  Heap<P, LeafModel> heap_{{}, &stats_};
};

struct CacheOff : Biased {
  using BlockCache = block_cache::Shared;
};
struct AffinityOff : Biased {
  using BlockCache = block_cache::PerThread<block_cache::unaffine>;
};
struct SharedBytes : Biased {
  using GcTrigger = gc_trigger::SharedCounter<gc_trigger::HeapGrowth<>>;
};
struct SharedAllocations : Biased {
  using Stats = stats::SharedAtomic;
};
struct BothCounters : SharedBytes {
  using Stats = stats::SharedAtomic;
};
struct CacheOffSpin : CacheOff {
  using HeapLock = heap_lock::Spin;
};

struct Choice {
  const char* name;
  double (*run)(int threads, std::uint64_t objects);
};
template <class P>
double run_heap(int threads, std::uint64_t objects) {
  return std::make_unique<HeapRun<P>>()->run(threads, objects);
}
constexpr Choice kChoices[] = {
    {"malloc", run_malloc},
    {"biased", run_heap<Biased>},
    {"grwl", run_heap<Grwl>},
    {"gil", run_heap<Gil>},
    {"thread_cache_off", run_heap<CacheOff>},
    {"thread_cache_off_spin", run_heap<CacheOffSpin>},
    {"affinity_off", run_heap<AffinityOff>},
    {"shared_byte_counter", run_heap<SharedBytes>},
    {"shared_allocation_counter", run_heap<SharedAllocations>},
    {"both_shared_counters", run_heap<BothCounters>},
};

}  // namespace
}  // namespace turnstile::bench

int main(int argc, char** argv) {
  using namespace turnstile::bench;
  const std::string name = argc > 1 ? argv[1] : "";
  const int threads = argc > 2 ? std::atoi(argv[2]) : 1;
  const double millions = argc > 3 ? std::atof(argv[3]) : 1;
  for (const Choice& choice : kChoices) {
    if (name != choice.name || threads < 1 || !(millions > 0)) continue;
    const auto objects = static_cast<std::uint64_t>(millions * 1e6);
    const double seconds = choice.run(threads, objects);
    std::printf("{\"allocator\": \"%s\", \"threads\": %d, \"objects\": %llu, \"seconds\": %.6f}\n", choice.name,
                threads, static_cast<unsigned long long>(objects) * static_cast<unsigned long long>(threads), seconds);
    return 0;
  }
  std::fprintf(stderr, "usage: allocation_workload ALLOCATOR THREADS MILLIONS\nALLOCATOR:");
  for (const Choice& choice : kChoices) std::fprintf(stderr, " %s", choice.name);
  std::fprintf(stderr, "\n");
  return 2;
}
