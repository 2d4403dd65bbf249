// Broken choices of the smaller axes, each a shipped one with a fault.
#pragma once

#include <functional>

#include "policies/code_lock/claim.h"
#include "policies/gc_trigger/thread_cached.h"
#include "policies/object_lock/per_object.h"
#include "policies/stats/per_thread.h"
#include "policies/stats/shared_atomic.h"

namespace turnstile::kit {

enum class ObjectBug : std::uint8_t {
  none,
  unlock_ignores_waiters,  ///< stores "free" whatever the byte says
  unlock_relaxed,
  looks_then_takes,
  two_unordered,     ///< in the order of the arguments: two threads with swapped ones wait for each other
  same_taken_twice,  ///< lock_two(a, a) waits for itself
  sleeps_outside,    ///< the wait ignores its region: the world cannot be stopped meanwhile
};

template <class Platform, ObjectBug bug>
class FaultyObjectLock : public object_lock::BasicPerObject<Platform, 1> {
  using Base = object_lock::BasicPerObject<Platform, 1>;

 public:
  using Byte = typename Base::Byte;

  template <class Wait>
  void lock(Byte& byte, Wait&& wait) {
    if constexpr (bug == ObjectBug::looks_then_takes) {
      if (byte.load(std::memory_order_acquire) == 0) return byte.store(1, std::memory_order_relaxed);
    }
    if constexpr (bug == ObjectBug::sleeps_outside) {
      Base::lock(byte, [](auto&& inside) { inside(); });
    } else {
      Base::lock(byte, wait);
    }
  }
  void unlock(Byte& byte) {
    if constexpr (bug == ObjectBug::unlock_ignores_waiters) return byte.store(0, std::memory_order_release);
    std::uint8_t held = 1;
    if (bug == ObjectBug::unlock_relaxed && byte.compare_exchange_strong(held, 0, std::memory_order_relaxed)) return;
    Base::unlock(byte);
  }
  template <class Wait>
  void lock_two(Byte& a, Byte& b, Wait&& wait) {
    const bool swap = bug != ObjectBug::two_unordered && std::less<>{}(&b, &a);
    lock(swap ? b : a, wait);
    if (&a != &b || bug == ObjectBug::same_taken_twice) lock(swap ? a : b, wait);
  }
  void unlock_two(Byte& a, Byte& b) {
    unlock(a);
    if (&a != &b) unlock(b);
  }
};

enum class TriggerBug : std::uint8_t {
  none,
  adds_without_update,  ///< total = total + bytes
  flush_keeps_count,    ///< the thread's own count is added again at the next flush
  flush_forgets,        ///< the thread's own count is dropped
  collection_keeps,     ///< after_collection does not start anew
};

template <class Platform, TriggerBug bug>
class FaultyTrigger {
  template <class T>
  using Var = typename Platform::template var<T>;

 public:
  static constexpr bool kCountsEveryAllocation = false;
  static constexpr bool kGenerational = false;
  static constexpr std::uint64_t kSliceNs = 0;
  static constexpr std::size_t kBudget = std::size_t{160} << 10;
  struct ThreadCounter {
    Var<std::size_t> bytes{0};
  };
  void on_allocate(ThreadCounter&, std::size_t) {}
  void on_span(ThreadCounter& counter, std::size_t bytes) {
    counter.bytes += bytes;
    if (counter.bytes >= (std::size_t{64} << 10)) flush(counter);
  }
  void flush(ThreadCounter& counter) {
    if constexpr (bug == TriggerBug::adds_without_update) {
      total_.store(total_.load(std::memory_order_relaxed) + counter.bytes, std::memory_order_relaxed);
    } else if constexpr (bug != TriggerBug::flush_forgets) {
      total_.fetch_add(counter.bytes, std::memory_order_relaxed);
    }
    if constexpr (bug != TriggerBug::flush_keeps_count) counter.bytes = 0;
  }
  bool should_collect() const { return total_.load(std::memory_order_relaxed) >= kBudget; }
  void after_collection(std::size_t, std::uint32_t) {
    if constexpr (bug != TriggerBug::collection_keeps) total_.store(0, std::memory_order_relaxed);
  }
  std::size_t budget() const { return kBudget; }
  std::size_t full_budget(std::size_t) const { return 0; }
  std::size_t allocated_since_collection() const { return total_.load(std::memory_order_relaxed); }

