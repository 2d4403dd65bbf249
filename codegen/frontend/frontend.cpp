#include "codegen/frontend/frontend.h"

#include <cassert>

#include "codegen/frontend/builder.h"
#include "codegen/frontend/parser.h"
#include "codegen/frontend/scopes.h"
#include "codegen/frontend/verify.h"

namespace turnstile::frontend {

namespace {

// Only a docstring may stand in front of imports from __future__.
std::uint32_t last_future_line(const Module* module) {
  std::uint32_t line = 0;
  for (const Stmt* s : module->body) {
    const bool docstring = s == module->body[0] && s->kind == StmtKind::expr &&
                           static_cast<const ExprStmt*>(s)->value->kind == ExprKind::constant;
    if (docstring) continue;
    if (s->kind != StmtKind::import_from || static_cast<const ImportFromStmt*>(s)->module != "__future__") break;
    line = s->span.line;
  }
  return line;
}

}  // namespace

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
    result.problem->found_by_parser = false;
    return result;
  }
  result.warnings = scopes.take_warnings();
  BuildContext context{source,
                       arena,
                       std::string(filename),
                       mode == Mode::single,
                       module->postponed_annotations,
                       last_future_line(module),
                       depth,
                       std::nullopt};
  UnitBuilder builder(context, nullptr, module->scope, "<module>");
  std::shared_ptr<CodeUnit> unit = builder.module(module);
  if (context.problem) {
    result.problem = std::move(context.problem);
    result.problem->found_by_parser = false;
    return result;
  }
#ifndef NDEBUG
  assert(verify(*unit).empty());
#endif
  result.unit = std::move(unit);
  return result;
}

}  // namespace turnstile::frontend
