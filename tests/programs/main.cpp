// The command line over every policy of tests/policy_list.h: what the program suite runs under.
#include <array>

#include "examples/turnstile/command.h"
#include "tests/policy_list.h"

namespace {

template <class P>
std::unique_ptr<turnstile::RuntimeCore> make(turnstile::RuntimeOptions options) {
  return std::make_unique<turnstile::Runtime<P>>(std::move(options));
}

}  // namespace

int main(int argc, char** argv) {
  using namespace turnstile;
#define TURNSTILE_DESCRIBE(Policy) describe_bundle<Policy>(&make<Policy>),
  static constexpr std::array kPolicies = {TURNSTILE_FOR_EACH_POLICY(TURNSTILE_DESCRIBE)};
#undef TURNSTILE_DESCRIBE
  return cli::run_command_line(argc, argv, kPolicies);
}
