// What the compiler remembers of one function between compilations: CodeData::compiled points to it.
//
//   exit at pc ──► exits[pc] + 1 ──► often: generic[pc] + 1, invalidate ──► compiled again without that speculation
//                  (1: what the instruction gives may be of any type; 2, or where nothing else is guessed: nor its
//                  operands)
//   trap       ──► a few times: invalidate ──► compiled again with what the interpreter has seen since
//   some invalidations ──► no_traps: code that never ran is compiled, too; many ──► all_generic: no speculation at all
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace turnstile::codegen {

struct CodeRecord {
  explicit CodeRecord(std::size_t size)
      : exits(std::make_unique<std::atomic<std::uint8_t>[]>(size)),
        generic(std::make_unique<std::atomic<std::uint8_t>[]>(size)) {}

  // By pc; approximate counts.
  std::unique_ptr<std::atomic<std::uint8_t>[]> exits, generic;
  std::atomic<std::uint32_t> exit_count{0};
  std::atomic<std::uint32_t> invalidations{0};
  std::atomic<bool> no_traps{false}, all_generic{false};
  std::atomic<bool> failed_entry{false}, failed_loops{false};
};

inline constexpr std::uint8_t kExitsBeforeGeneric = 8;
inline constexpr std::uint8_t kFullyGeneric = 2;
inline constexpr std::uint32_t kMaxExits = 200;
inline constexpr std::uint8_t kTrapsBeforeRecompilation = 4;
inline constexpr std::uint32_t kMaxTrapInvalidations = 5;
inline constexpr std::uint32_t kMaxInvalidations = 16;

}  // namespace turnstile::codegen
