// Requests to compile: deduplicated by the CodeLock's claims, published under its metadata lock.
//
//   on_hot ──► claim ──► snapshot ──► infer, LLVM, link ──► publish ──► release
//              (running) (running)     worker, or (blocked)  (running)
//
// Ordinarily the interpreter goes on while a worker compiles, and whichever thread asks next publishes. Where it is
// said when to compile (tier `compiled`, an explicit threshold) the asking thread compiles, in a blocking region.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "codegen/backend.h"
#include "codegen/code_record.h"
#include "codegen/compile_queue.h"
#include "core/runtime_core.h"

namespace turnstile::codegen {

class Compiler {
 public:
  explicit Compiler(RuntimeCore& runtime);
  ~Compiler();

  /// Running. May have the frame's function compiled (`loops`: for entry at its loops), may publish what was compiled
  /// meanwhile; other threads and collections go on. Never raises.
  void request(Mutator& m, Frame* frame, bool loops);
  /// Empty, or why there is no tier 1.
  std::string status() const;
  bool busy() const { return queue_.busy(); }
  /// Nothing is compiled in the background any more. Waits for what is.
  void stop() { queue_.stop(); }
  void trace(const std::function<void(Object*)>& mark) const { queue_.trace(mark); }

 private:
  bool in_background() const;
  Backend* backend();
  CodeRecord* record_of(Mutator& m, CodeData& data);
  /// Null: not needed, or it failed before.
  CompileJob* prepare(Mutator& m, Code* code, bool loops);
  void run(CompileJob& job, Backend* backend);
  /// Running; holds the claim, which is released.
  void publish(Mutator& m, CompileJob* job);

  RuntimeCore& runtime_;
  mutable std::mutex backend_mutex_;  // a leaf: backend_, tried_, status_
  Backend* backend_ = nullptr;
  bool tried_ = false;
  std::string status_;
  std::mutex records_mutex_;  // a leaf
  std::vector<std::unique_ptr<CodeRecord>> records_;
  CompileQueue queue_;  // last: its workers use the rest
};

/// Loads the LLVM module and makes a backend. Null with *error set. The module stays loaded.
Backend* load_backend(const BackendOptions& options, std::string* error);

}  // namespace turnstile::codegen
