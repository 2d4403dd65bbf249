// Which instructions can raise or run managed code, and which slots are live where.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "codegen/inference/snapshot.h"
#include "codegen/slot_use.h"

namespace turnstile::codegen {

bool can_raise(Op op);
bool is_conditional_jump(Op op);
/// May run managed code: facts about shapes end here.
bool runs_managed_code(Op op);

/// Blocks and live slots of one function.
class Flow {
 public:
  explicit Flow(const Snapshot& snapshot);

  bool is_leader(std::uint32_t pc) const { return leader_[pc] != 0; }
  bool is_loop_header(std::uint32_t pc) const { return loop_header_[pc] != 0; }
  /// Live before pc.
  bool is_live(std::uint32_t pc, std::uint32_t slot) const {
    return (live_[pc * words_ + slot / 64] >> (slot % 64) & 1) != 0;
  }
  const std::vector<std::uint32_t>& leaders() const { return leaders_; }
  /// Of `calls`, those that one activation may execute before another one of them, the first time round each loop.
  std::set<std::uint32_t> first_of_two(const Snapshot& snapshot, const std::set<std::uint32_t>& calls) const;

 private:
  void find_leaders(const Snapshot& snapshot);
  void find_live(const Snapshot& snapshot);

  std::vector<std::uint8_t> leader_, loop_header_;
  std::vector<std::uint32_t> leaders_;
  std::size_t words_ = 0;
  std::vector<std::uint64_t> live_;
};

}  // namespace turnstile::codegen
