// The kit of object locks whose objects are biased to threads: an object that was born to one of them, its owner and
// others that take it over; and threads that know of no owner.
#pragma once

#include "tests/kit/axes/object_lock.h"

namespace turnstile::kit {

enum class BiasedRole : std::uint8_t {
  owner,         ///< made the object: locks, writes, unlocks
  owner_twice,   ///< two times
  owner_of_two,  ///< and then another object of its own, too
  owner_nested,  ///< the other one inside of the first
  owner_inline,  ///< owner, by generated code alone: nothing where the object is not its own any more
  leaver,        ///< owner, then detaches
  worn,          ///< locks the other one; the next takeover of one of its objects retires it
  worn_returns,  ///< detaches and attaches before
  other,         ///< the same as a thread that owns other objects
  other_twice,
  taker,       ///< other, but stopped behind its takeover, for the rest of the scenario
  worn_taker,  ///< taker; the next takeover of its own object retires it
  retirer,     ///< stranger: the worn taker's object, then the other
  newcomer,    ///< attaches, locks what belonged to another, and an object of its own
  stranger,    ///< lock(byte): no owner at hand
  stranger_of_two,
  stranger_of_other,  ///< of the other object alone
  both,               ///< lock_two with an object that was born ordinary
};

/// `Lock` over RegionPlatform, for three threads that own objects, no more. `wear`: takeovers until it retires an
/// owner. `large`: scenarios of seconds, too.
template <class Lock, int wear, bool large = false>
class BiasedObjectProgram final : public Program {
 public:
  using Role = BiasedRole;
  static std::vector<AxisScenario<Role>> scenarios() {
    using enum BiasedRole;
    std::vector<AxisScenario<Role>> list = {{"owner, other", {owner, other}},
                                            {"owner, stranger", {owner, stranger}},
                                            {"owner twice, stranger", {owner_twice, stranger}},
                                            {"owner, two objects", {owner, both}},
                                            {"2 others", {other, other}},
                                            {"other, stranger", {other, stranger}}};
    list.insert(list.end(), {{"owner of two, stranger", {owner_of_two, stranger}},
                             {"owner inside twice, stranger", {owner_nested, stranger}},
                             {"owner leaves, newcomer", {leaver, newcomer}},
                             {"owner is retired", {worn, stranger_of_two}},
                             {"owner is retired while it leaves", {worn_returns, stranger_of_two}},
                             {"inline owner, taker, stranger", {owner_inline, taker, stranger}},
                             {"inline owner, taker that is retired, stranger", {owner_inline, worn_taker, retirer}}});
    if (large) {
      list.push_back({"owner, taker, stranger", {owner, taker, stranger}});
      list.push_back({"owner, 2 strangers", {owner, stranger, stranger}});
      list.push_back({"owner, other, stranger", {owner, other, stranger}});
      list.push_back({"owner twice, other", {owner_twice, other}});
      list.push_back({"owner, other twice", {owner, other_twice}});
      list.push_back({"owner leaves, newcomer, stranger", {leaver, newcomer, stranger}});
      list.push_back({"owner is retired, 2 strangers", {worn, stranger_of_two, stranger}});
      list.push_back({"owner is retired, strangers of one object each", {worn, stranger, stranger_of_other}});
    }
    return list;
  }
  explicit BiasedObjectProgram(std::vector<Role> roles) : roles_(std::move(roles)) {}

