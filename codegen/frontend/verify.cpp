#include "codegen/frontend/verify.h"

#include <set>

#include "codegen/frontend/operands.h"

namespace turnstile::frontend {

namespace {

class Verifier {
 public:
  Verifier(const CodeUnit& unit, std::vector<std::string>* errors) : unit_(unit), d_(*unit.data), errors_(errors) {}

  void run() {
    shape();
    if (!bad_) flow();
    for (const Constant& c : unit_.consts) inner(c);
  }

 private:
  using Written = std::vector<bool>;  // by temporary

  void error(std::size_t pc, std::string what) {
    bad_ = true;
    errors_->push_back(d_.filename + ":" + d_.qualname + " at " + std::to_string(pc) + ": " + std::move(what));
  }

  void inner(const Constant& c) {
    if (c.kind == Constant::Kind::code) Verifier(*c.unit, errors_).run();
    for (const Constant& item : c.items) inner(item);
  }

  /// What can be seen without following control flow.
  void shape() {
    std::size_t n = d_.insns.size();
    if (d_.spans.size() != n) error(n, "spans and instructions differ in number");
    if (d_.local_names.size() != d_.local_count) error(n, "local_names and local_count differ");
    if (d_.slot_count < d_.local_count) error(n, "fewer slots than locals");
    if (d_.free_begin + d_.free_count > d_.local_count) error(n, "free variables are no locals");
    if (unit_.consts.empty()) error(n, "no consts[0]");
    if (n == 0 || !ends_path(d_.insns[n - 1].op)) error(n, "control falls off the end");
    std::set<std::uint32_t> caches;
    for (std::size_t pc = 0; pc < n; ++pc) {
      const Insn& i = d_.insns[pc];
      const codegen::SlotUse use = codegen::slot_use(i);
      const auto check_bounds = [&](const codegen::SlotRange& r) {
        if (r.first + r.count > d_.slot_count) error(pc, "register out of bounds");
      };
      for (const codegen::SlotRange& r : use.reads) check_bounds(r);
      for (const codegen::SlotRange& r : use.writes) check_bounds(r);
      if (immediate(i.op) == Immediate::constant && static_cast<std::size_t>(i.d) >= unit_.consts.size())
        error(pc, "no such constant");
      if (immediate(i.op) == Immediate::target) {
        if (static_cast<std::size_t>(i.d) >= n) {
          error(pc, "jump out of bounds");
        } else if ((static_cast<std::size_t>(i.d) <= pc) != (i.op == Op::jump_back_)) {
          error(pc, "only jump_back goes backwards, and it must");
        }
      }
      if (i.cache > d_.cache_count) error(pc, "cache index out of bounds");
      if (i.cache != 0 && !caches.insert(i.cache).second) error(pc, "cache used twice");
    }
    for (std::size_t k = 0; k < d_.exceptions.size(); ++k) {
      const ExceptionEntry& e = d_.exceptions[k];
      if (e.begin >= e.end || e.end > n || e.handler >= n || e.reg >= d_.slot_count)
        error(e.begin, "exception entry out of bounds");
      if (e.handler >= e.begin && e.handler < e.end) error(e.begin, "handler inside its own region");
      for (std::size_t outer = 0; outer < k; ++outer) {
        const ExceptionEntry& o = d_.exceptions[outer];
        if (o.begin < e.end && e.begin < o.end && !(e.begin <= o.begin && o.end <= e.end)) {
          error(e.begin, "exception entries overlap, or an inner one comes later");
        }
      }
    }
  }

  /// Follows every path and merges what temporaries are written.
  void flow() {
    std::size_t n = d_.insns.size();
    state_.resize(n);
    seen_.assign(n, false);
    reach(0, Written(d_.slot_count - d_.local_count, false));
    while (!work_.empty()) {
      std::size_t pc = work_.back();
      work_.pop_back();
      const Insn& i = d_.insns[pc];
      Written w = state_[pc];
      const codegen::SlotUse use = codegen::slot_use(i);
      for (const codegen::SlotRange& r : use.reads) {
        for (std::uint32_t k = r.first; k < r.first + r.count; ++k) {
          if (k >= d_.local_count && !w[k - d_.local_count] && reported_.insert(pc).second) {
            error(pc, std::string(op_text(i.op)) + " reads temporary " + std::to_string(k) +
                          ", which is not written on every path");
          }
        }
      }
      for (const ExceptionEntry& e : d_.exceptions) {
        if (pc < e.begin || pc >= e.end) continue;
        Written at_handler = w;
        if (e.reg >= d_.local_count) at_handler[e.reg - d_.local_count] = true;
        reach(e.handler, std::move(at_handler));
        break;
      }
      Written before = w;
      for (const codegen::SlotRange& r : use.writes) {
        for (std::uint32_t k = r.first; k < r.first + r.count; ++k) {
          if (k >= d_.local_count) w[k - d_.local_count] = true;
        }
      }
      if (is_jump(i.op)) reach(static_cast<std::size_t>(i.d), i.op == Op::for_iter_ ? before : w);
      if (!ends_path(i.op)) {
        if (pc + 1 >= n) {
          error(pc, "control falls off the end");
        } else {
          reach(pc + 1, std::move(w));
        }
      }
    }
  }

  void reach(std::size_t pc, Written w) {
    if (!seen_[pc]) {
      seen_[pc] = true;
      state_[pc] = std::move(w);
      work_.push_back(pc);
      return;
    }
    bool changed = false;
    for (std::size_t k = 0; k < w.size(); ++k) {
      if (state_[pc][k] && !w[k]) {
        state_[pc][k] = false;
        changed = true;
      }
    }
    if (changed) work_.push_back(pc);
  }

  const CodeUnit& unit_;
  const CodeData& d_;
  std::vector<std::string>* errors_;
  bool bad_ = false;
  std::vector<Written> state_;
  std::vector<bool> seen_;
  std::vector<std::size_t> work_;
  std::set<std::size_t> reported_;
};

}  // namespace

std::vector<std::string> verify(const CodeUnit& unit) {
  std::vector<std::string> errors;
  Verifier(unit, &errors).run();
  return errors;
}

}  // namespace turnstile::frontend
