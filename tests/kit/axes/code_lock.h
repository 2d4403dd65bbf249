// The kit of the CodeLock axis: one thread compiles a function at a time and sees what the last one published; metadata
// have one holder, who is waited for only in a region; two functions are compiled at once exactly where that is
// declared.
#pragma once

#include <array>

#include "policies/concepts.h"
#include "tests/kit/axes/object_lock.h"

namespace turnstile::kit {

enum class CodeRole : std::uint8_t {
  first,    ///< claims function 0, compiles, publishes under the metadata lock, releases
  second,   ///< the same with function 1
  meeting,  ///< compiles function `thread`, and waits inside for another that compiles
};

/// `Lock` with mutexes that are PlatformMutex<ExplorerPlatform>.
template <class Lock>
class CodeProgram final : public Program {
 public:
  using Role = CodeRole;
  static std::vector<AxisScenario<Role>> scenarios() {
    using enum CodeRole;
    std::vector<AxisScenario<Role>> list = {{"one function, 2 threads", {first, first}},
                                            {"two functions", {first, second}},
                                            {"one function, 3 threads", {first, first, first}}};
    if (Lock::kParallelCompilation) list.push_back({"compilations meet", {meeting, meeting}});
    return list;
  }
  explicit CodeProgram(std::vector<Role> roles) : roles_(std::move(roles)) {}

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    Engine::current()->name_region(&shared_->lock, sizeof shared_->lock, "lock");
  }
  void run(int thread) override {
    const Role role = roles_[static_cast<std::size_t>(thread)];
    const std::size_t which = role == Role::second || (role == Role::meeting && thread == 1) ? 1 : 0;
    Shared& shared = *shared_;
    auto& claim = shared.claims[which];
    if (!shared.lock.try_claim(claim)) return;
    shared.lock.lock_compiler(DirectWait{});
    if (!Lock::kParallelCompilation) shared.compiler.write();
    if (role == Role::meeting) {
      shared.arrived.fetch_add(1, std::memory_order_relaxed);
      ExplorerPlatform::await([&] { return shared.arrived.load(std::memory_order_relaxed) == 2; });
    }
    shared.functions[which].write();
    shared.lock.lock_metadata(DirectWait{});
    shared.metadata.write();
    shared.lock.unlock_metadata();
    shared.lock.unlock_compiler();
    shared.lock.release_claim(claim);
  }
  void finish() override {
    for (auto& claim : shared_->claims) {
      Engine::current()->check(shared_->lock.try_claim(claim), property::kQuiescence,
                               "afterwards, a claim is left over");
    }
  }

 private:
  struct Shared {
    Lock lock;
    std::array<ExplorerAtomic<std::uint32_t>, 2> claims;
    ExplorerAtomic<std::uint32_t> arrived{0};
    std::array<Sections, 2> functions;
    Sections compiler, metadata;
  };

  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
};

}  // namespace turnstile::kit
