// A lock written by following policies/README.md alone: a SharedMutex that the project does not ship, made a world
// lock.
//
// PhaseFair: readers and writers take turns. Who wants to read while a writer holds or waits gets in when that writer
// is done, before the next one: a reader waits for at most one writer, a writer for the readers of one phase.
// The ticket lock PF-T of Brandenburg and Anderson, "Spin-Based Reader-Writer Synchronization for Multiprocessor
// Real-Time Systems" (2010).
//
//   arrived   readers that came, above two bits: kWriter a writer is present, kPhase which of two in turn
//   left      readers that went, in the same unit
//   next, now tickets of the writers
//
// Memory order: lock_shared()'s wait acquires what unlock() releases by taking kWriter back; lock()'s wait acquires
// the releases of each unlock_shared(), and of the unlock() that called its ticket.
#include <doctest/doctest.h>

#include "policies/bundles/biased.h"
#include "policies/world_lock/from_shared_mutex.h"
#include "tests/kit/conformance.h"
#include "tests/kit/shared_mutex_kit.h"

namespace turnstile::kit {
namespace {

template <class Platform = RealPlatform>
class PhaseFair {
  enum : std::uint32_t { kWriter = 1, kPhase = 2, kWriterBits = kWriter | kPhase, kReader = 4 };

 public:
  void lock_shared() {
    const std::uint32_t writer = arrived_.fetch_add(kReader, std::memory_order_acquire) & kWriterBits;
    if (writer == 0) return;
    Platform::await([&] { return (arrived_.load(std::memory_order_acquire) & kWriterBits) != writer; });
  }
  void unlock_shared() { left_.fetch_add(kReader, std::memory_order_release); }
  void lock() {
    const std::uint32_t ticket = next_.fetch_add(1, std::memory_order_relaxed);
    Platform::await([&] { return now_.load(std::memory_order_acquire) == ticket; });
    const std::uint32_t mine = kWriter | (ticket % 2) * kPhase;
    const std::uint32_t before = arrived_.fetch_add(mine, std::memory_order_acquire);
    Platform::await([&] { return left_.load(std::memory_order_acquire) == before; });
  }
  void unlock() {
    arrived_.fetch_and(~std::uint32_t{kWriterBits}, std::memory_order_release);
    now_.fetch_add(1, std::memory_order_release);
  }

 private:
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  Atomic<std::uint32_t> arrived_{0}, left_{0}, next_{0}, now_{0};
};

template <class Platform = RealPlatform>
using PhaseFairWorld = world_lock::FromSharedMutex<PhaseFair<Platform>, Platform>;

SYNC_CONFORMANCE(PhaseFairWorld)

struct PhaseFairPolicy : Biased {
  static constexpr std::string_view kName = "phase_fair";
  using WorldLock = PhaseFairWorld<>;
};
static_assert(CheckedPolicy<PhaseFairPolicy>);

TEST_CASE("a phase-fair lock, alone, in all models") {
  for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
    const Report report = explore_shared_mutex<PhaseFair<ExplorerPlatform>>(2, 2, model);
    CHECK(report.outcome == Outcome::proved);
  }
}

/// As above, without the ticket's phase: a reader that waits cannot tell the next writer from the one it waits for.
template <class Platform>
class OnePhase {
  enum : std::uint32_t { kWriter = 1, kReader = 4 };

 public:
  void lock_shared() {
    if ((arrived_.fetch_add(kReader, std::memory_order_acquire) & kWriter) == 0) return;
    Platform::await([&] { return (arrived_.load(std::memory_order_acquire) & kWriter) == 0; });
  }
  void unlock_shared() { left_.fetch_add(kReader, std::memory_order_release); }
  void lock() {
    const std::uint32_t ticket = next_.fetch_add(1, std::memory_order_relaxed);
    Platform::await([&] { return now_.load(std::memory_order_acquire) == ticket; });
    const std::uint32_t before = arrived_.fetch_add(kWriter, std::memory_order_acquire);
    Platform::await([&] { return left_.load(std::memory_order_acquire) == before; });
  }
  void unlock() {
    arrived_.fetch_and(~std::uint32_t{kWriter}, std::memory_order_release);
    now_.fetch_add(1, std::memory_order_release);
  }

 private:
  template <class T>
  using Atomic = typename Platform::template atomic<T>;
  Atomic<std::uint32_t> arrived_{0}, left_{0}, next_{0}, now_{0};
};

TEST_CASE("a phase-fair lock without its phase deadlocks: the second writer waits for a reader that waits for it") {
  const Report report = explore_shared_mutex<OnePhase<ExplorerPlatform>>(1, 2, Model::sc);
  REQUIRE(report.outcome == Outcome::refuted);
  CHECK(report.violation.property == property::kDeadlock);
}

}  // namespace
}  // namespace turnstile::kit
