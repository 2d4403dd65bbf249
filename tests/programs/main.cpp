// The command line over every policy of tests/policy_list.h: what the program suite runs under.
#include "tests/policy_list.h"
#include "tests/programs/runtime_kit.h"

int main(int argc, char** argv) {
  using namespace turnstile;
#define TURNSTILE_DESCRIBE(Policy) describe_bundle<Policy>(&make_policy_runtime<Policy>),
  static constexpr std::array kPolicies = {TURNSTILE_FOR_EACH_POLICY(TURNSTILE_DESCRIBE)};
#undef TURNSTILE_DESCRIBE
  return cli::run_command_line(argc, argv, kPolicies);
}
