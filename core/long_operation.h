// Native operations that may run long, and how a stop is served meanwhile. Whatever may take longer than some tens of
// microseconds is one of these:
//
//   polls            loops over what other threads may change, outside of guards: poll() now and then (core/poll.h)
//   away             work on what never changes (ints, text) or on memory that nobody else has seen and that the
//                    collector does not look into: it goes on while the world is stopped, and no stop waits for it
//   guarded, away    copies out of a container whose guard is held: away, and the guard is released before the thread
//                    comes back, so that it never waits with a guard for the end of a stop
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/guard.h"
#include "core/poll.h"

namespace turnstile {

/// Work on more bytes than this is done away: about 10 us of copying, some tens of anything else.
inline constexpr std::size_t kLongBytes = std::size_t{64} << 10;

/// Calls work(), outside of the world where it touches `bytes` or more than kLongBytes. `work` allocates nothing
/// managed, raises nothing and takes no guard; what it reads never changes and is kept alive by the caller's stack.
template <class Work>
inline void work_away(Mutator& m, std::size_t bytes, Work&& work) {
  if (bytes < kLongBytes) return work();
  const BlockingRegion region(m);
  work();
}

/// The same for memory that is being allocated, perhaps under a guard: without object locks a guard is that no other
/// thread runs, so then the work is done here.
template <class Work>
inline void fill_away(Mutator& m, std::size_t bytes, Work&& work) {
  if (!m.guards_objects) return work();
  work_away(m, bytes, work);
}

/// The same for work under `guard`, which is released at the end. What `work` fills must look empty to the collector
/// until it is complete, and be published by a release store.
template <class Work>
inline void guarded_work_away(Mutator& m, std::optional<ObjectGuard>& guard, std::size_t bytes, Work&& work) {
  if (bytes < kLongBytes || !m.guards_objects) {
    work();
    guard.reset();
    return;
  }
  const BlockingRegion region(m);
  work();
  guard.reset();
}

/// For loops: polls at every 4096th step. False with KeyboardInterrupt raised. Not under a guard.
inline bool poll_now_and_then(Mutator& m, std::uint64_t step) { return step % 4096 != 4095 || poll(m); }

/// A buffer's capacity, which says how much of it the collector looks at. Release: pairs with the tracer's acquire, for
/// buffers that are filled while the world may be stopped.
inline void publish_capacity(ValueBuffer* buffer, std::uint32_t capacity) {
  std::atomic_ref<std::uint32_t>(buffer->aux).store(capacity, std::memory_order_release);
}

}  // namespace turnstile
