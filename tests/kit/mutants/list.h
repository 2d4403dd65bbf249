// The one list of the named mutants, and the property that each violates.
#pragma once

/// M(bug, property)
#define TURNSTILE_FOR_EACH_WORLD_BUG(M)             \
  M(no_fence_on_enter, exclusion)                   \
  M(no_heavy_fence, exclusion)                      \
  M(no_fence_on_leave, lost_wake)                   \
  M(leave_wakes_nobody, lost_wake)                  \
  M(poll_wakes_nobody, lost_wake)                   \
  M(wake_one_of_many, lost_wake)                    \
  M(sleep_without_comparing, deadlock)              \
  M(safepoint_left_unchecked, exclusion)            \
  M(enter_ignores_stop, exclusion)                  \
  M(region_in_stop_queues, deadlock)                \
  M(not_exclusive, exclusion)                       \
  M(stopper_skips_one, exclusion)                   \
  M(gate_opened_early, exclusion)                   \
  M(gate_cleared_by_leaver, exclusion)              \
  M(attach_ignores_stop, attached_count)            \
  M(detach_ignores_stop, race)                      \
  M(attach_counts_twice, attached_count)            \
  M(attach_starves, reader_progress)                \
  M(detach_forgets_link, use_after_destroy)         \
  M(lends_before_departing, deadlock)               \
  M(lends_out_of_line, deadlock)                    \
  M(lends_under_mutex, deadlock)                    \
  M(lends_the_stopper, lending)                     \
  M(try_ignores_others, deadlock)                   \
  M(failed_try_leaves_gate, failed_try)             \
  M(promoters_keep_reads, deadlock)                 \
  M(promotion_says_atomic, promotion)               \
  M(demote_gives_up_read, promotion)                \
  M(poll_word_not_set, poll_visible)                \
  M(request_relaxed, poll_visible)                  \
  M(open_relaxed, happens_before)                   \
  M(enter_relaxed, happens_before)                  \
  M(leave_relaxed, happens_before)                  \
  M(await_relaxed, happens_before)                  \
  M(served_relaxed, happens_before)                 \
  M(served_thread_returns_early, use_after_destroy) \
  M(fork_keeps_mutex, fork)                         \
  M(fork_keeps_stop, fork)

/// M(bug, property)
#define TURNSTILE_FOR_EACH_MUTEX_BUG(M)      \
  M(test_then_set, exclusion)                \
  M(unlock_wakes_nobody, lost_wake)          \
  M(wakes_before_unlock, lost_wake)          \
  M(waiter_bit_lost, lost_wake)              \
  M(touched_after_unlock, use_after_destroy) \
  M(unlock_relaxed, happens_before)          \
  M(lock_relaxed, happens_before)            \
  M(try_lock_relaxed, happens_before)        \
  M(timeout_eats_wake, lost_wake)            \
  M(aba_on_count, lost_wake)
