#include "core/thread_setup.h"

#include <pthread.h>
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

namespace turnstile {

namespace {

// Reserved, not committed: pages are touched as recursion deepens.
constexpr std::size_t kMainPythonStack = std::size_t{64} << 20;
constexpr std::size_t kThreadPythonStack = std::size_t{16} << 20;
// What native code below a Python call may need before the next check: formatting, LLVM, libc.
constexpr std::uintptr_t kNativeReserve = 384 << 10;

}  // namespace

void prepare_mutator(Mutator& m, RuntimeCore& runtime, bool main_thread) {
  const std::size_t size = main_thread ? kMainPythonStack : kThreadPythonStack;
  void* stack = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) {
    std::fprintf(stderr, "turnstile: cannot map a thread's Python stack\n");
    std::abort();
  }
  m.frame_base = static_cast<char*>(stack);
  m.frame_top = m.frame_base;
  m.frame_limit = m.frame_base + size;
  m.runtime = &runtime;
  m.recursion_limit = runtime.recursion_limit.load(std::memory_order_relaxed);
  m.stack = allocator::stack_bounds();
  const std::uintptr_t size_of_stack = m.stack.high - m.stack.low;
  m.stack_limit = m.stack.low + (size_of_stack > 4 * kNativeReserve ? kNativeReserve : size_of_stack / 4);
  m.thread_id = static_cast<std::uint64_t>(pthread_self());
}

void release_mutator(Mutator& m) { munmap(m.frame_base, static_cast<std::size_t>(m.frame_limit - m.frame_base)); }

}  // namespace turnstile
