// Threads that help the collecting thread to mark, on the processors that the stopped threads left.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace turnstile::allocator {

/// Started when first needed, asleep between collections. Used by one collecting thread at a time.
class MarkCrew {
 public:
  explicit MarkCrew(unsigned threads) : threads_(threads == 0 ? 1 : threads) {}
  ~MarkCrew();
  MarkCrew(const MarkCrew&) = delete;
  MarkCrew& operator=(const MarkCrew&) = delete;

  /// Threads that run() uses at most, the calling one included.
  unsigned threads() const { return threads_; }

  /// job(argument, i) once for each i in [0, members), i = 0 on the calling thread, all at the same time. Returns when
  /// all have returned. If threads cannot be started fewer members run: the number that did is the result.
  unsigned run(unsigned members, void (*job)(void*, unsigned), void* argument);
  /// Makes sure that helpers exist: how many members run() can have.
  unsigned prepare(unsigned members);

  /// In a forked child the helpers are gone.
  void after_fork_in_child();

 private:
  /// On its own so that a forked child can leave it behind: nobody may destroy a condition variable on which threads
  /// sleep that do not exist any more.
  struct State {
    std::vector<std::thread> helpers;
    std::mutex mutex;
    std::condition_variable start;
    std::condition_variable done;
    void (*job)(void*, unsigned) = nullptr;  // guarded by mutex, as all below
    void* argument = nullptr;
    unsigned members = 0;
    unsigned running = 0;
    std::uint64_t round = 0;
    bool quit = false;
  };
  static void helper(State& state, unsigned index);

  const unsigned threads_;
  std::unique_ptr<State> state_ = std::make_unique<State>();
};

}  // namespace turnstile::allocator
