#include "tests/kit/search/schedulers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace turnstile::kit {

bool PreemptionBound::begin(int) {
  if (runs_ > 0) {
    // The last decision with an alternative takes it.
    while (!path_.empty() && path_.back().left == 0) path_.pop_back();
    if (path_.empty()) complete_ = true;
    if (path_.empty() || runs_ >= most_) return false;
    Decision& last = path_.back();
    last.taken = __builtin_ctz(last.left);
    last.left &= last.left - 1;
  }
  at_ = 0;
  used_ = 0;
  return true;
}

int PreemptionBound::decide(std::uint32_t first, std::uint32_t others) {
  if (at_ == path_.size()) path_.push_back({others & ~first, __builtin_ctz(first)});
  return path_[at_++].taken;
}

int PreemptionBound::pick(std::uint32_t enabled, int last) {
  const std::uint32_t lowest = enabled & (~enabled + 1);
  if (last < 0 || (enabled >> last & 1) == 0) return decide(lowest, enabled);
  const int next = decide(1u << last, used_ < preemptions_ ? enabled : 0);
  if (next != last) ++used_;
  return next;
}

int PreemptionBound::choose(int options) { return decide(1, (1u << options) - 1); }

void PreemptionBound::end(int) { ++runs_; }

std::string PreemptionBound::bound() const {
  return (complete_ ? "every schedule with at most " : "some schedules with at most ") + std::to_string(preemptions_) +
         " preemptions";
}

bool Pct::begin(int threads) {
  if (done_ >= runs_) return false;
  threads_ = threads + 1;
  step_ = 0;
  // The lowest depth - 1 priorities are for those who fall.
  priority_.resize(static_cast<std::size_t>(threads_));
  std::iota(priority_.begin(), priority_.end(), depth_);
  std::shuffle(priority_.begin(), priority_.end(), random_);
  change_points_.clear();
  for (int i = 0; i + 1 < depth_; ++i) {
    change_points_.push_back(1 + static_cast<int>(random_() % static_cast<std::uint64_t>(steps_)));
  }
  return true;
}

int Pct::pick(std::uint32_t enabled, int) {
  ++step_;
  int best = -1;
  auto highest = [&] {
    best = -1;
    for (int t = 0; t < threads_; ++t) {
      if ((enabled >> t & 1) != 0 &&
          (best < 0 || priority_[static_cast<std::size_t>(t)] > priority_[static_cast<std::size_t>(best)])) {
        best = t;
      }
    }
  };
  highest();
  for (std::size_t i = 0; i < change_points_.size(); ++i) {
    if (change_points_[i] != step_) continue;
    priority_[static_cast<std::size_t>(best)] = depth_ - 2 - static_cast<int>(i);
    highest();
  }
  return best;
}

int Pct::choose(int options) { return static_cast<int>(random_() % static_cast<std::uint64_t>(options)); }

void Pct::end(int steps) {
  ++done_;
  steps_ = std::max(steps_, steps);
}

double Pct::probability() const {
  const double one = 1 / (threads_ * std::pow(steps_, depth_ - 1));
  return 1 - std::pow(1 - one, static_cast<double>(done_));
}

std::string Pct::bound() const {
  char text[120];
  std::snprintf(text, sizeof text, "PCT, depth %d: a bug of that depth is missed with probability <= %.3g", depth_,
                1 - probability());
  return text;
}

}  // namespace turnstile::kit
