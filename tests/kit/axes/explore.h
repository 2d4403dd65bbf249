// What the kits of the axes share: a scenario is a name and a role for each thread; a kit's program gives roles their
// meaning. A class K with
//   using Role = ...; static std::vector<AxisScenario<Role>> scenarios(); explicit K(std::vector<Role>)
// that is a Program is explored by verify_axis<K>().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/kit/explorer_platform.h"
#include "tests/kit/properties.h"
#include "tests/kit/sections.h"

namespace turnstile::kit {

template <class Role>
struct AxisScenario {
  const char* name;
  std::vector<Role> roles;
};

struct AxisResult {
  std::string scenario;
  Report report;
};

/// Every scenario under every model, until one is refuted.
template <class Kit>
std::vector<AxisResult> verify_axis(double seconds_each = 20, const char* wanted_property = nullptr,
                                    const Mutation& mutation = {}, std::uint64_t executions_each = 50'000'000) {
  std::vector<AxisResult> results;
  for (const auto& scenario : Kit::scenarios()) {
    for (const Model model : {Model::sc, Model::tso, Model::rc11}) {
      Options options;
      options.model = model;
      options.max_seconds = seconds_each;
      options.max_executions = executions_each;
      options.wanted_property = wanted_property;
      options.mutation = mutation;
      auto program = std::make_unique<Kit>(scenario.roles);
      auto engine = std::make_unique<Engine>(options);
      results.push_back({scenario.name, engine->explore(*program)});
      if (results.back().report.outcome == Outcome::refuted) return results;
    }
  }
  return results;
}

}  // namespace turnstile::kit
