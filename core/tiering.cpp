#include "core/tiering.h"

namespace turnstile {

namespace {

std::uint32_t threshold(const RuntimeCore& runtime) {
  if (runtime.options.tier == RuntimeOptions::Tier::compiled) return 0;
  return runtime.options.compile_threshold != 0 ? runtime.options.compile_threshold : kDefaultCompileThreshold;
}

bool became_hot(Mutator& m, CodeData& code, std::uint32_t ticks) {
  // Approximate on purpose: lost updates only delay compilation.
  const std::uint32_t heat = code.heat.load(std::memory_order_relaxed) + ticks;
  code.heat.store(heat, std::memory_order_relaxed);
  if (heat < threshold(*m.runtime)) return false;
  // `compiling`: asking publishes what is ready.
  const TierState tier = code.tier.load(std::memory_order_acquire);
  return tier == TierState::cold || tier == TierState::compiling;
}

}  // namespace

EntryPoint note_entry_slow(Mutator& m, Frame* frame) {
  CodeData& code = *frame->code->data;
  if (m.runtime->hooks == nullptr) return nullptr;
  if (became_hot(m, code, kEntryTickBatch)) m.runtime->hooks->on_hot(m, frame, false);
  EntryPoint entry = frame->code->entry.load(std::memory_order_acquire);
  return entry == m.runtime->interpreter_entry() ? nullptr : entry;
}

EntryPoint note_loop(Mutator& m, Frame* frame, std::uint32_t ticks) {
  CodeData& code = *frame->code->data;
  if (m.runtime->options.tier == RuntimeOptions::Tier::interpreter || m.runtime->hooks == nullptr) return nullptr;
  EntryPoint entry = frame->code->osr_entry.load(std::memory_order_acquire);
  if (entry != nullptr) return entry;
  const std::uint32_t heat = code.heat.load(std::memory_order_relaxed) + ticks;
  code.heat.store(heat, std::memory_order_relaxed);
  if (heat < threshold(*m.runtime)) return nullptr;
  m.runtime->hooks->on_hot(m, frame, true);
  return frame->code->osr_entry.load(std::memory_order_acquire);
}

}  // namespace turnstile
