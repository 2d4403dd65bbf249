// Brute force over interleavings: states are copied, nothing is reduced but states that are equal.
#include <deque>
#include <map>
#include <set>

#include "tests/kit/oracle/litmus.h"

namespace turnstile::kit {
namespace {

using What = Instruction::What;

struct State {
  std::vector<std::uint64_t> memory;
  std::vector<std::size_t> pc;
  std::vector<std::deque<std::pair<int, std::uint64_t>>> buffers;  // store buffers, oldest first
  std::vector<std::vector<std::uint64_t>> results;
  std::vector<std::uint32_t> queues;     // per location: who sleeps on it
  std::vector<int> asleep;               // per thread: location, or -1
  std::vector<std::uint64_t> looked;     // per thread: 1 + what park_until saw and will park for; 0: look first
  std::vector<std::uint32_t> unreached;  // per thread: whom its heavy fence has still to reach; bit 31: in one
  auto operator<=>(const State&) const = default;
};

class Interleaver {
 public:
  Interleaver(const Litmus& litmus, bool tso) : litmus_(litmus), tso_(tso) {}

  Outcomes run() {
    State start;
    const auto n = litmus_.threads.size();
    start.memory.resize(static_cast<std::size_t>(litmus_.locations));
    start.queues.resize(start.memory.size());
    start.pc.resize(n);
    start.buffers.resize(n);
    start.results.resize(n);
    start.asleep.assign(n, -1);
    start.looked.resize(n);
    start.unreached.resize(n);
    visit(start);
    return outcomes_;
  }

 private:
  void visit(const State& s) {
    if (!seen_.insert(s).second) return;
    bool moved = false, finished = true;
    for (std::size_t t = 0; t < s.pc.size(); ++t) {
      if (!s.buffers[t].empty()) {
        State next = s;
        drain(next, t);
        moved = true;
        visit(next);
      }
      if (s.pc[t] < litmus_.threads[t].size()) {
        finished = false;
        moved |= step(s, t);
      }
    }
    if (moved) return;
    if (!finished) {
      outcomes_.deadlock = true;
      return;
    }
    Values outcome;
    for (const auto& results : s.results) outcome.insert(outcome.end(), results.begin(), results.end());
    outcome.insert(outcome.end(), s.memory.begin(), s.memory.end());
    outcomes_.set.insert(outcome);
  }

  static void drain(State& s, std::size_t t) {
    const auto [location, value] = s.buffers[t].front();
    s.buffers[t].pop_front();
    s.memory[static_cast<std::size_t>(location)] = value;
  }

  std::uint64_t look(const State& s, std::size_t t, int location) const {
    for (auto it = s.buffers[t].rbegin(); it != s.buffers[t].rend(); ++it) {
      if (it->first == location) return it->second;
    }
    return s.memory[static_cast<std::size_t>(location)];
  }

  bool step(const State& s, std::size_t t) {
    const Instruction& in = litmus_.threads[t][s.pc[t]];
    const auto location = static_cast<std::size_t>(in.location);
    const bool empty = s.buffers[t].empty();
    State next = s;
    ++next.pc[t];
    switch (in.what) {
      case What::load:
        next.results[t].push_back(look(s, t, in.location));
        break;
      case What::await:
        if (look(s, t, in.location) != in.value) return false;
        break;
      case What::store:
        if (tso_ && in.order != Order::seq_cst) {
          next.buffers[t].emplace_back(in.location, in.value);
        } else {
          if (!empty) return false;
          next.memory[location] = in.value;
        }
        break;
      case What::add:
      case What::exchange:
      case What::cas: {
        if (!empty) return false;
        const std::uint64_t old = s.memory[location];
        next.results[t].push_back(old);
        if (in.what == What::add) next.memory[location] = old + in.value;
        if (in.what == What::exchange || (in.what == What::cas && old == in.expected)) next.memory[location] = in.value;
        break;
      }
      case What::fence:
        if (!empty) return false;
        break;
      case What::light:
        break;
      case What::heavy:
        return heavy(s, t);
      case What::park:
        return park(s, t, in);
      case What::unpark:
        return unpark(s, t, in);
      case What::park_until:
        return park_until(s, t, in);
    }
    visit(next);
    return true;
  }

