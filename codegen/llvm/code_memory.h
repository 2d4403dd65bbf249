// Memory for machine code: slabs mapped twice, once writable and once executable, bumped. No page is ever writable and
// executable at one address, a function costs its bytes and not pages, and nothing is mapped or protected per function.
// Code lives as long as the session.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>

namespace turnstile::codegen {

class CodeMemory final : public llvm::jitlink::JITLinkMemoryManager {
 public:
  /// `anonymous`: one mapping that is writable and executable instead, in which perf looks for the names of its map.
  explicit CodeMemory(bool anonymous) : anonymous_(anonymous) {}
  ~CodeMemory() override;
  void allocate(const llvm::jitlink::JITLinkDylib* dylib, llvm::jitlink::LinkGraph& graph,
                OnAllocatedFunction on_allocated) override;
  void deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) override;
  using JITLinkMemoryManager::allocate;
  using JITLinkMemoryManager::deallocate;
  std::uint64_t bytes() const;

 private:
  class InFlight;
  struct Slab {
    char* writable = nullptr;
    char* executable = nullptr;
    std::size_t size = 0;
    std::size_t used = 0;
  };
  /// Maps a slab of slab.size bytes; false when the system refuses.
  bool map(Slab& slab) const;
  /// Room for that many bytes in the newest slab or a new one; null when the system refuses.
  bool take(std::size_t size, char** writable, char** executable);

  const bool anonymous_;
  mutable std::mutex mutex_;  // slabs_, bytes_
  std::vector<Slab> slabs_;
  std::uint64_t bytes_ = 0;
};

}  // namespace turnstile::codegen
