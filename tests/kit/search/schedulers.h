// Beyond the bound: interleavings under sequential consistency, where all executions are too many.
//
//   PreemptionBound   every schedule with at most c preemptions (Musuvathi and Qadeer, PLDI 2007), by depth-first
//   search Pct               random priorities with d - 1 points at which one falls (Burckhardt et al., ASPLOS 2010): a
//   bug
//                     that needs d ordering constraints is found by one run with probability >= 1 / (n k^(d-1))
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/kit/engine/graph.h"
#include "tests/kit/engine/scheduler.h"

namespace turnstile::kit {

class PreemptionBound final : public Scheduler {
 public:
  explicit PreemptionBound(int preemptions, std::uint64_t most = ~std::uint64_t{0})
      : preemptions_(preemptions), most_(most) {}

  bool begin(int threads) override;
  int pick(std::uint32_t enabled, int last) override;
  int choose(int options) override;
  void end(int steps) override;
  std::string bound() const override;
  /// Every schedule within the bound has been run.
  bool complete() const { return complete_; }

 private:
  struct Decision {
    std::uint32_t left = 0;  // alternatives not yet taken: threads, or options of a choice
    int taken = 0;
  };
  int decide(std::uint32_t first, std::uint32_t others);

  int preemptions_;
  std::uint64_t most_, runs_ = 0;
  std::vector<Decision> path_;
  std::size_t at_ = 0;
  int used_ = 0;
  bool complete_ = false;
};

class Pct final : public Scheduler {
 public:
  Pct(std::uint64_t runs, int depth, std::uint64_t seed = 1) : runs_(runs), depth_(depth), random_(seed) {}

  bool begin(int threads) override;
  int pick(std::uint32_t enabled, int last) override;
  int choose(int options) override;
  void end(int steps) override;
  /// Of finding a bug of this depth in all runs so far, at least.
  double probability() const;
  std::string bound() const override;

 private:
  std::uint64_t runs_, done_ = 0;
  int depth_, threads_ = 0, steps_ = 1, step_ = 0;
  std::mt19937_64 random_;
  std::vector<int> priority_;       // by thread
  std::vector<int> change_points_;  // steps at which the running thread falls
};

}  // namespace turnstile::kit
