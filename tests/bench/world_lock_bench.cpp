// The mutator's side of every world lock and its peers: enter+leave (a blocking region) and the poll, alone and by
// several threads.
#include <benchmark/benchmark.h>

#include <memory>

#include "tests/bench/locks.h"

namespace turnstile::bench {
namespace {

// Lives on between the runs of one benchmark: threads of a run attach and detach themselves.
template <class Lock>
Lock& shared_lock() {
  static Lock lock;
  return lock;
}

template <class Lock>
class Attached {
 public:
  Attached() { lock().attach(*thread_); }
  ~Attached() { lock().detach(*thread_); }
  Lock& lock() { return shared_lock<Lock>(); }
  typename Lock::ThreadState& thread() { return *thread_; }

 private:
  std::unique_ptr<typename Lock::ThreadState> thread_ = std::make_unique<typename Lock::ThreadState>();
};

template <class Lock>
void enter_leave(benchmark::State& state) {
  Attached<Lock> attached;
  Lock& lock = attached.lock();
  auto& thread = attached.thread();
  for (auto _ : state) {
    lock.enter(thread);
    benchmark::ClobberMemory();
    lock.leave(thread);
  }
}

template <class Lock>
void poll(benchmark::State& state) {
  Attached<Lock> attached;
  Lock& lock = attached.lock();
  auto& thread = attached.thread();
  lock.enter(thread);
  for (auto _ : state) {
    lock.poll(thread);
    benchmark::ClobberMemory();
  }
  lock.leave(thread);
}

const bool registered = [] {
  const auto add = []<class Lock>(const std::string& name) {
    benchmark::RegisterBenchmark(("EnterLeave/Uncontended/" + name).c_str(), enter_leave<Lock>);
    benchmark::RegisterBenchmark(("EnterLeave/Threads/" + name).c_str(), enter_leave<Lock>)
        ->Threads(2)
        ->Threads(4)
        ->UseRealTime();
    benchmark::RegisterBenchmark(("Poll/Uncontended/" + name).c_str(), poll<Lock>);
  };
  for_each_stopping_lock(add);
  add.template operator()<Ours<world_lock::None<>>>("none");
  return true;
}();

}  // namespace
}  // namespace turnstile::bench
