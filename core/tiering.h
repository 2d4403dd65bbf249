// How hot code is noticed. Counting must not become a shared hot spot: ticks are counted in the activation or in the
// mutator and folded into CodeData::heat in batches.
#pragma once

#include "core/frame.h"
#include "core/inline_cache.h"
#include "core/mutator.h"
#include "core/runtime_core.h"

namespace turnstile {

inline constexpr std::uint32_t kLoopTickBatch = 128;
inline constexpr std::uint32_t kEntryTickBatch = 32;
inline constexpr std::uint32_t kDefaultCompileThreshold = 500;

/// A function is entered in tier 0. Returns compiled code to run instead, or null. May compile, may collect.
EntryPoint note_entry_slow(Mutator& m, Frame* frame);
/// `ticks` iterations of the loop whose header is frame->pc. Returns compiled code that continues there, or null. May
/// compile, may collect.
EntryPoint note_loop(Mutator& m, Frame* frame, std::uint32_t ticks);

inline EntryPoint note_entry(Mutator& m, Frame* frame) {
  if (m.runtime->options.tier == RuntimeOptions::Tier::interpreter) return nullptr;
  const auto key = reinterpret_cast<std::uintptr_t>(frame->code) >> 4;
  std::uint8_t& ticks = m.entry_ticks[key % m.entry_ticks.size()];
  if (++ticks < kEntryTickBatch && m.runtime->options.tier == RuntimeOptions::Tier::mixed) [[likely]]
    return nullptr;
  ticks = 0;
  return note_entry_slow(m, frame);
}

/// An activation ends with iterations that were not reported.
inline void flush_loop_ticks(Mutator&, Frame* frame, std::uint32_t ticks) {
  if (ticks < kLoopTickBatch / 4) return;
  auto& heat = frame->code->data->heat;
  heat.store(heat.load(std::memory_order_relaxed) + ticks, std::memory_order_relaxed);  // approximate
}

/// Remembers what a call instruction calls, for the code generator. Written only when it changes.
inline void note_callee(Mutator& m, CacheSlot& slot, Value callee) {
  const CacheEntry* e = slot.entry.load(std::memory_order_acquire);
  if (e != nullptr && e->refs[0].load_relaxed() == callee) return;
  if (!callee.is_object()) return;
  publish_cache(m, slot, CacheKind::callee, callee, Value(), 0, 0);
}

}  // namespace turnstile
