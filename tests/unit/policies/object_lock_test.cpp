// What the object locks state: exclusion, states of the byte, waits only in a region, no deadlock in lock_two.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "policies/concepts.h"
#include "policies/object_lock/none.h"
#include "policies/object_lock/per_object.h"
#include "policies/object_lock/striped.h"

namespace turnstile {
namespace {

/// As headers lie in memory: 16 bytes apart.
struct alignas(16) Header {
  std::atomic<std::uint8_t> lock{0};
};

/// Counts how often a thread would have left for a blocking region.
struct CountingWait {
  std::atomic<int>& waits;
  template <class Fn>
  void operator()(Fn&& wait) const {
    waits.fetch_add(1);
    wait();
  }
};

TEST_CASE_TEMPLATE("one holder at a time", Lock, object_lock::PerObject, object_lock::Striped) {
  Lock lock;
  Header header;
  long count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) {
        lock.lock(header.lock, DirectWait{});
        ++count;
        if (n % 64 == 0) std::this_thread::yield();  // let the others park
        lock.unlock(header.lock);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(count == 4000);
  CHECK(header.lock.load() == 0);
}

TEST_CASE_TEMPLATE("lock_two: any order, the same object twice, shared stripes", Lock, object_lock::PerObject,
                   object_lock::Striped) {
  Lock lock;
  std::vector<Header> headers(600);  // more than there are stripes
  std::vector<long> counts(600);
  auto work = [&](unsigned seed) {
    for (int n = 0; n < 1500; ++n) {
      seed = seed * 1664525 + 1013904223;
      const std::size_t a = (seed >> 8) % 3 == 0 ? (seed >> 12) % 4 : (seed >> 12) % 600;
      const std::size_t b = (seed >> 20) % 4 == 0 ? a : (seed >> 22) % 600;
      lock.lock_two(headers[a].lock, headers[b].lock, DirectWait{});
      ++counts[a];
      ++counts[b];
      lock.unlock_two(headers[a].lock, headers[b].lock);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < 4; ++i) threads.emplace_back(work, i * 7919 + 1);
  for (auto& thread : threads) thread.join();
  long sum = 0;
  for (const long count : counts) sum += count;
  CHECK(sum == 4 * 1500 * 2);
}

TEST_CASE_TEMPLATE("a free lock is taken without a region, a held one waits in it", Lock, object_lock::PerObject,
                   object_lock::Striped) {
  Lock lock;
  Header header;
  std::atomic<int> waits{0};
  lock.lock(header.lock, CountingWait{waits});
  CHECK(waits == 0);
  std::atomic<bool> got{false};
  std::thread other([&] {
    lock.lock(header.lock, CountingWait{waits});
    got = true;
    lock.unlock(header.lock);
  });
  while (waits == 0) std::this_thread::yield();
  CHECK_FALSE(got);
  lock.unlock(header.lock);
  other.join();
  CHECK(got);
}

TEST_CASE("per_object: the byte is 0, 1, and 3 while somebody waits; generated code may use 0 and 1") {
  object_lock::PerObject lock;
  Header header;
  auto& byte = header.lock;
  static_assert(object_lock::PerObject::kHeaderByte);
  lock.lock(byte, DirectWait{});
  CHECK(byte == 1);
  lock.unlock(byte);
  CHECK(byte == 0);
  std::uint8_t free = 0, held = 1;
  CHECK(byte.compare_exchange_strong(free, 1));  // as generated code does
  std::thread waiters[2];
  int count = 0;
  for (auto& waiter : waiters) {
    waiter = std::thread([&] {
      lock.lock(byte, DirectWait{});
      ++count;
      lock.unlock(byte);
    });
  }
  while (byte != 3) std::this_thread::yield();
  CHECK_FALSE(byte.compare_exchange_strong(held, 0));  // the slow path it is
  lock.unlock(byte);
  for (auto& waiter : waiters) waiter.join();
  CHECK(count == 2);
  CHECK(byte == 0);
}

TEST_CASE("per_object: many objects in one table do not disturb each other") {
  object_lock::PerObject lock;
  std::vector<Header> headers(1000);
  for (auto& header : headers) lock.lock(header.lock, DirectWait{});  // all at once: no stripes
  std::vector<std::thread> waiters;
  std::atomic<int> waits{0}, served{0};
  for (int i = 0; i < 8; ++i) {
    waiters.emplace_back([&, i] {
      lock.lock(headers[i * 100].lock, CountingWait{waits});
      served.fetch_add(1);
      lock.unlock(headers[i * 100].lock);
    });
  }
  for (int i = 0; i < 8; ++i) {
    while (headers[i * 100].lock != 3) std::this_thread::yield();
  }
  CHECK(served == 0);
  for (auto& header : headers) lock.unlock(header.lock);
  for (auto& waiter : waiters) waiter.join();
  CHECK(served == 8);
  for (auto& header : headers) CHECK(header.lock == 0);
}

TEST_CASE("striped and none leave the header alone") {
  Header header;
  object_lock::Striped striped;
  striped.lock(header.lock, DirectWait{});
  CHECK(header.lock == 0);
  striped.unlock(header.lock);
  object_lock::None none;
  none.lock(header.lock, DirectWait{});
  none.lock(header.lock, DirectWait{});
  CHECK(header.lock == 0);
  none.unlock(header.lock);
  none.lock_two(header.lock, header.lock, DirectWait{});
  none.unlock_two(header.lock, header.lock);
  CHECK_FALSE(object_lock::None::kLocks);
}

}  // namespace
}  // namespace turnstile
