#include "codegen/inference/operands.h"

#include <algorithm>

namespace turnstile::codegen {

bool can_raise(Op op) {
  switch (op) {
    case Op::nop_:
    case Op::load_const_:
    case Op::move_:
    case Op::clear_local_:
    case Op::store_cell_:
    case Op::is_op_:
    case Op::is_not_:
    case Op::jump_:
    case Op::return_value_:
    case Op::load_build_class_:
    case Op::load_assertion_error_:
    case Op::enter_handler_:
    case Op::leave_handler_:
      return false;
    default:
      return true;
  }
}

bool is_conditional_jump(Op op) { return op == Op::jump_if_true_ || op == Op::jump_if_false_ || op == Op::for_iter_; }

bool runs_managed_code(Op op) {
  switch (op) {
    case Op::nop_:
    case Op::load_const_:
    case Op::move_:
    case Op::clear_local_:
    case Op::store_cell_:
    case Op::is_op_:
    case Op::is_not_:
    case Op::jump_:
    case Op::return_value_:
    case Op::load_build_class_:
    case Op::check_local_:
    case Op::load_assertion_error_:
    case Op::load_cell_:
    case Op::load_global_:
      return false;
    default:
      return true;
  }
}

Flow::Flow(const Snapshot& snapshot) {
  find_leaders(snapshot);
  find_live(snapshot);
}

void Flow::find_leaders(const Snapshot& snapshot) {
  const std::uint32_t n = snapshot.size();
  leader_.assign(n + 1, 0);
  loop_header_.assign(n + 1, 0);
  leader_[0] = 1;
  for (std::uint32_t pc = 0; pc < n; ++pc) {
    const Insn& i = snapshot.insn(pc);
    const bool jumps = i.op == Op::jump_ || i.op == Op::jump_back_ || is_conditional_jump(i.op);
    if (jumps) leader_[static_cast<std::uint32_t>(i.d)] = 1;
    if (i.op == Op::jump_back_) loop_header_[static_cast<std::uint32_t>(i.d)] = 1;
    if (jumps || ends_path(i.op)) leader_[pc + 1] = 1;
  }
  for (const ExceptionEntry& e : snapshot.data->exceptions) leader_[e.handler] = 1;
  leader_.resize(n);
  loop_header_.resize(n);
  for (std::uint32_t pc = 0; pc < n; ++pc) {
    if (leader_[pc] != 0) leaders_.push_back(pc);
  }
}

void Flow::find_live(const Snapshot& snapshot) {
  const std::uint32_t n = snapshot.size();
  words_ = (snapshot.data->slot_count + 63u) / 64;
  live_.assign(static_cast<std::size_t>(n) * words_, 0);
  std::vector<std::uint64_t> set(words_);
  auto add_all = [&](std::uint32_t pc, int without) {
    for (std::size_t w = 0; w < words_; ++w) {
      std::uint64_t bits = live_[pc * words_ + w];
      if (without >= 0 && static_cast<std::size_t>(without) / 64 == w) bits &= ~(std::uint64_t{1} << (without % 64));
      set[w] |= bits;
    }
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t pc = n; pc-- > 0;) {
      const Insn& i = snapshot.insn(pc);
      std::fill(set.begin(), set.end(), 0);
      const SlotUse use = slot_use(i);
      if (!ends_path(i.op) && pc + 1 < n) add_all(pc + 1, -1);
      if (i.op == Op::jump_ || i.op == Op::jump_back_ || i.op == Op::jump_if_true_ || i.op == Op::jump_if_false_) {
        add_all(static_cast<std::uint32_t>(i.d), -1);
      }
      for (const SlotRange& w : use.writes) {
        for (std::uint32_t s = w.first; s < w.first + w.count; ++s) set[s / 64] &= ~(std::uint64_t{1} << (s % 64));
      }
      // An exhausted iterator leaves without writing.
      if (i.op == Op::for_iter_) add_all(static_cast<std::uint32_t>(i.d), -1);
      for (const SlotRange& r : use.reads) {
        for (std::uint32_t s = r.first; s < r.first + r.count; ++s) set[s / 64] |= std::uint64_t{1} << (s % 64);
      }
      if (const int h = snapshot.handler(pc); h >= 0 && can_raise(i.op)) {
        const ExceptionEntry& e = snapshot.data->exceptions[static_cast<std::size_t>(h)];
        add_all(e.handler, e.reg);
      }
      for (std::size_t w = 0; w < words_; ++w) {
        if (live_[pc * words_ + w] != set[w]) {
          live_[pc * words_ + w] = set[w];
          changed = true;
        }
      }
    }
  }
}

namespace {
// Where control goes next: behind, to the target, to the handler.
std::vector<std::uint32_t> successors(const Snapshot& s, std::uint32_t pc) {
  std::vector<std::uint32_t> all;
  const Insn& i = s.insn(pc);
  if (!ends_path(i.op) && pc + 1 < s.size()) all.push_back(pc + 1);
  if (i.op == Op::jump_ || i.op == Op::jump_back_ || is_conditional_jump(i.op)) {
    all.push_back(static_cast<std::uint32_t>(i.d));
  }
  if (const int h = s.handler(pc); h >= 0) all.push_back(s.data->exceptions[static_cast<std::size_t>(h)].handler);
  return all;
}
}  // namespace

std::set<std::uint32_t> Flow::first_of_two(const Snapshot& s, const std::set<std::uint32_t>& calls) const {
  std::set<std::uint32_t> firsts;
  if (calls.size() < 2) return firsts;
  const std::uint32_t n = s.size();
  std::vector<std::uint8_t> ahead(n + 1);  // a call lies ahead of what is before pc; loops begin anew
  std::vector<std::uint8_t> later(n + 1);  // ... behind pc
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t pc = n; pc-- > 0;) {
      if (s.insn(pc).op != Op::jump_back_) {
        for (const std::uint32_t next : successors(s, pc)) later[pc] |= ahead[next];
      }
      const std::uint8_t before = later[pc] | static_cast<std::uint8_t>(calls.count(pc));
      changed = changed || before != ahead[pc];
      ahead[pc] = before;
    }
  }
  // Whether pc can be reached without such a call before.
  std::vector<std::uint8_t> fresh(n + 1);
  fresh[0] = 1;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t pc = 0; pc < n; ++pc) {
      if (fresh[pc] == 0) continue;
      if (calls.count(pc) != 0 && later[pc] != 0) {
        changed = firsts.insert(pc).second || changed;
        continue;
      }
      for (const std::uint32_t next : successors(s, pc)) {
        changed = changed || fresh[next] == 0;
        fresh[next] = 1;
      }
    }
  }
  return firsts;
}

}  // namespace turnstile::codegen
