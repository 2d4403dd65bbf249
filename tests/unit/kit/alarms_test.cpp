// No false alarms: programs that are right under every model, next to neighbours that are not, so that silence means
// something.
#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <memory>

#include "tests/kit/explorer_platform.h"
#include "tests/kit/properties.h"

namespace turnstile::kit {
namespace {

template <class Body>
class TwoThreads final : public Program {
 public:
  int threads() const override { return 2; }
  void setup() override { body_ = new (memory_.data()) Body; }
  void run(int thread) override { body_->run(thread); }
  void finish() override {
    if constexpr (requires { body_->finish(); }) body_->finish();
  }

 private:
  alignas(64) std::array<std::byte, sizeof(Body)> memory_;
  Body* body_ = nullptr;
};

template <class Body>
Report explore(Model model) {
  Options options;
  options.model = model;
  TwoThreads<Body> program;
  return std::make_unique<Engine>(options)->explore(program);
}

/// Dekker's core: who raises a flag and sees no other may go in.
template <std::memory_order store, std::memory_order load>
struct Dekker {
  ExplorerAtomic<std::uint32_t> flags[2];
  ExplorerVar<int> data{0};
  void run(int thread) {
    flags[thread].store(1, store);
    if (flags[1 - thread].load(load) == 0) ++data;
    flags[thread].store(0, store);
  }
};
constexpr auto kSeqCst = std::memory_order_seq_cst, kRelease = std::memory_order_release,
               kAcquire = std::memory_order_acquire, kRelaxed = std::memory_order_relaxed;

TEST_CASE("Dekker with seq_cst is right everywhere, with release and acquire under SC alone") {
  for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
    CAPTURE(name_of(model));
    CHECK(explore<Dekker<kSeqCst, kSeqCst>>(model).outcome == Outcome::proved);
    const Report weak = explore<Dekker<kRelease, kAcquire>>(model);
    CHECK(weak.outcome == (model == Model::sc ? Outcome::proved : Outcome::refuted));
    if (model != Model::sc) CHECK(weak.violation.trace.find("no happens-before") != std::string::npos);
  }
}

/// Of two threads that write two words in opposite order, not both can have been first everywhere.
template <std::memory_order order>
struct TwoPlusTwoWrites {
  ExplorerAtomic<std::uint32_t> words[2];
  void run(int thread) {
    words[thread].store(1, order);
    words[1 - thread].store(2, order);
  }
  void finish() {
    const bool both_first = words[0].load(kRelaxed) == 1 && words[1].load(kRelaxed) == 1;
    Engine::current()->check(!both_first, property::kExclusion, "both words have their first thread's value");
  }
};

TEST_CASE("2+2W with seq_cst is right everywhere, weaker under SC and TSO") {
  for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
    CAPTURE(name_of(model));
    CHECK(explore<TwoPlusTwoWrites<kSeqCst>>(model).outcome == Outcome::proved);
    CHECK(explore<TwoPlusTwoWrites<kRelease>>(model).outcome ==
          (model == Model::rc11 ? Outcome::refuted : Outcome::proved));
  }
}

/// Faults in the one execution in which a thread sees the other's flag.
struct Faulting {
  ExplorerAtomic<std::uint32_t> flag{0};
  void run(int thread) {
    if (thread == 0) return flag.store(1, kRelaxed);
    if (flag.load(kRelaxed) == 1) std::raise(SIGSEGV);
  }
};

TEST_CASE("a crash is a violation, with a trace") {
  const Report report = explore<Faulting>(Model::sc);
  REQUIRE(report.outcome == Outcome::refuted);
  CHECK(report.violation.property == property::kCrash);
  CHECK_FALSE(report.violation.trace.empty());
  CHECK(explore<Dekker<kSeqCst, kSeqCst>>(Model::sc).outcome == Outcome::proved);  // and the next exploration is none
}

}  // namespace
}  // namespace turnstile::kit
