// code_lock::None: for a world in which one thread runs at a time and compiles without giving that up.
//
//   function: 0 free --try_claim--> 1 claimed --release_claim--> 0 (only to refuse a nested compilation)
//
// Fairness: nobody waits. The caller must be the one running mutator.
// Memory order: relaxed; the world lock's hand-over orders the accesses.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace turnstile::code_lock {

class None {
 public:
  static constexpr std::string_view kName = "none";
  static constexpr bool kParallelSafe = false;
  static constexpr bool kParallelCompilation = false;

  bool try_claim(std::atomic<std::uint32_t>& state) {
    if (state.load(std::memory_order_relaxed) != 0) return false;
    state.store(1, std::memory_order_relaxed);
    return true;
  }
  void release_claim(std::atomic<std::uint32_t>& state) { state.store(0, std::memory_order_relaxed); }

  template <class Wait>
  void lock_metadata(Wait&&) {}
  void unlock_metadata() {}
  template <class Wait>
  void lock_compiler(Wait&&) {}
  void unlock_compiler() {}
};

}  // namespace turnstile::code_lock
