#include "codegen/hooks.h"

#include "codegen/compiler.h"
#include "codegen/frontend/compile.h"

namespace turnstile {

namespace {

class Hooks final : public CompilerHooks {
 public:
  explicit Hooks(RuntimeCore& runtime) : compiler_(runtime) {}

  Code* compile_source(Mutator& m, std::string_view source, std::string_view filename, std::string_view mode) override {
    return frontend::compile_source(m, source, filename, mode);
  }
  void on_hot(Mutator& m, Frame* frame, bool loop) override { compiler_.request(m, frame, loop); }
  std::string status() const override { return compiler_.status(); }
  bool busy() const override { return compiler_.busy(); }
  void stop() override { compiler_.stop(); }
  // What compiled code refers to is kept alive by its Code object (Code::keep_alive), until then by the compilation.
  void trace_roots(const std::function<void(Object*)>& mark) override { compiler_.trace(mark); }

 private:
  codegen::Compiler compiler_;
};

}  // namespace

std::unique_ptr<CompilerHooks> make_compiler_hooks(RuntimeCore& runtime) { return std::make_unique<Hooks>(runtime); }

}  // namespace turnstile
