#include "codegen/tiering.h"

#include <algorithm>

#include "core/runtime_core.h"
#include "core/tiering.h"

namespace turnstile::codegen {

namespace {
// So many more ticks that the interpreter's feedback covers the paths that made the code leave.
constexpr std::uint32_t kTicksBeforeRecompilation = 300;
// A compilation costs as much as interpreting each instruction of the function some 10,000 times, but another processor
// may be idle meanwhile.
constexpr std::uint32_t kLeastHeat = 6000;
constexpr std::uint32_t kHeatPerInstruction = 100;
}  // namespace

std::uint32_t compile_heat(const RuntimeOptions& options, const CodeData& data) {
  if (options.tier == RuntimeOptions::Tier::compiled) return 0;
  if (options.compile_threshold != 0) return options.compile_threshold;
  return std::max(kLeastHeat, static_cast<std::uint32_t>(data.insns.size()) * kHeatPerInstruction);
}

void invalidate(Mutator& m, Code* code) {
  CodeData& data = *code->data;
  m.runtime->lock_code_metadata(m);
  code->entry.store(m.runtime->interpreter_entry(), std::memory_order_release);
  code->osr_entry.store(nullptr, std::memory_order_release);
  const std::uint32_t threshold = compile_heat(m.runtime->options, data);
  data.heat.store(threshold > kTicksBeforeRecompilation ? threshold - kTicksBeforeRecompilation : 0,
                  std::memory_order_relaxed);
  if (data.tier.load(std::memory_order_relaxed) == TierState::ready) {
    data.tier.store(TierState::cold, std::memory_order_release);
  }
  m.runtime->unlock_code_metadata(m);
  m.runtime->count(m, stats::Counter::invalidations, 1);
}

void note_exit(Mutator& m, Frame* frame, std::uint32_t pc, bool trap) {
  Code* code = frame->code;
  CodeData& data = *code->data;
  m.runtime->count(m, stats::Counter::deopts, 1);
  data.deopt_count.fetch_add(1, std::memory_order_relaxed);
  // Published before the code that has just been left.
  auto* record = static_cast<CodeRecord*>(data.compiled);
  const std::uint32_t total = record->exit_count.fetch_add(1, std::memory_order_relaxed) + 1;
  bool again = false;
  // Approximate: a lost count costs one more exit.
  std::atomic<std::uint8_t>& exits = record->exits[pc];
  const std::uint8_t count = exits.load(std::memory_order_relaxed);
  if (count < 255) exits.store(static_cast<std::uint8_t>(count + 1), std::memory_order_relaxed);
  if (trap) {
    again = (count + 1) % kTrapsBeforeRecompilation == 0;
  } else if ((count + 1) % kExitsBeforeGeneric == 0) {
    std::atomic<std::uint8_t>& generic = record->generic[pc];
    const std::uint8_t level = generic.load(std::memory_order_relaxed);
    again = level < kFullyGeneric;
    if (again) generic.store(static_cast<std::uint8_t>(level + 1), std::memory_order_relaxed);
  }
  if (total > kMaxExits && !record->all_generic.exchange(true, std::memory_order_relaxed)) again = true;
  if (!again) return;
  const std::uint32_t invalidations = record->invalidations.fetch_add(1, std::memory_order_relaxed) + 1;
  if (invalidations >= kMaxTrapInvalidations) record->no_traps.store(true, std::memory_order_relaxed);
  if (invalidations >= kMaxInvalidations) record->all_generic.store(true, std::memory_order_relaxed);
  invalidate(m, code);
}

}  // namespace turnstile::codegen
