// What the platform's operations are made of: reads and writes of locations, and a wait queue beside each word that can
// be parked on. A queue is a location too: a bit for each thread that sleeps. Parking is one look at the queue, one at
// the word and one update of the queue, which commit together; unparking is an update of the queue. The queue orders
// nothing but its word: who parks after an unpark sees the word at least as new as the unparker had seen it.
#include <bit>
#include <cstdio>

#include "tests/kit/engine/engine.h"

namespace turnstile::kit {
namespace {

Order weaker(Order order, Place place) {
  switch (order) {
    case Order::seq_cst:
      return place == Place::load ? Order::acquire : place == Place::store ? Order::release : Order::acq_rel;
    case Order::acq_rel:
      return Order::acquire;  // and release: the caller tries both
    default:
      return Order::relaxed;
  }
}

}  // namespace

std::uint64_t Operation::result(std::uint64_t value) const {
  switch (op) {
    case Op::add:
      return (value + operand) & mask;
    case Op::sub:
      return (value - operand) & mask;
    case Op::and_:
      return value & operand;
    case Op::or_:
      return value | operand;
    case Op::xor_:
      return value ^ operand;
    case Op::sleep:
      return value | operand;
    case Op::wake:
      return 0;
    default:
      return operand;
  }
}

int Engine::new_location(std::uint64_t initial, const void* address) {
  int location;
  if (running_ < 0) {
    location = next_location_;
    next_location_ += 2;
    if (next_location_ > kMaxLocations - 16 * kMaxThreads) fail("limits", "too many atomics");
  } else {
    // Made by a thread: its name must not depend on what other threads make meanwhile.
    int& made = thread_locations_[static_cast<std::size_t>(running_)];
    if (made >= 16) fail("limits", "a thread made too many atomics");
    location = kMaxLocations - 16 * (running_ + 1) + made;
    made += 2;
    graph_.use_location(location + 1);
  }
  locations_[static_cast<std::size_t>(location)] = {initial, address, false};
  locations_[static_cast<std::size_t>(location + 1)] = {0, address, false};
  return location;
}

void Engine::destroy_location(int location, std::source_location) {
  if (running_ < 0 || ended_) return;
  for (Stamp s = graph_.chain_of(location); s != kNone; s = graph_.at(s).chain) {
    if (replayed_[static_cast<std::size_t>(s)] && !Graph::before(graph_.at(s), self().hb)) {
      fail("use_after_destroy", "a lock is destroyed while thread %d uses it", int{graph_.at(s).thread});
    }
  }
  locations_[static_cast<std::size_t>(location)].destroyed = true;
}

bool Engine::mutex_is_held() const {
  for (const int mutex : mutexes_) {
    if (locations_[static_cast<std::size_t>(mutex)].destroyed) continue;
    if (value_at(graph_, mutex, graph_.last_of(mutex)) != 0) return true;
  }
  return false;
}

void Engine::check_alive(int location, const char* what) {
  if (locations_[static_cast<std::size_t>(location)].destroyed) {
    fail("use_after_destroy", "%s of a lock that has been destroyed", what);
  }
}

std::uint64_t Engine::access(int location, const Operation& wanted) {
  Location& l = locations_[static_cast<std::size_t>(location)];
  if (running_ < 0) {  // before the threads, or after them
    const std::uint64_t value =
        graph_.size == 0 || !extending_ ? l.initial : value_at(graph_, location, graph_.last_of(location));
    if (wanted.writes(value) && !extending_) l.initial = wanted.op == Op::store ? wanted.operand : wanted.result(value);
    return value;
  }
  check_alive(location, "use");
  if (!options_.mutation.active()) return perform(location, wanted);
  Operation operation = wanted;
  const Place place = operation.op == Op::load ? Place::load : operation.op == Op::store ? Place::store : Place::update;
  if (options_.mutation.collect != nullptr) {
    options_.mutation.collect->insert({operation.at.file_name(), operation.at.line(), operation.at.column(), place,
                                       static_cast<int>(operation.order)});
  }
  if (options_.mutation.hits(operation.at, place)) {
    operation.order = options_.mutation.fault == Fault::drop && operation.order == Order::acq_rel
                          ? Order::release
                          : weaker(operation.order, place);
    if (!acquires(operation.order)) operation.failure = Order::relaxed;
  }
  return perform(location, operation);
}

std::uint64_t Engine::perform(int location, const Operation& operation) {
  if (operation.op == Op::store) {
    write(location, operation, operation.operand, kNone);
    return 0;
  }
  for (;;) {
    const Stamp r = read(location, operation);
    const std::uint64_t value = graph_.at(r).value;
    if (operation.wait_mask != 0 && !operation.satisfied(value)) {
      self().await_from = self().position - 1;
      self().status = Status::blocked;
      leave_fiber();
      continue;
    }
    if (operation.writes(value)) {
      self().half_update = true;
      write(location, operation, operation.result(value), r);
      self().half_update = false;
    }
    return value;
  }
}

void Engine::fence(Kind kind, std::source_location at) {
  if (running_ < 0) return;
  const Place place = kind == Kind::fence ? Place::fence : kind == Kind::light ? Place::light : Place::heavy;
  if (options_.mutation.collect != nullptr) {
    options_.mutation.collect->insert({at.file_name(), at.line(), at.column(), place, 0});
  }
  if (options_.mutation.hits(at, place)) return;
  if (options_.scheduler != nullptr) return;
  add_simple(options_.membarrier ? kind : Kind::fence, 0, at);
}

void Engine::begin_look() {
  if (running_ >= 0) self().await_from = self().position;
}

/// The thread's look, which ends the graph, read something old. If it finds nothing, that is the same as a look at what
/// is newest, or none: reads that decide nothing can be left out of any execution.
bool Engine::out_of_date(const Thread& t) const {
  if (options_.scheduler != nullptr || guided() || t.position <= t.await_from) return false;
  return wake_blocked(t) && t.stamps[static_cast<std::size_t>(t.position - 1)] == graph_.size - 1;
}

void Engine::end_await(bool ready) {
  if (running_ < 0) {
    if (!ready) fail("deadlock", "a wait before or after all threads cannot end");
    return;
  }
  Thread& t = self();
  if (ready) return;
  if (out_of_date(t)) {
    ++report_.dead;
    abandon();
  }
  t.status = Status::blocked;
  leave_fiber();
}

/// What the queue was.
std::uint64_t Engine::leave_queue(int queue, std::source_location at) {
  const Operation update{.op = Op::and_, .operand = ~(std::uint64_t{1} << running_), .at = at};
  const Stamp r = read(queue, update);
  const std::uint64_t value = graph_.at(r).value;
  self().half_update = true;
  write(queue, update, update.result(value), r);
  self().half_update = false;
  return value;
}

bool Engine::park(int location, std::uint64_t expected, bool has_deadline, std::source_location at) {
  return !fall_asleep(location, expected, false, at) || wait_asleep(location, expected, has_deadline, at);
}

bool Engine::sleep(int location, std::uint64_t expected, bool has_deadline, std::source_location at) {
  const bool look_again = options_.scheduler == nullptr;
  return !fall_asleep(location, expected, look_again, at) || wait_asleep(location, expected, has_deadline, at);
}

/// Commits to sleep if the word is what is expected. If not, and the caller would just look again: the thread stops,
/// since an execution in which its look sees at once what this one has found differs by reads that decide nothing.
bool Engine::fall_asleep(int location, std::uint64_t expected, bool look_again, std::source_location at) {
  if (running_ < 0) return false;
  check_alive(location, "park");
  Thread& t = self();
  const int queue = location + 1;
  const std::uint64_t me = std::uint64_t{1} << running_;
  const Operation look{.op = Op::sleep, .operand = me, .expected = expected, .look_again = look_again, .at = at};
  const Stamp seen = read(queue, look);
  t.half_update = true;
  Operation compare{.at = at};
  if (look_again) compare.wait_mask = ~std::uint64_t{0}, compare.wait_value = expected;
  while (graph_.at(read(location, compare)).value != expected) {
    if (!look_again) return t.half_update = false, false;
    if (out_of_date(t)) {
      ++report_.dead;
      abandon();
    }
    t.overtaken = true;
    t.status = Status::blocked;
    leave_fiber();
  }
  write(queue, look, look.result(graph_.at(seen).value), seen);
  t.half_update = false;
  return true;
}

/// False only if time is up.
bool Engine::wait_asleep(int location, std::uint64_t expected, bool has_deadline, std::source_location at) {
  Thread& t = self();
  const int queue = location + 1;
  const std::uint64_t me = std::uint64_t{1} << running_;
  const bool may_wake = t.spurious_left > 0;
  const int chosen = choose(1 + (has_deadline ? 1 : 0) + (may_wake ? 1 : 0), at);
  if (chosen > 0) {
    const bool timeout = has_deadline && chosen == 1;
    if (!timeout) --t.spurious_left;
    const bool was_asleep = (leave_queue(queue, at) & me) != 0;
    return !timeout || !was_asleep;
  }
  const Operation sleep{.wait_mask = me, .wait_value = 0, .at = at};
  t.parked_on = location;
  t.parked_value = expected;
  t.waits_for_time = has_deadline;
  while (!sleep.satisfied(graph_.at(read(queue, sleep)).value)) {
    t.await_from = t.position - 1;
    t.status = Status::blocked;
    leave_fiber();
  }
  t.parked_on = -1;
  t.waits_for_time = false;
  return true;
}

void Engine::unpark(int location, int count, std::source_location at) {
  if (running_ < 0) return;
  if (options_.mutation.collect != nullptr) {
    options_.mutation.collect->insert({at.file_name(), at.line(), at.column(), Place::unpark, 0});
  }
  if (options_.mutation.hits(at, Place::unpark)) return;
  const int queue = location + 1;  // the word may be gone
  const Operation update{.op = Op::wake, .operand = static_cast<std::uint64_t>(count), .at = at};
  const Stamp seen = read(queue, update);
  self().half_update = true;
  std::uint64_t asleep = graph_.at(seen).value, left = asleep;
  for (int woken = 0; woken < count && left != 0; ++woken) {
    if (count - woken >= std::popcount(left)) {
      left = 0;
      break;
    }
    std::uint64_t rest = left;
    for (int skip = choose(std::popcount(left), at); skip > 0; --skip) rest &= rest - 1;
    left &= ~(rest & (~rest + 1));
  }
  write(queue, update, left, seen);
  self().half_update = false;
}

int Engine::conflict(const Accesses& variable, bool write) {
  if (running_ < 0) return -1;
  Clock known = self().hb;
  known.set(running_, kMaxSteps);
  if (variable.writes.within(known) && (!write || variable.reads.within(known))) return -1;
  for (int other = 0; other <= thread_count_; ++other) {
    const bool written = variable.writes[other] > known[other];
    if (!written && !(write && variable.reads[other] > known[other])) continue;
    const int events = written ? variable.writes[other] : variable.reads[other];
    missing_ = {other, running_, events - 1, self().position, written, write};
    return other;
  }
  return -1;
}

void Engine::note_access(Accesses& variable, bool write) {
  if (running_ < 0) return;
  (write ? variable.writes : variable.reads).set(running_, self().position + 1);
}

void Engine::touch(Accesses& variable, bool write, const void* address) {
  const int other = conflict(variable, write);
  if (other >= 0) {
    char place[64];
    std::snprintf(place, sizeof place, "%s", place_of(address).c_str());
    fail("race", "thread %d %s a plain variable (%s) that thread %d %s, and neither happens before the other", running_,
         write ? "writes" : "reads", place, other, missing_.from_writes ? "writes" : "reads");
  }
  note_access(variable, write);
}

void Engine::destroy_variable(const Accesses& variable) {
  const int other = ended_ ? -1 : conflict(variable, true);
  if (other >= 0) fail("use_after_destroy", "a variable is destroyed while thread %d uses it", other);
}

void Engine::may_vanish(int steps) {
  const int chosen = choose(steps + 1);
  self().mortal = true;
  if (chosen > 0) self().limit = self().position + chosen - 1;
}

int Engine::choose(int options, std::source_location at) {
  if (options <= 1 || running_ < 0) return 0;
  if (options_.scheduler != nullptr) return options_.scheduler->choose(options);
  if (replays()) return static_cast<int>(graph_.at(replay_event(Kind::choice)).value);
  await_turn();
  const Stamp s = add_simple(Kind::choice, 0, at);
  if (guided()) {
    // The event stands already: its step is the one before the graph's end.
    const int chosen = options_.replay[static_cast<std::size_t>(s)].payload;
    graph_.at(s).value = static_cast<std::uint64_t>(chosen);
    return chosen < options ? chosen : 0;
  }
  for (int i = options - 1; i > 0; --i) {
    graph_.at(s).value = static_cast<std::uint64_t>(i);
    push(graph_);
  }
  graph_.at(s).value = 0;
  return 0;
}

Stamp Engine::mark(int what, std::source_location at) {
  return running_ >= 0 ? add_simple(Kind::mark, static_cast<std::uint64_t>(what), at) : kNone;
}

}  // namespace turnstile::kit
