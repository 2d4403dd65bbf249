// A thread as StopLine and the locks made of it see it.
//
//   kBlocked --enter--> kRunning --leave--> kBlocked;  any --comes to the line--> kInLine --served--> its wish
#pragma once

#include <cstdint>

#include "policies/world_lock/line.h"

namespace turnstile::world_lock {

/// What a thread in the line waits for.
enum class Wish : std::uint8_t { run, attach, detach, stop };

template <class Platform>
struct alignas(64) LineThread {
  enum Word : std::uint32_t { kBlocked, kRunning, kInLine };
  LineThread() = default;
  LineThread(const LineThread&) = delete;
  LineThread& operator=(const LineThread&) = delete;

  typename Platform::template atomic<std::uint32_t> word{kBlocked};
  Wish wish = Wish::run;                            // guarded by the lock's mutex, as the links are
  LineThread* behind = nullptr;                     // in the line
  LineThread *previous = nullptr, *next = nullptr;  // in the registry, where the lock has one
  std::uint32_t lane = 0;                           // of the registry
};

}  // namespace turnstile::world_lock
