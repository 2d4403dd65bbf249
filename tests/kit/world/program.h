// A handful of mutators that use a world lock, as a program for the explorer. Each thread has a role; what they read
// and write inside is race-checked, and what the lock promises about it is asserted on the spot.
#pragma once

#include <array>
#include <new>
#include <string>
#include <vector>

#include "policies/concepts.h"
#include "tests/kit/explorer_platform.h"
#include "tests/kit/properties.h"

namespace turnstile::kit {

enum class Role : std::uint8_t {
  reader,       ///< enter, read, leave
  twice,        ///< the same two times: what is left behind by the first shows in the second
  poller,       ///< enter, read, poll, read, leave
  waiter,       ///< running from the start: poll until a stop has been served, leave
  meeting,      ///< enter, wait for the others of this role, leave
  nested,       ///< enter, enter, read, leave, read, leave: what the contract forbids, if the lock allows it
  region,       ///< running from the start: leave, enter, read, leave
  writer,       ///< enter, stop, write, resume, leave
  stopper,      ///< running from the start: stop, write, resume, stop, write, resume, leave
  stop_once,    ///< running from the start: stop, resume, leave
  nester,       ///< enter, stop, leave and enter inside it, write, resume, leave
  promoter,     ///< enter, read, promote, write, demote, leave
  trier,        ///< enter, read, try to promote, write, demote, leave
  attacher,     ///< attach, enter, read, leave, detach
  idle,         ///< attached, and no more
  leaver,       ///< detach
  returner,     ///< detach, attach, detach
  host,         ///< running from the start: poll until all guests have been inside, leave
  guest,        ///< where one runs at a time: enter, write, leave
  relay,        ///< running from the start: poll until demanded, leave, enter: behind who demanded it; leave
  lender,       ///< running from the start: poll until stopped, work for the stop meanwhile, leave
  borrower,     ///< running from the start: stop, write, wait until all lenders have worked, write, resume, stop again
  shown,        ///< running from the start: stop, say so, resume, leave
  late_reader,  ///< once a poll shows that stop, or it says so: enter, not before it has; leave
  late_attacher,    ///< the same by attaching and detaching
  counter,          ///< enter, stop, count the attached twice, resume, leave
  requester,        ///< writes, then requests a poll; not attached
  requested,        ///< enter, poll until a request shows, read what the requester wrote
  answerer,         ///< enter, poll until the request has come, stopping meanwhile; leave, enter, read, leave
  last_user,        ///< attach, enter, the first of them stops, leave, detach; the last one destroys the lock
  parent,           ///< running from the start; forks when nothing moves any more
  sibling,          ///< enter, stop, resume, leave, and somewhere there the process forks
  stopping_parent,  ///< the same, exclusive when it forks
  young_sibling,    ///< attach, detach, and somewhere there the process forks
};

constexpr bool starts_attached(Role r) {
  return r != Role::attacher && r != Role::late_attacher && r != Role::requester && r != Role::last_user &&
         r != Role::young_sibling;
}
constexpr bool starts_running(Role r) {
  return r == Role::region || r == Role::stopper || r == Role::waiter || r == Role::stop_once || r == Role::parent ||
         r == Role::lender || r == Role::borrower || r == Role::shown || r == Role::host || r == Role::relay;
}
constexpr bool ends_attached(Role r) { return starts_attached(r) && r != Role::leaver && r != Role::returner; }

struct Scenario {
  const char* name;
  std::vector<Role> roles;
  const char* stuck_means = nullptr;  // the property that a deadlock violates here
};

template <class Lock>
class WorldProgram final : public Program {
 public:
  explicit WorldProgram(const Scenario& scenario) : scenario_(scenario), roles_(scenario.roles) {}

  struct Overtakes {
    int entries = 0;  // that began while a stop slept and were admitted before it
    int stops = 0;    // that began while an entry slept and were served before it
  };
  const Overtakes& overtakes() const { return overtakes_; }
  bool met() const { return met_; }
  bool promotion_interleaved() const { return promotion_interleaved_; }
  bool try_failed() const { return try_failed_; }

  int threads() const override { return static_cast<int>(roles_.size()); }

