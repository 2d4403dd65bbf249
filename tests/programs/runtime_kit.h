// The runtime kit: the program suite under a policy of your own. A source of one line,
//
//   SYNC_RUNTIME_KIT(MyPolicy)                   (or several, separated by commas)
//
// and one of CMake, add_runtime_kit(my_policy my_policy.cpp), which adds a test for each tier and area of programs.
#pragma once

#include <array>
#include <memory>
#include <utility>

#include "examples/turnstile/command.h"

namespace turnstile {

template <class P>
std::unique_ptr<RuntimeCore> make_policy_runtime(RuntimeOptions options) {
  return std::make_unique<Runtime<P>>(std::move(options));
}

/// The command line with these policies to choose from. Returns the process's exit status.
template <class... Policies>
int run_under_policies(int argc, char** argv) {
  static constexpr std::array kPolicies = {describe_bundle<Policies>(&make_policy_runtime<Policies>)...};
  return cli::run_command_line(argc, argv, kPolicies);
}

}  // namespace turnstile

#define SYNC_RUNTIME_KIT(...) \
  int main(int argc, char** argv) { return turnstile::run_under_policies<__VA_ARGS__>(argc, argv); }
