// stats::PerThread: each thread counts on its own cache lines without read-modify-write; readers sum over the threads.
//
//   ThreadCounters: detached --attach--> linked, only its owner adds --detach--> folded into the total
//
// Fairness: counting never waits; attach, detach and snapshot share a mutex that is held for a walk over the threads.
// The caller of add and record_max must own the ThreadCounters, which must be attached.
// Memory order: relaxed; a count publishes nothing. A snapshot taken while threads count is a mixture of moments.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "policies/platform_mutex.h"
#include "policies/stats/counters.h"

namespace turnstile::stats {

template <class Platform = RealPlatform>
class BasicPerThread {
  template <class T>
  using Var = typename Platform::template var<T>;
  using Count = typename Platform::template atomic<std::uint64_t>;

 public:
  static constexpr std::string_view kName = "per_thread";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kCounts = true;
  static constexpr bool kCountsEveryAllocation = false;

  struct alignas(64) ThreadCounters {
    ThreadCounters() = default;
    ThreadCounters(const ThreadCounters&) = delete;
    ThreadCounters& operator=(const ThreadCounters&) = delete;

    std::array<Count, kCounterCount> counts{};
    Var<ThreadCounters*> next{nullptr};  // guarded by mutex_, like the list
  };

  void attach(ThreadCounters& thread) {
    Holding hold(mutex_);
    thread.next = threads_;
    threads_ = &thread;
  }
  void detach(ThreadCounters& thread) {
    Holding hold(mutex_);
    auto* link = &threads_;
    while (*link != &thread) link = &(*link)->next;
    *link = thread.next;
    fold(thread, total_);
    for (auto& count : thread.counts) count.store(0, std::memory_order_relaxed);
  }
  void add(ThreadCounters& thread, Counter c, std::uint64_t n) {
    auto& count = thread.counts[static_cast<std::size_t>(c)];
    count.store(count.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  void record_max(ThreadCounters& thread, Counter c, std::uint64_t value) {
    auto& count = thread.counts[static_cast<std::size_t>(c)];
    if (count.load(std::memory_order_relaxed) < value) count.store(value, std::memory_order_relaxed);
  }
  Snapshot snapshot() const {
    Holding hold(mutex_);
    Snapshot result = total_;
    for (const ThreadCounters* thread = threads_; thread != nullptr; thread = thread->next) fold(*thread, result);
    return result;
  }

 private:
  static void fold(const ThreadCounters& thread, Snapshot& into) {
    for (std::size_t i = 0; i < kCounterCount; ++i) {
      const std::uint64_t count = thread.counts[i].load(std::memory_order_relaxed);
      into.values[i] = is_maximum(static_cast<Counter>(i)) ? std::max(into.values[i], count) : into.values[i] + count;
    }
  }

  mutable PlatformMutex<Platform> mutex_;
  Var<ThreadCounters*> threads_ ABSL_GUARDED_BY(mutex_){nullptr};
  Snapshot total_ ABSL_GUARDED_BY(mutex_);  // of threads that have detached
};
using PerThread = BasicPerThread<>;

}  // namespace turnstile::stats
