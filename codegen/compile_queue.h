// Compilations that are under way, and the threads that do them.
//
//   add (running) ──► submit ──► waiting ──worker──► compiling ──► done ──take_done (any running mutator)──► published
//
// The workers are no mutators: they see a job's snapshot and never the managed heap, so collections and stops neither
// wait for them nor disturb them. Jobs keep what they refer to alive from add() to remove(): the collector asks
// trace().
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "codegen/code_record.h"
#include "codegen/inference/snapshot.h"
#include "core/value.h"

namespace turnstile::codegen {

struct CompileJob {
  Code* code = nullptr;
  CodeRecord* record = nullptr;
  bool loops = false;
  std::vector<Value> keep;  // objects that the machine code will refer to
  Snapshot snapshot;
  EntryPoint entry = nullptr;     // the result; null: cannot be compiled
  std::uint64_t nanoseconds = 0;  // what it took
};

class CompileQueue {
 public:
  /// `run` fills a job's results, on any worker. Threads start with the first submitted job.
  CompileQueue(std::function<void(CompileJob&)> run, unsigned workers) : run_(std::move(run)), worker_count_(workers) {}
  ~CompileQueue() { stop(); }

  /// A job whose roots are marked from here on. Stays where it is until remove().
  CompileJob* add(Code* code, CodeRecord* record, bool loops);
  void remove(CompileJob* job);
  /// Hands a job to the workers; the caller does not touch it any more.
  void submit(CompileJob* job);
  /// A finished job or null. Cheap when there is none.
  CompileJob* take_done();
  /// Whether a worker is compiling, or will.
  bool busy() const;
  /// Drops what waits, waits for what is being compiled (up to a tenth of a second each), ends the workers.
  void stop();
  /// World stopped: what the jobs refer to.
  void trace(const std::function<void(Object*)>& mark) const;

 private:
  void work();

  const std::function<void(CompileJob&)> run_;
  const unsigned worker_count_;
  mutable std::mutex mutex_;  // a leaf: everything below
  std::condition_variable wake_;
  std::vector<std::unique_ptr<CompileJob>> jobs_;
  std::deque<CompileJob*> waiting_, done_;
  unsigned compiling_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> workers_;
  std::atomic<std::uint32_t> done_count_{0};  // size of done_; a hint without the mutex
};

}  // namespace turnstile::codegen
