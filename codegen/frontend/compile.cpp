#include "codegen/frontend/compile.h"

#include <string>

#include "codegen/frontend/frontend.h"
#include "codegen/frontend/materialize.h"
#include "core/exceptions.h"
#include "core/runtime_core.h"

namespace turnstile::frontend {

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
  if (result.problem) {
    raise_problem(m, *result.problem, filename);
    return nullptr;
  }
  return materialize(m, *result.unit);
}

}  // namespace turnstile::frontend
