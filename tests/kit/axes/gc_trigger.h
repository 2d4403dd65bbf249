// The kit of the GcTrigger axis: every byte is in the total once threads have flushed, the total is never more than
// what was allocated and late by at most the declared batch, and a collection starts the count anew.
#pragma once

#include <array>

#include "tests/kit/axes/explore.h"

namespace turnstile::kit {

enum class TriggerRole : std::uint8_t {
  allocator,  ///< three spans (or objects) of kBytes, then flush
  collector,  ///< the same, then one that looks whether to collect
};

/// `Trigger` over ExplorerPlatform; its rule must ask for a collection after 4 * kBytes.
template <class Trigger>
class TriggerProgram final : public Program {
 public:
  using Role = TriggerRole;
  static constexpr std::size_t kBytes = std::size_t{40} << 10;
  static std::vector<AxisScenario<Role>> scenarios() {
    return {{"2 allocators", {Role::allocator, Role::allocator}},
            {"allocator, collector", {Role::allocator, Role::collector}}};
  }
  explicit TriggerProgram(std::vector<Role> roles) : roles_(std::move(roles)) {}

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    Engine::current()->name_region(&shared_->trigger, sizeof shared_->trigger, "trigger");
    Engine::current()->check(!shared_->trigger.should_collect(), property::kCount,
                             "a collection before any allocation");
  }
  void run(int thread) override {
    const auto i = static_cast<std::size_t>(thread);
    auto& counter = shared_->counters[i];
    Trigger& trigger = shared_->trigger;
    for (int n = 0; n < 3; ++n) allocate(counter);
    trigger.flush(counter);
    if (roles_[i] == Role::collector && trigger.should_collect()) {
      Engine::current()->check(trigger.allocated_since_collection() >= 4 * kBytes, property::kCount,
                               "a collection is asked for too early");
    }
  }
  void finish() override {
    Engine& engine = *Engine::current();
    Trigger& trigger = shared_->trigger;
    engine.check(trigger.allocated_since_collection() == 3 * kBytes * roles_.size(), property::kCount,
                 "allocated bytes are lost, or counted twice");
    engine.check(trigger.should_collect(), property::kCount, "no collection although the budget is spent");
    trigger.after_collection(0, 1);
    engine.check(trigger.allocated_since_collection() == 0 && !trigger.should_collect(), property::kCount,
                 "a collection does not start the count anew");
  }

 private:
  struct Shared {
    Trigger trigger;
    std::array<typename Trigger::ThreadCounter, kMaxThreads> counters;
  };
  void allocate(typename Trigger::ThreadCounter& counter) {
    Trigger::kCountsEveryAllocation ? shared_->trigger.on_allocate(counter, kBytes)
                                    : shared_->trigger.on_span(counter, kBytes);
  }

  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
};

}  // namespace turnstile::kit