  void setup() override {
    Engine& engine = *Engine::current();
    shared_ = new (shared_memory_.data()) Shared;
    engine.name_region(&shared_->lock, sizeof shared_->lock, "lock");
    engine.name_region(&shared_->arrived, sizeof shared_->arrived, "arrived");
    engine.name_region(&shared_->offered, sizeof shared_->offered, "shown");
    bool running = false;
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      engine.name_region(&shared_->states[i], sizeof shared_->states[i], kThreadNames[i]);
      if (starts_attached(role(i))) shared_->lock.attach(shared_->states[i]);
      // Where one thread runs at a time, one of them starts so, and the others begin by entering.
      started_[i] = starts_running(role(i)) && (Lock::kParallelMutators || !running);
      if (started_[i]) shared_->lock.enter(shared_->states[i]);
      running |= started_[i];
    }
    sections_.fill({});
    lock_gone_ = false;
  }

  void run(int thread) override {
    const auto i = static_cast<std::size_t>(thread);
    Lock& lock = shared_->lock;
    auto& self = shared_->states[i];
    if (starts_running(role(i)) && !started_[i]) lock.enter(self);
    switch (role(i)) {
      case Role::reader:
        return visit(thread);
      case Role::twice:
        return visit(thread), visit(thread);
      case Role::poller:
        return visit(thread, true);
      case Role::waiter:
        return wait_for_stop(thread);
      case Role::meeting:
        return meet(thread);
      case Role::nested:
        enter(thread);
        lock.enter(self);
        read(thread);
        lock.leave(self);
        read(thread);
        return leave(thread);
      case Role::region:
        lock.leave(self);
        return visit(thread);
      case Role::writer:
        return write_once(thread);
      case Role::stopper:
        stop_and_write(thread);
        stop_and_write(thread);
        return lock.leave(self);
      case Role::stop_once:
        if (become_exclusive(thread)) resume(thread);
        return lock.leave(self);
      case Role::nester:
        return nest(thread);
      case Role::promoter:
        return promote(thread);
      case Role::trier:
        return try_to_promote(thread);
      case Role::attacher:
        Engine::current()->mark(kCalls);
        lock.attach(self);
        Engine::current()->mark(kReads);
        visit(thread);
        lock.detach(self);
        return destroy(self);
      case Role::idle:
        return;
      case Role::returner:
        lock.detach(self);
        lock.attach(self);
        [[fallthrough]];
      case Role::leaver:
        lock.detach(self);
        return destroy(self);
      case Role::lender:
        return lend(thread);
      case Role::borrower:
        return borrow(thread);
      case Role::host:
        return receive(thread);
      case Role::guest:
        enter(thread);
        write(thread, shared_->value + 1);
        shared_->arrived.fetch_add(1, std::memory_order_relaxed);
        return leave(thread);
      case Role::relay:
        wait_poll(thread);
        leave(thread);
        enter(thread);
        Engine::current()->check(read(thread) > 0, property::kProgress, "who demanded a turn was overtaken");
        return leave(thread);
      case Role::shown:
        if (become_exclusive(thread)) {
          shared_->offered.store(1, std::memory_order_relaxed);
          resume(thread);
        }
        return leave(thread);
      case Role::late_reader:
        await_shown_stop(thread);
        enter(thread);
        check_shown_stop();
        return leave(thread);
      case Role::late_attacher:
        await_shown_stop(thread);
        lock.attach(self);
        check_shown_stop();
        return lock.detach(self);
      case Role::counter:
        return count_attached(thread);
      case Role::requester:
        Engine::current()->note_access(shared_->message, true);
        shared_->offered.store(1, std::memory_order_relaxed);
        return lock.request_poll();
      case Role::requested:
        return answer_request(thread);
      case Role::answerer:
        enter(thread);
        do {
          outside(thread);
          wait_poll(thread);
          lock.clear_poll_request();
          lock.safepoint(self);
          inside(thread, kReads);
        } while (!has_shown());
        return leave(thread), visit(thread);
      case Role::last_user:
        return use_last(thread);
      case Role::parent:
        return;
      case Role::sibling:
        Engine::current()->may_vanish();
        lock.enter(self);
        if (lock.stop(self)) lock.resume(self);
        return lock.leave(self);
      case Role::young_sibling:
        Engine::current()->may_vanish();
        lock.attach(self);
        return lock.detach(self);
      case Role::stopping_parent:
        lock.enter(self);
        static_cast<void>(lock.stop(self));
        return;
    }
  }

