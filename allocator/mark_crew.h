// Threads that help the collecting thread to mark, on the processors that the stopped threads left.
#pragma once

#include <condition_variable>
#include <cstdint>
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
  void helper(unsigned index);

  const unsigned threads_;
  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable start_;
  std::condition_variable done_;
  void (*job_)(void*, unsigned) = nullptr;  // guarded by mutex_, as all below
  void* argument_ = nullptr;
  unsigned members_ = 0;
  unsigned running_ = 0;
  std::uint64_t round_ = 0;
  bool quit_ = false;
};

}  // namespace turnstile::allocator
