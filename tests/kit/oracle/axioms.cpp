// Brute force over executions in the sense of the axioms: every read is given every write, every location every order
// of its writes, and what is left is judged by relations as bit matrices, straight from the papers.
#include <algorithm>
#include <numeric>

#include "tests/kit/oracle/litmus.h"

namespace turnstile::kit {
namespace {

using What = Instruction::What;

struct Node {
  enum class Type : std::uint8_t { read, write, fence, light, heavy };
  Type type;
  std::size_t thread;
  const Instruction* in;
  int partner = -1;  // the other half of a read-modify-write
  bool exists = true;
  std::uint64_t value = 0;
  Order order = Order::relaxed;
  bool fence_like() const { return type >= Type::fence; }
};

/// A relation over at most 64 nodes.
struct Relation {
  std::vector<std::uint64_t> rows;
  explicit Relation(std::size_t n) : rows(n) {}
  bool operator()(std::size_t a, std::size_t b) const { return (rows[a] >> b & 1) != 0; }
  void add(std::size_t a, std::size_t b) { rows[a] |= std::uint64_t{1} << b; }
  Relation operator|(const Relation& o) const {
    Relation r = *this;
    for (std::size_t i = 0; i < rows.size(); ++i) r.rows[i] |= o.rows[i];
    return r;
  }
  Relation operator*(const Relation& o) const {  // composition
    Relation r(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < rows.size(); ++j) {
        if ((*this)(i, j)) r.rows[i] |= o.rows[j];
      }
    }
    return r;
  }
  Relation plus() const {
    Relation r = *this;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (r(i, k)) r.rows[i] |= r.rows[k];
      }
    }
    return r;
  }
  Relation maybe() const {
    Relation r = *this;
    for (std::size_t i = 0; i < rows.size(); ++i) r.add(i, i);
    return r;
  }
  template <class Keep>
  Relation where(Keep&& keep) const {
    Relation r(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < rows.size(); ++j) {
        if ((*this)(i, j) && keep(i, j)) r.add(i, j);
      }
    }
    return r;
  }
  bool irreflexive() const {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if ((*this)(i, i)) return false;
    }
    return true;
  }
  bool acyclic() const { return plus().irreflexive(); }
};

class Enumerator {
 public:
  Enumerator(const Litmus& litmus, Model model) : litmus_(litmus), model_(model) {
    for (std::size_t t = 0; t < litmus.threads.size(); ++t) {
      for (const Instruction& in : litmus.threads[t]) {
        const bool update = in.what == What::add || in.what == What::exchange || in.what == What::cas;
        if (in.what == What::fence || in.what == What::light || in.what == What::heavy) {
          add({in.what == What::fence   ? Node::Type::fence
               : in.what == What::light ? Node::Type::light
                                        : Node::Type::heavy,
               t, &in});
        }
        if (in.what == What::load || in.what == What::await || update) add({Node::Type::read, t, &in});
        if (in.what == What::store || update) add({Node::Type::write, t, &in});
        if (update) {
          nodes_.back().partner = static_cast<int>(nodes_.size()) - 2;
          nodes_[nodes_.size() - 2].partner = static_cast<int>(nodes_.size()) - 1;
        }
      }
    }
    rf_.assign(nodes_.size(), -1);
  }
  Outcomes run() {
    choose_rf(0);
    return outcomes_;
  }

 private:
  void add(Node node) {
    node.order = node.in->order;
    nodes_.push_back(node);
  }
  bool is_read(std::size_t i) const { return nodes_[i].type == Node::Type::read; }
  bool is_write(std::size_t i) const { return nodes_[i].type == Node::Type::write && nodes_[i].exists; }
  int location(std::size_t i) const {
    return nodes_[i].fence_like() ? -1 - static_cast<int>(i) : nodes_[i].in->location;
  }

  void choose_rf(std::size_t i) {
    if (i == nodes_.size()) return evaluate();
    if (!is_read(i)) return choose_rf(i + 1);
    rf_[i] = -1;
    choose_rf(i + 1);
    for (std::size_t w = 0; w < nodes_.size(); ++w) {
      if (nodes_[w].type != Node::Type::write || location(w) != location(i)) continue;
      rf_[i] = static_cast<int>(w);
      choose_rf(i + 1);
    }
  }

