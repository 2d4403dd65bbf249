#include "codegen/hooks.h"

#include "codegen/frontend/compile.h"

namespace turnstile {

namespace {

class Hooks final : public CompilerHooks {
 public:
  Code* compile_source(Mutator& m, std::string_view source, std::string_view filename, std::string_view mode) override {
    return frontend::compile_source(m, source, filename, mode);
  }
  void on_hot(Mutator&, Frame*, bool) override {}
  void trace_roots(const std::function<void(Object*)>&) override {}
};

}  // namespace

std::unique_ptr<CompilerHooks> make_compiler_hooks(RuntimeCore&) { return std::make_unique<Hooks>(); }

}  // namespace turnstile
