#include "options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace turnstile::cli {

std::optional<std::size_t> parse_size(const std::string& text) {
  char* end = nullptr;
  const unsigned long long n = std::strtoull(text.c_str(), &end, 10);
  if (end == text.c_str() || text[0] == '-') return std::nullopt;
  const std::map<std::string, int> shifts = {{"", 0}, {"k", 10}, {"K", 10}, {"m", 20}, {"M", 20}, {"g", 30}, {"G", 30}};
  const auto shift = shifts.find(end);
  if (shift == shifts.end() || (n << shift->second) >> shift->second != n) return std::nullopt;
  return static_cast<std::size_t>(n) << shift->second;
}

namespace {

struct Raw {
  std::string policy = "biased";
  std::string tier = "mixed";
  std::string max_heap;
  std::string code;
};

std::string policy_names(std::span<const BundleInfo> policies) {
  std::string names;
  for (const BundleInfo& bundle : policies) names += (names.empty() ? "" : ", ") + std::string(bundle.name);
  return names;
}

const BundleInfo* find_policy(std::span<const BundleInfo> policies, std::string_view name) {
  for (const BundleInfo& bundle : policies) {
    if (bundle.name == name) return &bundle;
  }
  return nullptr;
}

bool is_tier(std::string_view name) { return name == "interpreter" || name == "mixed" || name == "compiled"; }

void add_run_options(CLI::App& app, CommandLine& line, Raw& raw, std::span<const BundleInfo> policies) {
  // What follows the first word that is no option belongs to the Python program.
  app.prefix_command();
  app.add_option("-p,--policy", raw.policy,
                 "Synchronization policy (default: $TURNSTILE_POLICY, or biased): " + policy_names(policies))
      ->check([policies](const std::string& name) {
        return find_policy(policies, name) != nullptr
                   ? std::string()
                   : "unknown policy '" + name + "' (known: " + policy_names(policies) + ")";
      });
  app.add_option("-c", raw.code, "Run CODE instead of a file")->type_name("CODE");
  app.add_option("--tier", raw.tier,
                 "interpreter, mixed, or compiled: everything at its first call (default: $TURNSTILE_TIER, or mixed)")
      ->check([](const std::string& name) {
        return is_tier(name) ? std::string() : "unknown tier '" + name + "' (known: interpreter, mixed, compiled)";
      });
  app.add_flag("--stats", line.stats, "Print counters and histograms of stops to standard error at the end");
  app.add_option("--max-heap", raw.max_heap, "Heap limit in bytes (suffixes k, m, g): beyond it MemoryError")
      ->type_name("SIZE")
      ->check([](const std::string& text) { return parse_size(text) ? std::string() : "bad size '" + text + "'"; });
  app.add_option("--gc-stress", line.runtime.gc_stress, "Collect at every K-th allocation")->type_name("K");
  app.add_flag("--gc-verify", line.runtime.gc_verify, "Verify the heap after each collection");
  app.add_flag("--gc-poison", line.runtime.gc_poison, "Overwrite freed memory");
  app.add_option("--compile-threshold", line.runtime.compile_threshold, "Heat at which a function is compiled")
      ->type_name("N");
  app.add_flag("--perf", line.runtime.perf_map, "Show generated code to perf and gdb");
}

}  // namespace

ParseResult parse(int argc, char** argv, std::span<const BundleInfo> policies) {
  CommandLine line;
  Raw raw;
  CLI::App app(
      "Runs Python programs under a chosen synchronization policy.\n"
      "  turnstile [OPTIONS] program.py [ARGUMENTS]     turnstile -c CODE     turnstile - < program.py",
      "turnstile");
  app.set_version_flag("--version", "turnstile " TURNSTILE_VERSION " (Python 3.11 language)");
  app.require_subcommand(0, 1);
  app.footer(
      "Program: a file, or '-' (or nothing) for standard input; what follows it goes to sys.argv.\n"
      "Example: turnstile run --policy grwl --stats program.py 4");
  // The environment gives defaults; options win over it wherever they stand.
  if (const char* policy = std::getenv("TURNSTILE_POLICY")) raw.policy = policy;
  if (const char* tier = std::getenv("TURNSTILE_TIER")) raw.tier = tier;
  add_run_options(app, line, raw, policies);
  CLI::App* run = app.add_subcommand("run", "Run a program (the default)");
  add_run_options(*run, line, raw, policies);
  CLI::App* list = app.add_subcommand("policies", "List the bundles and what they choose on each axis");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return {std::nullopt, app.exit(e)};
    std::fprintf(stderr, "turnstile: %s\n", e.what());
    return {std::nullopt, 2};
  }
  if (list->parsed()) {
    line.action = CommandLine::Action::list_policies;
    return {line, 0};
  }
  line.policy = find_policy(policies, raw.policy);
  if (line.policy == nullptr || !is_tier(raw.tier)) {  // only the environment is unchecked yet
    const bool policy = line.policy == nullptr;
    std::fprintf(stderr, "turnstile: %s: unknown %s '%s'\n", policy ? "TURNSTILE_POLICY" : "TURNSTILE_TIER",
                 policy ? "policy" : "tier", (policy ? raw.policy : raw.tier).c_str());
    return {std::nullopt, 2};
  }
  CLI::App& chosen = run->parsed() ? *run : app;
  std::vector<std::string> rest = chosen.remaining();
  const bool has_code = chosen.count("-c") != 0 || app.count("-c") != 0;
  if (!rest.empty() && rest.front() == "--") rest.erase(rest.begin());
  if (!has_code && !rest.empty() && rest.front().size() > 1 && rest.front()[0] == '-') {
    std::fprintf(stderr, "turnstile: unknown option %s\n", rest.front().c_str());
    return {std::nullopt, 2};
  }
  if (has_code) {
    line.code = raw.code;
    line.runtime.argv = {"-c"};
  } else if (!rest.empty()) {
    line.script = rest.front();
    line.runtime.argv = {line.script};
    rest.erase(rest.begin());
  } else {
    line.runtime.argv = {""};
  }
  line.runtime.argv.insert(line.runtime.argv.end(), rest.begin(), rest.end());
  using Tier = RuntimeOptions::Tier;
  line.runtime.tier = raw.tier == "interpreter" ? Tier::interpreter
                      : raw.tier == "compiled"  ? Tier::compiled
                                                : Tier::mixed;
  line.runtime.record_stops = line.stats;
  line.tier_chosen =
      chosen.count("--tier") != 0 || app.count("--tier") != 0 || std::getenv("TURNSTILE_TIER") != nullptr;
  if (!raw.max_heap.empty()) line.runtime.max_heap = *parse_size(raw.max_heap);
  return {line, 0};
}

}  // namespace turnstile::cli
