// BRAVO: a writer waits for readers that hold a slot instead of the mutex, and readers go to the mutex after that.
#include "policies/world_lock/bravo.h"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <thread>

namespace turnstile::world_lock {
namespace {

// Says how often the shared side was taken through it.
class CountingMutex {
 public:
  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }
  void lock_shared() {
    shared.fetch_add(1);
    mutex_.lock_shared();
  }
  void unlock_shared() { mutex_.unlock_shared(); }
  static inline std::atomic<int> shared{0};

 private:
  std::shared_mutex mutex_;
};

TEST_CASE("the first reader biases the lock, later ones leave the mutex alone until a writer came") {
  auto lock = std::make_unique<Bravo<CountingMutex>>();
  CountingMutex::shared = 0;
  const auto read = [&] {
    lock->lock_shared();
    lock->unlock_shared();
    return CountingMutex::shared.load();
  };
  CHECK(read() == 1);
  CHECK(read() == 1);
  lock->lock();
  lock->unlock();
  CHECK(read() == 2);
}

TEST_CASE("a writer is not inside while a reader holds a slot") {
  auto lock = std::make_unique<Bravo<CountingMutex>>();
  for (int round = 0; round < 20; ++round) {
    // Once the inhibition of the last revocation is over, a read through the mutex biases the lock again.
    do {
      CountingMutex::shared = 0;
      lock->lock_shared();
      lock->unlock_shared();
    } while (CountingMutex::shared != 0);
    lock->lock_shared();
    REQUIRE(CountingMutex::shared == 0);  // it holds a slot
    std::atomic<bool> coming{false};
    std::atomic<bool> left{false};
    bool right = false;
    std::thread writer([&] {
      coming = true;
      lock->lock();
      right = left.load();
      lock->unlock();
    });
    while (!coming) std::this_thread::yield();
    for (int i = 0; i < 2000; ++i) std::this_thread::yield();  // a writer that does not wait is inside long since
    left = true;
    lock->unlock_shared();
    writer.join();
    CHECK(right);
  }
}

}  // namespace
}  // namespace turnstile::world_lock
