// Automatic mutants: every memory order of a lock weakened by one step, every fence and every wake dropped, one at a
// time, in the lock's own source. Who survives tells of an order that is stronger than it needs to be, of an operation
// that is there for speed alone, or of a scenario that the kit lacks.
#pragma once

#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/kit/axes/explore.h"
#include "tests/kit/world/verify.h"

namespace turnstile::kit {

struct Mutant {
  Mutation mutation;
  std::string what;       // file:line, operation, fault
  std::string killed_by;  // property; empty: it survived
  std::string row;        // "file | source line | fault": as tables of survivors name it, whatever its line number
};

/// The trimmed source line; `root` is where the sources stand, file names of sites may be relative to elsewhere.
inline std::string source_line(const Site& site, const std::string& root, const std::string& sources) {
  std::ifstream file(root + "/" + site.file.substr(site.file.rfind(sources)));
  std::string line;
  for (unsigned i = 0; i < site.line; ++i) std::getline(file, line);
  const std::size_t comment = line.find("  //");
  line = line.substr(0, comment);
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

inline std::string describe(const Mutation& mutation) {
  constexpr const char* kPlaces[] = {"load",        "store", "read-modify-write", "fence", "light fence",
                                     "heavy fence", "unpark"};
  constexpr const char* kOrders[] = {"relaxed", "acquire", "release", "acq_rel", "seq_cst"};
  const Site& site = mutation.site;
  std::string text = site.file.substr(site.file.rfind('/') + 1) + ":" + std::to_string(site.line) + " " +
                     kPlaces[static_cast<int>(site.place)];
  if (site.place > Place::update) return text + " dropped";
  return text + " " + kOrders[site.order] + " weakened" + (mutation.fault == Fault::drop ? " to release" : "");
}

/// Explores under a mutation and returns the property that is violated, or nothing.
using ExploreMutant = std::function<std::string(const Mutation&)>;

/// Every mutant, with what kills it. Only sites in sources whose paths contain `sources`, as found below `root`.
inline std::vector<Mutant> automatic_mutants(const ExploreMutant& explore, const std::string& sources,
                                             const std::string& root) {
  std::set<Site> sites;
  Mutation none;
  none.collect = &sites;
  explore(none);

  std::vector<Mutant> mutants;
  for (const Site& site : sites) {
    if (site.file.find(sources) == std::string::npos) continue;
    const bool dropped = site.place > Place::update;
    if (!dropped && site.order == static_cast<int>(Order::relaxed)) continue;
    std::vector<Fault> faults = {dropped ? Fault::drop : Fault::weaken};
    if (!dropped && site.order == static_cast<int>(Order::acq_rel)) faults.push_back(Fault::drop);
    for (const Fault fault : faults) {
      Mutant mutant;
      mutant.mutation.fault = fault;
      mutant.mutation.site = site;
      mutant.what = describe(mutant.mutation);
      mutant.row = site.file.substr(site.file.rfind('/') + 1) + " | `" + source_line(site, root, sources) + "` | " +
                   mutant.what.substr(mutant.what.find(' ') + 1);
      mutant.killed_by = explore(mutant.mutation);
      mutants.push_back(mutant);
    }
  }
  return mutants;
}

/// Those of a world lock; so many executions of each scenario and model, however long they take.
template <class Lock>
std::vector<Mutant> automatic_world_mutants(const std::string& sources, std::uint64_t executions_each,
                                            const std::string& root) {
  auto explore = [&](const Mutation& mutation) -> std::string {
    WorldOptions options;
    options.mutation = mutation;
    options.seconds_each = 3600;
    options.executions_each = mutation.collect != nullptr ? 5'000 : executions_each;
    const WorldVerdict verdict = verify_world<Lock>(options);
    const Violation* const violation = verdict.violation();
    return violation != nullptr ? violation->property : "";
  };
  return automatic_mutants(explore, sources, root);
}

/// Those of another axis's choice, by its kit.
template <class Kit>
std::vector<Mutant> automatic_axis_mutants(const std::string& sources, std::uint64_t executions_each,
                                           const std::string& root) {
  auto explore = [&](const Mutation& mutation) -> std::string {
    const auto results = verify_axis<Kit>(3600, nullptr, mutation, executions_each);
    return results.back().report.violation.property;
  };
  return automatic_mutants(explore, sources, root);
}

}  // namespace turnstile::kit
