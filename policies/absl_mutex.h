// absl::Mutex as a C++ SharedMutex with thread-safety annotations, and told to ThreadSanitizer.
//
// Distributions build Abseil without the sanitizer, so that the sanitizer cannot see what absl::Mutex orders and would
// report every access it protects. Each operation is therefore announced with the sanitizer's mutex interface; outside
// that preset the announcements are empty.
//
// Distributions also build it with the detector of lock cycles switched on. That takes one process-wide spinlock at
// every lock and unlock, a contention point under all our locks, and it aborts on world locks, which are released and
// retaken while others are held. It is switched off before main(); the application may switch it on again.
//
// Fairness: absl::Mutex's own (roughly first come, first served; a waiting writer holds up new readers).
// The caller must hold it to unlock it; it is not recursive. Memory order: lock acquires what unlock released.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "policies/platform.h"

#if defined(TURNSTILE_TSAN)
#include <sanitizer/tsan_interface.h>
#define TURNSTILE_TSAN_ONLY(call) call
#else
#define TURNSTILE_TSAN_ONLY(call) static_cast<void>(0)
#endif

namespace turnstile {

namespace absl_mutex_detail {
inline const bool detector_off = [] {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return true;
}();
}  // namespace absl_mutex_detail

class ABSL_LOCKABLE AbslMutex {
 public:
  AbslMutex() { TURNSTILE_TSAN_ONLY(__tsan_mutex_create(this, __tsan_mutex_not_static)); }
  ~AbslMutex() { TURNSTILE_TSAN_ONLY(__tsan_mutex_destroy(this, __tsan_mutex_not_static)); }
  AbslMutex(const AbslMutex&) = delete;
  AbslMutex& operator=(const AbslMutex&) = delete;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_lock(this, 0));
    mutex_.Lock();
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_lock(this, 0, 0));
  }
  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_lock(this, __tsan_mutex_try_lock));
    const bool held = mutex_.TryLock();
    TURNSTILE_TSAN_ONLY(
        __tsan_mutex_post_lock(this, __tsan_mutex_try_lock | (held ? 0u : __tsan_mutex_try_lock_failed), 0));
    return held;
  }
  void unlock() ABSL_UNLOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_unlock(this, 0));
    mutex_.Unlock();
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_unlock(this, 0));
  }

  void lock_shared() ABSL_SHARED_LOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_lock(this, __tsan_mutex_read_lock));
    mutex_.ReaderLock();
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_lock(this, __tsan_mutex_read_lock, 0));
  }
  void unlock_shared() ABSL_UNLOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_unlock(this, __tsan_mutex_read_lock));
    mutex_.ReaderUnlock();
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_unlock(this, __tsan_mutex_read_lock));
  }

  /// Waits on `condition` with the mutex held by the caller; it is released meanwhile. May return early.
  void wait(absl::CondVar& condition) ABSL_EXCLUSIVE_LOCKS_REQUIRED(this) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_unlock(this, 0));
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_unlock(this, 0));
    condition.Wait(&mutex_);
    TURNSTILE_TSAN_ONLY(__tsan_mutex_pre_lock(this, 0));
    TURNSTILE_TSAN_ONLY(__tsan_mutex_post_lock(this, 0, 0));
  }

 private:
  absl::Mutex mutex_;
};

}  // namespace turnstile
