// What a conservative scan of a native stack needs: its bounds, and the registers of its thread at the moment when the
// thread stopped running managed code.
//
// All callee-saved registers are spilled explicitly. setjmp() will not do: glibc stores the frame pointer and the stack
// pointer mangled, so an object referenced from rbp alone would be lost.
#pragma once

#include <cstddef>
#include <cstdint>

#include "allocator/sanitizer.h"

namespace turnstile::allocator {

class Marker;

#if defined(__x86_64__)
inline constexpr std::size_t kSavedRegisters = 6;  // rbx rbp r12-r15
#elif defined(__aarch64__)
inline constexpr std::size_t kSavedRegisters = 19;  // x19-x29, d8-d15 (compilers may spill pointers to them)
#else
#error "stack_scan.h: teach save_context() the callee-saved registers of this processor"
#endif

/// Registers and stack pointer of a thread that is blocked or stopped. `fake_stack` is AddressSanitizer's, if it moved
/// this thread's locals to its heap (detect_stack_use_after_return: off in g++, on in clang by default).
struct SavedContext {
  std::uintptr_t sp = 0;
  std::uintptr_t regs[kSavedRegisters] = {};
  void* fake_stack = nullptr;
};

/// Addresses of a native stack: [low, high), grows downwards.
struct StackBounds {
  std::uintptr_t low = 0;
  std::uintptr_t high = 0;
};

/// Bounds of the calling thread's stack. Costs a system call or two on the main thread: keep the result.
StackBounds stack_bounds();

/// Overwrites up to `bytes` of the calling thread's stack below the caller's frame. What returned calls left there lies
/// in the gaps of later frames and would keep dead objects alive (Boehm: Space Efficient Conservative Garbage
/// Collection, PLDI 1993). Nothing if the thread is on another stack than `bounds`.
void clear_dead_stack(const StackBounds& bounds, std::size_t bytes);

/// AddressSanitizer's fake stack of the calling thread, or null.
void* current_fake_stack();

/// Spills the callee-saved registers and the stack pointer of the *calling function* into `context`. Whatever the
/// caller or its callers keep in registers is then either in `context` or above context.sp, for as long as the caller
/// has not returned. Call it in the function that enters the safepoint or the blocking region, before it does.
[[gnu::always_inline]] inline void save_context(SavedContext& context) {
#if defined(__x86_64__)
  asm volatile(
      "movq %%rbx, 0(%1)\n\t"
      "movq %%rbp, 8(%1)\n\t"
      "movq %%r12, 16(%1)\n\t"
      "movq %%r13, 24(%1)\n\t"
      "movq %%r14, 32(%1)\n\t"
      "movq %%r15, 40(%1)\n\t"
      "movq %%rsp, %0"
      : "=&r"(context.sp)
      : "r"(context.regs)
      : "memory");
#elif defined(__aarch64__)
  asm volatile(
      "stp x19, x20, [%1, #0]\n\t"
      "stp x21, x22, [%1, #16]\n\t"
      "stp x23, x24, [%1, #32]\n\t"
      "stp x25, x26, [%1, #48]\n\t"
      "stp x27, x28, [%1, #64]\n\t"
      "str x29, [%1, #80]\n\t"
      "stp d8, d9, [%1, #88]\n\t"
      "stp d10, d11, [%1, #104]\n\t"
      "stp d12, d13, [%1, #120]\n\t"
      "stp d14, d15, [%1, #136]\n\t"
      "mov %0, sp"
      : "=&r"(context.sp)
      : "r"(context.regs)
      : "memory");
#endif
#if defined(TURNSTILE_ASAN)
  context.fake_stack = current_fake_stack();
#endif
}

/// Marks conservatively what the registers in `context` and the stack words [context.sp, bounds.high) may refer to.
/// The thread must be blocked or stopped, with the function that saved the context still active.
void scan_native_stack(Marker& marker, const SavedContext& context, const StackBounds& bounds);

}  // namespace turnstile::allocator
