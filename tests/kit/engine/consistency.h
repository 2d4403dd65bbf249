// Which graphs a memory model allows.
//
//   SC    po ∪ rf ∪ mo ∪ fr is acyclic (Shasha and Snir)
//   TSO   x86 as Owens, Sarkar and Sewell have it, in Alglave's axiomatic form: per location as SC; and preserved po
//         (all but write before read), external rf, mo and fr are acyclic
//   RC11  C11 as repaired by Lahav, Vafeiadis, Kang, Hur and Dreyer (PLDI 2017), with C++20's release sequences:
//         coherence, atomicity, SC. Its third axiom, that po ∪ rf is acyclic, excludes load buffering: an exploration
//         adds events only after what they read from, so it never builds such a graph.
// An asymmetric pair is ordered as two seq_cst fences would be, two light fences are not ordered (P1202).
//
// A graph is extended by one event that nothing follows yet. If it reads the newest write, or is the newest write, then
// no cycle can pass through it, in any of these models; only other choices are checked. (The exploration relies on it,
// and the oracles test it.)
#pragma once

#include <string_view>

#include "tests/kit/engine/graph.h"

namespace turnstile::kit {

enum class Model : std::uint8_t { sc, tso, rc11 };
constexpr std::string_view name_of(Model m) { return m == Model::sc ? "SC" : m == Model::tso ? "TSO" : "RC11"; }

class Consistency {
 public:
  /// Whether the graph is consistent, given that it was before `changed` was added, or given another rf or mo place.
  /// Under RC11 coherence is not examined here: writes below floor() must not be chosen.
  bool holds(const Graph& graph, Model model);

  /// The newest write of `location`, in mo, that an event with this knowledge may not go behind: what happens before it
  /// wrote or read that (or, of a wait queue, has passed it on).
  Stamp floor(const Graph& graph, int location, Clock known);

  /// -1 for kInit, otherwise its place in mo. Valid after rank(location).
  int rank_of(Stamp write) const { return write < 0 ? -1 : rank_[static_cast<std::size_t>(write)]; }
  void rank(const Graph& graph, int location);

  /// The events in an order of which po ∪ rf ∪ mo ∪ fr is part, if there is one (always under SC).
  bool linearize(const Graph& graph, std::array<Stamp, kMaxEvents>& order);
  /// Whether that is still possible if these pairs are ordered too.
  bool allows(const Graph& graph, const std::array<Stamp, 2>* pairs, int pair_count);

 private:
  template <class Successors>
  bool acyclic(const Graph& graph, Successors&& successors, Stamp* order = nullptr);
  void prepare(const Graph& graph);
  bool tso(const Graph& graph);
  bool tso_fences(const Graph& graph);
  bool psc(const Graph& graph);
  template <class Visit>
  void communication(const Graph& graph, Stamp s, bool internal_rf, Visit&& visit);
  template <class Visit>
  void tso_successors(const Graph& graph, Stamp s, Visit&& visit);
  bool cyclic(const std::uint64_t* edges, int nodes);

  std::array<std::int16_t, kMaxEvents> rank_;
  std::array<Stamp, kMaxEvents> po_next_, first_reader_, next_reader_, newer_;  // newer_: next in mo
  std::array<Stamp, kMaxLocations> oldest_, first_init_reader_;
  std::array<std::uint8_t, kMaxEvents> degree_;
};

}  // namespace turnstile::kit
