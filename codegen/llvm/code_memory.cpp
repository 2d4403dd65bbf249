#include "codegen/llvm/code_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include <llvm/ExecutionEngine/JITLink/JITLink.h>

namespace turnstile::codegen {

namespace {
constexpr std::size_t kSlabBytes = std::size_t{16} << 20;  // reserved; pages come when touched
constexpr std::size_t kAlignment = 64;
std::size_t round_up(std::size_t n, std::size_t to) { return (n + to - 1) / to * to; }
}  // namespace

class CodeMemory::InFlight final : public JITLinkMemoryManager::InFlightAlloc {
 public:
  explicit InFlight(llvm::orc::ExecutorAddr address) : address_(address) {}
  void abandon(OnAbandonedFunction on_abandoned) override { on_abandoned(llvm::Error::success()); }
  void finalize(OnFinalizedFunction on_finalized) override { on_finalized(FinalizedAlloc(address_)); }

 private:
  llvm::orc::ExecutorAddr address_;
};

CodeMemory::~CodeMemory() {
  for (const Slab& slab : slabs_) {
    munmap(slab.writable, slab.size);
    if (slab.executable != slab.writable) munmap(slab.executable, slab.size);
  }
}

bool CodeMemory::map(Slab& slab) const {
  if (anonymous_) {
    void* both = mmap(nullptr, slab.size, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (both == MAP_FAILED) return false;
    slab.writable = slab.executable = static_cast<char*>(both);
    return true;
  }
  const int fd = memfd_create("turnstile-code", MFD_CLOEXEC);
  if (fd < 0) return false;
  if (ftruncate(fd, static_cast<off_t>(slab.size)) == 0) {
    void* w = mmap(nullptr, slab.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    void* x = mmap(nullptr, slab.size, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
    if (w != MAP_FAILED) slab.writable = static_cast<char*>(w);
    if (x != MAP_FAILED) slab.executable = static_cast<char*>(x);
  }
  close(fd);
  if (slab.writable != nullptr && slab.executable != nullptr) return true;
  if (slab.writable != nullptr) munmap(slab.writable, slab.size);
  if (slab.executable != nullptr) munmap(slab.executable, slab.size);
  return false;
}

std::uint64_t CodeMemory::bytes() const {
  std::scoped_lock lock(mutex_);
  return bytes_;
}

bool CodeMemory::take(std::size_t size, char** writable, char** executable) {
  std::scoped_lock lock(mutex_);
  size = round_up(size, kAlignment);
  if (slabs_.empty() || slabs_.back().size - slabs_.back().used < size) {
    Slab slab;
    slab.size = std::max(kSlabBytes, round_up(size, 4096));
    if (!map(slab)) return false;
    slabs_.push_back(slab);
  }
  Slab& slab = slabs_.back();
  *writable = slab.writable + slab.used;
  *executable = slab.executable + slab.used;
  slab.used += size;
  bytes_ += size;
  return true;
}

void CodeMemory::allocate(const llvm::jitlink::JITLinkDylib*, llvm::jitlink::LinkGraph& graph,
                          OnAllocatedFunction on_allocated) {
  llvm::jitlink::BasicLayout layout(graph);
  std::size_t total = 0;
  for (auto& [group, segment] : layout.segments()) {
    total = round_up(total, std::max<std::size_t>(kAlignment, segment.Alignment.value()));
    total += segment.ContentSize + segment.ZeroFillSize;
    // Written after finalization through its address: generated code has no such data.
    if (static_cast<int>(group.getMemProt()) & static_cast<int>(llvm::orc::MemProt::Write)) {
      return on_allocated(llvm::createStringError("writable data in generated code"));
    }
  }
  char* writable = nullptr;
  char* executable = nullptr;
  if (!take(total, &writable, &executable)) {
    return on_allocated(llvm::createStringError("no memory for generated code"));
  }
  std::size_t at = 0;
  for (auto& entry : layout.segments()) {
    auto& segment = entry.second;
    at = round_up(at, std::max<std::size_t>(kAlignment, segment.Alignment.value()));
    segment.WorkingMem = writable + at;
    segment.Addr = llvm::orc::ExecutorAddr::fromPtr(executable + at);
    std::memset(writable + at + segment.ContentSize, 0, segment.ZeroFillSize);
    at += segment.ContentSize + segment.ZeroFillSize;
  }
  if (auto error = layout.apply()) return on_allocated(std::move(error));
  on_allocated(std::make_unique<InFlight>(llvm::orc::ExecutorAddr::fromPtr(executable)));
}

void CodeMemory::deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) {
  for (FinalizedAlloc& a : allocations) a.release();
  on_deallocated(llvm::Error::success());
}

}  // namespace turnstile::codegen
