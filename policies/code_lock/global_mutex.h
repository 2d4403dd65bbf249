// code_lock::GlobalMutex: one thread compiles at a time, as in 2014.
//
//   compiler: free --lock_compiler--> held for a whole compilation --unlock_compiler--> free
//   function: 0 free --try_claim--> 1 claimed --release_claim--> 0       metadata: one mutex, held for publication
//
// Lock order: compiler before metadata. Fairness: absl::Mutex's, but a thread that comes from a region retries.
// The caller must hold what it releases; a compiler holder may reach a safepoint, a metadata holder never does.
// Memory order: see claim.h; each lock acquires what its unlock released.
#pragma once

#include <string_view>

#include "policies/code_lock/claim.h"

namespace turnstile::code_lock {

template <class Mutex = AbslMutex>
class BasicGlobalMutex {
 public:
  static constexpr std::string_view kName = "global_mutex";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelCompilation = false;

  template <class Word>
  bool try_claim(Word& state) {
    return claim(state);
  }
  template <class Word>
  void release_claim(Word& state) {
    unclaim(state);
  }

  template <class Wait>
  void lock_metadata(Wait&& wait) ABSL_EXCLUSIVE_LOCK_FUNCTION(metadata_) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    lock_outside_region(metadata_, wait);
  }
  void unlock_metadata() ABSL_UNLOCK_FUNCTION(metadata_) { metadata_.unlock(); }

  template <class Wait>
  void lock_compiler(Wait&& wait) ABSL_EXCLUSIVE_LOCK_FUNCTION(compiler_) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    lock_outside_region(compiler_, wait);
  }
  void unlock_compiler() ABSL_UNLOCK_FUNCTION(compiler_) { compiler_.unlock(); }

 private:
  Mutex compiler_ ABSL_ACQUIRED_BEFORE(metadata_);
  Mutex metadata_;
};
using GlobalMutex = BasicGlobalMutex<>;

}  // namespace turnstile::code_lock