  /// Values from rf; none if po ∪ rf is cyclic or a write that is read does not happen.
  void evaluate() {
    const auto n = nodes_.size();
    Relation porf(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (nodes_[i].thread == nodes_[j].thread) porf.add(i, j);
      }
      if (is_read(i) && rf_[i] >= 0) porf.add(static_cast<std::size_t>(rf_[i]), i);
    }
    if (!porf.acyclic()) return;
    std::vector<int> known(n, 0);
    for (std::size_t round = 0; round < n; ++round) {
      for (std::size_t i = 0; i < n; ++i) {
        Node& node = nodes_[i];
        if (is_read(i)) {
          if (rf_[i] >= 0 && known[static_cast<std::size_t>(rf_[i])] == 0) continue;
          node.value = rf_[i] < 0 ? 0 : nodes_[static_cast<std::size_t>(rf_[i])].value;
          node.order = node.in->order;
          if (node.in->what == What::cas && node.value != node.in->expected) node.order = Order::relaxed;
        } else if (node.type == Node::Type::write) {
          node.exists = true;
          node.value = node.in->value;
          if (node.partner >= 0) {
            if (known[static_cast<std::size_t>(node.partner)] == 0) continue;
            const std::uint64_t read = nodes_[static_cast<std::size_t>(node.partner)].value;
            if (node.in->what == What::add) node.value += read;
            if (node.in->what == What::cas) node.exists = read == node.in->expected;
          }
        }
        known[i] = 1;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (is_read(i) && rf_[i] >= 0 && !nodes_[static_cast<std::size_t>(rf_[i])].exists) return;
      if (nodes_[i].in->what == What::await && nodes_[i].value != nodes_[i].in->value) return;
    }
    mo_.assign(static_cast<std::size_t>(litmus_.locations), {});
    for (std::size_t i = 0; i < n; ++i) {
      if (is_write(i)) mo_[static_cast<std::size_t>(location(i))].push_back(i);
    }
    choose_mo(0);
  }

  void choose_mo(std::size_t l) {
    if (l == mo_.size()) return judge();
    std::sort(mo_[l].begin(), mo_[l].end());
    do {
      choose_mo(l + 1);
    } while (std::next_permutation(mo_[l].begin(), mo_[l].end()));
  }

