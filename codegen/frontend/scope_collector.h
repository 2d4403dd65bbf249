// First pass of the symbol tables: notes in each scope how the program uses names.
#pragma once

#include "codegen/frontend/parser.h"
#include "codegen/frontend/scopes.h"

namespace turnstile::frontend {

class ScopeCollector {
 public:
  explicit ScopeCollector(Scopes& scopes) : scopes_(scopes), depth_(scopes.depth_) {}
  void run(Module* module);

 private:
  Scope* enter(ScopeKind kind, std::string_view name);
  void leave() { current_ = current_->parent; }
  bool failed() const { return scopes_.problem_.has_value(); }
  void fail(const Span& span, std::string message) { scopes_.fail(span, std::move(message)); }
  std::string_view mangled(std::string_view name) { return mangle(scopes_.arena_, current_->class_name, name); }

  void define(std::string_view name, std::uint32_t flags, const Span& span);
  void use(std::string_view name);
  void parameter(const Parameter& p);
  void parameter_defaults(Parameters* p);
  void parameter_names(Parameters* p);
  void annotations(Parameters* p, Expr* returns);
  void declare(DeclareStmt* s, std::uint32_t flag, const char* what);
  void named(NamedExpr* e);
  void comprehension(ComprehensionExpr* e);
  void block(Block b);
  void pattern(Pattern* p);
  void statement(Stmt* s);
  void target(Expr* e, std::uint32_t flags = kAssigned);
  void expressions(Slice<Expr*> items);
  void optional(Expr* e) {
    if (e != nullptr) expression(e);
  }
  void expression(Expr* e);
  void deep_expression(Expr* e);

  Scopes& scopes_;
  Scope* current_ = nullptr;
  int in_iterable_ = 0;     // of a comprehension, whose first iterable is being walked in this scope
  bool in_target_ = false;  // of a comprehension
  bool postponed_annotations_ = false;
  DepthLimit depth_;
};

}  // namespace turnstile::frontend
