// The kit of the Stats axis: sums and maxima over threads that count, leave and look at the same time are exact in the
// end, and a snapshot meanwhile is never more than what has been counted.
#pragma once

#include <array>

#include "policies/stats/counters.h"
#include "tests/kit/axes/explore.h"

namespace turnstile::kit {

enum class StatsRole : std::uint8_t {
  counting,  ///< attach, add twice, record a maximum
  leaving,   ///< the same, then detach
  looking,   ///< a snapshot
};

/// `Stats` over ExplorerPlatform.
template <class Stats>
class StatsProgram final : public Program {
 public:
  using Role = StatsRole;
  static std::vector<AxisScenario<Role>> scenarios() {
    return {{"2 that count", {Role::counting, Role::counting}},
            {"2 that leave", {Role::leaving, Role::leaving}},
            {"a snapshot meanwhile", {Role::counting, Role::looking}},
            {"a snapshot while one leaves", {Role::leaving, Role::looking}}};
  }
  explicit StatsProgram(std::vector<Role> roles) : roles_(std::move(roles)) {}

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    Engine::current()->name_region(&shared_->stats, sizeof shared_->stats, "stats");
  }
  void run(int thread) override {
    const auto i = static_cast<std::size_t>(thread);
    auto& counters = shared_->counters[i];
    Stats& stats = shared_->stats;
    if (roles_[i] == Role::looking) {
      return Engine::current()->check(stats.snapshot()[stats::Counter::stops] <= expected(), property::kCount,
                                      "a snapshot shows more than was counted");
    }
    stats.attach(counters);
    stats.add(counters, stats::Counter::stops, 1);
    stats.add(counters, stats::Counter::stops, 2);
    stats.record_max(counters, stats::Counter::max_pause_ns, 5 + i);
    if (roles_[i] == Role::leaving) stats.detach(counters);
  }
  void finish() override {
    Engine& engine = *Engine::current();
    const stats::Snapshot snapshot = shared_->stats.snapshot();
    engine.check(snapshot[stats::Counter::stops] == expected(), property::kCount, "counts are lost, or counted twice");
    std::uint64_t largest = 0;
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      if (roles_[i] != Role::looking) largest = 5 + i;
    }
    engine.check(snapshot[stats::Counter::max_pause_ns] == largest, property::kCount, "not the largest value is kept");
  }

 private:
  struct Shared {
    Stats stats;
    std::array<typename Stats::ThreadCounters, 2> counters;
  };
  std::uint64_t expected() const {
    std::uint64_t sum = 0;
    for (const Role role : roles_) sum += role == Role::looking ? 0 : 3;
    return sum;
  }

  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
};

}  // namespace turnstile::kit
