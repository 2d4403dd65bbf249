// The heap's lock: the policy's HeapLock, seen by clang's thread-safety analysis as one capability whatever it is.
#pragma once

#include "absl/base/thread_annotations.h"
#include "policies/concepts.h"

namespace turnstile::allocator {

template <HeapLock L>
class ABSL_LOCKABLE CentralLock {
 public:
  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS { lock_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() ABSL_NO_THREAD_SAFETY_ANALYSIS { lock_.unlock(); }

 private:
  L lock_;
};

template <HeapLock L>
class ABSL_SCOPED_LOCKABLE CentralGuard {
 public:
  explicit CentralGuard(CentralLock<L>& lock) ABSL_EXCLUSIVE_LOCK_FUNCTION(lock) : lock_(lock) { lock_.lock(); }
  ~CentralGuard() ABSL_UNLOCK_FUNCTION() { lock_.unlock(); }
  CentralGuard(const CentralGuard&) = delete;
  CentralGuard& operator=(const CentralGuard&) = delete;

 private:
  CentralLock<L>& lock_;
};

}  // namespace turnstile::allocator
