#include "codegen/frontend/frontend.h"

#include <cassert>

#include "codegen/frontend/builder.h"
#include "codegen/frontend/parser.h"
#include "codegen/frontend/scopes.h"
#include "codegen/frontend/verify.h"

namespace turnstile::frontend {

BuildResult build(std::string_view text, std::string_view filename, Mode mode, std::uintptr_t stack_floor) {
  BuildResult result;
  Source source;
  Problem problem;
  if (!source.prepare(text, filename, &problem)) {
    result.problem = std::move(problem);
    return result;
  }
  Arena arena;
  DepthLimit depth(stack_floor);
  Parser parser(source, arena, depth);
  Module* module = parser.parse(mode);
  if (module == nullptr) {
    result.problem = parser.problem();
    return result;
  }
  Scopes scopes(source, arena, depth);
  if (!scopes.analyze(module)) {
    result.problem = scopes.problem();
    return result;
  }
  BuildContext context{source, arena,       std::string(filename), mode == Mode::single, module->postponed_annotations,
                       depth,  std::nullopt};
  UnitBuilder builder(context, nullptr, module->scope, "<module>");
  std::shared_ptr<CodeUnit> unit = builder.module(module);
  if (context.problem) {
    result.problem = std::move(context.problem);
    return result;
  }
#ifndef NDEBUG
  assert(verify(*unit).empty());
#endif
  result.unit = std::move(unit);
  return result;
}

}  // namespace turnstile::frontend
