#include "core/thread_setup.h"

#include <pthread.h>

#include "allocator/pages.h"

namespace turnstile {

namespace {

// Reserved, not committed: pages are touched as recursion deepens.
constexpr std::size_t kMainPythonStack = std::size_t{64} << 20;
constexpr std::size_t kThreadPythonStack = std::size_t{16} << 20;
// What native code below a Python call may need before the next check: formatting, LLVM, libc.
constexpr std::uintptr_t kNativeReserve = 384 << 10;

allocator::PageSource& pages_of(const RuntimeCore& runtime) {
  return runtime.options.pages != nullptr ? *runtime.options.pages : allocator::PageSource::system();
}

}  // namespace

bool prepare_mutator(Mutator& m, RuntimeCore& runtime, bool main_thread) {
  const std::size_t size = main_thread ? kMainPythonStack : kThreadPythonStack;
  m.frame_base = static_cast<char*>(pages_of(runtime).map(size));
  if (m.frame_base == nullptr) return false;
  m.frame_top = m.frame_base;
  m.frame_limit = m.frame_base + size;
  m.runtime = &runtime;
  m.recursion_limit = runtime.recursion_limit.load(std::memory_order_relaxed);
  m.stack = allocator::stack_bounds();
  const std::uintptr_t size_of_stack = m.stack.high - m.stack.low;
  m.stack_limit = m.stack.low + (size_of_stack > 4 * kNativeReserve ? kNativeReserve : size_of_stack / 4);
  m.thread_id = static_cast<std::uint64_t>(pthread_self());
  return true;
}

void release_mutator(Mutator& m) {
  pages_of(*m.runtime).unmap(m.frame_base, static_cast<std::size_t>(m.frame_limit - m.frame_base));
}

}  // namespace turnstile
