#include <algorithm>
#include <memory>
#include <random>

#include "tests/kit/explorer_platform.h"
#include "tests/kit/oracle/litmus.h"

namespace turnstile::kit {
namespace {

using What = Instruction::What;

class LitmusProgram final : public Program {
 public:
  LitmusProgram(const Litmus& litmus, Outcomes& outcomes, bool loops)
      : litmus_(litmus), outcomes_(outcomes), loops_(loops) {
    for (const auto& thread : litmus.threads) results_.emplace_back(thread.size(), 0);
  }
  int threads() const override { return static_cast<int>(litmus_.threads.size()); }
  void setup() override {
    locations_.clear();
    for (int i = 0; i < litmus_.locations; ++i) locations_.push_back(Engine::current()->new_location(0, nullptr));
  }
  void run(int thread) override {
    Engine& engine = *Engine::current();
    const auto& code = litmus_.threads[static_cast<std::size_t>(thread)];
    for (std::size_t i = 0; i < code.size(); ++i) {
      const Instruction& in = code[i];
      const int location = locations_[static_cast<std::size_t>(in.location)];
      auto& result = results_[static_cast<std::size_t>(thread)][i];
      switch (in.what) {
        case What::load:
          result = engine.access(location, {.order = in.order});
          break;
        case What::store:
          engine.access(location, {.op = Op::store, .order = in.order, .operand = in.value});
          break;
        case What::add:
          result = engine.access(location, {.op = Op::add, .order = in.order, .operand = in.value});
          break;
        case What::exchange:
          result = engine.access(location, {.op = Op::exchange, .order = in.order, .operand = in.value});
          break;
        case What::cas:
          result = engine.access(location, {.op = Op::cas,
                                            .order = in.order,
                                            .failure = Order::relaxed,
                                            .operand = in.value,
                                            .expected = in.expected});
          break;
        case What::await:
          RawExplorerPlatform::await(
              [&] { return (result = engine.access(location, {.order = in.order})) == in.value; });
          break;
        case What::fence:
          engine.fence(Kind::fence, {});
          break;
        case What::light:
          engine.fence(Kind::light, {});
          break;
        case What::heavy:
          engine.fence(Kind::heavy, {});
          break;
        case What::park:
          engine.park(location, in.expected, false, {});
          break;
        case What::unpark:
          engine.unpark(location, static_cast<int>(in.value), {});
          break;
        case What::park_until:
          park_until(engine, location, in);
          break;
      }
    }
  }
  void record(Engine& engine) {
    Values outcome;
    for (std::size_t t = 0; t < results_.size(); ++t) {
      for (std::size_t i = 0; i < results_[t].size(); ++i) {
        const What what = litmus_.threads[t][i].what;
        if (what == What::load || what == What::add || what == What::exchange || what == What::cas) {
          outcome.push_back(results_[t][i]);
        }
      }
    }
    for (const int location : locations_) outcome.push_back(engine.access(location, {}));
    outcomes_.set.insert(outcome);
    if (!engine.consistency().allows(engine.graph(), nullptr, 0)) return;
    outcomes_.ordered_set.insert(outcome);
    ++outcomes_.ordered;
  }

 private:
  void park_until(Engine& engine, int location, const Instruction& in) {
    for (;;) {
      if (!loops_) engine.begin_look();
      const std::uint64_t seen = engine.access(location, {.order = in.order});
      if (seen == in.value) return;
      loops_ ? engine.park(location, seen, false, {}) : engine.sleep(location, seen, false, {});
    }
  }

  const Litmus& litmus_;
  Outcomes& outcomes_;
  bool loops_;
  std::vector<int> locations_;
  std::vector<std::vector<std::uint64_t>> results_;
};

}  // namespace

Outcomes explore(const Litmus& litmus, Model model, bool loops) {
  Outcomes outcomes;
  LitmusProgram program(litmus, outcomes, loops);
  Engine engine({.model = model, .continue_after_deadlock = true});
  engine.at_end = [](Engine& e, void* argument) { static_cast<LitmusProgram*>(argument)->record(e); };
  engine.at_end_argument = &program;
  const Report report = engine.explore(program);
  outcomes.executions = report.executions;
  outcomes.deadlock = report.deadlocks != 0;
  outcomes.complete = report.outcome == Outcome::proved;
  return outcomes;
}

Litmus random_litmus(std::uint64_t seed, const RandomShape& shape) {
  std::mt19937_64 random(seed);
  auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  Litmus litmus;
  litmus.locations = shape.locations;
  std::uint64_t next_value = 1;
  for (int t = 0; t < shape.threads; ++t) {
    auto& code = litmus.threads.emplace_back();
    const int length = 1 + below(shape.instructions);
    for (int i = 0; i < length; ++i) {
      Instruction in;
      in.location = below(shape.locations);
      const int pick = below(shape.waits ? 18 : shape.awaits ? 15 : 13);
      constexpr Order kLoads[] = {Order::relaxed, Order::acquire, Order::seq_cst};
      constexpr Order kStores[] = {Order::relaxed, Order::release, Order::seq_cst};
      if (pick < 4) {
        in.what = What::load;
        in.order = kLoads[below(3)];
      } else if (pick < 8) {
        in.what = What::store;
        in.order = kStores[below(3)];
        in.value = next_value++;
      } else if (pick < 11) {
        constexpr What kUpdates[] = {What::add, What::exchange, What::cas};
        in.what = kUpdates[below(3)];
        in.order = static_cast<Order>(below(5));
        in.value = in.what == What::add ? 16 : next_value++;
        in.expected = static_cast<std::uint64_t>(below(3));
      } else if (pick < 13) {
        in.what = !shape.asymmetric ? What::fence : below(2) == 0 ? What::light : What::heavy;
      } else if (pick < 15) {
        in.what = shape.park_until ? What::park_until : What::await;
        in.order = kLoads[below(3)];
        in.value = static_cast<std::uint64_t>(below(static_cast<int>(next_value) + 1));
      } else if (pick < 16) {
        in.what = What::park;
        in.expected = static_cast<std::uint64_t>(below(2));
      } else {
        in.what = What::unpark;
        in.value = 1 + static_cast<std::uint64_t>(below(2)) * 7;
      }
      code.push_back(in);
    }
  }
  return litmus;
}

std::string Litmus::text() const {
  constexpr const char* kNames[] = {"load",  "store", "add",   "xchg", "cas",    "await",
                                    "fence", "light", "heavy", "park", "unpark", "park until"};
  constexpr const char* kOrders[] = {"rlx", "acq", "rel", "ar", "sc"};
  std::string text;
  for (const auto& thread : threads) {
    for (const auto& in : thread) {
      text += std::string(kNames[static_cast<int>(in.what)]) + " " + std::to_string(in.location) + " v" +
              std::to_string(in.value) + " e" + std::to_string(in.expected) + " " +
              kOrders[static_cast<int>(in.order)] + "; ";
    }
    text += "|| ";
  }
  return text;
}

}  // namespace turnstile::kit
