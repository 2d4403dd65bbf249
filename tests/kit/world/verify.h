// Scenarios for a world lock, and the verdict over them.
//
//   WorldVerdict v = verify_world<MyLock<ExplorerPlatform>>({.tier = Tier::quick});
//
// Every scenario is explored under every model of the tier until it is proved, refuted, or out of its share of time
// (then it is sampled, and says so). Traits that the lock declares are held against it; the rest is inferred.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/kit/world/observe.h"
#include "tests/kit/world/program.h"

namespace turnstile::kit {

enum class Tier : std::uint8_t { quick, full };

/// What somebody declares of a lock, beside the constants of its class. What is not declared is inferred and printed.
struct Traits {
  std::optional<bool> parallel_readers = {};
  std::optional<int> writer_overtakes = {};  // a stop that sleeps is overtaken by at most so many entries
  std::optional<bool> reader_progress = {};  // an entry that sleeps is overtaken by no later stop
  std::optional<bool> promote_waits = {};    // promote() may wait for another writer, and says so
  std::optional<bool> try_may_fail = {};     // try_promote() does not wait
  std::optional<bool> nested_entries = {};   // enter() inside is allowed
  // What it is to be put through, if not the default.
  std::vector<Model> models = {};
  double seconds_each = 0;  // per scenario and model
};

struct WorldOptions {
  Tier tier = Tier::quick;
  std::vector<Model> models = {Model::sc, Model::tso, Model::rc11};
  double seconds_each = 0.15;  // per scenario and model; small ones get kSmallShare times as much, if they need it
  std::uint64_t executions_each = 50'000'000;
  int spurious_wakes = 0;
  bool membarrier = true;
  bool stop_at_first = true;  // violation
  std::string only = {};      // this scenario; all if empty
  Mutation mutation = {};
  const char* wanted_property = nullptr;  // violations of others are passed over
};

struct WorldResult {
  std::string scenario;
  Report report;
};

struct WorldVerdict {
  std::vector<WorldResult> results;
  Outcome outcome = Outcome::proved;
  // Inferred, from the executions that were seen.
  bool parallel = false;               // readers met inside
  int entries_overtaking = 0;          // most entries that overtook a sleeping stop
  int stops_overtaking = 0;            // most stops that overtook a sleeping entry, which they came after
  bool promotion_interleaved = false;  // promote() said so
  bool try_failed = false;             // try_promote()
  std::string nested_violates;         // what an entry inside of another led to; empty: nothing
  std::uint64_t executions = 0;
  double seconds = 0;
  bool longer_than_limits = false;

