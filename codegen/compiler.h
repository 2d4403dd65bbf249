// Requests to compile: deduplicated by the CodeLock's claims, compiled on the asking thread in a blocking region,
// published under the metadata lock.
//
//   on_hot ──► claim ──► snapshot (running) ──► infer, LLVM, link (blocked) ──► publish (running) ──► release
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "codegen/backend.h"
#include "codegen/code_record.h"
#include "core/runtime_core.h"

namespace turnstile::codegen {

class Compiler {
 public:
  explicit Compiler(RuntimeCore& runtime) : runtime_(runtime) {}
  ~Compiler();

  /// Running. May compile the frame's function (`loops`: for entry at its loops); other threads and collections go on
  /// meanwhile. Never raises.
  void request(Mutator& m, Frame* frame, bool loops);
  /// Empty, or why there is no tier 1.
  std::string status() const;

 private:
  Backend* backend();
  CodeRecord* record_of(Mutator& m, CodeData& data);
  void compile(Mutator& m, Code* code, bool loops, Backend& backend);

  RuntimeCore& runtime_;
  mutable std::mutex mutex_;  // a leaf: backend_, records_, status_
  Backend* backend_ = nullptr;
  bool tried_ = false;
  std::string status_;
  std::vector<std::unique_ptr<CodeRecord>> records_;
};

/// Loads the LLVM module and makes a backend. Null with *error set. The module stays loaded.
Backend* load_backend(const BackendOptions& options, std::string* error);

}  // namespace turnstile::codegen
