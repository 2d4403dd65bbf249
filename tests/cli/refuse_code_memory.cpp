// Preloaded into a process: the call number TURNSTILE_TEST_REFUSE of those that get memory for code fails, and says so.
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

bool refused() {
  static std::atomic<int> calls{0};
  const char* which = std::getenv("TURNSTILE_TEST_REFUSE");
  if (which == nullptr || calls.fetch_add(1, std::memory_order_relaxed) + 1 != std::atoi(which)) return false;
  constexpr char kSaid[] = "refused\n";
  if (write(STDERR_FILENO, kSaid, sizeof kSaid - 1) < 0) std::abort();
  errno = ENOMEM;
  return true;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void* map(const char* name, void* at, std::size_t size, int protection, int flags, int fd, off_t offset) {
  // Code lives in a file of memory, which is mapped twice.
  if ((flags & MAP_SHARED) != 0 && fd >= 0 && refused()) return MAP_FAILED;
  return next<decltype(mmap)>(name)(at, size, protection, flags, fd, offset);
}

}  // namespace

extern "C" {
int memfd_create(const char* name, unsigned flags) noexcept {
  return refused() ? -1 : next<decltype(memfd_create)>("memfd_create")(name, flags);
}
int ftruncate(int fd, off_t size) noexcept { return refused() ? -1 : next<decltype(ftruncate)>("ftruncate")(fd, size); }
void* mmap(void* at, std::size_t size, int protection, int flags, int fd, off_t offset) noexcept {
  return map("mmap", at, size, protection, flags, fd, offset);
}
void* mmap64(void* at, std::size_t size, int protection, int flags, int fd, off64_t offset) noexcept {
  return map("mmap64", at, size, protection, flags, fd, offset);
}
}
