#include "allocator/pages.h"

#include <sys/mman.h>

namespace turnstile::allocator {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

class SystemPages final : public PageSource {
 public:
  void* reserve(std::size_t bytes) override { return map_with(bytes, PROT_NONE); }
  void* map(std::size_t bytes) override { return map_with(bytes, PROT_READ | PROT_WRITE); }
  // Large steps are those of heaps that have grown: there huge pages save a mark phase its misses of the TLB, and the
  // program hundreds of page faults at a time. Small heaps stay as small as their objects.
  bool commit(void* at, std::size_t bytes) override {
    if (mprotect(at, bytes, PROT_READ | PROT_WRITE) != 0) return false;
    if (bytes >= kHugePage) madvise(at, bytes, MADV_HUGEPAGE);  // a wish: without it pages are small
    return true;
  }
  bool discard(void* at, std::size_t bytes) override { return madvise(at, bytes, MADV_DONTNEED) == 0; }
  void unmap(void* at, std::size_t bytes) override { munmap(at, bytes); }

 private:
  static void* map_with(std::size_t bytes, int protection) {
    void* const p = mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? nullptr : p;
  }
};

}  // namespace

PageSource& PageSource::system() {
  static SystemPages* const pages = new SystemPages;  // never destroyed: runtimes may outlive static objects
  return *pages;
}

}  // namespace turnstile::allocator
