// Forward dataflow of static types over the bytecode of one function.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "codegen/inference/decisions.h"
#include "codegen/inference/operands.h"
#include "codegen/inference/state.h"

namespace turnstile::codegen {

class Inference {
 public:
  explicit Inference(const Snapshot& snapshot);

  /// State before a block; null when nothing reaches it.
  const State* entry_state(std::uint32_t leader) const { return in_[leader].has_value() ? &*in_[leader] : nullptr; }
  const Flow& flow() const { return flow_; }
  /// What the instruction does to the types. False: control does not go on behind it.
  static bool transfer(const Snapshot& s, std::uint32_t pc, State& state);

 private:
  struct Speculation {
    std::uint32_t header;
    std::uint32_t slot;
    SlotType type;
  };

  void run();
  void walk_block(std::uint32_t leader);
  void propagate(std::uint32_t target, const State& state, bool back_edge);
  bool find_speculations();
  void apply_speculations(std::uint32_t target, State& state) const;
  State initial_state() const;

  const Snapshot& snapshot_;
  Flow flow_;
  std::vector<std::optional<State>> in_;
  // Of loop headers: what comes in by forward edges, what by back edges, before speculation.
  std::vector<std::optional<State>> forward_, back_;
  std::vector<Speculation> speculations_;
  std::vector<std::uint32_t> work_;
  std::vector<std::uint8_t> queued_;
};

/// State at an exception handler for an exception raised in `state`.
State handler_state(const State& state, std::uint32_t reg);
/// Drops what managed code may change.
void forget_shapes(State& state);

}  // namespace turnstile::codegen
