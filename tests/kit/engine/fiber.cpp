#include "tests/kit/engine/fiber.h"

#include <sys/mman.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdio>
#include <cstdlib>

#include "policies/platform.h"

#if defined(__SANITIZE_ADDRESS__)
#define TURNSTILE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TURNSTILE_ASAN 1
#endif
#endif
#if defined(TURNSTILE_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(TURNSTILE_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

namespace turnstile::kit {
namespace {

namespace fc = boost::context::detail;
constexpr std::size_t kGuard = 4096;

}  // namespace

Fiber::Fiber() {
  void* const memory =
      mmap(nullptr, kStackBytes + kGuard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, kGuard, PROT_NONE) != 0) {
    std::perror("conformance kit: no stack for a fiber");
    std::abort();
  }
  mapping_ = memory;
  top_ = static_cast<char*>(memory) + kGuard + kStackBytes;
}

Fiber::~Fiber() {
#if defined(TURNSTILE_TSAN)
  if (tsan_fiber_ != nullptr) __tsan_destroy_fiber(tsan_fiber_);
#endif
  munmap(mapping_, kStackBytes + kGuard);
}

void Fiber::trampoline(void* transfer) {
  const auto from = *static_cast<fc::transfer_t*>(transfer);
  auto* self = static_cast<Fiber*>(from.data);
  self->owner_ = from.fctx;
#if defined(TURNSTILE_ASAN)
  __sanitizer_finish_switch_fiber(nullptr, &self->owner_bottom_, &self->owner_size_);
#endif
  self->entry_(self->argument_);
  std::abort();  // an entry never returns
}

void Fiber::start(Entry entry, void* argument) {
  entry_ = entry;
  argument_ = argument;
#if defined(TURNSTILE_ASAN)
  __asan_unpoison_memory_region(static_cast<char*>(top_) - kStackBytes, kStackBytes);
  fake_stack_ = nullptr;
#endif
#if defined(TURNSTILE_TSAN)
  // Fibers are abandoned in the middle: a new one each time, or their shadow call stacks would grow on.
  if (tsan_fiber_ != nullptr) __tsan_destroy_fiber(tsan_fiber_);
  tsan_fiber_ = __tsan_create_fiber(0);
#endif
  context_ = fc::make_fcontext(top_, kStackBytes, [](fc::transfer_t from) { trampoline(&from); });
}

void Fiber::resume() {
#if defined(TURNSTILE_ASAN)
  __sanitizer_start_switch_fiber(&owner_fake_stack_, static_cast<char*>(top_) - kStackBytes, kStackBytes);
#endif
#if defined(TURNSTILE_TSAN)
  tsan_owner_ = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(tsan_fiber_, 0);
#endif
  context_ = fc::jump_fcontext(context_, this).fctx;
#if defined(TURNSTILE_ASAN)
  __sanitizer_finish_switch_fiber(owner_fake_stack_, nullptr, nullptr);
#endif
}

void Fiber::suspend() {
#if defined(TURNSTILE_ASAN)
  __sanitizer_start_switch_fiber(&fake_stack_, owner_bottom_, owner_size_);
#endif
#if defined(TURNSTILE_TSAN)
  __tsan_switch_to_fiber(tsan_owner_, 0);
#endif
  owner_ = fc::jump_fcontext(owner_, nullptr).fctx;
#if defined(TURNSTILE_ASAN)
  __sanitizer_finish_switch_fiber(fake_stack_, &owner_bottom_, &owner_size_);
#endif
}

}  // namespace turnstile::kit
