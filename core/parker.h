// One thread's place to sleep: a token that any thread, or a signal handler, may leave.
//
//   empty --unpark--> token --park--> empty          park() with no token sleeps until one comes
//
// A token left before park() is not lost, and tokens do not add up. Whoever parks therefore checks its condition again
// after each return. Release of unpark() pairs with acquire of park(): what the waker wrote before is seen.
#pragma once

#include <atomic>
#include <cstdint>

#include "policies/platform.h"

namespace turnstile {

class Parker {
 public:
  /// Sleeps until a token comes, or the deadline (Deadline of RealPlatform). True: a token was taken. Only the owner
  /// calls it, inside a blocking region.
  bool park(Deadline deadline) {
    for (;;) {
      if (token_.exchange(0, std::memory_order_acquire) != 0) return true;
      if (!RealPlatform::park(token_, 0, deadline)) return token_.exchange(0, std::memory_order_acquire) != 0;
    }
  }

  /// Async-signal-safe. The owner is alive: it waits for the caller, or is the runtime's main thread.
  void unpark() {
    if (token_.exchange(1, std::memory_order_release) == 0) RealPlatform::unpark(token_, 1);
  }

 private:
  std::atomic<std::uint32_t> token_{0};
};

}  // namespace turnstile
