// The stopper's side: how long a stop takes beside blocked and running threads, and what stops cost the others.
//
//   StopLatency/<lock>/blocked/N   N attached threads that wait in a blocking region
//   StopLatency/<lock>/running/N   N threads that loop over a poll
//   Mixed/<lock>/P                 two threads; P per mille of their steps stop the world (items: steps of both)
//   Oversubscribed/<lock>/N        N threads, one stop each millisecond (items: steps of all)
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/bench/locks.h"

namespace turnstile::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// About 100 ns of a thread's own work, so that a step is more than the lock.
inline void work() {
  for (int i = 0; i < 64; ++i) benchmark::DoNotOptimize(i);
}

// N threads with a state each; they run `body(thread, index)` and end when it returns.
template <class Lock>
class Crowd {
 public:
  template <class Body>
  Crowd(Lock& lock, int count, Body body) {
    for (int i = 0; i < count; ++i) {
      threads_.emplace_back([&lock, body, i, this] {
        auto state = std::make_unique<typename Lock::ThreadState>();
        lock.attach(*state);
        ready_.fetch_add(1);
        body(*state, i);
        lock.detach(*state);
      });
    }
    while (ready_.load() != count) std::this_thread::yield();
  }
  ~Crowd() { join(); }
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::atomic<int> ready_{0};
  std::vector<std::thread> threads_;
};

template <class Lock>
void stop_latency(benchmark::State& state, bool running) {
  Lock lock;
  std::atomic<bool> done{false};
  std::mutex mutex;
  std::condition_variable wake;
  Crowd<Lock> crowd(lock, static_cast<int>(state.range(0)), [&](typename Lock::ThreadState& t, int) {
    if (!running) {
      std::unique_lock hold(mutex);
      wake.wait(hold, [&] { return done.load(); });
      return;
    }
    lock.enter(t);
    while (!done.load(std::memory_order_relaxed)) {
      work();
      lock.poll(t);
    }
    lock.leave(t);
  });
  auto self = std::make_unique<typename Lock::ThreadState>();
  lock.attach(*self);
  lock.enter(*self);
  std::vector<double> times;
  for (auto _ : state) {
    const auto begin = Clock::now();
    lock.stop(*self);
    times.push_back(seconds_since(begin));
    state.SetIterationTime(times.back());
    lock.resume(*self);
    for (int i = 0; i < 50; ++i) work();
    lock.poll(*self);
  }
  lock.leave(*self);
  {
    std::scoped_lock hold(mutex);
    done.store(true);
  }
  wake.notify_all();
  crowd.join();
  lock.detach(*self);
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) { return times[static_cast<std::size_t>(share * double(times.size() - 1))] * 1e6; };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
  state.counters["max_us"] = at(1);
}

// Steps of `count` threads in a time; every `1000 / per_mille`-th step of a thread stops the world.
template <class Lock>
void mixed(benchmark::State& state) {
  const int per_mille = static_cast<int>(state.range(0));
  for (auto _ : state) {
    constexpr int kSteps = 300'000;
    Lock lock;
    std::atomic<bool> go{false};
    Crowd<Lock> crowd(lock, 2, [&](typename Lock::ThreadState& t, int index) {
      while (!go.load()) std::this_thread::yield();
      lock.enter(t);
      for (int i = 0; i < kSteps; ++i) {
        work();
        lock.poll(t);
        if (per_mille != 0 && (i + index * 7) % (1000 / per_mille) == 0) {
          lock.stop(t);
          work();
          lock.resume(t);
        }
      }
      lock.leave(t);
    });
    const auto begin = Clock::now();
    go.store(true);
    crowd.join();
    state.SetIterationTime(seconds_since(begin));
    state.SetItemsProcessed(state.items_processed() + 2 * kSteps);
  }
}

template <class Lock>
void oversubscribed(benchmark::State& state) {
  const int count = static_cast<int>(state.range(0));
  for (auto _ : state) {
    Lock lock;
    std::atomic<bool> done{false};
    std::atomic<std::int64_t> steps{0};
    const auto begin = Clock::now();
    Crowd<Lock> crowd(lock, count, [&](typename Lock::ThreadState& t, int) {
      lock.enter(t);
      std::int64_t mine = 0;
      while (!done.load(std::memory_order_relaxed)) {
        work();
        lock.poll(t);
        if (++mine % 256 == 0) {
          lock.leave(t);
          lock.enter(t);
        }
      }
      lock.leave(t);
      steps.fetch_add(mine);
    });
    auto self = std::make_unique<typename Lock::ThreadState>();
    lock.attach(*self);
    for (int i = 0; i < 100; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      lock.enter(*self);
      lock.stop(*self);
      lock.resume(*self);
      lock.leave(*self);
    }
    done.store(true);
    crowd.join();
    lock.detach(*self);
    state.SetIterationTime(seconds_since(begin));
    state.SetItemsProcessed(state.items_processed() + steps.load());
  }
}

const bool registered = [] {
  for_each_stopping_lock([]<class Lock>(const std::string& name) {
    for (bool running : {false, true}) {
      auto* stop =
          benchmark::RegisterBenchmark(("StopLatency/" + name + (running ? "/running" : "/blocked")).c_str(),
                                       [running](benchmark::State& state) { stop_latency<Lock>(state, running); });
      for (int threads : {1, 2, 4, 16, 1000}) {
        if (!running || threads <= 16) stop->Arg(threads);
      }
      stop->UseManualTime()->Iterations(2000)->Unit(benchmark::kMicrosecond);
    }
    benchmark::RegisterBenchmark(("Mixed/" + name).c_str(), mixed<Lock>)
        ->Arg(0)
        ->Arg(10)
        ->Arg(100)
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("Oversubscribed/" + name).c_str(), oversubscribed<Lock>)
        ->Arg(2)
        ->Arg(8)
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
  });
  return true;
}();

}  // namespace
}  // namespace turnstile::bench
