#pragma once

#include "absl/base/thread_annotations.h"

namespace turnstile::testing {

/// A lock without annotations: tests hold locks in ways that the thread-safety analysis cannot follow.
template <class Lock>
struct Untracked {
  Lock tracked;
  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS { tracked.lock(); }
  bool try_lock() ABSL_NO_THREAD_SAFETY_ANALYSIS { return tracked.try_lock(); }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { tracked.unlock(); }
  void lock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS { tracked.lock_shared(); }
  void unlock_shared() ABSL_NO_THREAD_SAFETY_ANALYSIS { tracked.unlock_shared(); }
  void reset_after_fork() { tracked.reset_after_fork(); }
};

}  // namespace turnstile::testing
