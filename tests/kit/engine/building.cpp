// Adding events to the graph, and revisiting reads (engine.h says how).
#include <algorithm>

#include "tests/kit/engine/engine.h"

namespace turnstile::kit {

Event Engine::base_event(Kind kind) const {
  const Thread& t = threads_[static_cast<std::size_t>(running_)];
  Event e;
  e.kind = kind;
  e.thread = static_cast<std::uint8_t>(running_);
  e.index = static_cast<std::uint8_t>(t.position);
  e.porf = t.porf;
  e.hb = t.hb;
  e.released = t.released;
  e.unacquired = t.unacquired;
  e.porf.set(running_, t.position + 1);
  e.hb.set(running_, t.position + 1);
  return e;
}

/// The thread goes on behind this event.
void Engine::follow(const Event& e, Stamp stamp) {
  Thread& t = self();
  t.porf = e.porf;
  t.hb = e.hb;
  t.released = e.released;
  t.unacquired = e.unacquired;
  t.stamps[static_cast<std::size_t>(t.position)] = stamp;
  ++t.position;
  replayed_[static_cast<std::size_t>(stamp)] = true;
}

/// The next event of a thread that the graph holds already. Waits for what it reads from.
Stamp Engine::replay_event(Kind kind) {
  Thread& t = self();
  const Stamp s = t.stamps[static_cast<std::size_t>(t.position)];
  const Event& e = graph_.at(s);
  if (e.kind != kind) fail("determinism", "a replay does something else: the program is not deterministic");
  if (kind == Kind::read && e.rf >= 0 && !replayed_[static_cast<std::size_t>(e.rf)]) {
    t.status = Status::replaying;
    leave_fiber();
  }
  follow(e, s);
  return s;
}

/// Before a new event: its thread's turn has come, and there is room.
void Engine::await_turn() {
  if (self().position >= self().limit && !self().half_update) {
    self().status = Status::finished;
    leave_fiber();
  }
  if (!extending_ || guided() || (options_.scheduler != nullptr && !self().half_update)) {
    self().status = Status::pending;
    leave_fiber();
  }
  if (self().position >= kMaxSteps - 2 || graph_.size >= kMaxEvents - 2 || graph_.fences >= kMaxFences - 2) {
    report_.truncated = true;
    report_.limit = "an execution of " + std::to_string(graph_.size) + " events";
    abandon();
  }
}

Stamp Engine::add_simple(Kind kind, std::uint64_t value, std::source_location at) {
  if (replays()) return replay_event(kind);
  await_turn();
  Event e = base_event(kind);
  e.value = value;
  if (options_.model == Model::rc11 && (kind == Kind::fence || kind == Kind::heavy)) {
    e.hb.join(e.unacquired);
    e.released = e.hb;
  }
  const Stamp s = graph_.append(e);
  operations_[static_cast<std::size_t>(s)] = Operation{.at = at};
  follow(graph_.at(s), s);
  return s;
}

std::uint64_t Engine::value_at(const Graph& graph, int location, Stamp write) const {
  return write == kInit ? locations_[static_cast<std::size_t>(location)].initial : graph.at(write).value;
}

/// Value and clocks of a read, from its rf and from what precedes it in its thread (already joined in).
void Engine::link_read(Graph& graph, Stamp s, const Operation& operation) {
  Event& e = graph.at(s);
  e.value = value_at(graph, e.location, e.rf);
  e.order = operation.op == Op::cas && e.value != operation.expected ? operation.failure : operation.order;
  e.locked = operation.op != Op::load;
  e.bound = kNone;
  if (e.rf >= 0) {
    const Event& source = graph.at(e.rf);
    e.porf.join(source.porf);
    e.bound = source.bound;
    if (options_.model == Model::rc11) {
      if (acquires(e.order)) e.hb.join(source.message);
      e.unacquired.join(source.message);
    }
  }
  if (options_.model != Model::rc11) e.hb = e.porf;
}

void Engine::link_write(Graph& graph, Event& e) const {
  e.message = options_.model != Model::rc11 ? e.porf : releases(e.order) ? e.hb : e.released;
  if (e.update && e.rf >= 0) e.message.join(graph.at(e.rf).message);
}

Stamp Engine::read(int location, const Operation& operation) {
  const Stamp s = replays() ? replay_event(Kind::read) : add_read(location, operation);
  if (graph_.at(s).location != location) {
    fail("determinism", "a replay reads elsewhere: the program is not deterministic");
  }
  operations_[static_cast<std::size_t>(s)] = operation;
  return s;
}

void Engine::write(int location, const Operation& operation, std::uint64_t value, Stamp read) {
  if (!replays()) return add_write(location, operation, value, read);
  const Stamp s = replay_event(Kind::write);
  operations_[static_cast<std::size_t>(s)] = operation;
  if (graph_.at(s).location != location || graph_.at(s).value != value) {
    fail("determinism", "a replay writes something else: the program is not deterministic");
  }
}

/// The read, which ends the graph, reads from `source`; `base` is what it was before.
void Engine::link_to(Stamp read, const Event& base, Stamp source, const Operation& operation) {
  const Stamp chain = graph_.at(read).chain;
  graph_.at(read) = base;
  graph_.at(read).chain = chain;
  graph_.at(read).rf = source;
  link_read(graph_, read, operation);
}

/// Calls visit() with the read, which ends the graph, linked to each write that it may read from but the newest.
template <class Visit>
void Engine::read_older(Stamp read, const Event& base, const Operation& operation, Visit&& visit) {
  const int location = base.location;
  const Stamp newest = graph_.last_of(location);
  if (newest == kInit || Graph::before(graph_.at(newest), base.hb)) return;  // known: nothing older can be read
  const Stamp oldest = consistency_.floor(graph_, location, base.hb);
  for (Stamp source = newest; source != oldest;) {
    source = graph_.at(source).mo_prev;
    if (!operation.satisfied(value_at(graph_, location, source))) continue;
    link_to(read, base, source, operation);
    if (consistency_.holds(graph_, options_.model)) {
      visit();
    } else if (options_.model != Model::rc11) {
      break;  // what is older is behind even more
    }
  }
}

/// Reads the newest write; the other possible sources become branches.
Stamp Engine::add_read(int location, const Operation& operation) {
  await_turn();
  graph_.use_location(location);
  Event base = base_event(Kind::read);
  base.location = static_cast<std::uint16_t>(location);
  base.order = operation.order;
  const Stamp newest = graph_.last_of(location);
  const Stamp s = graph_.append(base);
  if (guided()) {
    const auto source = static_cast<Stamp>(options_.replay[static_cast<std::size_t>(s)].payload);
    link_to(s, base, source < s && (source < 0 || graph_.at(source).location == location) ? source : newest, operation);
    follow(graph_.at(s), s);
    return s;
  }
  if (options_.scheduler == nullptr) {
    read_older(s, base, operation, [&] {
      const std::uint64_t value = graph_.at(s).value;
      if (operation.op == Op::sleep) {
        sleep_stale(s, operation);
      } else if (operation.writes(value) && !operation.splits(value)) {
        update_stale(s, s, operation);
      } else {
        push(graph_);
      }
    });
  }
  link_to(s, base, newest, operation);
  follow(graph_.at(s), s);
  return s;
}

/// The event of a thread that follows this one of it.
Event next_event(const Event& previous, Kind kind) {
  Event e;
  e.kind = kind;
  e.thread = previous.thread;
  e.index = static_cast<std::uint8_t>(previous.index + 1);
  e.porf = previous.porf, e.hb = previous.hb, e.released = previous.released, e.unacquired = previous.unacquired;
  e.porf.set(e.thread, e.index + 1);
  e.hb.set(e.thread, e.index + 1);
  return e;
}

/// Removes the last event again, which is nobody's source and not in mo.
void Engine::take_back(int fences) {
  const Event& e = graph_.at(static_cast<Stamp>(graph_.size - 1));
  graph_.chain[e.location] = e.chain;
  --graph_.count[e.thread];
  --graph_.size;
  graph_.fences = fences;
}

/// The branch in which an update has read something old: it writes at once, behind `previous`, so that nothing is
/// pushed that must die.
void Engine::update_stale(Stamp read, Stamp previous, const Operation& operation) {
  const int location = graph_.at(read).location;
  Event e = next_event(graph_.at(previous), Kind::write);
  e.value = operation.result(graph_.at(read).value);
  e.location = static_cast<std::uint16_t>(location);
  e.order = operation.order;
  e.update = e.locked = true;
  e.rf = graph_.at(read).rf;
  if ((location & 1) != 0) e.bound = consistency_.floor(graph_, location - 1, e.hb);
  link_write(graph_, e);
  const int fences = graph_.fences;
  const Stamp s = graph_.append(e);
  operations_[static_cast<std::size_t>(read)] = operations_[static_cast<std::size_t>(s)] = operation;
  revisit_all(s);
  if (graph_.updater_of(location, e.rf) == kNone) {
    graph_.place(s, e.rf);
    if (consistency_.holds(graph_, options_.model)) push(graph_);
    graph_.displace(s);
  }
  take_back(fences);
}

/// The same for an update of a queue by who compares its word before it writes.
void Engine::sleep_stale(Stamp seen, const Operation& operation) {
  Operation compare{.at = operation.at};
  if (operation.look_again) compare.wait_mask = ~std::uint64_t{0}, compare.wait_value = operation.expected;
  Event base = next_event(graph_.at(seen), Kind::read);
  base.location = static_cast<std::uint16_t>(graph_.at(seen).location - 1);
  base.order = compare.order;
  const int fences = graph_.fences;
  const Stamp newest = graph_.last_of(base.location);
  const Stamp s = graph_.append(base);
  operations_[static_cast<std::size_t>(s)] = compare;
  auto commit = [&] {
    if (graph_.at(s).value == operation.expected) {
      update_stale(seen, s, operation);
    } else if (!operation.look_again) {
      push(graph_);
    }
  };
  read_older(s, base, compare, commit);
  link_to(s, base, newest, compare);
  commit();
  take_back(fences);
}

Event Engine::write_event(int location, const Operation& operation, std::uint64_t value, Stamp read) {
  Event e = base_event(Kind::write);
  e.value = value;
  e.location = static_cast<std::uint16_t>(location);
  e.order = operation.order;
  if (read != kNone) {
    e.update = e.locked = true;
    e.rf = graph_.at(read).rf;
  }
  return e;
}

/// From the newest event backwards: a revisit deletes what is newer than the read and does not precede the write, so
/// all of that must have been added maximally.
void Engine::revisit_all(Stamp write) {
  const Clock prefix = graph_.at(write).porf;
  if (Clock(graph_.count).within(prefix)) return;
  const int location = graph_.at(write).location;
  Stamp oldest = kNone;  // the oldest read in question: nothing before it matters
  for (Stamp r = graph_.at(write).chain; r != kNone; r = graph_.at(r).chain) {
    if (graph_.at(r).kind == Kind::read && !Graph::before(graph_.at(r), prefix)) oldest = r;
  }
  if (oldest == kNone) return;
  for (auto s = static_cast<Stamp>(write - 1); s >= oldest; --s) {
    const Event& e = graph_.at(s);
    if (Graph::before(e, prefix)) continue;
    if (!added_maximally(s, write)) return;
    if (e.kind == Kind::read && e.location == location) revisit(s, write);
  }
}

/// Revisits, then becomes the newest write of the location; its other places in mo become branches.
void Engine::add_write(int location, const Operation& operation, std::uint64_t value, Stamp read) {
  await_turn();
  graph_.use_location(location);
  Event e = write_event(location, operation, value, read);
  if (e.update && (location & 1) != 0) e.bound = consistency_.floor(graph_, location - 1, e.hb);
  link_write(graph_, e);
  const Stamp s = graph_.append(e);
  operations_[static_cast<std::size_t>(s)] = operation;
  if (options_.scheduler != nullptr) {
    graph_.place(s, graph_.last_of(location));
    return follow(graph_.at(s), s);
  }
  if (guided()) {
    const auto before = static_cast<Stamp>(options_.replay[static_cast<std::size_t>(s)].payload);
    Stamp place = graph_.last_of(location);
    while (place != before && place != kInit) place = graph_.at(place).mo_prev;
    graph_.place(s, place);
    return follow(graph_.at(s), s);
  }
  revisit_all(s);
  if (e.update) {
    const bool newest = graph_.last_of(location) == e.rf;
    const bool taken = graph_.updater_of(location, e.rf) != kNone;  // by another update: only the revisits make sense
    if (!taken) graph_.place(s, e.rf);
    if (taken || (!newest && !consistency_.holds(graph_, options_.model))) {
      ++report_.dead;
      abandon();
    }
    return follow(graph_.at(s), s);
  }
  place_everywhere(graph_, s, kNone);
  graph_.place(s, graph_.last_of(location));
  follow(graph_.at(s), s);
}

/// Pushes the graph with the write at each place in mo but the newest; at the newest too if a read was revisited.
void Engine::place_everywhere(Graph& graph, Stamp write, Stamp revisited) {
  const Event& e = graph.at(write);
  if (revisited != kNone) {
    const Stamp newest = graph.last_of(e.location);
    graph.place(write, newest);
    push(graph);
    graph.displace(write);
  }
  Clock known = e.hb;
  known.set(e.thread, e.index);  // the write itself is not in mo
  const Stamp last = graph.last_of(e.location);
  if (last == kInit || Graph::before(graph.at(last), known)) return;
  const Stamp oldest = consistency_.floor(graph, e.location, known);
  for (Stamp before = graph.last_of(e.location); before != oldest;) {
    const bool splits = graph.at(before).update;  // an update stands right behind what it read
    before = graph.at(before).mo_prev;
    if (splits) continue;
    graph.place(write, before);
    bool fits = true;
    if (revisited != kNone) {
      const Stamp least = consistency_.floor(graph, e.location, graph.at(revisited).hb);
      fits = consistency_.rank_of(least) <= consistency_.rank_of(write);
    }
    if (fits && consistency_.holds(graph, options_.model)) push(graph);
    graph.displace(write);
  }
}

/// Whether the event is what the exploration would have added first in a graph of the events before it and of those
/// that precede the write.
bool Engine::added_maximally(Stamp s, Stamp write) const {
  const Clock prefix = graph_.at(write).porf;
  auto previous = [&](Stamp other) { return other <= s || Graph::before(graph_.at(other), prefix); };
  const Event& e = graph_.at(s);
  if (e.kind == Kind::choice) return e.value == 0;
  if (!Graph::has_location(e)) return true;
  Stamp newest = e.rf;
  if (e.kind == Kind::write) {
    newest = s;
    for (Stamp r = graph_.chain_of(e.location); r != kNone; r = graph_.at(r).chain) {
      if (graph_.at(r).kind == Kind::read && graph_.at(r).rf == s && previous(r)) return false;
    }
  } else if (newest >= 0 && !previous(newest)) {
    return false;
  }
  for (Stamp w = graph_.last_of(e.location); w != newest; w = graph_.at(w).mo_prev) {
    if (w != write && previous(w)) return false;
  }
  return true;
}

void Engine::revisit(Stamp read, Stamp write) {
  const Clock prefix = graph_.at(write).porf;
  auto deleted = [&](Stamp s) { return s > read && s != write && !Graph::before(graph_.at(s), prefix); };
  if (graph_.at(write).update) {
    // Of two updates of the same write, one must go.
    const Stamp taken = graph_.updater_of(graph_.at(write).location, graph_.at(write).rf);
    if (taken != kNone && !deleted(taken)) return;
  }
  Graph& graph = scratch_;
  graph.assign_prefix(graph_, static_cast<Stamp>(read + 1));
  std::array<Stamp, kMaxEvents> renamed;  // of those behind the read
  for (auto s = static_cast<Stamp>(read + 1); s <= write; ++s) {
    renamed[static_cast<std::size_t>(s)] = deleted(s) ? kNone : graph.append(graph_.at(s));
  }
  auto rename = [&](Stamp s) { return s <= read ? s : renamed[static_cast<std::size_t>(s)]; };
  for (Stamp s = 0; s < graph.size; ++s) {
    Event& e = graph.at(s);
    e.rf = rename(e.rf);
    e.bound = rename(e.bound);
  }
  for (int l = 0; l < graph.locations; ++l) {
    Stamp newer = kNone;
    for (Stamp w = graph_.last_of(l); w != kInit; w = graph_.at(w).mo_prev) {
      const Stamp kept = w == write ? kNone : rename(w);
      if (kept == kNone) continue;
      (newer == kNone ? graph.last[static_cast<std::size_t>(l)] : graph.at(newer).mo_prev) = kept;
      newer = kept;
    }
    if (newer != kNone) graph.at(newer).mo_prev = kInit;
  }

  // The read: its clocks anew, from its predecessor in its thread.
  const Stamp r = rename(read), w = rename(write);
  Event& e = graph.at(r);
  const Operation& operation = operations_[static_cast<std::size_t>(read)];
  Clock porf, hb, released, unacquired;
  for (auto s = static_cast<Stamp>(r - 1); s >= 0 && e.index > 0; --s) {
    const Event& before = graph.at(s);
    if (before.thread != e.thread) continue;
    porf = before.porf, hb = before.hb, released = before.released, unacquired = before.unacquired;
    break;
  }
  porf.set(e.thread, e.index + 1);
  hb.set(e.thread, e.index + 1);
  e.porf = porf, e.hb = hb, e.released = released, e.unacquired = unacquired;
  e.rf = w;
  link_read(graph, r, operation);

  const Event& added = graph.at(w);
  if (!added.update) {
    place_everywhere(graph, w, r);
    return;
  }
  if (graph.updater_of(added.location, added.rf) != kNone) return;
  const bool newest = graph.last_of(added.location) == added.rf;
  graph.place(w, added.rf);
  if (!newest) {
    const Stamp least = consistency_.floor(graph, added.location, hb);
    if (consistency_.rank_of(least) > consistency_.rank_of(w)) return;
    if (!consistency_.holds(graph, options_.model)) return;
  }
  push(graph);
}

}  // namespace turnstile::kit
