// The broken locks, each after a bug that somebody shipped, or nearly: what is wrong, and where it was seen.
#pragma once

#include <cstdint>

namespace turnstile::kit {

/// In a lock like reader_biased: a word per thread, a gate, a line of waiters (faulty_world.h).
enum class Bug : std::uint8_t {
  none,
  // Dekker patterns without their fence: HotSpot's and the CLR's suspension before membarrier/FlushProcessWriteBuffers.
  no_fence_on_enter,  ///< store-load missing where a region ends
  no_heavy_fence,     ///< the stopper's side dropped
  no_fence_on_leave,  ///< the leaver misses the closed gate, the stopper sleeps on (glibc nptl rwlock, bug 23844)
  // Wakes.
  leave_wakes_nobody,       ///< a blocking region begins without telling the stopper
  poll_wakes_nobody,        ///< a thread that stops at a poll does not tell
  wake_one_of_many,         ///< notify_one for waiters of several kinds (Java's notify for notifyAll)
  sleep_without_comparing,  ///< the value to sleep on is read after the decision to sleep
  // Stops and regions.
  safepoint_left_unchecked,  ///< who leaves a safepoint does not look for the next stop (Julia 62627)
  enter_ignores_stop,        ///< a region ends during a stop (CPython's PyEval_RestoreThread at finalization)
  region_in_stop_queues,     ///< the stopper's own region queues behind its stop (parking_lot 212)
  not_exclusive,             ///< stop() just says yes
  stopper_skips_one,         ///< the newest thread is not waited for (list walked from the second)
  gate_opened_early,         ///< the gate opens when the stop begins
  gate_cleared_by_leaver,    ///< a leaver clears the pending stop (2014's Pyston GRWL; Linux rwsem 2013)
  // Attaching.
  attach_ignores_stop,  ///< (CPython issue 104210)
  detach_ignores_stop,
  attach_counts_twice,  ///< once for itself, once by the one who serves it
  detach_forgets_link,  ///< the list's new first element still names the one before (Linux list_del without its half)
  attach_starves,       ///< stops are served before attachers (CPython 151518)
  // Promotion.
  try_ignores_others,      ///< try_promote does not see the stop ahead
  failed_try_leaves_gate,  ///< a failed try_promote leaves the gate closed
  promoters_keep_reads,    ///< two upgraders wait for each other (parking_lot 489)
  promotion_says_atomic,   ///< the read was given up, nobody is told (Pyston's promoteGL)
  demote_gives_up_read,    ///< demotion releases before it takes the read
  // Lending stopped threads to the stop.
  lends_before_departing,  ///< works before it counts as stopped: the stop waits for it, and it for the stop
  lends_out_of_line,       ///< works before it stands in the line, which is served meanwhile
  lends_under_mutex,       ///< nobody else can stop while it works
  lends_the_stopper,       ///< the exclusive thread's own poll is taken for a stopped thread's
  // Polls.
  poll_word_not_set,  ///< a stop that polls cannot see (OCaml 13358's idle loops)
  request_relaxed,    ///< a signal handler's request overtakes what it is about
  // Orders.
  open_relaxed,
  enter_relaxed,
  leave_relaxed,
  await_relaxed,
  served_relaxed,
  // Lifetime, fork.
  served_thread_returns_early,  ///< a detached thread is gone while its server still uses it (glibc sem_post, bug
                                ///< 12674)
  fork_keeps_mutex,             ///< the child inherits a held lock (malloc in forked children)
  fork_keeps_stop,              ///< the child inherits a closed gate (Go runtime, ForkLock)
};

/// In a mutex (faulty_mutex.h).
enum class MutexBug : std::uint8_t {
  none,
  test_then_set,  ///< looks, then takes
  unlock_wakes_nobody,
  wakes_before_unlock,   ///< the woken one finds it still held and nobody will wake it again
  waiter_bit_lost,       ///< the woken waiter takes it as "held, nobody waits" (Futexes Are Tricky, mutex 1)
  touched_after_unlock,  ///< unlock reads the word again to see whether to wake (glibc bug 13690)
  unlock_relaxed,
  lock_relaxed,
  try_lock_relaxed,
  timeout_eats_wake,  ///< a waiter that times out was the one that was woken (FreeBSD umtx, Linux futex requeue)
  aba_on_count,       ///< the number of waiters is compared, not who they are
};

}  // namespace turnstile::kit