  /// Everybody is done. The lock must be as good as new.
  void finish() override {
    if (lock_gone_) return;
    Engine& engine = *Engine::current();
    Lock& lock = shared_->lock;
    auto& self = shared_->states[0];
    const bool forked = role(0) == Role::parent || role(0) == Role::stopping_parent;
    std::size_t attached = 0;
    for (std::size_t i = 0; i < roles_.size(); ++i) attached += ends_attached(role(i)) ? 1u : 0u;
    if (forked) {
      lock.after_fork_in_child(self);
      engine.check(static_cast<std::size_t>(lock.attached()) == 1, property::kFork,
                   "the child has more than one thread");
      if (role(0) == Role::stopping_parent) lock.resume(self);
      lock.leave(self);
    } else {
      engine.check(static_cast<std::size_t>(lock.attached()) == attached, property::kAttachedCount,
                   "not each thread is counted once");
    }
    auto& fresh = shared_->states[kMaxThreads - 1];
    lock.attach(fresh);
    lock.enter(fresh);
    if (Lock::kCanStopMany) {
      engine.check(lock.try_promote(fresh), forked ? property::kFork : property::kQuiescence,
                   "afterwards, a lone thread cannot become exclusive");
      lock.demote(fresh);
    }
    bool tries = false;
    for (const Role r : roles_) {
      tries |= r == Role::trier;
      if (r == Role::answerer) lock.clear_poll_request();  // it may have left before the request came
    }
    engine.check(!poll(fresh), tries ? property::kFailedTry : property::kQuiescence,
                 "afterwards, a poll fires for nothing");
    lock.leave(fresh);
    lock.detach(fresh);
    if (!forked) {
      for (std::size_t i = 0; i < roles_.size(); ++i) {
        if (ends_attached(role(i))) lock.detach(shared_->states[i]);
      }
    }
    engine.check(static_cast<std::size_t>(lock.attached()) == (forked ? 1u : 0u), property::kAttachedCount,
                 "threads are left over");
    engine.check(!engine.mutex_is_held(), forked ? property::kFork : property::kQuiescence, "a mutex is left locked");
  }

  const char* mark_name(int mark) const override {
    constexpr const char* kNames[] = {nullptr, "calls", "inside", "exclusive", "outside", "calls stop"};
    return kNames[mark];
  }

  /// Of complete executions: what overtook what (observe.h).
  void observe(Engine& engine);

  const char* stuck_means() const { return scenario_.stuck_means; }

 private:
  using Platform = ExplorerPlatform;
  struct Shared {
    Lock lock;
    std::array<typename Lock::ThreadState, kMaxThreads> states;
    Platform::atomic<std::uint32_t> arrived{0}, users{0}, offered{0}, worked{0};
    Accesses data, message, work;
    int value = 0;            // guarded by data's accesses
    bool unfinished = false;  // likewise: between the two writes of a stop
  };
  /// A thread's last time inside: its events, for telling what kind of violation a conflict is.
  struct Section {
    Stamp begin = kNone, end = kNone;
  };
  enum Mark { kCalls = 1, kReads, kExclusive, kOut, kCallsStop };

  Role role(std::size_t i) const { return roles_[i]; }

  // What happens inside.
  int read(int thread) {
    access(thread, false);
    Engine::current()->check(!shared_->unfinished, property::kExclusion, "a stop is in the middle of its work");
    return shared_->value;
  }
  void write(int thread, int value) { access(thread, true), shared_->value = value; }
  void access(int thread, bool write) {
    Engine& engine = *Engine::current();
    const int other = engine.conflict(shared_->data, write);
    if (other < 0) return engine.note_access(shared_->data, write);
    const Section &mine = sections_[static_cast<std::size_t>(thread)],
                  &theirs = sections_[static_cast<std::size_t>(other)];
    // Could both be inside at once? Yes, if the other's end may come after this one's beginning.
    bool together = theirs.end == kNone || mine.begin == kNone;
    if (!together) {
      const std::array<Stamp, 2> order{mine.begin, theirs.end};
      together = engine.consistency().allows(engine.graph(), &order, 1) ||
                 !engine.consistency().allows(engine.graph(), &order, 0);  // no order of events explains this at all
    }
    engine.fail(together ? property::kExclusion : property::kHappensBefore,
                together ? "thread %d %s inside, and thread %d is inside too"
                         : "thread %d %s inside, but that thread %d has left does not happen before it",
                thread, write ? "writes" : "reads", other);
  }
  void inside(int thread, Mark mark) {
    sections_[static_cast<std::size_t>(thread)] = {Engine::current()->mark(mark), kNone};
  }
  void outside(int thread) { sections_[static_cast<std::size_t>(thread)].end = Engine::current()->mark(kOut); }
  void enter(int thread) {
    Engine::current()->mark(kCalls);
    shared_->lock.enter(state(thread));
    inside(thread, kReads);
  }
  void leave(int thread) {
    outside(thread);
    shared_->lock.leave(state(thread));
  }
  auto& state(int thread) { return shared_->states[static_cast<std::size_t>(thread)]; }
  bool poll_fires(typename Lock::ThreadState& self) {
    const PollWord poll = shared_->lock.poll_word(self);
    return poll.word != nullptr && (Platform::poll(poll.word) & poll.mask) != 0;
  }
  bool poll(typename Lock::ThreadState& self) {
    const bool fires = poll_fires(self);
    if (fires) shared_->lock.safepoint(self);
    return fires;
  }

