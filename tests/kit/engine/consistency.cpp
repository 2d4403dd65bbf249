#include "tests/kit/engine/consistency.h"

#include <algorithm>
#include <bitset>

namespace turnstile::kit {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }
bool transparent(const Event& e) { return e.kind == Kind::mark || e.kind == Kind::choice || e.kind == Kind::light; }
/// Everything before it is visible before it, everything after it comes after.
bool drains(const Event& e) {
  return e.kind == Kind::fence || e.kind == Kind::heavy || e.locked ||
         (e.kind == Kind::write && e.order == Order::seq_cst);
}

}  // namespace

void Consistency::rank(const Graph& graph, int location) {
  int writes = 0;
  for (Stamp w = graph.last_of(location); w != kInit; w = graph.at(w).mo_prev) ++writes;
  for (Stamp w = graph.last_of(location); w != kInit; w = graph.at(w).mo_prev) {
    rank_[at(w)] = static_cast<std::int16_t>(--writes);
  }
}

Stamp Consistency::floor(const Graph& graph, int location, Clock known) {
  rank(graph, location);
  Stamp newest = kInit;
  auto raise = [&](Stamp write) {
    if (rank_of(write) > rank_of(newest)) newest = write;
  };
  for (Stamp s = graph.chain_of(location); s != kNone; s = graph.at(s).chain) {
    const Event& e = graph.at(s);
    if (Graph::before(e, known)) raise(e.kind == Kind::write ? s : e.rf);
  }
  // A word's wait queue is the location after it.
  if (location + 1 < graph.locations) {
    for (Stamp s = graph.chain_of(location + 1); s != kNone; s = graph.at(s).chain) {
      const Event& e = graph.at(s);
      if (e.bound >= 0 && Graph::before(e, known)) raise(e.bound);
    }
  }
  return newest;
}

void Consistency::prepare(const Graph& graph) {
  std::array<Stamp, kMaxThreads> previous;
  previous.fill(kNone);
  const auto n = at(graph.size);
  std::fill_n(po_next_.begin(), n, kNone);
  std::fill_n(first_reader_.begin(), n, kNone);
  std::fill_n(newer_.begin(), n, kNone);
  std::fill_n(oldest_.begin(), graph.locations, kNone);
  std::fill_n(first_init_reader_.begin(), graph.locations, kNone);
  for (Stamp s = 0; s < graph.size; ++s) {
    const Event& e = graph.at(s);
    if (previous[e.thread] >= 0) po_next_[at(previous[e.thread])] = s;
    previous[e.thread] = s;
    if (e.kind == Kind::read) {
      Stamp& first = e.rf == kInit ? first_init_reader_[e.location] : first_reader_[at(e.rf)];
      next_reader_[at(s)] = first;
      first = s;
    } else if (e.kind == Kind::write) {
      (e.mo_prev == kInit ? oldest_[e.location] : newer_[at(e.mo_prev)]) = s;
    }
  }
}

/// rf (only to other threads, unless internal_rf), mo and fr from one event.
template <class Visit>
void Consistency::communication(const Graph& graph, Stamp s, bool internal_rf, Visit&& visit) {
  const Event& e = graph.at(s);
  if (e.kind == Kind::write) {
    if (newer_[at(s)] != kNone) visit(newer_[at(s)]);
    for (Stamp r = first_reader_[at(s)]; r != kNone; r = next_reader_[at(r)]) {
      if (internal_rf || graph.at(r).thread != e.thread) visit(r);
    }
  } else if (e.kind == Kind::read) {
    const Stamp newer = e.rf == kInit ? oldest_[e.location] : newer_[at(e.rf)];
    if (newer != kNone) visit(newer);
  }
}

template <class Successors>
bool Consistency::acyclic(const Graph& graph, Successors&& successors, Stamp* order) {
  std::fill_n(degree_.begin(), at(graph.size), std::uint8_t{0});
  for (Stamp s = 0; s < graph.size; ++s) successors(s, [&](Stamp t) { ++degree_[at(t)]; });
  std::array<Stamp, kMaxEvents> ready;
  int found = 0, taken = 0;
  for (Stamp s = 0; s < graph.size; ++s) {
    if (degree_[at(s)] == 0) ready[at(found++)] = s;
  }
  while (taken < found) {
    const Stamp s = ready[at(taken++)];
    successors(s, [&](Stamp t) {
      if (--degree_[at(t)] == 0) ready[at(found++)] = t;
    });
  }
  if (order != nullptr) std::copy_n(ready.begin(), found, order);
  return found == graph.size;
}

bool Consistency::linearize(const Graph& graph, std::array<Stamp, kMaxEvents>& order) {
  prepare(graph);
  return acyclic(
      graph,
      [&](Stamp s, auto&& visit) {
        if (po_next_[at(s)] != kNone) visit(po_next_[at(s)]);
        communication(graph, s, true, visit);
      },
      order.data());
}

