// The seam between the compiler and the LLVM module, which is loaded at the first compilation.
#pragma once

#include <memory>
#include <string>

#include "codegen/helpers.h"
#include "codegen/inference/snapshot.h"

namespace turnstile::codegen {

struct BackendOptions {
  bool perf_map = false;  ///< register generated code with perf and gdb
};

struct BackendStatistics {
  std::uint64_t functions = 0;
  std::uint64_t code_bytes = 0;
};

class Backend {
 public:
  virtual ~Backend() = default;
  /// Machine code for the function: its entry, or (`loops`) the entry of its loops, which dispatches on frame->pc.
  /// Null with *error set when it cannot be compiled. Touches no managed memory; any number of threads at once.
  virtual EntryPoint compile(const Snapshot& snapshot, const HelperTable& helpers, bool loops, std::string* error) = 0;
  virtual BackendStatistics statistics() const = 0;
};

/// Exported by the module as turnstile_make_backend. Null with *error set.
using MakeBackend = Backend* (*)(const BackendOptions& options, std::string* error);

}  // namespace turnstile::codegen
