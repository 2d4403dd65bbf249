#include "codegen/frontend/compile.h"

#include <unistd.h>

#include <string>

#include "codegen/frontend/frontend.h"
#include "codegen/frontend/materialize.h"
#include "core/builtins/streams.h"
#include "core/exceptions.h"
#include "core/runtime_core.h"

namespace turnstile::frontend {

namespace {

bool is_readable(std::string_view filename) { return access(std::string(filename).c_str(), R_OK) == 0; }

// The line without its indentation, as python3 shows it below a warning about a file that is there.
std::string shown_line(std::string_view source, std::uint32_t number) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < number && at != std::string_view::npos; ++i) {
    at = source.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  if (at == std::string_view::npos) return "";
  std::string_view line = source.substr(at, source.find('\n', at) - at);
  const std::size_t first = line.find_first_not_of(" \t\f");
  const std::size_t last = line.find_last_not_of(" \t\r");
  return first == std::string_view::npos ? "" : std::string(line.substr(first, last - first + 1));
}

void print_warnings(Mutator& m, const std::vector<CompileWarning>& warnings, std::string_view source,
                    std::string_view filename) {
  const bool is_file = is_readable(filename);
  std::string text;
  for (const CompileWarning& w : warnings) {
    text += std::string(filename) + ":" + std::to_string(w.line) + ": SyntaxWarning: " + w.message + "\n";
    if (is_file) text += "  " + shown_line(source, w.line) + "\n";
  }
  m.runtime->streams->err.write(m, text);
}

}  // namespace

Code* compile_source(Mutator& m, std::string_view source, std::string_view filename, std::string_view mode) {
  Mode which = Mode::exec;
  if (mode == "eval") {
    which = Mode::eval;
  } else if (mode == "single") {
    which = Mode::single;
  } else if (mode != "exec") {
    raise_value_error(m, "compile() mode must be 'exec', 'eval' or 'single'");
    return nullptr;
  }
  BuildResult result = build(source, filename, which, m.stack_limit);
  if (!result.warnings.empty()) print_warnings(m, result.warnings, source, filename);
  if (result.problem) {
    if (!result.problem->found_by_parser && !is_readable(filename)) result.problem->has_text = false;
    raise_problem(m, *result.problem, filename);
    return nullptr;
  }
  return materialize(m, *result.unit);
}

}  // namespace turnstile::frontend
