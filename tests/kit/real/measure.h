// How fast a world lock is on this machine: entries a second as readers are added, and how long stops take. Printed for
// people, or as JSON in Google Benchmark's format for its tools. Nothing is asserted: times belong to machines.
//
//   std::vector<Measured> times = measure_world<MyLock<>>("MyLock", {.threads = 4});
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "policies/concepts.h"
#include "policies/platform.h"

namespace turnstile::kit {

struct MeasureOptions {
  int threads = 4;          // at most
  int entries = 2'000'000;  // of the first thread
  int stops = 1'000;
};

struct Measured {
  std::string name;
  int threads = 1;
  std::uint64_t iterations = 0;
  double nanoseconds = 0;                     // of one iteration; of stops the median
  double per_second = 0;                      // of all threads together
  std::array<std::uint64_t, 40> histogram{};  // of stops: [i] took less than 2^i ns, and not less than half of that
  double p99 = 0, longest = 0;                // of stops
};

template <class Lock>
class WorldMeasure {
 public:
  WorldMeasure(std::string name, const MeasureOptions& options) : name_(std::move(name)), options_(options) {}

  std::vector<Measured> run() {
    std::vector<Measured> all;
    for (int threads = 1; threads <= options_.threads; threads *= 2) all.push_back(read(threads));
    for (int threads = 1; threads <= options_.threads; threads *= 2) all.push_back(stop(threads));
    return all;
  }

 private:
  using ThreadState = typename Lock::ThreadState;

  /// A mutator for the time of its scope, which begins and ends with those of the other threads.
  struct Mutator {
    Mutator(Lock& lock, std::barrier<>& barrier) : lock(lock), barrier(barrier) {
      lock.attach(*state);
      barrier.arrive_and_wait();
    }
    ~Mutator() {
      barrier.arrive_and_wait();
      lock.detach(*state);
    }
    Mutator(const Mutator&) = delete;
    Mutator& operator=(const Mutator&) = delete;
    Lock& lock;
    std::barrier<>& barrier;
    std::unique_ptr<ThreadState> state = std::make_unique<ThreadState>();
  };

  /// Runs body(thread, mutator) on each of them.
  template <class Body>
  void on_threads(int threads, Body body) {
    Lock lock;
    std::barrier<> barrier(threads);
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) {
      all.emplace_back([&, i] {
        Mutator mutator(lock, barrier);
        body(i, mutator);
      });
    }
    for (auto& thread : all) thread.join();
  }

  /// The first thread says when it is over, so that all are at it all the time.
  Measured read(int threads) {
    std::atomic<bool> over{false};
    std::atomic<std::uint64_t> entries{0};
    Deadline took = 0;
    on_threads(threads, [&](int thread, Mutator& mutator) {
      std::uint64_t mine = 0;
      const Deadline begin = RealPlatform::now();
      const auto enough = static_cast<std::uint64_t>(options_.entries);
      while (thread == 0 ? mine < enough : !over.load(std::memory_order_relaxed)) {
        mutator.lock.enter(*mutator.state);
        mutator.lock.leave(*mutator.state);
        ++mine;
      }
      if (thread == 0) {
        took = RealPlatform::now() - begin;
        over.store(true, std::memory_order_relaxed);
      }
      entries.fetch_add(mine, std::memory_order_relaxed);
    });
    Measured measured;
    measured.name = name_ + "/enter_leave";
    measured.threads = threads;
    measured.iterations = entries;
    measured.per_second = 1e9 * static_cast<double>(measured.iterations) / static_cast<double>(took);
    measured.nanoseconds = 1e9 * threads / measured.per_second;
    return measured;
  }

