// Finds and opens the LLVM module. Programs that never compile never load LLVM.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "codegen/compiler.h"

namespace turnstile::codegen {

namespace {

constexpr const char* kModule = "libturnstile_llvm.so";

// The environment's choice alone if there is one; else beside the program, the build, the installation.
std::vector<std::string> candidates() {
  if (const char* chosen = std::getenv("TURNSTILE_LLVM_MODULE"); chosen != nullptr && *chosen != 0) return {chosen};
  std::vector<std::string> paths;
  char buffer[4096];
  const ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer);
  if (n > 0 && static_cast<std::size_t>(n) < sizeof buffer) {
    const std::filesystem::path folder =
        std::filesystem::path(std::string(buffer, static_cast<std::size_t>(n))).parent_path();
    paths.push_back(folder / kModule);
    paths.push_back(folder.parent_path() / "lib" / kModule);
  }
  paths.push_back(std::string(TURNSTILE_LLVM_BUILD_DIR) + "/" + kModule);
  paths.push_back(std::string(TURNSTILE_LLVM_INSTALL_DIR) + "/" + kModule);
  return paths;
}

}  // namespace

Backend* load_backend(const BackendOptions& options, std::string* error) {
  static std::mutex mutex;
  std::scoped_lock lock(mutex);
  *error = std::string("no ") + kModule;
  for (const std::string& path : candidates()) {
    if (access(path.c_str(), R_OK) != 0) continue;
    void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) {
      *error = dlerror();
      continue;
    }
    auto make = reinterpret_cast<MakeBackend>(dlsym(module, "turnstile_make_backend"));
    if (make == nullptr) {
      *error = path + " is not a compiler module";
      continue;
    }
    return make(options, error);
  }
  return nullptr;
}

}  // namespace turnstile::codegen