bool Consistency::allows(const Graph& graph, const std::array<Stamp, 2>* pairs, int pair_count) {
  prepare(graph);
  return acyclic(graph, [&](Stamp s, auto&& visit) {
    if (po_next_[at(s)] != kNone) visit(po_next_[at(s)]);
    communication(graph, s, true, visit);
    for (int i = 0; i < pair_count; ++i) {
      if (pairs[i][0] == s) visit(pairs[i][1]);
    }
  });
}

bool Consistency::holds(const Graph& graph, Model model) {
  if (model == Model::rc11) return graph.fences == 0 || psc(graph);
  prepare(graph);
  if (model == Model::tso) return tso(graph);
  return acyclic(graph, [&](Stamp s, auto&& visit) {
    if (po_next_[at(s)] != kNone) visit(po_next_[at(s)]);
    communication(graph, s, true, visit);
  });
}

/// What TSO keeps of program order: everything but a write before a read, unless the store buffer is drained between.
template <class Visit>
void Consistency::tso_successors(const Graph& graph, Stamp s, Visit&& visit) {
  const Event& e = graph.at(s);
  communication(graph, s, false, visit);
  if (transparent(e)) return;
  const bool buffered = e.kind == Kind::write && !drains(e);
  for (Stamp t = po_next_[at(s)], write = kNone; t != kNone; t = po_next_[at(t)]) {
    const Event& next = graph.at(t);
    if (transparent(next)) continue;
    const bool plain_write = next.kind == Kind::write && !drains(next);
    if (buffered) {
      if (next.kind == Kind::read && !drains(next)) continue;
      return visit(t);
    }
    if (!plain_write) return visit(t);
    if (write == kNone) visit(write = t);  // the writes behind it follow it
  }
}

bool Consistency::tso(const Graph& graph) {
  const bool coherent = acyclic(graph, [&](Stamp s, auto&& visit) {
    const Event& e = graph.at(s);
    if (!Graph::has_location(e)) return;
    Stamp t = po_next_[at(s)];
    while (t != kNone && !(Graph::has_location(graph.at(t)) && graph.at(t).location == e.location)) t = po_next_[at(t)];
    if (t != kNone) visit(t);
    communication(graph, s, true, visit);
  });
  return coherent && acyclic(graph, [&](Stamp s, auto&& visit) { tso_successors(graph, s, visit); }) &&
         (graph.fences == 0 || tso_fences(graph));
}

/// fence 1 -> fence 2: something after the first is before something before the second. One of a pair must be heavy.
bool Consistency::tso_fences(const Graph& graph) {
  std::array<Stamp, kMaxFences> fences;
  int count = 0;
  bool heavy = false;
  for (Stamp s = 0; s < graph.size; ++s) {
    const Kind kind = graph.at(s).kind;
    if (kind != Kind::light && kind != Kind::heavy) continue;
    fences[at(count++)] = s;
    heavy |= kind == Kind::heavy;
  }
  if (!heavy) return true;
  std::array<std::uint64_t, 64> edges{};
  for (int from = 0; from < count; ++from) {
    std::bitset<kMaxEvents> seen;
    std::array<Stamp, kMaxEvents> todo;
    int size = 0;
    auto visit = [&](Stamp t) {
      if (seen[at(t)]) return;
      seen[at(t)] = true;
      todo[at(size++)] = t;
    };
    for (Stamp t = po_next_[at(fences[at(from)])]; t != kNone; t = po_next_[at(t)]) visit(t);
    while (size > 0) tso_successors(graph, todo[at(--size)], visit);
    for (int to = 0; to < count; ++to) {
      const Event& f = graph.at(fences[at(to)]);
      if (to == from || (f.kind == Kind::light && graph.at(fences[at(from)]).kind == Kind::light)) continue;
      bool before = seen[at(fences[at(to)])];
      for (Stamp s = 0; s < fences[at(to)] && !before; ++s) before = seen[at(s)] && graph.at(s).thread == f.thread;
      if (before) edges[at(from)] |= std::uint64_t{1} << to;
    }
  }
  return !cyclic(edges.data(), count);
}

bool Consistency::cyclic(const std::uint64_t* edges, int nodes) {
  // Take away nodes without successors until none is left, or none can be taken.
  std::uint64_t left = nodes == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << nodes) - 1;
  for (bool changed = true; changed;) {
    changed = false;
    for (int i = 0; i < nodes; ++i) {
      if ((left >> i & 1) == 0 || (edges[i] & left) != 0) continue;
      left &= ~(std::uint64_t{1} << i);
      changed = true;
    }
  }
  return left != 0;
}

}  // namespace turnstile::kit