  /// One thread stops the world again and again; the others run, and poll.
  Measured stop(int threads) {
    std::atomic<bool> over{false};
    std::atomic<int> running{0};
    std::atomic<std::uint64_t> looks{0};
    std::vector<Deadline> times;
    on_threads(threads, [&](int thread, Mutator& mutator) {
      Lock& lock = mutator.lock;
      ThreadState& me = *mutator.state;
      lock.enter(me);
      running.fetch_add(1, std::memory_order_relaxed);
      while (Lock::kParallelMutators && running.load(std::memory_order_relaxed) != threads) poll(lock, me);
      for (int i = 0; thread == 0 && i < options_.stops; ++i) {
        // The others run again first: a stop that finds them still asleep is no stop.
        const std::uint64_t enough = looks.load(std::memory_order_relaxed) + static_cast<std::uint64_t>(threads) - 1;
        while (Lock::kParallelMutators && looks.load(std::memory_order_relaxed) < enough) poll(lock, me);
        const Deadline begin = RealPlatform::now();
        const bool stopped = lock.stop(me);
        times.push_back(RealPlatform::now() - begin);
        if (stopped) lock.resume(me);
        poll(lock, me);
      }
      while (thread != 0 && !over.load(std::memory_order_relaxed)) {
        poll(lock, me);
        looks.fetch_add(1, std::memory_order_relaxed);
      }
      if (thread == 0) over.store(true, std::memory_order_relaxed);
      lock.leave(me);
    });
    std::sort(times.begin(), times.end());
    Measured measured;
    measured.name = name_ + "/stop";
    measured.threads = threads;
    measured.iterations = times.size();
    measured.nanoseconds = static_cast<double>(times[times.size() / 2]);
    measured.p99 = static_cast<double>(times[times.size() - 1 - times.size() / 100]);
    measured.longest = static_cast<double>(times.back());
    measured.per_second = 1e9 / std::max(measured.nanoseconds, 1.0);
    for (const Deadline time : times) {
      const auto bucket = static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(time)));
      ++measured.histogram[std::min(bucket, measured.histogram.size() - 1)];
    }
    return measured;
  }
  static void poll(Lock& lock, ThreadState& me) {
    const PollWord poll = lock.poll_word(me);
    if (poll.word != nullptr && (poll.word->load(std::memory_order_relaxed) & poll.mask) != 0) lock.safepoint(me);
  }

  std::string name_;
  MeasureOptions options_;
};

template <class Lock>
std::vector<Measured> measure_world(const char* name, const MeasureOptions& options) {
  return WorldMeasure<Lock>(name, options).run();
}

inline void print_text(const std::vector<Measured>& all) {
  for (const Measured& m : all) {
    std::printf("%-40s %2d threads %12.1f ns %14.0f /s", m.name.c_str(), m.threads, m.nanoseconds, m.per_second);
    if (m.longest > 0) std::printf("   99%% in %.0f ns, longest %.0f ns", m.p99, m.longest);
    std::printf("\n");
    for (std::size_t i = 0; i < m.histogram.size(); ++i) {
      if (m.histogram[i] == 0) continue;
      const int width = static_cast<int>(1 + 50 * m.histogram[i] / m.iterations);
      std::printf("  < %12llu ns %8llu %.*s\n", 1ull << i, static_cast<unsigned long long>(m.histogram[i]), width,
                  "###################################################");
    }
  }
}

/// As Google Benchmark's --benchmark_format=json.
inline void print_json(const std::vector<Measured>& all) {
  std::printf("{\n  \"context\": {\"num_cpus\": %u},\n  \"benchmarks\": [", std::thread::hardware_concurrency());
  const char* separator = "\n";
  for (const Measured& m : all) {
    std::printf(
        "%s    {\"name\": \"%s/threads:%d\", \"run_type\": \"iteration\", \"threads\": %d, \"iterations\": %llu, "
        "\"real_time\": %.1f, \"cpu_time\": %.1f, \"time_unit\": \"ns\", \"items_per_second\": %.0f",
        separator, m.name.c_str(), m.threads, m.threads, static_cast<unsigned long long>(m.iterations), m.nanoseconds,
        m.nanoseconds, m.per_second);
    if (m.longest > 0) {
      std::printf(", \"p99\": %.0f, \"max\": %.0f", m.p99, m.longest);
      for (std::size_t i = 0; i < m.histogram.size(); ++i) {
        if (m.histogram[i] == 0) continue;
        std::printf(", \"below_%lluns\": %llu", 1ull << i, static_cast<unsigned long long>(m.histogram[i]));
      }
    }
    std::printf("}");
    separator = ",\n";
  }
  std::printf("\n  ]\n}\n");
}

}  // namespace turnstile::kit
