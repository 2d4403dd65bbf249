// The real tier: threads of the machine churn a lock and check on the spot what it promises. What the explorer proves
// within its bounds is sampled here with more threads, longer histories and the real memory model; and the thread
// sanitizer, where it is on, sees every access.
//
//   StressReport r = stress_world<Delayed<MyLock>>({.threads = 4, .rounds = 2000});
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "policies/concepts.h"
#include "policies/platform.h"
#include "tests/kit/properties.h"

namespace turnstile::kit {

struct StressOptions {
  int threads = 4;
  int rounds = 1000;  // of each thread: one operation or two
  std::uint64_t seed = 1;
  std::atomic<std::uint64_t>* progress = nullptr;  // rounds so far, for those who watch from outside
};

/// Never a proof.
struct StressReport {
  std::string property;  // violated; empty: none
  std::uint64_t rounds = 0, stops = 0, promotions = 0, attaches = 0, polls = 0;
  bool failed() const { return !property.empty(); }
  std::string text() const {
    char numbers[160];
    std::snprintf(numbers, sizeof numbers,
                  "%llu rounds, %llu stops, %llu promotions, %llu attaches, %llu polls that fired",
                  static_cast<unsigned long long>(rounds), static_cast<unsigned long long>(stops),
                  static_cast<unsigned long long>(promotions), static_cast<unsigned long long>(attaches),
                  static_cast<unsigned long long>(polls));
    return (failed() ? "REFUTED(" + property + ", real threads): " : "SAMPLED(real threads): ") + numbers;
  }
};

/// xorshift64*: small, and the same everywhere.
class StressRandom {
 public:
  explicit StressRandom(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15u | 1) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 0x2545'F491'4F6C'DD1Du) >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

/// What one run shares; the first violation ends it.
class StressWatch {
 public:
  explicit StressWatch(const StressOptions& options) : progress_(options.progress) {}
  void check(bool holds, const char* property) {
    const char* none = nullptr;
    if (!holds) violated_.compare_exchange_strong(none, property, std::memory_order_relaxed);
  }
  bool over() const { return violated_.load(std::memory_order_relaxed) != nullptr; }
  const char* violated() const { return violated_.load(std::memory_order_relaxed); }
  void advance() {
    if (progress_ != nullptr) progress_->fetch_add(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<const char*> violated_{nullptr};
  std::atomic<std::uint64_t>* progress_;
};

template <class Lock>
class WorldStress {
 public:
  explicit WorldStress(const StressOptions& options) : options_(options), watch_(options) {}

  StressReport run() {
    std::vector<std::thread> threads;
    for (int i = 0; i < options_.threads; ++i) threads.emplace_back([this, i] { Mutator(*this, i).churn(); });
    for (auto& thread : threads) thread.join();
    if (!watch_.over()) check_quiescence();
    StressReport report;
    if (watch_.over()) report.property = watch_.violated();
    report.rounds = rounds_;
    report.stops = stops_;
    report.promotions = promotions_;
    report.attaches = attaches_;
    report.polls = polls_;
    return report;
  }

 private:
  using ThreadState = typename Lock::ThreadState;

  /// One thread, attached anew now and then.
  class Mutator {
   public:
    Mutator(WorldStress& world, int id)
        : world_(world), lock_(world.lock_), random_(world.options_.seed * 977 + static_cast<std::uint64_t>(id)) {}

    void churn() {
      attach();
      for (int i = 0; i < world_.options_.rounds && !world_.watch_.over(); ++i) {
        if (random_.below(8) == 0) {
          detach();
          attach();
        }
        lock_.enter(*state_);
        round();
        lock_.leave(*state_);
        world_.watch_.advance();
        ++world_.rounds_;
      }
      detach();
    }

   private:
    void attach() {
      state_ = std::make_unique<ThreadState>();
      lock_.attach(*state_);
      ++world_.attaches_;
    }
    void detach() {
      lock_.detach(*state_);
      state_.reset();
    }

    /// Running, before and after.
    void round() {
      look();
      switch (random_.below(8)) {
        case 0:
          return stop();
        case 1:
          return promote();
        case 2:
          return try_promote();
        case 3:
          lock_.leave(*state_);
          if (random_.below(2) == 0) std::this_thread::yield();
          lock_.enter(*state_);
          return look();
        default:
          for (std::uint32_t i = random_.below(6); i > 0; --i) {
            poll();
            look();
          }
      }
    }
    void poll() {
      const PollWord poll = lock_.poll_word(*state_);
      if (poll.word == nullptr || (poll.word->load(std::memory_order_relaxed) & poll.mask) == 0) return;
      lock_.safepoint(*state_);
      ++world_.polls_;
    }
    /// As managed code sees the heap: whole, and nobody exclusive.
    void look() {
      check(world_.left_ == world_.right_, property::kExclusion);
      check(world_.exclusive_.load(std::memory_order_relaxed) == 0, property::kExclusion);
    }
    void write() {
      check(world_.exclusive_.fetch_add(1, std::memory_order_relaxed) == 0, property::kExclusion);
      const auto attached = lock_.attached();
      ++world_.left_;
      if (random_.below(2) == 0) poll();  // an exclusive thread may poll, and stays exclusive
      if (random_.below(4) == 0) {
        lock_.leave(*state_);  // a region inside of a stop stays inside
        lock_.enter(*state_);
      }
      ++world_.right_;
      check(lock_.attached() == attached, property::kAttachedCount);
      check(world_.exclusive_.fetch_sub(1, std::memory_order_relaxed) == 1, property::kExclusion);
    }
    void stop() {
      if (!lock_.stop(*state_)) return check(!Lock::kCanStopMany, property::kExclusion);
      write();
      lock_.resume(*state_);
      ++world_.stops_;
    }
    void promote() {
      if constexpr (Lock::kCanStopMany) {
        const long before = world_.left_;
        const Promotion how = lock_.promote(*state_);
        check(how == Promotion::interleaved || world_.left_ == before, property::kPromotion);
        write();
        const long after = world_.left_;
        lock_.demote(*state_);
        check(world_.left_ == after, property::kPromotion);
        ++world_.promotions_;
      }
    }
    void try_promote() {
      const long before = world_.left_;
      if (!lock_.try_promote(*state_)) return;
      check(world_.left_ == before, property::kOnePromoter);
      write();
      lock_.demote(*state_);
      ++world_.promotions_;
    }
    void check(bool holds, const char* property) { world_.watch_.check(holds, property); }

    WorldStress& world_;
    Lock& lock_;
    StressRandom random_;
    std::unique_ptr<ThreadState> state_;  // on the heap: gone when detached, as the sanitizers then see
  };

  void check_quiescence() {
    watch_.check(static_cast<std::size_t>(lock_.attached()) == 0, property::kAttachedCount);
    ThreadState fresh;
    lock_.attach(fresh);
    lock_.enter(fresh);
    watch_.check(lock_.try_promote(fresh), property::kQuiescence);
    lock_.demote(fresh);
    const PollWord poll = lock_.poll_word(fresh);
    watch_.check(poll.word == nullptr || (poll.word->load(std::memory_order_relaxed) & poll.mask) == 0,
                 property::kQuiescence);
    lock_.leave(fresh);
    lock_.detach(fresh);
  }

  StressOptions options_;
  Lock lock_;
  StressWatch watch_;
  long left_ = 0, right_ = 0;      // not atomic: the lock is what keeps them apart
  std::atomic<int> exclusive_{0};  // relaxed: the checks themselves must order nothing
  std::atomic<std::uint64_t> rounds_{0}, stops_{0}, promotions_{0}, attaches_{0}, polls_{0};
};

template <class Lock>
StressReport stress_world(const StressOptions& options) {
  return std::make_unique<WorldStress<Lock>>(options)->run();
}

/// Mutexes: lock, try, give up at a deadline where the mutex can, and a last user who destroys it.
template <class Mutex>
StressReport stress_mutex(const StressOptions& options) {
  struct Shared {
    Mutex mutex;
    long left = 0, right = 0;  // not atomic
    int users = 0;             // guarded by the mutex
  };
  StressWatch watch(options);
  std::atomic<std::uint64_t> rounds{0};
  auto* const shared = new Shared;
  shared->users = options.threads;
  auto work = [&](int id) ABSL_NO_THREAD_SAFETY_ANALYSIS {  // some of the ways to lock fail
    StressRandom random(options.seed * 977 + static_cast<std::uint64_t>(id));
    for (int i = 0; i < options.rounds && !watch.over(); ++i) {
      bool locked = true;
      const std::uint32_t how = random.below(4);
      if (how == 0) {
        locked = shared->mutex.try_lock();
      } else {
        if constexpr (requires { shared->mutex.lock_until(Deadline{1}); }) {
          if (how == 1) {
            locked = shared->mutex.lock_until(RealPlatform::now() + random.below(20'000));
          } else {
            shared->mutex.lock();
          }
        } else {
          shared->mutex.lock();
        }
      }
      watch.advance();
      rounds.fetch_add(1, std::memory_order_relaxed);
      if (!locked) continue;
      watch.check(shared->left == shared->right, property::kExclusion);
      ++shared->left;
      if (random.below(8) == 0) std::this_thread::yield();
      ++shared->right;
      shared->mutex.unlock();
    }
    shared->mutex.lock();
    const bool last = --shared->users == 0;
    shared->mutex.unlock();
    if (last) delete shared;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < options.threads; ++i) threads.emplace_back(work, i);
  for (auto& thread : threads) thread.join();
  StressReport report;
  if (watch.over()) report.property = watch.violated();
  report.rounds = rounds;
  return report;
}

}  // namespace turnstile::kit
