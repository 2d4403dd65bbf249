// ReaderBiased on the real platform, and the same operations as somebody would write them by hand, without a Platform.
// compare.cmake demands the same instructions of each pair.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <cstdint>

#include "policies/world_lock/reader_biased.h"

using Lock = turnstile::world_lock::ReaderBiased<>;
using Thread = Lock::ThreadState;

struct HandThread {
  alignas(64) std::atomic<std::uint32_t> word;
};
struct HandLock {
  alignas(64) std::atomic<std::uint32_t> gate;
};
extern "C" void hand_step_aside(HandLock& lock, HandThread& thread);

extern "C" {

void kit_enter(Lock& lock, Thread& thread) { lock.enter(thread); }
void hand_enter(HandLock& lock, HandThread& thread) {
  thread.word.store(1, std::memory_order_relaxed);
  if (turnstile::platform_detail::expedited.load(std::memory_order_relaxed)) [[likely]] {
    __asm__ __volatile__("" ::: "memory");
  } else {
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
  if ((lock.gate.load(std::memory_order_acquire) & 1) != 0) [[unlikely]]
    hand_step_aside(lock, thread);
}
/// What it must not be: every entry an atomic read-modify-write.
void slow_enter(HandLock& lock, HandThread& thread) {
  thread.word.exchange(1, std::memory_order_seq_cst);
  if ((lock.gate.load(std::memory_order_acquire) & 1) != 0) [[unlikely]]
    hand_step_aside(lock, thread);
}

void kit_leave(Lock& lock, Thread& thread) { lock.leave(thread); }
void hand_leave(HandLock& lock, HandThread& thread) {
  thread.word.store(0, std::memory_order_release);
  if (turnstile::platform_detail::expedited.load(std::memory_order_relaxed)) [[likely]] {
    __asm__ __volatile__("" ::: "memory");
  } else {
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
  if ((lock.gate.load(std::memory_order_relaxed) & 1) != 0) [[unlikely]]
    syscall(SYS_futex, &thread.word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT_MAX, nullptr, nullptr, 0);
}

bool kit_poll(Lock& lock, Thread& thread) {
  const turnstile::PollWord poll = lock.poll_word(thread);
  return poll.word != nullptr && (poll.word->load(std::memory_order_relaxed) & poll.mask) != 0;
}
bool hand_poll(HandLock& lock, HandThread&) { return (lock.gate.load(std::memory_order_relaxed) & 3) != 0; }

}  // extern "C"
