// The kit of the ObjectLock axis: exclusion and happens-before for one object and for two, no deadlock whatever the
// order, no lost wake, waits only in a region, generated code's fast path where the header has a byte for it.
#pragma once

#include <array>

#include "tests/kit/axes/explore.h"

namespace turnstile::kit {

/// Sleeping outside of a blocking region is a violation.
struct RegionPlatform : ExplorerPlatform {
  static bool park(const atomic<std::uint32_t>& word, std::uint32_t expected, Deadline deadline = kNoDeadline,
                   SourceLocation at = SourceLocation::current()) {
    check_region();
    return ExplorerPlatform::park(word, expected, deadline, at);
  }
  template <class Done>
  static std::uint32_t park_until(const atomic<std::uint32_t>& word, std::memory_order order, Done&& done,
                                  SourceLocation at = SourceLocation::current()) {
    check_region();
    return ExplorerPlatform::park_until(word, order, done, kNoDeadline, at);
  }
  /// By thread, after one for what happens before the threads start.
  static inline thread_local std::array<bool, kMaxThreads + 1> in_region{};
  static bool& region_of_thread() { return in_region[static_cast<std::size_t>(Engine::current()->thread() + 1)]; }

 private:
  static void check_region() {
    Engine& engine = *Engine::current();
    if (engine.thread() < 0) return;  // before the threads start: whoever waited there would be a deadlock
    engine.check(region_of_thread(), property::kRegion, "a thread sleeps where it cannot be stopped");
  }
};

}  // namespace turnstile::kit

namespace turnstile {

template <>
class ABSL_LOCKABLE PlatformMutex<kit::RegionPlatform> : public PlatformMutex<kit::ExplorerPlatform> {};

}  // namespace turnstile

namespace turnstile::kit {

enum class ObjectRole : std::uint8_t {
  first,      ///< locks object a, writes it, unlocks it
  again,      ///< twice
  second,     ///< the same with object b
  both,       ///< lock_two(a, b)
  reversed,   ///< lock_two(b, a)
  same,       ///< lock_two(a, a)
  generated,  ///< as generated code: 0 -> 1 and 1 -> 0 by compare-and-swap, the slow path where that fails
};

/// `Lock` over RegionPlatform.
template <class Lock>
class ObjectProgram final : public Program {
 public:
  using Role = ObjectRole;
  static std::vector<AxisScenario<Role>> scenarios() {
    using enum ObjectRole;
    std::vector<AxisScenario<Role>> list = {
        {"2 on one object", {first, first}},
        {"one twice", {again, first}},
        {"two objects, crossed", {both, reversed}},
        {"two objects and one", {both, first}},
        {"the same twice", {same, first}},
        {"3 on one object", {first, first, first}},
        {"two objects, and one each", {both, first, second}},
    };
    if (Lock::kHeaderByte) list.push_back({"beside generated code", {generated, first}});
    return list;
  }
  explicit ObjectProgram(std::vector<Role> roles) : roles_(std::move(roles)) {}

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    RegionPlatform::in_region.fill(false);
    Engine::current()->name_region(&shared_->lock, sizeof shared_->lock, "lock");
    Engine::current()->name_region(&shared_->a, sizeof shared_->a, "a");
    Engine::current()->name_region(&shared_->b, sizeof shared_->b, "b");
  }
  void run(int thread) override {
    switch (roles_[static_cast<std::size_t>(thread)]) {
      case Role::first:
        return once(shared_->a);
      case Role::again:
        return once(shared_->a), once(shared_->a);
      case Role::second:
        return once(shared_->b);
      case Role::both:
        return two(shared_->a, shared_->b);
      case Role::reversed:
        return two(shared_->b, shared_->a);
      case Role::same:
        return two(shared_->a, shared_->a);
      case Role::generated:
        return fast();
    }
  }
  void finish() override {
    Engine& engine = *Engine::current();
    engine.check(shared_->a.byte.load(std::memory_order_relaxed) == 0, property::kQuiescence,
                 "afterwards, the object is not free");
    two(shared_->a, shared_->b);
  }

 private:
  struct alignas(16) Object {
    typename Lock::Byte byte{0};
    Sections data;
  };
  struct Shared {
    Lock lock;
    Object a, b;
  };
  /// A blocking region.
  static void wait(auto&& inside) {
    bool& flag = RegionPlatform::region_of_thread();
    flag = true;
    inside();
    flag = false;
  }
  static constexpr auto kWait = [](auto&& inside) { wait(inside); };

  void once(Object& object) {
    shared_->lock.lock(object.byte, kWait);
    object.data.write();
    shared_->lock.unlock(object.byte);
  }
  void two(Object& x, Object& y) {
    shared_->lock.lock_two(x.byte, y.byte, kWait);
    x.data.write();
    if (&x != &y) y.data.write();
    shared_->lock.unlock_two(x.byte, y.byte);
  }
  void fast() {
    auto& byte = shared_->a.byte;
    std::uint8_t free = 0, held = 1;
    if (!byte.compare_exchange_strong(free, 1, std::memory_order_acquire, std::memory_order_relaxed)) {
      shared_->lock.lock(byte, kWait);
    }
    shared_->a.data.write();
    if (!byte.compare_exchange_strong(held, 0, std::memory_order_release, std::memory_order_relaxed)) {
      shared_->lock.unlock(byte);
    }
  }

  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
};

}  // namespace turnstile::kit
