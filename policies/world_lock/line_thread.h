// A thread as StopLine and the locks made of it see it.
//
//   kBlocked --enter--> kRunning --leave--> kBlocked;  any --comes to the line--> kInLine --served--> its wish
#pragma once

#include <cstdint>

#include "policies/world_lock/line.h"

namespace turnstile::world_lock {

/// What a thread in the line waits for.
enum class Wish : std::uint8_t { run, attach, detach, stop };

/// What a thread does before it waits in the line.
struct NoWork {
  void operator()() const {}
};

template <class Platform>
struct alignas(64) LineThread {
  enum Word : std::uint32_t { kBlocked, kRunning, kInLine };
  LineThread() = default;
  LineThread(const LineThread&) = delete;
  LineThread& operator=(const LineThread&) = delete;

  template <class T>
  using Var = typename Platform::template var<T>;
  typename Platform::template atomic<std::uint32_t> word{kBlocked};
  Var<Wish> wish{Wish::run};                          // guarded by the lock's mutex, as the links are
  Var<LineThread*> behind{nullptr};                   // in the line
  Var<LineThread*> previous{nullptr}, next{nullptr};  // in the registry, where the lock has one
  Var<std::uint32_t> lane{0};                         // of the registry

  /// In the line, until somebody who holds the mutex calls serve().
  void await_turn() {
    Platform::park_until(word, std::memory_order_acquire, [](std::uint32_t now) { return now != kInLine; });
  }
  /// The thread may have ceased to exist once its word is stored: the wake needs the address alone.
  void serve() {
    word.store(wish == Wish::run || wish == Wish::stop ? kRunning : kBlocked, std::memory_order_release);
    Platform::unpark(word);
  }
};

}  // namespace turnstile::world_lock