 private:
  typename Platform::template atomic<std::size_t> total_{0};
};

enum class StatsBug : std::uint8_t {
  none,
  adds_without_update,  ///< count = count + n, on a word that all threads share
  maximum_overwritten,  ///< looks, then stores: a larger value may have come between
  detach_forgets,       ///< the thread's counts are not folded in
  detach_keeps,         ///< folded in, and still there
};

/// One word per counter, and per thread where the bug is about leaving.
template <class Platform, StatsBug bug>
class FaultyStats {
  using Count = typename Platform::template atomic<std::uint64_t>;
  static constexpr bool kLeaving = bug == StatsBug::detach_forgets || bug == StatsBug::detach_keeps;
  using Shared = stats::BasicSharedAtomic<Platform>;
  using PerThread = stats::BasicPerThread<Platform>;

 public:
  struct ThreadCounters {
    typename PerThread::ThreadCounters own;
  };
  void attach(ThreadCounters& thread) {
    if constexpr (kLeaving) per_thread_.attach(thread.own);
  }
  void detach(ThreadCounters& thread) {
    if constexpr (!kLeaving) return;
    Count& stops = thread.own.counts[static_cast<std::size_t>(stats::Counter::stops)];
    const std::uint64_t counted = stops.load(std::memory_order_relaxed);
    if constexpr (bug == StatsBug::detach_forgets) stops.store(0, std::memory_order_relaxed);
    per_thread_.detach(thread.own);
    if constexpr (bug == StatsBug::detach_keeps) {
      stops.store(counted, std::memory_order_relaxed);
      per_thread_.attach(thread.own);
    }
  }
  void add(ThreadCounters& thread, stats::Counter c, std::uint64_t n) {
    if constexpr (kLeaving) return per_thread_.add(thread.own, c, n);
    Count& count = shared_[static_cast<std::size_t>(c)];
    if constexpr (bug == StatsBug::adds_without_update) {
      count.store(count.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    } else {
      count.fetch_add(n, std::memory_order_relaxed);
    }
  }
  void record_max(ThreadCounters& thread, stats::Counter c, std::uint64_t value) {
    if constexpr (kLeaving) return per_thread_.record_max(thread.own, c, value);
    Count& count = shared_[static_cast<std::size_t>(c)];
    std::uint64_t largest = count.load(std::memory_order_relaxed);
    if constexpr (bug == StatsBug::maximum_overwritten) {
      if (largest < value) count.store(value, std::memory_order_relaxed);
    } else {
      while (largest < value && !count.compare_exchange_weak(largest, value, std::memory_order_relaxed)) {
      }
    }
  }
  stats::Snapshot snapshot() const {
    if constexpr (kLeaving) return per_thread_.snapshot();
    stats::Snapshot result;
    for (std::size_t i = 0; i < stats::kCounterCount; ++i)
      result.values[i] = shared_[i].load(std::memory_order_relaxed);
    return result;
  }

 private:
  std::array<Count, stats::kCounterCount> shared_{};
  PerThread per_thread_;
};

enum class CodeBug : std::uint8_t {
  none,
  claim_looks_first,  ///< looks, then stores
  claim_relaxed,      ///< the new owner does not see what the last one published
  unclaim_relaxed,
  metadata_unlocked,  ///< published without the lock
  compilers_exclude,  ///< declares parallel compilation, and has one lock
};

template <class Mutex, CodeBug bug>
class FaultyCodeLock {
 public:
  static constexpr bool kParallelCompilation = true;
  template <class Word>
  bool try_claim(Word& state) {
    std::uint32_t free = 0;
    if constexpr (bug == CodeBug::claim_looks_first) {
      if (state.load(std::memory_order_acquire) != 0) return false;
      return state.store(1, std::memory_order_relaxed), true;
    }
    return state.compare_exchange_strong(
        free, 1, bug == CodeBug::claim_relaxed ? std::memory_order_relaxed : std::memory_order_acquire,
        std::memory_order_relaxed);
  }
  template <class Word>
  void release_claim(Word& state) {
    state.store(0, bug == CodeBug::unclaim_relaxed ? std::memory_order_relaxed : std::memory_order_release);
  }
  template <class Wait>
  void lock_metadata(Wait&& wait) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (bug != CodeBug::metadata_unlocked) code_lock::lock_outside_region(metadata_, wait);
  }
  void unlock_metadata() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (bug != CodeBug::metadata_unlocked) metadata_.unlock();
  }
  template <class Wait>
  void lock_compiler(Wait&& wait) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (bug == CodeBug::compilers_exclude) code_lock::lock_outside_region(compiler_, wait);
  }
  void unlock_compiler() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if constexpr (bug == CodeBug::compilers_exclude) compiler_.unlock();
  }

 private:
  Mutex compiler_, metadata_;
};

}  // namespace turnstile::kit
