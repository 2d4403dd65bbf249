// The platform's parts, and the small structures made of them.
#include "policies/platform.h"

#include <doctest/doctest.h>

#include <latch>
#include <thread>
#include <vector>

#include "policies/absl_mutex.h"
#include "policies/platform_mutex.h"
#include "policies/world_lock/line.h"
#include "policies/world_lock/tickets.h"
#include "tests/unit/policies/untracked.h"

namespace turnstile {
namespace {

TEST_CASE("park returns when the word differs, when the deadline has passed, and when it is woken") {
  std::atomic<std::uint32_t> word{1};
  CHECK(RealPlatform::park(word, 0));
  CHECK_FALSE(RealPlatform::park(word, 1, RealPlatform::now()));
  CHECK_FALSE(RealPlatform::park(word, 1, RealPlatform::now() + 1'000'000));
  std::thread sleeper([&] {
    while (word.load(std::memory_order_acquire) == 1) RealPlatform::park(word, 1);
  });
  word.store(2, std::memory_order_release);
  RealPlatform::unpark(word);
  sleeper.join();
}

TEST_CASE("the asymmetric fence keeps a load behind a store, with membarrier and with fences") {
  for (const bool force : {true, false}) {
    const bool expedited = RealPlatform::force_fences(force);
    CHECK_FALSE((force && expedited));
    // Dekker: at least one of the two sees the other.
    for (int round = 0; round < 200; ++round) {
      std::atomic<int> light{0}, heavy{0};
      int light_saw = -1, heavy_saw = -1;
      std::latch start(2);
      std::thread other([&] {
        start.arrive_and_wait();
        heavy.store(1, std::memory_order_relaxed);
        RealPlatform::asym_heavy();
        heavy_saw = light.load(std::memory_order_relaxed);
      });
      start.arrive_and_wait();
      light.store(1, std::memory_order_relaxed);
      RealPlatform::asym_light();
      light_saw = heavy.load(std::memory_order_relaxed);
      other.join();
      CHECK(light_saw + heavy_saw >= 1);
    }
  }
}

template <class Mutex>
void check_exclusion(Mutex& mutex) {
  int count = 0;
  auto work = [&]() {
    for (int i = 0; i < 500; ++i) {
      if (i % 7 != 0 || !mutex.try_lock()) mutex.lock();
      ++count;
      mutex.unlock();
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  CHECK(count == 1500);
}

TEST_CASE("PlatformMutex excludes") {
  testing::Untracked<PlatformMutex<>> mutex;
  check_exclusion(mutex);
  CHECK(mutex.try_lock());
  CHECK_FALSE(mutex.try_lock());
  mutex.reset_after_fork();
  CHECK(mutex.try_lock());
  mutex.unlock();
}

TEST_CASE("AbslMutex excludes and shares") {
  testing::Untracked<AbslMutex> mutex;
  check_exclusion(mutex);
  mutex.lock_shared();
  std::thread([&]() {
    CHECK_FALSE(mutex.try_lock());
    mutex.lock_shared();
    mutex.unlock_shared();
  }).join();
  mutex.unlock_shared();
}

TEST_CASE("Tickets exclude and may be tried") {
  world_lock::Tickets<RealPlatform> tickets;
  check_exclusion(tickets);
  CHECK(tickets.try_lock());
  CHECK_FALSE(tickets.try_lock());
  tickets.unlock();
  tickets.reset_after_fork(true);
  CHECK_FALSE(tickets.try_lock());
  tickets.unlock();
  CHECK(tickets.try_lock());
  tickets.unlock();
}

TEST_CASE("await returns when it is ready") {
  int looks = 0;
  RealPlatform::await([&] { return ++looks == 200; });
  CHECK(looks == 200);
}

TEST_CASE("a line is first in, first out") {
  struct Node {
    Node* behind = nullptr;
  };
  Node a, b, c;
  world_lock::Line<RealPlatform, Node> line;
  CHECK(line.empty());
  CHECK(line.pop() == nullptr);
  line.push(a);
  line.push(b);
  CHECK(line.front() == &a);
  CHECK(line.pop() == &a);
  line.push(c);
  line.push(a);
  CHECK(line.pop() == &b);
  CHECK(line.pop() == &c);
  CHECK(line.pop() == &a);
  CHECK(line.empty());
}

}  // namespace
}  // namespace turnstile
