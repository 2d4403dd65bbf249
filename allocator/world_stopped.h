// The witness that the world is stopped: functions that may only run then take a `const WorldStopped&`, and the only
// way to get one is to own a stop.
#pragma once

#include "policies/concepts.h"

namespace turnstile::allocator {

template <WorldLock L>
class StopTheWorld;

/// Exists only while its StopTheWorld does: no other thread runs managed code.
class WorldStopped {
 public:
  WorldStopped(const WorldStopped&) = delete;
  WorldStopped& operator=(const WorldStopped&) = delete;

 private:
  template <WorldLock L>
  friend class StopTheWorld;
  WorldStopped() = default;
};

/// Tag: the caller is exclusive already (it called stop, promote or try_promote itself) and stays so afterwards.
struct AlreadyExclusive {};

/// Tag: stop only if nobody else is stopping the world already.
struct UnlessOvertaken {};

/// Stops the world on construction (may block; other stops may come first) and resumes it on destruction.
/// The owner must be running. Test it: some locks cannot stop several threads.
template <WorldLock L>
class StopTheWorld {
 public:
  StopTheWorld(L& lock, typename L::ThreadState& thread)
      : lock_(lock), thread_(thread), owns_(lock.stop(thread)), stopped_(owns_) {}
  StopTheWorld(L& lock, typename L::ThreadState& thread, UnlessOvertaken)
      : lock_(lock), thread_(thread), owns_(lock.try_promote(thread)), stopped_(owns_) {}
  StopTheWorld(L& lock, typename L::ThreadState& thread, AlreadyExclusive)
      : lock_(lock), thread_(thread), owns_(false), stopped_(true) {}
  ~StopTheWorld() {
    if (owns_) lock_.resume(thread_);
  }
  StopTheWorld(const StopTheWorld&) = delete;
  StopTheWorld& operator=(const StopTheWorld&) = delete;

  explicit operator bool() const { return stopped_; }
  /// Precondition: the stop succeeded.
  const WorldStopped& witness() const { return witness_; }

 private:
  L& lock_;
  typename L::ThreadState& thread_;
  bool owns_;
  bool stopped_;
  WorldStopped witness_;
};

}  // namespace turnstile::allocator
