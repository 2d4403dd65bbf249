// The mutator's side of every world lock: enter+leave (a blocking region) and the poll, alone and by several threads;
// beside std::shared_mutex and absl::Mutex in the same run.
#include <benchmark/benchmark.h>

#include <memory>
#include <shared_mutex>

#include "absl/synchronization/mutex.h"
#include "tests/policy_list.h"

namespace {

template <class P>
void enter_leave(benchmark::State& state) {
  using Lock = typename P::WorldLock;
  static Lock* lock = nullptr;
  if (state.thread_index() == 0) lock = new Lock;
  std::unique_ptr<typename Lock::ThreadState> thread;
  for (bool first = true; auto _ : state) {
    if (first) {
      thread = std::make_unique<typename Lock::ThreadState>();
      lock->attach(*thread);
      first = false;
    }
    lock->enter(*thread);
    benchmark::ClobberMemory();
    lock->leave(*thread);
  }
  if (thread != nullptr) lock->detach(*thread);
}

template <class P>
void poll_word(benchmark::State& state) {
  using Lock = typename P::WorldLock;
  Lock lock;
  typename Lock::ThreadState thread;
  lock.attach(thread);
  lock.enter(thread);
  const turnstile::PollWord poll = lock.poll_word(thread);
  for (auto _ : state) {
    if (poll.word != nullptr && (poll.word->load(std::memory_order_relaxed) & poll.mask) != 0) lock.safepoint(thread);
    benchmark::ClobberMemory();
  }
  lock.leave(thread);
  lock.detach(thread);
}

void std_shared(benchmark::State& state) {
  static std::shared_mutex mutex;
  for (auto _ : state) {
    mutex.lock_shared();
    benchmark::ClobberMemory();
    mutex.unlock_shared();
  }
}

void absl_reader(benchmark::State& state) {
  static absl::Mutex mutex;
  for (auto _ : state) {
    mutex.ReaderLock();
    benchmark::ClobberMemory();
    mutex.ReaderUnlock();
  }
}

const bool registered = [] {
  turnstile::for_each_policy([]<class P>() {
    const std::string name(P::kName);
    benchmark::RegisterBenchmark(("EnterLeave/Uncontended/" + name).c_str(), enter_leave<P>);
    benchmark::RegisterBenchmark(("EnterLeave/Threads/" + name).c_str(), enter_leave<P>)
        ->Threads(2)
        ->Threads(4)
        ->UseRealTime();
    benchmark::RegisterBenchmark(("Poll/Uncontended/" + name).c_str(), poll_word<P>);
  });
  benchmark::RegisterBenchmark("EnterLeave/Uncontended/peer:std::shared_mutex", std_shared);
  benchmark::RegisterBenchmark("EnterLeave/Threads/peer:std::shared_mutex", std_shared)
      ->Threads(2)
      ->Threads(4)
      ->UseRealTime();
  benchmark::RegisterBenchmark("EnterLeave/Uncontended/peer:absl::Mutex", absl_reader);
  benchmark::RegisterBenchmark("EnterLeave/Threads/peer:absl::Mutex", absl_reader)
      ->Threads(2)
      ->Threads(4)
      ->UseRealTime();
  return true;
}();

}  // namespace
