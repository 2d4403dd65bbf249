#include "allocator/stack_scan.h"

#include <pthread.h>

#include <algorithm>

#include "allocator/marker.h"

#if defined(TURNSTILE_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace turnstile::allocator {

StackBounds stack_bounds() {
  StackBounds bounds;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return bounds;
  void* low = nullptr;
  std::size_t size = 0;
  if (pthread_attr_getstack(&attributes, &low, &size) == 0) {
    bounds.low = reinterpret_cast<std::uintptr_t>(low);
    bounds.high = bounds.low + size;
  }
  pthread_attr_destroy(&attributes);
  return bounds;
}

__attribute__((noinline, no_sanitize("address"))) void clear_dead_stack(const StackBounds& bounds, std::size_t bytes) {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (here <= bounds.low || here >= bounds.high) return;
  bytes = std::min(bytes, (here - bounds.low) / 2);
  auto* const dead = static_cast<volatile std::uintptr_t*>(__builtin_alloca(bytes));
  for (std::size_t i = bytes / sizeof(*dead); i-- > 0;) dead[i] = 0;  // downwards, as stacks grow
}

void* current_fake_stack() {
#if defined(TURNSTILE_ASAN)
  return __asan_get_current_fake_stack();
#else
  return nullptr;
#endif
}

#if defined(TURNSTILE_ASAN)
namespace {

// A frame whose locals AddressSanitizer moved to its heap left one pointer on the real stack: follow each of those.
// What is poisoned there is no local that lives: redzones, ended scopes, all of a frame that has returned.
__attribute__((no_sanitize("address"))) void scan_fake_frames(Marker& marker, void* fake_stack, std::uintptr_t low,
                                                              std::uintptr_t high) {
  for (std::uintptr_t at = low; at + sizeof(void*) <= high; at += sizeof(void*)) {
    void* begin = nullptr;
    void* end = nullptr;
    void* const word = *reinterpret_cast<void**>(at);
    if (__asan_addr_is_in_fake_stack(fake_stack, word, &begin, &end) == nullptr) continue;
    for (void** local = static_cast<void**>(begin); local + 1 <= static_cast<void**>(end); ++local) {
      if (__asan_address_is_poisoned(local) == 0) marker.mark_stack_words(local, local + 1);
    }
  }
}

}  // namespace
#endif

void scan_native_stack(Marker& marker, const SavedContext& context, const StackBounds& bounds) {
  marker.mark_stack_words(context.regs, context.regs + kSavedRegisters);
  const std::uintptr_t low = context.sp & ~(sizeof(void*) - 1);
  if (low < bounds.low || low >= bounds.high) return;  // on another stack (a fiber): its owner scans that one
  marker.mark_stack_words(reinterpret_cast<const void*>(low), reinterpret_cast<const void*>(bounds.high));
#if defined(TURNSTILE_ASAN)
  if (context.fake_stack != nullptr) scan_fake_frames(marker, context.fake_stack, low, bounds.high);
#endif
}

}  // namespace turnstile::allocator