  /// Waits for its own buffer, then for a moment of each other thread in which that one's buffer is empty.
  bool heavy(const State& s, std::size_t t) {
    constexpr std::uint32_t kInside = 1u << 31;
    if ((s.unreached[t] & kInside) == 0) {
      if (!s.buffers[t].empty()) return false;
      State next = s;
      next.unreached[t] = kInside | (((1u << s.pc.size()) - 1) & ~(1u << t));
      visit(next);
      return true;
    }
    if (s.unreached[t] == kInside) {
      State next = s;
      next.unreached[t] = 0;
      ++next.pc[t];
      visit(next);
      return true;
    }
    bool moved = false;
    for (std::size_t other = 0; other < s.pc.size(); ++other) {
      if ((s.unreached[t] >> other & 1) == 0 || !s.buffers[other].empty()) continue;
      State next = s;
      next.unreached[t] &= ~(1u << other);
      moved = true;
      visit(next);
    }
    return moved;
  }

  bool park(const State& s, std::size_t t, const Instruction& in) {
    const auto location = static_cast<std::size_t>(in.location);
    if (s.asleep[t] >= 0) {
      if ((s.queues[location] >> t & 1) != 0) return false;
      State next = s;
      next.asleep[t] = -1;
      ++next.pc[t];
      visit(next);
      return true;
    }
    if (!s.buffers[t].empty()) return false;  // a system call
    State next = s;
    if (s.memory[location] != in.expected) {
      ++next.pc[t];
    } else {
      next.queues[location] |= 1u << t;
      next.asleep[t] = in.location;
    }
    visit(next);
    return true;
  }

  /// Looks, parks for what it saw, looks again.
  bool park_until(const State& s, std::size_t t, const Instruction& in) {
    const auto location = static_cast<std::size_t>(in.location);
    State next = s;
    if (s.looked[t] == 0) {
      const std::uint64_t seen = look(s, t, in.location);
      if (seen == in.value) {
        ++next.pc[t];
      } else {
        next.looked[t] = 1 + seen;
      }
    } else if (s.asleep[t] >= 0) {
      if ((s.queues[location] >> t & 1) != 0) return false;
      next.asleep[t] = -1;
      next.looked[t] = 0;
    } else {
      if (!s.buffers[t].empty()) return false;
      if (s.memory[location] + 1 == s.looked[t]) {
        next.queues[location] |= 1u << t;
        next.asleep[t] = in.location;
      } else {
        next.looked[t] = 0;
      }
    }
    visit(next);
    return true;
  }

  bool unpark(const State& s, std::size_t t, const Instruction& in) {
    if (!s.buffers[t].empty()) return false;
    const auto location = static_cast<std::size_t>(in.location);
    const std::uint32_t asleep = s.queues[location];
    // Every subset of the allowed size.
    for (std::uint32_t woken = asleep;; woken = (woken - 1) & asleep) {
      const int count = __builtin_popcount(woken);
      const int most = std::min<int>(__builtin_popcount(asleep), static_cast<int>(in.value));
      if (count == most) {
        State next = s;
        ++next.pc[t];
        next.queues[location] &= ~woken;
        visit(next);
      }
      if (woken == 0) break;
    }
    return true;
  }

  const Litmus& litmus_;
  bool tso_;
  Outcomes outcomes_;
  std::set<State> seen_;
};

}  // namespace

Outcomes interleave(const Litmus& litmus, Model model) { return Interleaver(litmus, model == Model::tso).run(); }

}  // namespace turnstile::kit