  void judge() {
    const auto n = nodes_.size();
    Relation po(n), rf(n), mo(n), fr(n), rmw(n);
    auto present = [&](std::size_t i) { return nodes_[i].type != Node::Type::write || nodes_[i].exists; };
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (nodes_[i].thread == nodes_[j].thread && present(i) && present(j)) po.add(i, j);
      }
      if (is_read(i) && rf_[i] >= 0) rf.add(static_cast<std::size_t>(rf_[i]), i);
      if (is_read(i) && nodes_[i].partner >= 0 && present(i + 1)) rmw.add(i, i + 1);
    }
    for (const auto& writes : mo_) {
      for (std::size_t a = 0; a < writes.size(); ++a) {
        for (std::size_t b = a + 1; b < writes.size(); ++b) mo.add(writes[a], writes[b]);
      }
    }
    for (std::size_t r = 0; r < n; ++r) {
      if (!is_read(r)) continue;
      for (std::size_t w = 0; w < n; ++w) {
        if (is_write(w) && location(w) == location(r) && (rf_[r] < 0 || mo(static_cast<std::size_t>(rf_[r]), w)))
          fr.add(r, w);
      }
    }
    // Atomicity: nothing between the write that is read and the write.
    const Relation between = fr * mo;
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (rmw(i, i + 1) && between(i, i + 1)) return;
    }
    const bool allowed = model_ == Model::sc    ? (po | rf | mo | fr).acyclic()
                         : model_ == Model::tso ? tso(po, rf, mo, fr)
                                                : rc11(po, rf, mo, fr, rmw);
    if (!allowed) return;
    ++outcomes_.executions;
    Values outcome;
    for (std::size_t i = 0; i < n; ++i) {
      if (is_read(i) && nodes_[i].in->what != What::await) outcome.push_back(nodes_[i].value);
    }
    for (const auto& writes : mo_) outcome.push_back(writes.empty() ? 0 : nodes_[writes.back()].value);
    outcomes_.set.insert(outcome);
  }

  bool tso(const Relation& po, const Relation& rf, const Relation& mo, const Relation& fr) {
    auto same = [&](std::size_t a, std::size_t b) { return location(a) == location(b); };
    if (!(po.where(same) | rf | mo | fr).acyclic()) return false;
    auto full = [&](std::size_t i) {
      return nodes_[i].type == Node::Type::fence || nodes_[i].type == Node::Type::heavy || nodes_[i].partner >= 0 ||
             (is_write(i) && nodes_[i].order == Order::seq_cst);
    };
    auto light = [&](std::size_t i) { return nodes_[i].type == Node::Type::light; };
    const Relation ppo = po.where([&](std::size_t a, std::size_t b) {
      return !light(a) && !light(b) && (full(a) || full(b) || !is_write(a) || !is_read(b));
    });
    const Relation rfe = rf.where([&](std::size_t a, std::size_t b) { return nodes_[a].thread != nodes_[b].thread; });
    const Relation ghb = (ppo | rfe | mo | fr).plus();
    if (!ghb.irreflexive()) return false;
    return asymmetric(po * ghb.maybe() * po).acyclic();
  }

  /// Of pairs of asymmetric fences, those that are ordered: not two light ones.
  Relation asymmetric(const Relation& r) {
    return r.where([&](std::size_t a, std::size_t b) {
      auto is = [&](std::size_t i, Node::Type type) { return nodes_[i].type == type; };
      return (is(a, Node::Type::heavy) && (is(b, Node::Type::heavy) || is(b, Node::Type::light))) ||
             (is(a, Node::Type::light) && is(b, Node::Type::heavy));
    });
  }

  bool rc11(const Relation& po, const Relation& rf, const Relation& mo, const Relation& fr, const Relation& rmw) {
    const auto n = nodes_.size();
    auto full = [&](std::size_t i) {
      return nodes_[i].type == Node::Type::fence || nodes_[i].type == Node::Type::heavy;
    };
    const Relation sequence = (rf * rmw).plus().maybe();  // release sequences
    Relation sw(n);
    for (std::size_t head = 0; head < n; ++head) {
      if (!is_write(head)) continue;
      for (std::size_t w = 0; w < n; ++w) {
        if (!is_write(w) || !sequence(head, w)) continue;
        for (std::size_t r = 0; r < n; ++r) {
          if (!rf(w, r)) continue;
          for (std::size_t a = 0; a < n; ++a) {
            if (!((a == head && releases(nodes_[head].order)) || (full(a) && po(a, head)))) continue;
            for (std::size_t b = 0; b < n; ++b) {
              if ((b == r && acquires(nodes_[r].order)) || (full(b) && po(r, b))) sw.add(a, b);
            }
          }
        }
      }
    }
    const Relation hb = (po | sw).plus();
    const Relation eco = (rf | mo | fr).plus();
    if (!hb.irreflexive() || !(hb * eco.maybe()).irreflexive()) return false;

    auto sc_access = [&](std::size_t i) { return !nodes_[i].fence_like() && nodes_[i].order == Order::seq_cst; };
    auto same = [&](std::size_t a, std::size_t b) { return location(a) == location(b); };
    auto other = [&](std::size_t a, std::size_t b) { return location(a) != location(b); };
    const Relation po_other = po.where(other);
    const Relation scb = po | po_other * hb * po_other | hb.where(same) | mo | fr;
    Relation begin(n), end(n);  // [E] ∪ [F];hb? and [E] ∪ hb?;[F]
    for (std::size_t i = 0; i < n; ++i) {
      if (sc_access(i)) begin.add(i, i), end.add(i, i);
      for (std::size_t j = 0; j < n; ++j) {
        if (full(i) && (i == j || hb(i, j))) begin.add(i, j);
        if (full(j) && (i == j || hb(i, j))) end.add(i, j);
      }
    }
    const Relation base = begin * scb * end;
    const Relation around = hb | hb * eco * hb;
    const Relation fences = around.where([&](std::size_t a, std::size_t b) { return full(a) && full(b); });
    return (base | fences | asymmetric(around)).acyclic();
  }

  const Litmus& litmus_;
  Model model_;
  std::vector<Node> nodes_;
  std::vector<int> rf_;
  std::vector<std::vector<std::size_t>> mo_;
  Outcomes outcomes_;
};

}  // namespace

Outcomes enumerate(const Litmus& litmus, Model model) { return Enumerator(litmus, model).run(); }

}  // namespace turnstile::kit
