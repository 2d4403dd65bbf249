// The write barrier of a heap with generations: a mutator marks the card of what it writes to (remembered_set.h).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace turnstile::allocator {

inline constexpr unsigned kCardShift = 7;
inline constexpr std::size_t kCardBytes = std::size_t{1} << kCardShift;

/// Where a heap's cards are: the card of address `a` is the byte at `slots + (a >> kCardShift)`, likewise `owners`.
/// Zero where the heap has no generations: then nobody marks cards.
struct WriteBarrier {
  std::uintptr_t slots = 0;
  std::uintptr_t owners = 0;
};

/// Between a store and this the thread reaches no safepoint; which of the two comes first is the same. Relaxed: the
/// stop orders it before the collection. Looks first, so that threads which write to what lies close share the line.
inline void mark_card(std::uintptr_t cards, const void* at) {
  std::atomic_ref<std::uint8_t> card(
      *reinterpret_cast<std::uint8_t*>(cards + (reinterpret_cast<std::uintptr_t>(at) >> kCardShift)));
  if (card.load(std::memory_order_relaxed) == 0) card.store(1, std::memory_order_relaxed);
}

}  // namespace turnstile::allocator
