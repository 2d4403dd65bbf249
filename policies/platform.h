// What a lock algorithm may use: atomics, fences, an asymmetric fence, park/unpark and a clock.
//
// Lock algorithms are `template <class Platform = RealPlatform>` and touch nothing else, so that the conformance kit
// runs the very same source under its explorer. With RealPlatform they compile to what a hand-written lock would be.
//
// The asymmetric fence: `asym_light()` on the frequent side, `asym_heavy()` on the rare side, order a store before a
// later load as two seq_cst fences would. Linux's membarrier(PRIVATE_EXPEDITED) makes the light side a compiler fence;
// the process registers before main(), while it has one thread (later registrations wait for a grace period). Where
// membarrier is missing both sides are real fences.
#pragma once

#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdlib>

#if defined(__SANITIZE_THREAD__)
#define TURNSTILE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TURNSTILE_TSAN 1
#endif
#endif

namespace turnstile {

/// Nanoseconds of the platform's monotonic clock.
using Deadline = std::int64_t;
inline constexpr Deadline kNoDeadline = -1;

namespace platform_detail {

inline long membarrier(int command) { return syscall(SYS_membarrier, command, 0, 0); }

inline bool register_membarrier() { return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0; }

/// True: the light side is a compiler fence. A property of the process and its kernel, constant after start-up.
inline std::atomic<bool> expedited{false};
inline const bool registered_at_start = [] {
  expedited.store(register_membarrier(), std::memory_order_relaxed);
  return true;
}();

/// With a single processor nothing changes while a thread looks.
inline const int looks_before_sleep = [] {
  cpu_set_t usable;
  const bool known = sched_getaffinity(0, sizeof(usable), &usable) == 0;
  return known && CPU_COUNT(&usable) == 1 ? 0 : 1024;
}();

template <class Platform, class Word, class Done>
std::uint32_t park_until(Word& word, std::memory_order order, Done&& done, Deadline deadline) {
  for (;;) {
    const std::uint32_t seen = word.load(order);
    if (done(seen) || !Platform::park(word, seen, deadline)) return seen;
  }
}

/// A property of the process, as well as of its machine: several locks may tell.
inline std::atomic<bool> crowded{false};

/// How often a waiting thread gives its processor away before it sleeps, where threads outnumber processors.
inline constexpr int kYieldsBeforeSleep = 16;

}  // namespace platform_detail

struct RealPlatform {
  template <class T>
  using atomic = std::atomic<T>;
  /// A plain variable that a lock guards, or that is one thread's at a time; an explorer checks that it is.
  template <class T>
  using var = T;

  /// A seq_cst fence. ThreadSanitizer does not model fences (g++ rejects them), so there it is the bare instruction:
  /// the algorithms draw every happens-before edge by release/acquire on words and use fences only to keep a load
  /// behind a store, which the instruction does and the sanitizer need not know.
  static void fence() {
#if defined(TURNSTILE_TSAN) && defined(__x86_64__)
    __asm__ __volatile__("mfence" ::: "memory");
#elif defined(TURNSTILE_TSAN) && defined(__aarch64__)
    __asm__ __volatile__("dmb ish" ::: "memory");
#else
    std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
  }

  /// Whether the light side of the asymmetric fence costs no instruction.
  static bool light_is_free() { return platform_detail::expedited.load(std::memory_order_relaxed); }

  static void asym_light() {
    if (platform_detail::expedited.load(std::memory_order_relaxed)) [[likely]] {
      __asm__ __volatile__("" ::: "memory");
    } else {
      fence();
    }
  }

  static void asym_heavy() {
    if (!platform_detail::expedited.load(std::memory_order_relaxed)) return fence();
    if (platform_detail::membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0) return;
    // A forked child whose kernel dropped the registration. Light sides rely on the barrier: without it, give up.
    if (!platform_detail::register_membarrier() || platform_detail::membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0) {
      std::abort();
    }
  }

