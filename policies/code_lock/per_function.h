// code_lock::PerFunction: each function is claimed by the thread that compiles it; compilations run in parallel.
//
//   function: 0 free --try_claim--> 1 claimed --release_claim--> 0       metadata: one mutex, held for publication
//
// Fairness: a claim never waits; the metadata mutex is absl::Mutex's, but a thread that comes from a region retries.
// The caller must hold what it releases; metadata holders never reach a safepoint.
// Memory order: see claim.h; lock_metadata acquires what unlock_metadata released.
#pragma once

#include <string_view>

#include "policies/code_lock/claim.h"

namespace turnstile::code_lock {

template <class Mutex = AbslMutex>
class BasicPerFunction {
 public:
  static constexpr std::string_view kName = "per_function";
  static constexpr bool kParallelSafe = true;
  static constexpr bool kParallelCompilation = true;

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
  void lock_compiler(Wait&&) {}
  void unlock_compiler() {}

 private:
  Mutex metadata_;
};
using PerFunction = BasicPerFunction<>;

}  // namespace turnstile::code_lock