  void visit(int thread, bool polls = false) {
    enter(thread);
    read(thread);
    if (polls) {
      outside(thread);
      poll(state(thread));
      inside(thread, kReads);
    }
    read(thread);
    leave(thread);
  }
  bool become_exclusive(int thread) {
    outside(thread);
    Engine::current()->mark(kCallsStop);
    const bool stopped = shared_->lock.stop(state(thread));
    inside(thread, stopped ? kExclusive : kReads);
    return stopped;
  }
  void resume(int thread) {
    outside(thread);
    shared_->lock.resume(state(thread));
    inside(thread, kReads);
  }
  void stop_and_write(int thread) {
    if (!become_exclusive(thread)) return;
    write(thread, shared_->value + 1);
    shared_->unfinished = true;
    poll(state(thread));  // an exclusive thread may poll
    write(thread, shared_->value + 1);
    shared_->unfinished = false;
    resume(thread);
  }
  void write_once(int thread) {
    enter(thread);
    stop_and_write(thread);
    read(thread);
    leave(thread);
  }
  void nest(int thread) {
    enter(thread);
    if (become_exclusive(thread)) {
      write(thread, thread + 1);
      shared_->lock.leave(state(thread));
      shared_->lock.enter(state(thread));
      Engine::current()->check(read(thread) == thread + 1, property::kNesting, "a region inside a stop let others in");
      write(thread, 0);
      resume(thread);
    }
    leave(thread);
  }
  void promote(int thread) {
    enter(thread);
    const int before = read(thread);
    outside(thread);
    Engine::current()->mark(kCallsStop);
    const Promotion how = shared_->lock.promote(state(thread));
    inside(thread, kExclusive);
    promotion_interleaved_ |= how == Promotion::interleaved;
    if (Lock::kCanStopMany) {
      const int now = read(thread);
      Engine::current()->check(how == Promotion::interleaved || now == before, property::kPromotion,
                               "promote() said atomic, but somebody wrote in between");
      write(thread, now + 1);
      outside(thread);
      shared_->lock.demote(state(thread));
      inside(thread, kReads);
      Engine::current()->check(read(thread) == now + 1, property::kPromotion, "demote() gave up the read");
    }
    leave(thread);
  }
  void try_to_promote(int thread) {
    enter(thread);
    const int before = read(thread);
    outside(thread);
    const bool promoted = shared_->lock.try_promote(state(thread));
    inside(thread, promoted ? kExclusive : kReads);
    try_failed_ |= !promoted;
    if (promoted) {
      Engine::current()->check(read(thread) == before, property::kOnePromoter, "another promoter wrote in between");
      write(thread, before + 1);
      outside(thread);
      shared_->lock.demote(state(thread));
      inside(thread, kReads);
    }
    read(thread);
    leave(thread);
  }
  void count_attached(int thread) {
    enter(thread);
    if (become_exclusive(thread)) {
      const auto before = shared_->lock.attached();
      poll(state(thread));
      write(thread, 1);
      Engine::current()->check(shared_->lock.attached() == before, property::kAttachedCount,
                               "a thread attached during a stop");
      resume(thread);
    }
    leave(thread);
  }
  void wait_for_stop(int thread) {
    wait_poll(thread);
    shared_->lock.safepoint(state(thread));
    inside(thread, kReads);
    read(thread);
    leave(thread);
  }
  void receive(int thread) {
    std::uint32_t guests = 0;
    for (const Role r : roles_) guests += r == Role::guest ? 1u : 0u;
    for (;;) {
      bool all = false;
      Platform::await([&] {
        all = shared_->arrived.load(std::memory_order_relaxed) == guests;
        return all || poll_fires(state(thread));
      });
      if (all) return leave(thread);
      outside(thread);
      shared_->lock.safepoint(state(thread));
      inside(thread, kReads);
    }
  }
  void meet(int thread) {
    enter(thread);
    shared_->arrived.fetch_add(1, std::memory_order_relaxed);
    Platform::await([&] { return shared_->arrived.load(std::memory_order_relaxed) == roles_.size(); });
    met_ = true;
    leave(thread);
  }
  void answer_request(int thread) {
    enter(thread);
    wait_poll(thread);
    shared_->lock.clear_poll_request();
    Engine::current()->check(Engine::current()->conflict(shared_->message, false) < 0, property::kPollVisible,
                             "a request overtook what preceded it");
    leave(thread);
  }
  /// A thread's state goes with the thread.
  void destroy(typename Lock::ThreadState& state) {
    using State = typename Lock::ThreadState;
    state.~State();
  }
  void wait_poll(int thread) {
    Platform::await([&] { return poll_fires(state(thread)); });
  }
  void await_shown_stop(int thread) {
    Platform::await([&] { return poll_fires(state(thread)) || has_shown(); });
  }
  /// That the stop is exclusive, or the request made.
  bool has_shown() { return shared_->offered.load(std::memory_order_relaxed) != 0; }
  void check_shown_stop() {
    Engine::current()->check(has_shown(), property::kPreference, "a stop was overtaken by who saw that it waits");
  }
  /// The stop cannot have come and gone without this running thread, so its work is asked for.
  void lend(int thread) {
    if constexpr (LendingWorldLock<Lock>) {
      int times = 0;
      wait_poll(thread);
      shared_->lock.safepoint(state(thread), [&] {
        ++times;
        Platform::await([&] { return shared_->offered.load(std::memory_order_acquire) != 0; });
        Engine& engine = *Engine::current();
        engine.check(engine.conflict(shared_->data, false) < 0, property::kLending,
                     "a lent thread works, and what was written before the work was offered does not precede it");
        engine.note_access(shared_->data, false);
        shared_->worked.fetch_add(1, std::memory_order_release);
        engine.note_access(shared_->work, true);  // it may go on longer than the stop
      });
      Engine::current()->check(times == 1, property::kLending, "a stopped thread did not work once");
      inside(thread, kReads);
      read(thread);
      leave(thread);
    }
  }
  void borrow(int thread) {
    if constexpr (LendingWorldLock<Lock>) {
      Engine& engine = *Engine::current();
      std::uint32_t lenders = 0;
      for (const Role r : roles_) lenders += r == Role::lender ? 1u : 0u;
      become_exclusive(thread);
      write(thread, 1);
      shared_->offered.store(1, std::memory_order_release);
      shared_->lock.safepoint(state(thread),
                              [&] { engine.fail(property::kLending, "the exclusive thread is lent out"); });
      Platform::await([&] { return shared_->worked.load(std::memory_order_acquire) == lenders; });
      write(thread, 2);
      resume(thread);
      become_exclusive(thread);
      engine.check(engine.conflict(shared_->work, true) < 0, property::kLending,
                   "a stop did not wait for a thread that was still at work for the stop before");
      resume(thread);
      leave(thread);
    }
  }
  void use_last(int thread) {
    shared_->lock.attach(state(thread));
    shared_->lock.enter(state(thread));
    if (thread == 0 && shared_->lock.stop(state(thread))) shared_->lock.resume(state(thread));
    shared_->lock.leave(state(thread));
    shared_->lock.detach(state(thread));
    destroy(state(thread));
    if (shared_->users.fetch_add(1, std::memory_order_acq_rel) + 1 != roles_.size()) return;
    shared_->lock.~Lock();
    lock_gone_ = true;
  }

  static constexpr const char* kThreadNames[] = {"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"};

  Scenario scenario_;
  std::vector<Role> roles_;
  alignas(128) std::array<std::byte, sizeof(Shared)> shared_memory_;
  Shared* shared_ = nullptr;
  std::array<Section, kMaxThreads> sections_;
  std::array<bool, kMaxThreads> started_{};
  Overtakes overtakes_;
  bool met_ = false, lock_gone_ = false, promotion_interleaved_ = false, try_failed_ = false;
};

}  // namespace turnstile::kit
