// The payloads of Lock (a LockCore) and RLock.
#pragma once

#include "core/modules/program_threads.h"
#include "core/modules/wait_queue.h"

namespace turnstile {

/// A lock that its owner may take again. `owner` is a thread's ident (0: nobody): only the owner stores its own, so a
/// relaxed load tells every thread whether it is the owner. `count` belongs to the owner.
struct RLockCore {
  LockCore lock;
  std::atomic<std::uint64_t> owner{0};
  std::uint64_t count = 0;

  bool owned_by(const Mutator& m) const { return owner.load(std::memory_order_relaxed) == m.thread_id; }
  bool try_acquire(const Mutator& m);
  WaitResult acquire(Mutator& m, Deadline deadline, Interruptible interruptible);
  /// False: the caller is not the owner.
  bool release(const Mutator& m);
  /// Gives it up at any depth, which is returned for take(). The caller is the owner.
  std::uint64_t release_all();
  void take(const Mutator& m, std::uint64_t depth = 1) {
    owner.store(m.thread_id, std::memory_order_relaxed);
    count = depth;
  }
};

}  // namespace turnstile