  /// For tests: use the fences (true) or, where it exists, membarrier (false). Only while no lock of the process has an
  /// attached thread. Returns whether membarrier is in use now.
  static bool force_fences(bool force) {
    const bool expedited = !force && platform_detail::register_membarrier();
    platform_detail::expedited.store(expedited, std::memory_order_relaxed);
    return expedited;
  }

  /// How often a waiting loop may look, with a pause between, before it is better to sleep (some 10 us). 0:
  /// never.
  static int looks() {
    return platform_detail::crowded.load(std::memory_order_relaxed) ? 0 : platform_detail::looks_before_sleep;
  }
  /// A hint from who knows: more threads of the process run than there are processors. Then who looks keeps a processor
  /// from the thread that is waited for, unless it yields. Any thread, any time.
  static void set_crowded(bool crowded) {
    if (platform_detail::crowded.load(std::memory_order_relaxed) == crowded) return;
    platform_detail::crowded.store(crowded, std::memory_order_relaxed);
  }

  /// Tells the processor that this is a waiting loop.
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
  }

  /// Never 0, and never the same for two threads that exist at once.
  static std::uintptr_t thread_tag() {
    static thread_local char tag;
    return reinterpret_cast<std::uintptr_t>(&tag);
  }

  static Deadline now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return Deadline{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  }

  /// Sleeps while `word == expected`, until an unpark or the deadline; may return early for no reason. False only if
  /// the deadline has passed. Orders nothing: reload the word with the order that is needed.
  /// Looks for a few microseconds before it sleeps: the hand-overs of a stop are shorter than a wake-up takes, and a
  /// look that fails costs no more than the sleep that follows it. Where threads outnumber processors it gives the
  /// processor away between the looks: who is waited for is likely to want it.
  static bool park(std::atomic<std::uint32_t>& word, std::uint32_t expected, Deadline deadline = kNoDeadline) {
    for (int left = looks(); left > 0; --left) {
      if (word.load(std::memory_order_relaxed) != expected) return true;
      pause();
    }
    if (platform_detail::crowded.load(std::memory_order_relaxed)) {
      for (int left = platform_detail::kYieldsBeforeSleep; left > 0; --left) {
        sched_yield();
        if (word.load(std::memory_order_relaxed) != expected) return true;
      }
    }
    timespec until{static_cast<time_t>(deadline / 1'000'000'000), static_cast<long>(deadline % 1'000'000'000)};
    const long rc = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected,
                            deadline == kNoDeadline ? nullptr : &until, nullptr, FUTEX_BITSET_MATCH_ANY);
    return rc == 0 || errno != ETIMEDOUT;
  }

  /// Parks until done() holds of the word's value, or the deadline passes; the value that it saw last. `done` has no
  /// effect: an explorer relies on it, and leaves out looks that are out of date by the time they would park.
  template <class Done>
  static std::uint32_t park_until(std::atomic<std::uint32_t>& word, std::memory_order order, Done&& done,
                                  Deadline deadline = kNoDeadline) {
    return platform_detail::park_until<RealPlatform>(word, order, done, deadline);
  }

  /// Wakes up to `count` threads that are parked on `word`. Only the address is used, the word may be gone already.
  static void unpark(std::atomic<std::uint32_t>& word, int count = INT_MAX) {
    syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, nullptr, nullptr, 0);
  }

  /// Waits for a condition that another running thread is about to make true: a few pauses, then the processor is
  /// given away between two looks. Not for waits that may be long.
  template <class Ready>
  static void await(Ready&& ready) {
    for (int spins = 0; !ready(); ++spins) {
      if (spins < 64) {
        pause();
      } else {
        sched_yield();
      }
    }
  }

  /// The address that generated code polls; an explorer's atomics have none.
  static const std::atomic<std::uint32_t>* poll_address(const std::atomic<std::uint32_t>& word) { return &word; }
};
static_assert(sizeof(std::atomic<std::uint32_t>) == 4 && std::atomic<std::uint32_t>::is_always_lock_free);

}  // namespace turnstile
