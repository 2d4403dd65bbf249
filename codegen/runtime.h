// Runtime<P>: everything. `Runtime<Grwl> rt;` has the collector, the interpreter and the compiler under policy Grwl.
#pragma once

#include <utility>

#include "codegen/hooks.h"
#include "core/runtime.h"

namespace turnstile {

template <class P>
class Runtime : public BasicRuntime<P> {
 public:
  /// The constructing thread becomes the main thread: attached, blocked.
  explicit Runtime(RuntimeOptions runtime_options = {}) : BasicRuntime<P>(std::move(runtime_options)) {
    this->hooks = make_compiler_hooks(*this);
  }
};

}  // namespace turnstile
