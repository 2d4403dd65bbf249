#include "codegen/inference/inference.h"

#include <algorithm>

namespace turnstile::codegen {

Inference::Inference(const Snapshot& snapshot) : snapshot_(snapshot), flow_(snapshot) {
  // A loop variable that is unknown before the loop and known after each iteration is guarded once, before the loop.
  // Each round may uncover loops inside.
  for (int round = 0; round < 3; ++round) {
    run();
    if (!find_speculations()) break;
  }
}

State Inference::initial_state() const {
  State state(snapshot_.data->slot_count);
  for (std::uint32_t i = 0; i < snapshot_.data->local_count; ++i) {
    state[i] = boxed_slot(SlotType::any, false);
    state[i].maybe_empty = true;
  }
  const CodeData& d = *snapshot_.data;
  const std::uint32_t parameters =
      d.positional + d.keyword_only + ((d.flags & kVarArgs) != 0 ? 1u : 0u) + ((d.flags & kVarKeywords) != 0 ? 1u : 0u);
  for (std::uint32_t i = 0; i < parameters; ++i) state[i].maybe_empty = false;
  for (std::uint32_t i = 0; i < d.free_count; ++i) state[d.free_begin + i].maybe_empty = false;
  return state;
}

void Inference::run() {
  in_.assign(snapshot_.size(), std::nullopt);
  forward_.assign(snapshot_.size(), std::nullopt);
  back_.assign(snapshot_.size(), std::nullopt);
  queued_.assign(snapshot_.size(), 0);
  work_.clear();
  propagate(0, initial_state(), false);
  while (!work_.empty()) {
    // Lowest first: nearly reverse postorder, since the builder emits code in source order.
    auto lowest = std::min_element(work_.begin(), work_.end());
    const std::uint32_t leader = *lowest;
    *lowest = work_.back();
    work_.pop_back();
    queued_[leader] = 0;
    walk_block(leader);
  }
}

void Inference::walk_block(std::uint32_t leader) {
  State state = *in_[leader];
  for (std::uint32_t pc = leader;; ++pc) {
    const Insn& i = snapshot_.insn(pc);
    if (can_raise(i.op)) {
      if (const int h = snapshot_.handler(pc); h >= 0) {
        const ExceptionEntry& e = snapshot_.data->exceptions[static_cast<std::size_t>(h)];
        State raised = handler_state(state, e.reg);
        if (i.op == Op::unpack_sequence_ || i.op == Op::unpack_ex_ || i.op == Op::with_enter_) {
          for (const SlotRange& w : slot_use(i).writes) {
            for (std::uint32_t s = w.first; s < w.first + w.count; ++s) raised[s].dirty = true;
          }
        }
        propagate(e.handler, raised, false);
      }
    }
    const auto target = static_cast<std::uint32_t>(i.d);
    if (i.op == Op::for_iter_) {
      const State before = state;
      const bool goes_on = Inference::transfer(snapshot_, pc, state);
      if (!goes_on) return;
      // Exhausted: the same, but nothing was written.
      State exhausted = state;
      if (i.a != i.b) exhausted[i.a] = before[i.a];
      propagate(target, exhausted, false);
    } else {
      if (!Inference::transfer(snapshot_, pc, state)) return;
      if (i.op == Op::jump_ || i.op == Op::jump_back_) return propagate(target, state, i.op == Op::jump_back_);
      if (i.op == Op::jump_if_true_ || i.op == Op::jump_if_false_) propagate(target, state, false);
    }
    if (pc + 1 >= snapshot_.size()) return;
    if (flow_.is_leader(pc + 1)) return propagate(pc + 1, state, false);
  }
}

void Inference::propagate(std::uint32_t target, const State& out, bool back_edge) {
  State state = out;
  for (std::uint32_t s = 0; s < state.size(); ++s) {
    if (!flow_.is_live(target, s)) state[s] = SlotState();
  }
  if (flow_.is_loop_header(target)) {
    forget_shapes(state);  // other threads run between iterations; entries in the middle know nothing
    std::optional<State>& side = back_edge ? back_[target] : forward_[target];
    if (!side.has_value()) {
      side = state;
    } else {
      for (std::uint32_t s = 0; s < state.size(); ++s) join((*side)[s], state[s]);
    }
    apply_speculations(target, state);
  }
  bool changed = false;
  if (!in_[target].has_value()) {
    in_[target] = std::move(state);
    changed = true;
  } else {
    for (std::uint32_t s = 0; s < state.size(); ++s) changed |= join((*in_[target])[s], state[s]);
  }
  if (changed && queued_[target] == 0) {
    queued_[target] = 1;
    work_.push_back(target);
  }
}

void Inference::apply_speculations(std::uint32_t target, State& state) const {
  for (const Speculation& sp : speculations_) {
    if (sp.header != target || state[sp.slot].type == SlotType::dead) continue;
    SlotState& slot = state[sp.slot];
    if (slot.type == sp.type) continue;
    slot.type = sp.type;
    slot.maybe_empty = false;
    slot.boxed = true;  // the guard leaves the boxed value where it was
  }
}

bool Inference::find_speculations() {
  bool found = false;
  for (std::uint32_t h = 0; h < snapshot_.size(); ++h) {
    if (!flow_.is_loop_header(h) || snapshot_.generic[h] != 0 || !forward_[h] || !back_[h] || !in_[h]) continue;
    for (std::uint32_t s = 0; s < snapshot_.data->slot_count; ++s) {
      const SlotState& before = (*forward_[h])[s];
      const SlotState& after = (*back_[h])[s];
      if ((*in_[h])[s].type != SlotType::any || before.type != SlotType::any) continue;
      if (after.type == SlotType::any || after.type == SlotType::dead || after.type == SlotType::none) continue;
      speculations_.push_back({h, s, after.type});
      found = true;
    }
  }
  return found;
}

State handler_state(const State& state, std::uint32_t reg) {
  State raised = state;
  forget_shapes(raised);
  raised[reg] = boxed_slot(SlotType::any, false);
  return raised;
}

void forget_shapes(State& state) {
  for (SlotState& s : state) set_shape(s, nullptr, 0);
}

}  // namespace turnstile::codegen
