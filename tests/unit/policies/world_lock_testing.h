// What the tests of the world locks share: the locks, platforms that count or force fences, and a mutator's scope.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <barrier>
#include <latch>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "policies/absl_mutex.h"
#include "policies/concepts.h"
#include "policies/platform.h"
#include "policies/world_lock/from_shared_mutex.h"
#include "policies/world_lock/gil.h"
#include "policies/world_lock/none.h"
#include "policies/world_lock/reader_biased.h"
#include "policies/world_lock/writer_preferred.h"
#include "tests/kit/real/delay_platform.h"

namespace turnstile::testing {

/// As where membarrier is missing.
struct FencedPlatform : RealPlatform {
  static void asym_light() { fence(); }
  static void asym_heavy() { fence(); }
};

using JitterPlatform = kit::DelayPlatform;

/// Counts what costs: sleeping, waking, process-wide barriers. Waits at once where another would look first.
struct CountingPlatform : RealPlatform {
  static inline std::atomic<int> parks{0}, unparks{0}, barriers{0};
  static int looks() { return 0; }

  static bool park(std::atomic<std::uint32_t>& word, std::uint32_t expected, Deadline deadline = kNoDeadline) {
    parks.fetch_add(1);
    return RealPlatform::park(word, expected, deadline);
  }
  template <class Done>
  static std::uint32_t park_until(std::atomic<std::uint32_t>& word, std::memory_order order, Done&& done,
                                  Deadline deadline = kNoDeadline) {
    return platform_detail::park_until<CountingPlatform>(word, order, done, deadline);
  }
  static void unpark(std::atomic<std::uint32_t>& word, int count = INT_MAX) {
    unparks.fetch_add(1);
    RealPlatform::unpark(word, count);
  }
  static void asym_heavy() {
    barriers.fetch_add(1);
    RealPlatform::asym_heavy();
  }
  static void reset() {
    parks = 0;
    unparks = 0;
    barriers = 0;
  }
};

/// Looks until it finds what it looks for.
struct PatientPlatform : CountingPlatform {
  static int looks() { return INT_MAX; }
};

/// Attached and running for a scope.
template <class Lock>
class Running {
 public:
  explicit Running(Lock& lock) : lock_(lock) {
    lock_.attach(thread_);
    lock_.enter(thread_);
  }
  ~Running() {
    lock_.leave(thread_);
    lock_.detach(thread_);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  typename Lock::ThreadState& state() { return thread_; }
  bool asked() {
    const PollWord poll = lock_.poll_word(thread_);
    return poll.word != nullptr && (poll.word->load(std::memory_order_relaxed) & poll.mask) != 0;
  }
  void poll() {
    if (asked()) lock_.safepoint(thread_);
  }
  /// Runs until `done`, polling as managed code does.
  template <class Done>
  void poll_until(Done&& done) {
    while (!done()) {
      poll();
      std::this_thread::yield();
    }
  }

 private:
  Lock& lock_;
  typename Lock::ThreadState thread_;
};

/// Waits outside of any lock for what another thread is about to do.
template <class Ready>
void wait_until(Ready&& ready) {
  while (!ready()) std::this_thread::yield();
}

#define TURNSTILE_PARALLEL_LOCKS                                                                            \
  world_lock::ReaderBiased<>, world_lock::ReaderBiased<testing::FencedPlatform>,                            \
      world_lock::ReaderBiased<testing::JitterPlatform>, world_lock::WriterPreferred<>,                     \
      world_lock::WriterPreferred<testing::JitterPlatform>, world_lock::FromSharedMutex<std::shared_mutex>, \
      world_lock::FromSharedMutex<std::shared_mutex, testing::JitterPlatform>, world_lock::FromSharedMutex<AbslMutex>
#define TURNSTILE_STOPPABLE_LOCKS TURNSTILE_PARALLEL_LOCKS, world_lock::Gil<>, world_lock::Gil<testing::JitterPlatform>
#define TURNSTILE_ALL_LOCKS TURNSTILE_STOPPABLE_LOCKS, world_lock::None<>

/// Those that count on CountingPlatform and whose waiters are served by resume() itself.
#define TURNSTILE_COUNTED_LOCKS \
  world_lock::ReaderBiased<testing::CountingPlatform>, world_lock::WriterPreferred<testing::CountingPlatform>

}  // namespace turnstile::testing
