#include "codegen/compile_queue.h"

#include <signal.h>

#include <algorithm>

namespace turnstile::codegen {

CompileJob* CompileQueue::add(Code* code, CodeRecord* record, bool loops) {
  auto job = std::make_unique<CompileJob>();
  job->code = code;
  job->record = record;
  job->loops = loops;
  std::scoped_lock lock(mutex_);
  jobs_.push_back(std::move(job));
  return jobs_.back().get();
}

void CompileQueue::remove(CompileJob* job) {
  std::scoped_lock lock(mutex_);
  std::erase_if(jobs_, [job](const auto& j) { return j.get() == job; });
}

void CompileQueue::submit(CompileJob* job) {
  {
    std::scoped_lock lock(mutex_);
    waiting_.push_back(job);
    if (workers_.size() < worker_count_ && workers_.size() < waiting_.size() + compiling_) {
      // Signals are for the program's threads: the worker inherits a mask that blocks all of them.
      sigset_t all;
      sigset_t before;
      sigfillset(&all);
      pthread_sigmask(SIG_SETMASK, &all, &before);
      workers_.emplace_back([this] { work(); });
      pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }
  }
  wake_.notify_one();
}

CompileJob* CompileQueue::take_done() {
  // Relaxed: the mutex orders what the worker wrote; a stale count costs one more tick in tier 0.
  if (done_count_.load(std::memory_order_relaxed) == 0) return nullptr;
  std::scoped_lock lock(mutex_);
  if (done_.empty()) return nullptr;
  CompileJob* job = done_.front();
  done_.pop_front();
  done_count_.store(static_cast<std::uint32_t>(done_.size()), std::memory_order_relaxed);
  return job;
}

bool CompileQueue::busy() const {
  std::scoped_lock lock(mutex_);
  return compiling_ != 0 || !waiting_.empty();
}

void CompileQueue::stop() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

void CompileQueue::trace(const std::function<void(Object*)>& mark) const {
  std::scoped_lock lock(mutex_);
  for (const auto& job : jobs_) {
    mark(job->code);
    for (const Value v : job->keep) mark(v.as_object());
  }
}

void CompileQueue::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    CompileJob* job = waiting_.front();
    waiting_.pop_front();
    ++compiling_;
    lock.unlock();
    run_(*job);
    lock.lock();
    --compiling_;
    done_.push_back(job);
    done_count_.store(static_cast<std::uint32_t>(done_.size()), std::memory_order_relaxed);
  }
}

}  // namespace turnstile::codegen