  int threads() const override { return static_cast<int>(roles_.size()); }
  void setup() override {
    shared_ = new (memory_.data()) Shared;
    RegionPlatform::in_region.fill(false);
    Engine::current()->name_region(&shared_->lock, sizeof shared_->lock, "lock");
    Engine::current()->name_region(&shared_->a, sizeof shared_->a, "a");
    for (auto& owner : owners_) owner = &shared_->lock.attach();
    // Born to the first thread, or to one that does nothing.
    const bool owned = roles_[0] <= Role::worn_returns;
    if (roles_[0] == Role::worn || roles_[0] == Role::worn_returns) wear_out(*owners_[0]);
    if (roles_[1] == Role::worn_taker) {
      wear_out(*owners_[1]);
      bear(shared_->b, *owners_[1]);
    }
    bear(shared_->a, *owners_[owned ? 0 : 2]);
    bear(shared_->c, *owners_[0]);
  }
  void run(int thread) override {
    auto& me = *owners_[static_cast<std::size_t>(thread)];
    Lock& lock = shared_->lock;
    switch (roles_[static_cast<std::size_t>(thread)]) {
      case Role::owner_twice:
      case Role::other_twice:
        once(me, shared_->a);
        return once(me, shared_->a);
      case Role::owner_of_two:
        once(me, shared_->a);
        return once(me, shared_->c);
      case Role::worn:
        return once(me, shared_->c);
      case Role::worn_returns:
        lock.detach(me);
        return once(lock.attach(), shared_->c);
      case Role::owner_nested:
        lock.lock(me, shared_->a.byte, kWait);
        once(me, shared_->c);
        shared_->a.data.write();
        return lock.unlock(me, shared_->a.byte);
      case Role::owner_inline:
        return once_inline(me);
      case Role::leaver:
        once(me, shared_->a);
        return lock.detach(me);
      case Role::taker:
      case Role::worn_taker:
        return take_over(me);
      case Role::retirer:
        once(shared_->b);
        return once(shared_->a);
      case Role::newcomer: {
        auto& new_me = lock.attach();
        bear(shared_->b, new_me);
        once(new_me, shared_->a);
        once(new_me, shared_->c);
        return once(new_me, shared_->b);
      }
      case Role::owner:
      case Role::other:
        return once(me, shared_->a);
      case Role::stranger:
        return once(shared_->a);
      case Role::stranger_of_two:
        once(shared_->a);
        return once(shared_->c);
      case Role::stranger_of_other:
        return once(shared_->c);
      case Role::both:
        lock.lock_two(shared_->b.byte, shared_->a.byte, kWait);
        shared_->a.data.write();
        shared_->b.data.write();
        return lock.unlock_two(shared_->b.byte, shared_->a.byte);
    }
  }
  void finish() override {
    const auto byte = shared_->a.byte.load(std::memory_order_relaxed);
    Engine::current()->check(byte == 0 || (byte & 0x80) != 0, property::kQuiescence,
                             "afterwards, the object is not free");
    once(shared_->a);
  }

 private:
  struct alignas(16) Object {
    typename Lock::Byte byte{0};
    Sections data;
  };
  struct Shared {
    Lock lock;
    Object a, b, c;
  };
  static constexpr auto kWait = [](auto&& inside) {
    bool& flag = RegionPlatform::region_of_thread();
    flag = true;
    inside();
    flag = false;
  };
  void once(Object& object) {
    shared_->lock.lock(object.byte, kWait);
    object.data.write();
    shared_->lock.unlock(object.byte);
  }
  struct Stopped {};
  void take_over(typename Lock::Owner& me) {
    try {
      shared_->lock.lock(me, shared_->a.byte, [&](auto&& inside) {
        const bool biased = (shared_->a.byte.load(std::memory_order_relaxed) & 0x80) != 0;
        kWait(inside);
        if (biased) throw Stopped{};
      });
    } catch (const Stopped&) {
      return;
    }
    shared_->a.data.write();
    shared_->lock.unlock(me, shared_->a.byte);
  }
  void once_inline(typename Lock::Owner& me) {
    bool entered = false;
    if constexpr (requires { me.enter(shared_->a.byte); }) {
      entered = me.enter(shared_->a.byte);
    } else {
      entered = shared_->lock.enter(me, shared_->a.byte);
    }
    if (!entered) return;
    shared_->a.data.write();
    shared_->lock.unlock(me, shared_->a.byte);
  }
  void wear_out(typename Lock::Owner& owner) {
    for (int i = 1; i < wear; ++i) {
      bear(shared_->a, owner);
      shared_->lock.lock(shared_->a.byte, kWait);
      shared_->lock.unlock(shared_->a.byte);
    }
  }
  static void bear(Object& object, typename Lock::Owner& maker) {
    object.byte.store(maker.birth.load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  void once(typename Lock::Owner& me, Object& object) {
    shared_->lock.lock(me, object.byte, kWait);
    object.data.write();
    shared_->lock.unlock(me, object.byte);
  }

  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> memory_;
  Shared* shared_ = nullptr;
  std::array<typename Lock::Owner*, 3> owners_{};
};

}  // namespace turnstile::kit
