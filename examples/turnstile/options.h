// The command line of `turnstile`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codegen/bundles/bundles.h"

namespace turnstile::cli {

struct CommandLine {
  enum class Action { run, list_policies };
  Action action = Action::run;
  const BundleInfo* policy = nullptr;
  std::optional<std::string> code;  // -c
  std::string script;               // empty or "-": standard input
  bool stats = false;
  bool tier_chosen = false;  // by an option or the environment: say so if it cannot be had
  RuntimeOptions runtime;    // argv filled in
};

/// Parses argv. Returns the exit status instead of a command line after --help, --version or an error (one line on
/// standard error, status 2).
struct ParseResult {
  std::optional<CommandLine> command;
  int status = 0;
};
ParseResult parse(int argc, char** argv, std::span<const BundleInfo> policies);

/// "64m" -> bytes; k, m, g suffixes. Nothing for malformed text.
std::optional<std::size_t> parse_size(const std::string& text);

}  // namespace turnstile::cli
