// threading.Barrier.
//
//   filling --last party arrives--> acting --action done--> draining --all left--> filling
//   filling, acting --abort(), timeout, interrupt, failed action--> broken --reset()--> filling, or
//   any with parties waiting --reset()--> resetting --all left--> filling
#include <string>

#include "core/exceptions.h"
#include "core/modules/native_support.h"
#include "core/modules/program_threads.h"
#include "core/ops.h"

namespace turnstile {

namespace {

enum class BarrierState : std::uint8_t { filling, acting, draining, resetting, broken };

// refs[0]: the action. All fields are guarded by arrived.mutex.
struct BarrierCore {
  WaitQueue arrived;   // parties that wait for the last one
  WaitQueue entering;  // parties of the next round; guarded by arrived.mutex, its own mutex is not used
  std::int64_t parties = 0;
  std::int64_t count = 0;
  BarrierState state = BarrierState::filling;

  bool open() const { return state != BarrierState::filling && state != BarrierState::acting; }
  void change(BarrierState next) {
    state = next;
    arrived.wake_all();
    entering.wake_all();
  }
  void leave() {
    if (--count == 0 && (state == BarrierState::draining || state == BarrierState::resetting)) {
      change(BarrierState::filling);
    }
  }
};

Value broken_barrier(Mutator& m) {
  Value e = call(m, Value::object(m.runtime->threads->broken_barrier_error), {});
  return e.is_empty() ? e : raise_value(m, e);
}

Value interrupted(Mutator& m) {
  m.runtime->deliver_interrupt(m);
  return Value();
}

Value barrier_new(Mutator& m, Type* cls, const CallArgs&) {
  NativeObject* self = new_native<BarrierCore>(m, cls, true);
  return self == nullptr ? Value() : Value::object(self);
}

bool barrier_init(Mutator& m, Value self, const CallArgs& args) {
  Value bound[3];
  std::int64_t parties;
  if (!bind_init(m, args, "Barrier.__init__", {"parties", "action", "timeout"}, bound, 1) ||
      !to_index(m, bound[0], &parties)) {
    return false;
  }
  auto& barrier = payload<BarrierCore>(self);
  if (!bound[1].is_empty() && !bound[1].is_none()) self.as<NativeObject>()->refs[0].store(bound[1]);
  if (!bound[2].is_empty()) self.as<NativeObject>()->refs[1].store(bound[2]);
  std::scoped_lock lock(barrier.arrived.mutex);
  barrier.parties = parties;
  return true;
}

// The last party: runs the action while the others stay asleep. Its place is counted until leave().
bool act(Mutator& m, Value self) {
  auto& barrier = payload<BarrierCore>(self);
  Value action = self.as<NativeObject>()->refs[0].load();
  const bool done = action.is_empty() || !call(m, action, {}).is_empty();
  std::scoped_lock lock(barrier.arrived.mutex);
  const bool undisturbed = barrier.state == BarrierState::acting;
  if (!done) {
    barrier.change(BarrierState::broken);
  } else if (undisturbed) {
    barrier.change(BarrierState::draining);
  }
  barrier.leave();
  return done;
}

Value barrier_wait(Mutator& m, const CallArgs& args) {
  Value timeout;
  Deadline deadline;
  if (!bind_python(m, args, "Barrier.wait", {"timeout"}, &timeout)) return Value();
  if (timeout.is_empty() || timeout.is_none()) timeout = args[0].as<NativeObject>()->refs[1].load();
  if (!deadline_after(m, timeout, &deadline)) return Value();
  auto& barrier = payload<BarrierCore>(args[0]);
  std::unique_lock lock(barrier.arrived.mutex);
  while (barrier.state != BarrierState::filling && barrier.state != BarrierState::broken) {
    if (barrier.entering.wait(m, lock) != WaitResult::interrupted) continue;
    lock.unlock();
    return interrupted(m);
  }
  if (barrier.state == BarrierState::broken) {
    lock.unlock();
    return broken_barrier(m);
  }
  const std::int64_t index = barrier.count++;
  if (index + 1 == barrier.parties) {
    barrier.state = BarrierState::acting;
    lock.unlock();
    return act(m, args[0]) ? make_int(m, index) : Value();
  }
  WaitResult result = WaitResult::woken;
  bool expired = false;
  while (!barrier.open()) {
    // A party that is late only because the action runs is not late.
    result = barrier.arrived.wait(m, lock, expired ? kNoDeadline : deadline);
    if (result == WaitResult::interrupted) break;
    expired = expired || result == WaitResult::timed_out;
    if (expired && barrier.state == BarrierState::filling) barrier.change(BarrierState::broken);
  }
  const bool stopped = result == WaitResult::interrupted;
  if (stopped && !barrier.open()) barrier.change(BarrierState::broken);
  const bool passed = barrier.state == BarrierState::draining;
  barrier.leave();
  lock.unlock();
  if (stopped) return interrupted(m);
  return passed ? make_int(m, index) : broken_barrier(m);
}

Value barrier_reset(Mutator&, const CallArgs& args) {
  auto& barrier = payload<BarrierCore>(args[0]);
  std::scoped_lock lock(barrier.arrived.mutex);
  if (barrier.count == 0) {
    barrier.change(BarrierState::filling);
  } else if (barrier.state != BarrierState::draining) {
    barrier.change(BarrierState::resetting);
  }
  return Value::none();
}

Value barrier_abort(Mutator&, const CallArgs& args) {
  auto& barrier = payload<BarrierCore>(args[0]);
  std::scoped_lock lock(barrier.arrived.mutex);
  barrier.change(BarrierState::broken);
  return Value::none();
}

Value barrier_parties(Mutator& m, const CallArgs& args) { return make_int(m, payload<BarrierCore>(args[0]).parties); }

std::int64_t waiting_parties(BarrierCore& barrier) {
  std::scoped_lock lock(barrier.arrived.mutex);
  return barrier.state == BarrierState::filling ? barrier.count : 0;
}

bool is_broken(BarrierCore& barrier) {
  std::scoped_lock lock(barrier.arrived.mutex);
  return barrier.state == BarrierState::broken;
}

Value barrier_n_waiting(Mutator& m, const CallArgs& args) {
  return make_int(m, waiting_parties(payload<BarrierCore>(args[0])));
}

Value barrier_broken(Mutator&, const CallArgs& args) {
  return Value::boolean(is_broken(payload<BarrierCore>(args[0])));
}

Value barrier_repr(Mutator& m, Value self) {
  auto& barrier = payload<BarrierCore>(self);
  const std::string state = is_broken(barrier) ? "broken"
                                               : "waiters=" + std::to_string(waiting_parties(barrier)) + "/" +
                                                     std::to_string(barrier.parties);
  Str* s = make_str(m, "<threading.Barrier at " + address_of(self) + ": " + state + ">");
  return s == nullptr ? Value() : Value::object(s);
}

constexpr TypeSlots kSlots = [] {
  TypeSlots s;
  s.repr = barrier_repr;
  s.hash = hash_by_identity;
  s.new_object = barrier_new;
  s.init = barrier_init;
  return s;
}();

const NativeDef kMethods[] = {
    {"wait", barrier_wait, 1, -1, true}, {"reset", barrier_reset, 1, 1}, {"abort", barrier_abort, 1, 1}};
const NativeDef kGetters[] = {
    {"parties", barrier_parties, 1, 1}, {"n_waiting", barrier_n_waiting, 1, 1}, {"broken", barrier_broken, 1, 1}};

}  // namespace

bool make_barrier_type(Mutator& m, ProgramThreads& t) {
  TypeSpec spec{"Barrier", &kSlots, kMethods, Kind::native_object, kBaseType};
  spec.getters = kGetters;
  t.barrier = define_module_type(m, "threading", spec);
  t.broken_barrier_error = define_exception(m, "threading", "BrokenBarrierError", m.runtime->exceptions.RuntimeError);
  return t.barrier != nullptr && t.broken_barrier_error != nullptr;
}

}  // namespace turnstile
