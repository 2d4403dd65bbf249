// Fibers: stackful coroutines on boost.context's assembly, a few nanoseconds a switch. One thread of a program under
// exploration is one fiber; its stack is mapped once and used again by every execution, which abandons whatever frames
// the last one left behind. The sanitizers are told about every switch.
#pragma once

#include <cstddef>

namespace turnstile::kit {

class Fiber {
 public:
  using Entry = void (*)(void* argument);

  Fiber();
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Begins anew: the next resume() calls entry(argument), which must not return: it ends in a last suspend().
  void start(Entry entry, void* argument);
  /// From the owner of the fibers to the fiber; returns at its next suspend().
  void resume();
  /// From inside the fiber, to whoever resumed it.
  void suspend();

 private:
  static void trampoline(void* transfer);

  static constexpr std::size_t kStackBytes = 128 << 10;  // and a guard page below
  void* mapping_ = nullptr;
  void* top_ = nullptr;
  void* context_ = nullptr;  // where the fiber continues
  void* owner_ = nullptr;    // where its owner continues
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
  // For the sanitizers.
  void* tsan_fiber_ = nullptr;
  void* tsan_owner_ = nullptr;
  void* fake_stack_ = nullptr;
  void* owner_fake_stack_ = nullptr;
  const void* owner_bottom_ = nullptr;
  std::size_t owner_size_ = 0;
};

}  // namespace turnstile::kit
