// The seven axes of a SyncPolicy, one concept each, and the concept that joins them.
//
// A policy is a struct of seven `using` lines. There are no optional axes: a policy that lacks one, misspells one
// or names a type that does not model the axis fails to compile, and the error names the concept that failed.
// Every axis choice states facts as `static constexpr bool k...`; the runtime branches on facts, never on names.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policies/stats/counters.h"

namespace turnstile {

/// What generated code tests at loop back-edges and function entries: `(*word & mask) != 0` means "take the slow
/// path". `word == nullptr` means that the policy has no poll and no code is emitted. The mask, and whether there is a
/// word, are the same for all threads of a lock: generated code has them as constants.
struct PollWord {
  const std::atomic<std::uint32_t>* word = nullptr;
  std::uint32_t mask = 0;
};

/// What release-and-reacquire promotion reports.
enum class Promotion : std::uint8_t {
  atomic,       ///< nobody wrote between the caller's read and its write
  interleaved,  ///< another writer ran in between: what was read must be read again
};

/// A stand-in for "run this wait inside a blocking region": waits of an axis get one and call it with a function.
struct DirectWait {
  template <class Fn>
  void operator()(Fn&& wait) const {
    wait();
  }
};

template <class T>
concept Named = requires {
  { T::kName } -> std::convertible_to<std::string_view>;
  { T::kParallelSafe } -> std::convertible_to<bool>;
};

/// Who may run managed code, and how the world is stopped (policies/README.md has the state machine).
/// `attach` registers a thread as *blocked*; `enter` makes it *running* and may wait; `leave` makes it *blocked*
/// again and never waits; `detach` forgets it. Everything below `enter` is called by a running thread, on its own
/// state.
template <class L>
concept WorldLock = Named<L> && requires(L lock, const L clock, typename L::ThreadState& thread) {
  { L::kParallelMutators } -> std::convertible_to<bool>;  ///< several threads may be running at once
  { L::kHasPoll } -> std::convertible_to<bool>;           ///< safepoints must be polled
  { L::kCanStopMany } -> std::convertible_to<bool>;       ///< stop() succeeds with several attached threads
  /// A thread that waits to enter or attach is admitted after a bounded number of stops: at most those that were
  /// queued before it. False: what is underneath decides.
  { L::kReaderProgress } -> std::convertible_to<bool>;
  /// Threads that call enter() after a stop() began to wait and are admitted before it; -1: unbounded or unknown.
  { L::kWriterOvertakes } -> std::convertible_to<int>;
  { lock.attach(thread) } -> std::same_as<void>;
  { lock.detach(thread) } -> std::same_as<void>;
  { lock.enter(thread) } -> std::same_as<void>;
  { lock.leave(thread) } -> std::same_as<void>;
  { lock.poll_word(thread) } -> std::same_as<PollWord>;
  { lock.safepoint(thread) } -> std::same_as<void>;     ///< slow path of the poll: may wait, returns running
  { lock.request_poll() } -> std::same_as<void>;        ///< any thread, also a signal handler: every poll fires ...
  { lock.clear_poll_request() } -> std::same_as<void>;  ///< ... until this is called
  { lock.stop(thread) } -> std::same_as<bool>;    ///< running -> exclusive; queues behind other stops; false: cannot
  { lock.resume(thread) } -> std::same_as<void>;  ///< exclusive -> running
  { lock.try_promote(thread) } -> std::same_as<bool>;   ///< atomic, fails where another promoter is ahead
  { lock.promote(thread) } -> std::same_as<Promotion>;  ///< release and reacquire, says what happened in between
  { lock.demote(thread) } -> std::same_as<void>;        ///< exclusive -> running, the read is kept
  { clock.attached() } -> std::convertible_to<std::size_t>;
  { lock.after_fork_in_child(thread) } -> std::same_as<void>;  ///< only the calling thread exists now
};

/// A WorldLock whose safepoint lends the stopped thread out: `work` is called once at most, while the world is stopped
/// or about to be, before the thread waits for its turn; it may go on after the world was resumed, which the next stop
/// then waits for. It touches nothing that running threads own but under an agreement with who stopped the world.
template <class L>
concept LendingWorldLock = WorldLock<L> && requires(L lock, typename L::ThreadState& thread, void (*work)()) {
  { lock.safepoint(thread, work) } -> std::same_as<void>;
};

/// How one list, dict, set or instance is mutated while others read it. The lock's state is a byte in the object's
/// header, or a table of the policy's own. Never held while managed code runs; may be held across a safepoint.
template <class L>
concept ObjectLock = Named<L> && requires(L lock, std::atomic<std::uint8_t>& byte, DirectWait wait) {
  { L::kLocks } -> std::convertible_to<bool>;       ///< false: lock and unlock are empty
  { L::kHeaderByte } -> std::convertible_to<bool>;  ///< 0 -> 1 by compare-and-swap takes it, 1 -> 0 releases it
  { lock.lock(byte, wait) } -> std::same_as<void>;
  { lock.unlock(byte) } -> std::same_as<void>;
  { lock.lock_two(byte, byte, wait) } -> std::same_as<void>;  ///< deadlock-free for any order of arguments
  { lock.unlock_two(byte, byte) } -> std::same_as<void>;
};

/// An ObjectLock whose objects belong to the threads that make them: an owner locks by two stores to its own words,
/// which generated code does inline (policies/object_lock/bias.h). The runtime attaches each thread.
template <class L>
concept BiasedObjectLock =
    ObjectLock<L> && requires(L lock, typename L::Owner& owner, std::atomic<std::uint8_t>& byte, DirectWait wait) {
      { lock.attach() } -> std::same_as<typename L::Owner&>;
      { lock.detach(owner) } -> std::same_as<void>;
      { lock.lock(owner, byte, wait) } -> std::same_as<void>;
      { lock.unlock(owner, byte) } -> std::same_as<void>;
    };

/// Who takes blocks from the central heap. Holders never reach a safepoint, so waits need no region.
template <class L>
concept HeapLock = Named<L> && requires(L lock) {
  { lock.lock() } -> std::same_as<void>;
  { lock.unlock() } -> std::same_as<void>;
  { lock.try_lock() } -> std::convertible_to<bool>;
};

/// Per-thread caching of blocks, thread affinity of blocks. Facts only: the allocator implements them.
template <class C>
concept BlockCache = Named<C> && requires {
  { C::kPerThread } -> std::convertible_to<bool>;  ///< spans of free cells are cached per thread
  { C::kAffine } -> std::convertible_to<bool>;     ///< a swept block goes back to the thread that filled it
};

/// How allocated bytes are counted and when a collection starts. Bytes throughout.
template <class T>
concept GcTrigger =
    Named<T> && requires(T trigger, typename T::ThreadCounter& counter, std::size_t bytes, std::uint32_t threads) {
      { T::kCountsEveryAllocation } -> std::convertible_to<bool>;  ///< true: no inline fast path may skip on_allocate
      { T::kGenerational } -> std::convertible_to<bool>;           ///< true: there is a write barrier
      { T::kSliceNs } -> std::convertible_to<std::uint64_t>;  ///< marking pauses after that long; 0: goes on to the end
      { trigger.on_allocate(counter, bytes) } -> std::same_as<void>;  ///< one object, only if kCountsEveryAllocation
      { trigger.on_span(counter, bytes) } -> std::same_as<void>;      ///< a span of cells or a large object
      { trigger.flush(counter) } -> std::same_as<void>;               ///< the thread detaches or is stopped
      { trigger.should_collect() } -> std::convertible_to<bool>;
      /// World stopped; the live bytes, and how many threads allocated lately.
      { trigger.after_collection(bytes, threads) } -> std::same_as<void>;
      { trigger.budget() } -> std::convertible_to<std::size_t>;     ///< bytes from one collection to the next
      { trigger.full_budget(bytes) } -> std::same_as<std::size_t>;  ///< rules.h; 0 unless kGenerational
      { trigger.allocated_since_collection() } -> std::convertible_to<std::size_t>;
    };

/// Who may compile, publish and patch code. `state` is the claim word of one function: 0 free, 1 claimed.
template <class L>
concept CodeLock = Named<L> && requires(L lock, std::atomic<std::uint32_t>& state, DirectWait wait) {
  { L::kParallelCompilation } -> std::convertible_to<bool>;  ///< two functions may be compiled at once
  { lock.try_claim(state) } -> std::same_as<bool>;           ///< one thread compiles a function at a time
  { lock.release_claim(state) } -> std::same_as<void>;
  { lock.lock_metadata(wait) } -> std::same_as<void>;  ///< code cache tables, publication
  { lock.unlock_metadata() } -> std::same_as<void>;
  { lock.lock_compiler(wait) } -> std::same_as<void>;  ///< LLVM itself; empty where compilation is parallel
  { lock.unlock_compiler() } -> std::same_as<void>;
};

/// How runtime counters are kept.
template <class S>
concept Stats = Named<S> && requires(S stats, const S cstats, typename S::ThreadCounters& counters) {
  { S::kCounts } -> std::convertible_to<bool>;                 ///< false: add() is empty
  { S::kCountsEveryAllocation } -> std::convertible_to<bool>;  ///< true: each object adds one to Counter::allocations
  { stats.attach(counters) } -> std::same_as<void>;
  { stats.detach(counters) } -> std::same_as<void>;  ///< folds the thread's counts into the total
  { stats.add(counters, stats::Counter::collections, std::uint64_t{1}) } -> std::same_as<void>;
  { stats.record_max(counters, stats::Counter::max_pause_ns, std::uint64_t{1}) } -> std::same_as<void>;
  { cstats.snapshot() } -> std::same_as<stats::Snapshot>;
};

/// A complete policy.
template <class P>
concept SyncPolicy =
    WorldLock<typename P::WorldLock> && ObjectLock<typename P::ObjectLock> && HeapLock<typename P::HeapLock> &&
    BlockCache<typename P::BlockCache> && GcTrigger<typename P::GcTrigger> && CodeLock<typename P::CodeLock> &&
    Stats<typename P::Stats> && requires {
      { P::kName } -> std::convertible_to<std::string_view>;
    };

}  // namespace turnstile
