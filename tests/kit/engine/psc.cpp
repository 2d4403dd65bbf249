// RC11's SC axiom: psc is acyclic, where
//   psc_F    = [F]; (hb ∪ hb;eco;hb); [F]
//   psc_base = ([E] ∪ [F];hb?); scb; ([E] ∪ hb?;[F])    scb = po ∪ po≠;hb;po≠ ∪ hb|loc ∪ mo ∪ fr
// over the seq_cst accesses E and the fences F. Heavy fences are fences; a light one is ordered with heavy ones alone.
#include <algorithm>
#include <array>

#include "tests/kit/engine/consistency.h"

namespace turnstile::kit {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

bool is_fence(const Event& e) { return e.kind == Kind::fence || e.kind == Kind::light || e.kind == Kind::heavy; }

struct Nodes {
  std::array<Stamp, kMaxFences> stamp;
  std::array<std::uint64_t, kMaxFences> edges{};
  int count = 0;
};

bool hb(const Graph& graph, Stamp a, Stamp b) { return a != b && Graph::before(graph.at(a), graph.at(b).hb); }
bool hb_or_same(const Graph& graph, Stamp a, Stamp b) { return Graph::before(graph.at(a), graph.at(b).hb); }
bool po(const Graph& graph, Stamp a, Stamp b) { return graph.at(a).thread == graph.at(b).thread && a < b; }
bool same_location(const Event& a, const Event& b) {
  return Graph::has_location(a) && Graph::has_location(b) && a.location == b.location;
}

/// The event after (step 1) or before (step -1) `s` in its thread that is not of its location, or kNone.
Stamp other_location(const Graph& graph, Stamp s, int step) {
  const Event& e = graph.at(s);
  for (int t = s + step; t >= 0 && t < graph.size; t += step) {
    const Event& other = graph.at(static_cast<Stamp>(t));
    if (other.thread == e.thread && !same_location(e, other)) return static_cast<Stamp>(t);
  }
  return kNone;
}

}  // namespace

bool Consistency::psc(const Graph& graph) {
  Nodes nodes;
  for (Stamp s = 0; s < graph.size; ++s) {
    const Event& e = graph.at(s);
    const bool access = Graph::has_location(e) && e.order == Order::seq_cst;
    if (access || is_fence(e)) nodes.stamp[at(nodes.count++)] = s;
  }
  if (nodes.count < 2) return true;

  // A write is at 2 * rank, a read of it behind that: a eco b if a's place is before b's.
  static constexpr int kFar = 1 << 20;
  for (int l = 0; l < graph.locations; ++l) {
    if (graph.chain_of(l) != kNone) rank(graph, l);
  }
  auto place = [&](Stamp s) {
    const Event& e = graph.at(s);
    return e.kind == Kind::write ? 2 * rank_of(s) : 2 * rank_of(e.rf) + 1;
  };

  auto fences_ordered = [&](const Event& a, const Event& b) {
    if (a.kind == Kind::light) return b.kind == Kind::heavy;
    return b.kind != Kind::light || a.kind == Kind::heavy;
  };
  // psc_F, location by location.
  std::array<int, kMaxFences> first_after, last_before;
  auto add_edge = [&](int from, int to) { nodes.edges[at(from)] |= std::uint64_t{1} << to; };
  for (int i = 0; i < nodes.count; ++i) {
    for (int j = 0; j < nodes.count; ++j) {
      const Event &a = graph.at(nodes.stamp[at(i)]), &b = graph.at(nodes.stamp[at(j)]);
      if (is_fence(a) && is_fence(b) && fences_ordered(a, b) && hb(graph, nodes.stamp[at(i)], nodes.stamp[at(j)])) {
        add_edge(i, j);
      }
    }
  }
  for (int l = 0; l < graph.locations; ++l) {
    if (graph.last_of(l) == kInit) continue;
    for (int i = 0; i < nodes.count; ++i) {
      const Stamp f = nodes.stamp[at(i)];
      first_after[at(i)] = kFar;
      last_before[at(i)] = -kFar;
      if (!is_fence(graph.at(f))) continue;
      for (Stamp s = graph.chain_of(l); s != kNone; s = graph.at(s).chain) {
        if (hb(graph, f, s)) first_after[at(i)] = std::min(first_after[at(i)], place(s));
        if (hb(graph, s, f)) last_before[at(i)] = std::max(last_before[at(i)], place(s));
      }
    }
    for (int i = 0; i < nodes.count; ++i) {
      for (int j = 0; j < nodes.count; ++j) {
        if (first_after[at(i)] < last_before[at(j)] &&
            fences_ordered(graph.at(nodes.stamp[at(i)]), graph.at(nodes.stamp[at(j)]))) {
          add_edge(i, j);
        }
      }
    }
  }
  if (!graph.has_seq_cst) return !cyclic(nodes.edges.data(), nodes.count);

  auto scb = [&](Stamp x, Stamp y) {
    const Event &a = graph.at(x), &b = graph.at(y);
    if (po(graph, x, y)) return true;
    if (same_location(a, b)) {
      if (hb(graph, x, y)) return true;
      const bool fr = a.kind == Kind::read && b.kind == Kind::write && rank_of(a.rf) < rank_of(y);
      if (fr || (a.kind == Kind::write && b.kind == Kind::write && rank_of(x) < rank_of(y))) return true;
    }
    const Stamp after = other_location(graph, x, 1), before = other_location(graph, y, -1);
    return after != kNone && before != kNone && hb(graph, after, before);
  };
  for (int i = 0; i < nodes.count; ++i) {
    const Stamp a = nodes.stamp[at(i)];
    if (graph.at(a).kind == Kind::light) continue;
    for (Stamp x = 0; x < graph.size; ++x) {
      if (x != a && !(is_fence(graph.at(a)) && hb(graph, a, x))) continue;
      for (Stamp y = 0; y < graph.size; ++y) {
        if (x == y || !scb(x, y)) continue;
        for (int j = 0; j < nodes.count; ++j) {
          const Stamp b = nodes.stamp[at(j)];
          if (graph.at(b).kind == Kind::light) continue;
          if (b == y || (is_fence(graph.at(b)) && hb_or_same(graph, y, b))) add_edge(i, j);
        }
      }
    }
  }
  return !cyclic(nodes.edges.data(), nodes.count);
}

}  // namespace turnstile::kit
