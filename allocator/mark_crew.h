// Threads that help the collecting thread to mark, on the processors that the stopped threads left: those threads
// themselves, who have nothing else to do, and for big heaps some of the crew's own, so that one thread's heap is
// marked by several, too.
//
//   no collection --announce()--> announced --run()--> open: who comes takes part --job done--> no collection
//                                     guests wait a moment in help()
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace turnstile::allocator {

/// Its own threads are started when first needed, asleep between collections. run() is for one thread at a time.
class MarkCrew {
 public:
  static constexpr unsigned kMostThreads = 64;
  explicit MarkCrew(unsigned threads) : threads_(std::clamp(threads, 1u, kMostThreads)) {}
  ~MarkCrew();
  MarkCrew(const MarkCrew&) = delete;
  MarkCrew& operator=(const MarkCrew&) = delete;

  /// Threads that take part in one run() at most, the calling one included.
  unsigned threads() const { return threads_; }

  /// Processors of this machine, 1 if unknown. Asked once: the answer is read from a file.
  static unsigned processors() {
    static const unsigned count = std::max(1u, std::thread::hardware_concurrency());
    return count;
  }

  /// Around the stop for a collection, by each thread that is about to ask for one: from announce() to withdraw()
  /// threads that are stopped wait for run() in help().
  void announce() { state_->announced.fetch_add(1, std::memory_order_relaxed); }
  void withdraw() { state_->announced.fetch_sub(1, std::memory_order_relaxed); }
  /// Threads that wait in help() just now.
  unsigned waiting() const { return state_->waiting.load(std::memory_order_relaxed); }
  /// Those do not yet make a full crew.
  bool wants_more() const { return waiting() + 1 < threads_; }

  /// job(argument, 0, nullptr) on the calling thread, and job(argument, i, guest) for distinct i < threads() on each
  /// thread that comes before the first of them is done; `guest` is what that thread gave to help(), or null. `wake`:
  /// threads of the crew's own are called. Returns when all have returned.
  void run(bool wake, void (*job)(void*, unsigned, void*), void* argument);

  /// For a thread that is stopped, and stays so until run() has returned if it takes part: the job, if one is under way
  /// or announced and begins within some microseconds.
  void help(void* guest);

  /// In a forked child the helpers are gone.
  void after_fork_in_child();

 private:
  /// On its own so that a forked child can leave it behind: nobody may destroy a condition variable on which threads
  /// sleep that do not exist any more.
  struct State {
    // Hints, relaxed: what counts is said under the mutex.
    std::atomic<unsigned> announced{0};
    std::atomic<unsigned> waiting{0};
    std::atomic<bool> open_hint{false};
    std::atomic<unsigned> running{0};  // members of the run; changed under the mutex, looked at without

    std::vector<std::thread> helpers;
    std::mutex mutex;
    std::condition_variable start;
    std::condition_variable done;
    void (*job)(void*, unsigned, void*) = nullptr;  // guarded by mutex, as all below
    void* argument = nullptr;
    bool open = false;
    unsigned joined = 0;
    std::uint64_t round = 0;
    bool quit = false;
  };
  static void helper(State& state, unsigned threads);
  static void take_part(State& state, std::unique_lock<std::mutex>& guard, unsigned threads, void* guest);
  void start_helpers();

  const unsigned threads_;
  std::unique_ptr<State> state_ = std::make_unique<State>();
};

}  // namespace turnstile::allocator
