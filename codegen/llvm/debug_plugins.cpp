// Generated code in perf and gdb, for those who ask: each function is registered when it is linked.
//
//   perf: lines "address size name" appended to /tmp/perf-<pid>.map (tools/perf/Documentation/jit-interface.txt in
//   Linux) gdb:  the object file in the list behind __jit_debug_descriptor; gdb's "JIT Compilation Interface"
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <string>

#include "codegen/llvm/passes.h"

#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <llvm/ExecutionEngine/Orc/DebugObjectManagerPlugin.h>
#include <llvm/ExecutionEngine/Orc/EPCDebugObjectRegistrar.h>
#include <llvm/ExecutionEngine/Orc/TargetProcess/JITLoaderGDB.h>

namespace turnstile::codegen {

namespace {

class PerfMap final : public llvm::orc::ObjectLinkingLayer::Plugin {
 public:
  PerfMap() : file_(std::fopen(("/tmp/perf-" + std::to_string(getpid()) + ".map").c_str(), "a")) {}
  ~PerfMap() override {
    if (file_ != nullptr) std::fclose(file_);
  }

  void modifyPassConfig(llvm::orc::MaterializationResponsibility&, llvm::jitlink::LinkGraph&,
                        llvm::jitlink::PassConfiguration& passes) override {
    passes.PostFixupPasses.push_back([this](llvm::jitlink::LinkGraph& graph) {
      write(graph);
      return llvm::Error::success();
    });
  }
  llvm::Error notifyFailed(llvm::orc::MaterializationResponsibility&) override { return llvm::Error::success(); }
  llvm::Error notifyRemovingResources(llvm::orc::JITDylib&, llvm::orc::ResourceKey) override {
    return llvm::Error::success();
  }
  void notifyTransferringResources(llvm::orc::JITDylib&, llvm::orc::ResourceKey, llvm::orc::ResourceKey) override {}

 private:
  void write(llvm::jitlink::LinkGraph& graph) {
    if (file_ == nullptr) return;
    std::scoped_lock lock(mutex_);
    for (const llvm::jitlink::Symbol* symbol : graph.defined_symbols()) {
      if (!symbol->hasName() || !symbol->isCallable()) continue;
      const std::string name(symbol->getName());
      std::fprintf(file_, "%llx %llx %s\n", static_cast<unsigned long long>(symbol->getAddress().getValue()),
                   static_cast<unsigned long long>(symbol->getSize()), name.c_str());
    }
    std::fflush(file_);
  }

  std::mutex mutex_;
  std::FILE* file_;
};

}  // namespace

void add_debug_plugins(llvm::orc::ExecutionSession& session, llvm::orc::ObjectLinkingLayer& linker,
                       const BackendOptions& options) {
  if (!options.perf_map) return;
  linker.addPlugin(std::make_unique<PerfMap>());
  auto registrar = std::make_unique<llvm::orc::EPCDebugObjectRegistrar>(
      session, llvm::orc::ExecutorAddr::fromPtr(&llvm_orc_registerJITLoaderGDBWrapper));
  linker.addPlugin(std::make_unique<llvm::orc::DebugObjectManagerPlugin>(session, std::move(registrar),
                                                                         /*RequireDebugSections=*/false,
                                                                         /*AutoRegisterCode=*/true));
}

}  // namespace turnstile::codegen