  const Violation* violation() const {
    for (const auto& result : results) {
      if (result.report.outcome == Outcome::refuted) return &result.report.violation;
    }
    return nullptr;
  }
  std::string text() const {
    std::string text;
    for (const auto& [scenario, report] : results) text += "  " + scenario + ": " + report.text() + "\n";
    char traits[320];
    std::snprintf(
        traits, sizeof traits,
        "  inferred: readers %s; at most %d entries overtook a sleeping stop, %d later stops a sleeping entry; "
        "promote() %s; try_promote() %s; entries %s\n",
        parallel ? "parallel" : "one at a time", entries_overtaking, stops_overtaking,
        promotion_interleaved ? "waits for others, says so" : "is always atomic",
        try_failed ? "may fail" : "never fails",
        nested_violates.empty() ? "nest" : ("do not nest (" + nested_violates + ")").c_str());
    return text + traits;
  }
  /// What was declared, but is not so; a line each. Bounds hold of what was seen.
  std::string contradictions(const Traits& declared) const {
    std::string text;
    auto differs = [&](const char* what, const std::optional<bool>& says, bool is) {
      if (says && *says != is) text += std::string(what) + " is " + (is ? "true" : "false") + "\n";
    };
    differs("parallel_readers", declared.parallel_readers, parallel);
    differs("reader_progress", declared.reader_progress, stops_overtaking == 0);
    differs("promote_waits", declared.promote_waits, promotion_interleaved);
    differs("try_may_fail", declared.try_may_fail, try_failed);
    differs("nested_entries", declared.nested_entries, nested_violates.empty());
    if (declared.writer_overtakes && entries_overtaking > *declared.writer_overtakes) {
      text += "writer_overtakes is at least " + std::to_string(entries_overtaking) + "\n";
    }
    return text;
  }
};

/// Those of two threads are proved where a lock is of ordinary size, if they get the time.
inline constexpr double kSmallShare = 12;
inline bool is_small(const Scenario& scenario) {
  bool repeats = false;
  for (const Role role : scenario.roles) repeats |= role == Role::twice;
  return scenario.roles.size() <= 2 && !repeats;
}

/// What a world lock is put through, by what it declares; parallel ones in addition: readers meet.
template <class Lock>
std::vector<Scenario> world_scenarios(Tier tier) {
  using enum Role;
  constexpr bool stops = Lock::kCanStopMany, polls = Lock::kHasPoll;
  std::vector<Scenario> list = {{"two readers", {reader, reader}}, {"attach and detach", {attacher, attacher}}};
  if (stops) {
    list.insert(list.end(), {
                                {"1 reader, 1 writer", {reader, writer}},
                                {"2 writers", {writer, writer}},
                                {"reader from a region, stopper", {region, stopper}},
                                {"attacher, writer", {attacher, writer}},
                                {"2 promoters", {promoter, promoter}},
                                {"2 triers", {trier, trier}},
                                {"trier, writer", {trier, writer}},
                                {"promoter, writer", {promoter, writer}},
                                {"region inside a stop, reader", {nester, reader}},
                                {"count during a stop, attacher", {counter, attacher}},
                                // So many are attached that two share one list of a registry of four.
                                {"2 leave, 3 stay, 1 writer", {leaver, idle, idle, idle, leaver, writer}},
                                {"1 comes back, 4 stay, 1 writer", {returner, idle, idle, idle, idle, writer}},
                                {"1 reader, 3 stay, 1 writer", {reader, idle, idle, idle, writer}},
                                {"last user destroys", {last_user, last_user}},
                                {"fork beside a stop", {parent, sibling}, property::kFork},
                                {"fork inside a stop", {stopping_parent, sibling}, property::kFork},
                                {"fork inside a stop, attacher", {stopping_parent, young_sibling}, property::kFork},
                            });
    if (polls) {
      list.insert(list.end(),
                  {{"poller, writer", {poller, writer}},
                   {"poll until stopped", {waiter, stopper}, property::kPollVisible},
                   {"request a poll", {requester, requested}, property::kPollVisible},
                   {"request a poll beside a stop", {requester, answerer, writer}, property::kPollVisible}});
    }
    if (polls && !Lock::kParallelMutators) {
      list.push_back({"host, 2 guests", {host, guest, guest}});
      if (Lock::kReaderProgress) list.push_back({"relay, guest", {relay, guest}});
    }
    if (LendingWorldLock<Lock>) {
      list.insert(list.end(),
                  {{"lender, borrower", {lender, borrower}}, {"2 lenders, borrower", {lender, lender, borrower}}});
    }
    list.insert(list.end(),
                {{"1 reader, 2 writers", {reader, writer, writer}}, {"reader twice, stopper", {twice, stopper}}});
    if (Lock::kParallelMutators || tier == Tier::full) {
      list.insert(list.end(), {{"2 readers, 1 writer", {reader, reader, writer}},
                               {"attacher, 2 stops", {attacher, stop_once, stop_once}}});
    }
    if (tier == Tier::full) {
      list.insert(list.end(), {{"3 readers, 1 writer", {reader, reader, reader, writer}},
                               {"2 readers, 2 writers", {reader, reader, writer, writer}},
                               {"3 readers, 2 writers", {reader, reader, reader, writer, writer}},
                               {"attacher, 2 writers", {attacher, writer, writer}},
                               {"3 promoters", {promoter, promoter, promoter}},
                               {"2 pollers, 1 stopper", {poller, poller, stopper}}});
    }
  }
  return list;
}

template <class Lock>
Report explore_world(const Scenario& scenario, const Options& options, WorldVerdict* traits = nullptr) {
  auto program = std::make_unique<WorldProgram<Lock>>(scenario);
  auto engine = std::make_unique<Engine>(options);
  engine->at_end_argument = program.get();
  if (options.model != Model::tso && options.spurious_wakes == 0) {  // a spurious wake serves nobody
    engine->at_end = [](Engine& e, void* argument) { static_cast<WorldProgram<Lock>*>(argument)->observe(e); };
  }
  Report report = engine->explore(*program);
  if (traits != nullptr) {
    traits->parallel |= program->met();
    traits->entries_overtaking = std::max(traits->entries_overtaking, program->overtakes().entries);
    traits->stops_overtaking = std::max(traits->stops_overtaking, program->overtakes().stops);
    traits->promotion_interleaved |= program->promotion_interleaved();
    traits->try_failed |= program->try_failed();
  }
  return report;
}

/// The smallest part of a refuted scenario in which the same property is still violated: threads are taken away one by
/// one, then roles replaced by simpler ones.
template <class Lock>
Scenario shrink(Scenario scenario, const char* violated, Options options) {
  options.wanted_property = violated;
  options.stuck_means = scenario.stuck_means;
  auto still = [&](const Scenario& smaller) {
    return !smaller.roles.empty() && explore_world<Lock>(smaller, options).outcome == Outcome::refuted;
  };
  for (std::size_t i = 0; i < scenario.roles.size();) {
    Scenario smaller = scenario;
    smaller.roles.erase(smaller.roles.begin() + static_cast<std::ptrdiff_t>(i));
    still(smaller) ? scenario = smaller : (++i, scenario);
  }
  for (Role& role : scenario.roles) {
    for (const Role simpler : {Role::reader, Role::stop_once, Role::writer}) {
      const Role before = role;
      if (before == simpler) break;
      role = simpler;
      if (still(scenario)) break;
      role = before;
    }
  }
  return scenario;
}

template <class Lock>
WorldVerdict verify_world(const WorldOptions& wanted = {}) {
  WorldVerdict verdict;
  auto add = [&](const Scenario& scenario, Model model, bool counts) {
    Options options;
    options.model = model;
    options.max_seconds =
        wanted.seconds_each * (is_small(scenario) && wanted.wanted_property == nullptr ? kSmallShare : 1);
    options.max_executions = wanted.executions_each;
    options.spurious_wakes = wanted.spurious_wakes;
    options.membarrier = wanted.membarrier;
    options.mutation = wanted.mutation;
    options.wanted_property = wanted.wanted_property;
    options.stuck_means = scenario.stuck_means;
    const Report report = explore_world<Lock>(scenario, options, &verdict);
    verdict.executions += report.executions + report.blocked + report.dead;
    verdict.seconds += report.seconds;
    if (counts) {
      verdict.results.push_back({scenario.name, report});
      if (report.outcome == Outcome::refuted) {
        verdict.outcome = Outcome::refuted;
      } else if (report.outcome == Outcome::sampled && verdict.outcome == Outcome::proved) {
        verdict.outcome = Outcome::sampled;
      }
    }
    return report.outcome;
  };
  // What SC and TSO allow RC11 allows too: here, large scenarios meet TSO in the full tier alone, and SC only where
  // RC11 proves nothing.
  const bool weakest = std::find(wanted.models.begin(), wanted.models.end(), Model::rc11) != wanted.models.end();
  auto weakest_first = [&](const Scenario& scenario) {
    return wanted.tier == Tier::quick && weakest && wanted.only.empty() && wanted.mutation.fault == Fault::none &&
           !is_small(scenario);
  };
  const Scenario meeting{"readers meet", {Role::meeting, Role::meeting}, property::kParallelism};
  if (wanted.only.empty() || wanted.only == meeting.name) add(meeting, Model::sc, Lock::kParallelMutators);
  if (verdict.outcome == Outcome::refuted && wanted.stop_at_first) return verdict;
  for (const Scenario& scenario : world_scenarios<Lock>(wanted.tier)) {
    if (!wanted.only.empty() && wanted.only != scenario.name) continue;
    const bool shorter = weakest_first(scenario);
    for (const Model model : shorter ? std::vector<Model>{Model::rc11, Model::sc} : wanted.models) {
      const Outcome outcome = add(scenario, model, true);
      if (outcome == Outcome::refuted && wanted.stop_at_first) return verdict;
      if (shorter && outcome == Outcome::proved) break;
    }
  }
  if (wanted.only.empty() && wanted.mutation.fault == Fault::none) {
    // Not held against the lock: the contract does not ask for it.
    Options options;
    options.max_seconds = wanted.seconds_each;
    const Role other = Lock::kCanStopMany ? Role::writer : Role::reader;
    verdict.nested_violates =
        explore_world<Lock>({"nested entries", {Role::nested, other}}, options).violation.property;
  }
  return verdict;
}

}  // namespace turnstile::kit
