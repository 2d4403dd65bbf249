// The ORC session: IR to machine code. Each compilation has its own context and borrows a target machine.
#include <cstdlib>
#include <mutex>
#include <string>
#include <vector>

#include "codegen/backend.h"
#include "codegen/inference/inference.h"
#include "codegen/llvm/code_memory.h"
#include "codegen/llvm/emitter.h"
#include "codegen/llvm/passes.h"

#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/ExecutionUtils.h>
#include <llvm/ExecutionEngine/Orc/ExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>

namespace turnstile::codegen {

namespace {

class Session final : public Backend {
 public:
  static Session* make(const BackendOptions& options, std::string* error);
  ~Session() override;
  EntryPoint compile(const Snapshot& snapshot, const HelperTable& helpers, bool loops, std::string* error) override;
  BackendStatistics statistics() const override;

 private:
  Session(std::unique_ptr<llvm::orc::ExecutorProcessControl> control, const BackendOptions& options)
      : session_(std::move(control)), memory_(options.perf_map), linker_(session_, memory_) {}
  std::unique_ptr<llvm::TargetMachine> borrow_machine();
  void return_machine(std::unique_ptr<llvm::TargetMachine> machine);
  EntryPoint link(std::unique_ptr<llvm::MemoryBuffer> object, const std::string& name, std::string* error);

  llvm::orc::ExecutionSession session_;
  CodeMemory memory_;
  llvm::orc::ObjectLinkingLayer linker_;
  llvm::orc::JITDylib* library_ = nullptr;
  std::optional<llvm::orc::JITTargetMachineBuilder> builder_;
  mutable std::mutex mutex_;  // machines_, functions_, exits_
  std::vector<std::unique_ptr<llvm::TargetMachine>> machines_;
  std::uint64_t functions_ = 0;
  std::vector<std::unique_ptr<ExitInfo>> exits_;
};

std::string text(llvm::Error error) { return llvm::toString(std::move(error)); }

Session* Session::make(const BackendOptions& options, std::string* error) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto control = llvm::orc::SelfExecutorProcessControl::Create();
  if (!control) {
    *error = text(control.takeError());
    return nullptr;
  }
  std::unique_ptr<Session> s(new Session(std::move(*control), options));
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder) {
    *error = text(builder.takeError());
    return nullptr;
  }
  builder->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  builder->setRelocationModel(llvm::Reloc::PIC_);
  builder->setCodeModel(llvm::CodeModel::Small);
  s->builder_ = std::move(*builder);
  s->library_ = &s->session_.createBareJITDylib("turnstile");
#if defined(TURNSTILE_TSAN)
  // Instrumented code calls the sanitizer by name; all else that code refers to is compiled in as addresses.
  auto sanitizer = llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      '\0', [](const llvm::orc::SymbolStringPtr& name) { return (*name).starts_with("__tsan_"); });
  if (!sanitizer) {
    *error = text(sanitizer.takeError());
    return nullptr;
  }
  s->library_->addGenerator(std::move(*sanitizer));
#endif
  add_debug_plugins(s->session_, s->linker_, options);
  return s.release();
}

Session::~Session() {
  if (auto error = session_.endSession()) llvm::consumeError(std::move(error));
}

BackendStatistics Session::statistics() const {
  std::scoped_lock lock(mutex_);
  return {functions_, memory_.bytes()};
}

std::unique_ptr<llvm::TargetMachine> Session::borrow_machine() {
  {
    std::scoped_lock lock(mutex_);
    if (!machines_.empty()) {
      auto machine = std::move(machines_.back());
      machines_.pop_back();
      return machine;
    }
  }
  auto machine = builder_->createTargetMachine();
  if (machine) return std::move(*machine);
  llvm::consumeError(machine.takeError());
  return nullptr;
}

void Session::return_machine(std::unique_ptr<llvm::TargetMachine> machine) {
  std::scoped_lock lock(mutex_);
  machines_.push_back(std::move(machine));
}

EntryPoint Session::compile(const Snapshot& snapshot, const HelperTable& helpers, bool loops, std::string* error) {
  std::uint64_t number;
  {
    std::scoped_lock lock(mutex_);
    number = ++functions_;
  }
  std::unique_ptr<llvm::TargetMachine> machine = borrow_machine();
  if (machine == nullptr) {
    *error = "no target machine";
    return nullptr;
  }
  llvm::LLVMContext context;
  llvm::Module module("turnstile", context);
  module.setDataLayout(machine->createDataLayout());
  module.setTargetTriple(machine->getTargetTriple().str());
  const std::string name = snapshot.data->qualname + (loops ? "@loops." : "@") + std::to_string(number);
  const Inference inference(snapshot);
  Emitter emitter(module, snapshot, inference, helpers);
  llvm::Function* function = emitter.emit(name, loops);
  std::vector<std::unique_ptr<ExitInfo>> exits = emitter.take_exits();
  const char* dump = std::getenv("TURNSTILE_DUMP_IR");
  if (dump != nullptr && function != nullptr) module.print(llvm::errs(), nullptr);
  if (function == nullptr) {
    *error = "unsupported bytecode";
    return_machine(std::move(machine));
    return nullptr;
  }
#ifndef NDEBUG
  if (llvm::verifyModule(module, &llvm::errs())) std::abort();
#endif
  optimize(module, *machine);
  if (dump != nullptr) module.print(llvm::errs(), nullptr);
  llvm::SmallVector<char, 0> object;
  const bool emitted = emit_object(module, *machine, object);
  return_machine(std::move(machine));
  if (!emitted) {
    *error = "no object code";
    return nullptr;
  }
  auto buffer = std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(object), name, false);
  {
    std::scoped_lock lock(mutex_);
    for (auto& e : exits) exits_.push_back(std::move(e));
  }
  return link(std::move(buffer), name, error);
}

EntryPoint Session::link(std::unique_ptr<llvm::MemoryBuffer> object, const std::string& name, std::string* error) {
  if (auto failure = linker_.add(*library_, std::move(object))) {
    *error = text(std::move(failure));
    return nullptr;
  }
  auto symbol = session_.lookup({library_}, session_.intern(name));
  if (!symbol) {
    *error = text(symbol.takeError());
    return nullptr;
  }
  return symbol->getAddress().toPtr<EntryPoint>();
}

}  // namespace

}  // namespace turnstile::codegen

extern "C" turnstile::codegen::Backend* turnstile_make_backend(const turnstile::codegen::BackendOptions& options,
                                                               std::string* error) {
  return turnstile::codegen::Session::make(options, error);
}
