// What the heap locks and code locks state.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "policies/code_lock/global_mutex.h"
#include "policies/code_lock/none.h"
#include "policies/code_lock/per_function.h"
#include "policies/concepts.h"
#include "policies/heap_lock/mutex.h"
#include "policies/heap_lock/none.h"
#include "policies/heap_lock/spin.h"
#include "tests/unit/policies/untracked.h"

namespace turnstile {
namespace {

TEST_CASE_TEMPLATE("a heap lock has one holder at a time", Lock, heap_lock::Mutex, heap_lock::Spin) {
  testing::Untracked<Lock> lock;
  long count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) {
        if (n % 3 != 0 || !lock.try_lock()) lock.lock();
        ++count;
        lock.unlock();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(count == 3000);
  CHECK(lock.try_lock());
  std::thread([&] { CHECK_FALSE(lock.try_lock()); }).join();
  lock.unlock();
}

TEST_CASE("heap_lock::None never refuses") {
  testing::Untracked<heap_lock::None> lock;
  CHECK(lock.try_lock());
  lock.unlock();
  lock.lock();
  lock.unlock();
}

TEST_CASE_TEMPLATE("one thread claims a function", Lock, code_lock::PerFunction, code_lock::GlobalMutex) {
  Lock lock;
  for (int round = 0; round < 50; ++round) {
    std::atomic<std::uint32_t> state{0};
    std::atomic<int> claims{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back([&] { claims.fetch_add(lock.try_claim(state) ? 1 : 0); });
    for (auto& thread : threads) thread.join();
    CHECK(claims == 1);
    CHECK(state == 1);
    lock.release_claim(state);
    CHECK(lock.try_claim(state));
  }
}

TEST_CASE_TEMPLATE("a claim hands over what its owner wrote", Lock, code_lock::PerFunction, code_lock::GlobalMutex) {
  Lock lock;
  std::atomic<std::uint32_t> state{0};
  long written = 0;
  auto work = [&] {
    for (int done = 0; done < 300;) {
      if (!lock.try_claim(state)) {
        std::this_thread::yield();
        continue;
      }
      ++written;
      ++done;
      lock.release_claim(state);
    }
  };
  std::thread other(work);
  work();
  other.join();
  CHECK(written == 600);
}

TEST_CASE_TEMPLATE("metadata has one holder, who waits only in a region", Lock, code_lock::PerFunction,
                   code_lock::GlobalMutex) {
  Lock lock;
  std::atomic<int> waits{0};
  auto region = [&](auto&& wait) {
    waits.fetch_add(1);
    wait();
  };
  long count = 0;
  lock.lock_metadata(region);
  CHECK(waits == 0);
  std::thread other([&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    lock.lock_metadata(region);
    ++count;
    lock.unlock_metadata();
  });
  while (waits == 0) std::this_thread::yield();
  ++count;
  lock.unlock_metadata();
  other.join();
  CHECK(count == 2);
}

TEST_CASE("per_function compiles in parallel, global_mutex does not") {
  CHECK(code_lock::PerFunction::kParallelCompilation);
  CHECK_FALSE(code_lock::GlobalMutex::kParallelCompilation);
  code_lock::PerFunction parallel;
  parallel.lock_compiler(DirectWait{});
  parallel.lock_compiler(DirectWait{});  // nothing to wait for
  parallel.unlock_compiler();
  parallel.unlock_compiler();

  code_lock::GlobalMutex global;
  long compiled = 0;
  auto work = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    for (int i = 0; i < 200; ++i) {
      global.lock_compiler(DirectWait{});
      ++compiled;
      global.lock_metadata(DirectWait{});  // compiler before metadata
      global.unlock_metadata();
      global.unlock_compiler();
    }
  };
  std::thread other(work);
  work();
  other.join();
  CHECK(compiled == 400);
}

TEST_CASE("code_lock::None refuses only the nested claim") {
  code_lock::None lock;
  std::atomic<std::uint32_t> state{0};
  CHECK(lock.try_claim(state));
  CHECK_FALSE(lock.try_claim(state));
  lock.release_claim(state);
  CHECK(lock.try_claim(state));
  lock.lock_metadata(DirectWait{});
  lock.unlock_metadata();
}

}  // namespace
}  // namespace turnstile
