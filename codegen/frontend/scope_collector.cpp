#include "codegen/frontend/scope_collector.h"

namespace turnstile::frontend {

void ScopeCollector::run(Module* module) {
  module->scope = enter(ScopeKind::module, "<module>");
  for (const Stmt* s : module->body) {
    if (s->kind != StmtKind::import_from) continue;
    const auto* import = static_cast<const ImportFromStmt*>(s);
    if (import->module != "__future__") continue;
    for (const Alias& a : import->names) postponed_annotations_ = postponed_annotations_ || a.name == "annotations";
  }
  module->postponed_annotations = postponed_annotations_;
  block(module->body);
  optional(module->value);
}

Scope* ScopeCollector::enter(ScopeKind kind, std::string_view name) {
  Scope& s = scopes_.scopes_.emplace_back();
  s.kind = kind;
  s.name = name;
  s.parent = current_;
  if (current_ != nullptr) {
    s.class_name = current_->class_name;
    s.nested = current_->nested || current_->kind == ScopeKind::function;
  }
  current_ = &s;
  return &s;
}

void ScopeCollector::define(std::string_view name, std::uint32_t flags, const Span& span) {
  Symbol& s = current_->add(mangled(name));
  if ((flags & kParameter) && (s.flags & kParameter)) {
    fail(span, "duplicate argument '" + std::string(s.name) + "' in function definition");
  }
  if (in_target_ && (flags & kAssigned)) {
    if (s.flags & (kGlobalDeclared | kNonlocalDeclared)) {
      fail(span, "comprehension inner loop cannot rebind assignment expression target '" + std::string(name) + "'");
    }
    flags |= kIterationTarget;
  }
  s.flags |= flags;
}

void ScopeCollector::use(std::string_view name) { current_->add(mangled(name)).flags |= kUsed; }

void ScopeCollector::parameter(const Parameter& p) { define(p.name, kParameter, p.span); }

void ScopeCollector::parameter_defaults(Parameters* p) {
  for (Parameter& q : p->positional) optional(q.default_value);
  for (Parameter& q : p->keyword_only) optional(q.default_value);
}

void ScopeCollector::annotations(Parameters* p, Expr* returns) {
  if (postponed_annotations_) return;
  for (Parameter& q : p->positional) optional(q.annotation);
  if (p->var_args != nullptr) optional(p->var_args->annotation);
  for (Parameter& q : p->keyword_only) optional(q.annotation);
  if (p->var_keywords != nullptr) optional(p->var_keywords->annotation);
  optional(returns);
}

void ScopeCollector::parameter_names(Parameters* p) {
  for (Parameter& q : p->positional) parameter(q);
  for (Parameter& q : p->keyword_only) parameter(q);
  if (p->var_args != nullptr) parameter(*p->var_args);
  if (p->var_keywords != nullptr) parameter(*p->var_keywords);
}

void ScopeCollector::declare(DeclareStmt* s, std::uint32_t flag, const char* what) {
  for (std::string_view name : s->names) {
    Symbol& symbol = current_->add(mangled(name));
    std::string quoted = "'" + std::string(name) + "'";
    if (symbol.flags & kParameter) {
      fail(s->span, "name " + quoted + " is parameter and " + what);
    } else if (symbol.flags & kUsed) {
      fail(s->span, "name " + quoted + " is used prior to " + what + " declaration");
    } else if (symbol.flags & kAnnotated) {
      fail(s->span, "annotated name " + quoted + " can't be " + what);
    } else if (symbol.flags & kAssigned) {
      fail(s->span, "name " + quoted + " is assigned to before " + what + " declaration");
    }
    symbol.flags |= flag;
    scopes_.declarations_.push_back({current_, symbol.name, s->span});
  }
}

/// The target of := in a comprehension belongs to the scope around all comprehensions.
void ScopeCollector::named(NamedExpr* e) {
  std::string name(e->target->id);
  if (in_iterable_ > 0) {
    return fail(e->span, "assignment expression cannot be used in a comprehension iterable expression");
  }
  if (current_->comprehension) {
    std::string_view key = mangled(e->target->id);
    Scope* owner = current_;
    for (; owner->comprehension; owner = owner->parent) {
      Symbol* s = owner->find(key);
      if (s != nullptr && (s->flags & kIterationTarget)) {
        return fail(e->target->span,
                    "assignment expression cannot rebind comprehension iteration variable '" + name + "'");
      }
    }
    if (owner->kind == ScopeKind::class_) {
      return fail(e->target->span, "assignment expression within a comprehension cannot be used in a class body");
    }
    Symbol& outer = owner->add(key);
    if (owner->kind == ScopeKind::module) outer.flags |= kGlobalDeclared;
    std::uint32_t flag = outer.flags & kGlobalDeclared ? kGlobalDeclared : kNonlocalDeclared;
    if ((outer.flags & kGlobalDeclared) == 0) outer.flags |= kAssigned | kWalrusTarget;
    for (Scope* s = current_; s != owner; s = s->parent) s->add(key).flags |= flag;
  }
  expression(e->value);
  target(e->target, current_->comprehension ? kAssigned : kAssigned | kWalrusTarget);
}

void ScopeCollector::comprehension(ComprehensionExpr* e) {
  ++in_iterable_;
  expression(e->clauses[0].iterable);
  --in_iterable_;
  const char* name = e->kind == ExprKind::generator   ? "<genexpr>"
                     : e->kind == ExprKind::list_comp ? "<listcomp>"
                     : e->kind == ExprKind::set_comp  ? "<setcomp>"
                                                      : "<dictcomp>";
  int saved = in_iterable_;
  bool saved_target = in_target_;
  in_target_ = false;
  e->scope = enter(ScopeKind::function, name);
  current_->comprehension = true;
  current_->generator = e->kind == ExprKind::generator;
  define(".0", kParameter, e->span);
  for (std::uint32_t i = 0; i < e->clauses.size(); ++i) {
    ForClause& c = e->clauses[i];
    in_target_ = true;
    target(c.target);
    in_target_ = false;
    if (i > 0) {
      ++in_iterable_;
      expression(c.iterable);
      --in_iterable_;
    }
    expressions(c.conditions);
  }
  optional(e->key);
  expression(e->element);
  leave();
  in_iterable_ = saved;
  in_target_ = saved_target;
}

void ScopeCollector::block(Block b) {
  for (Stmt* s : b) statement(s);
}

void ScopeCollector::expressions(Slice<Expr*> items) {
  for (Expr* e : items) expression(e);
}

void ScopeCollector::target(Expr* e, std::uint32_t flags) {
  switch (e->kind) {
    case ExprKind::name:
      define(static_cast<NameExpr*>(e)->id, flags, e->span);
      break;
    case ExprKind::tuple:
    case ExprKind::list:
      for (Expr* item : static_cast<SequenceExpr*>(e)->items) target(item, flags);
      break;
    case ExprKind::starred:
      target(static_cast<StarredExpr*>(e)->value, flags);
      break;
    default: {
      bool saved = in_target_;
      in_target_ = false;
      expression(e);
      in_target_ = saved;
    }
  }
}

void ScopeCollector::statement(Stmt* s) {
  if (failed()) return;
  switch (s->kind) {
    case StmtKind::expr:
      return expression(static_cast<ExprStmt*>(s)->value);
    case StmtKind::assign: {
      auto* a = static_cast<AssignStmt*>(s);
      for (Expr* t : a->targets) target(t);
      return expression(a->value);
    }
    case StmtKind::aug_assign: {
      auto* a = static_cast<AugAssignStmt*>(s);
      target(a->target);
      return expression(a->value);
    }
    case StmtKind::ann_assign: {
      auto* a = static_cast<AnnAssignStmt*>(s);
      if (a->target->kind == ExprKind::name) {
        std::string_view id = static_cast<NameExpr*>(a->target)->id;
        Symbol& symbol = current_->add(mangled(id));
        if ((symbol.flags & (kGlobalDeclared | kNonlocalDeclared)) && current_->kind != ScopeKind::module &&
            a->simple) {
          return fail(s->span, "annotated name '" + std::string(id) + "' can't be " +
                                   (symbol.flags & kGlobalDeclared ? "global" : "nonlocal"));
        }
        if (a->simple) {
          define(id, kAnnotated | kAssigned, a->target->span);
        } else if (a->value != nullptr) {
          define(id, kAssigned, a->target->span);
        }
      } else {
        expression(a->target);
      }
      if (!postponed_annotations_) expression(a->annotation);
      optional(a->value);
      return;
    }
    case StmtKind::return_:
      return optional(static_cast<ReturnStmt*>(s)->value);
    case StmtKind::raise:
      optional(static_cast<RaiseStmt*>(s)->exception);
      return optional(static_cast<RaiseStmt*>(s)->cause);
    case StmtKind::global:
      return declare(static_cast<DeclareStmt*>(s), kGlobalDeclared, "global");
    case StmtKind::nonlocal:
      return declare(static_cast<DeclareStmt*>(s), kNonlocalDeclared, "nonlocal");
    case StmtKind::pass:
    case StmtKind::break_:
    case StmtKind::continue_:
      return;
    case StmtKind::delete_:
      for (Expr* t : static_cast<DeleteStmt*>(s)->targets) target(t, kAssigned | kDeleted);
      return;
    case StmtKind::assert_:
      if (asserts_tuple(static_cast<AssertStmt*>(s))) {
        scopes_.warn(s->span, "assertion is always true, perhaps remove parentheses?");
      }
      expression(static_cast<AssertStmt*>(s)->test);
      return optional(static_cast<AssertStmt*>(s)->message);
    case StmtKind::import:
      for (Alias& a : static_cast<ImportStmt*>(s)->names) {
        std::string_view name = a.as_name.empty() ? a.name.substr(0, a.name.find('.')) : a.as_name;
        define(name, kAssigned, a.span);
      }
      return;
    case StmtKind::import_from:
      for (Alias& a : static_cast<ImportFromStmt*>(s)->names) {
        if (a.name == "*") {
          if (current_->kind != ScopeKind::module) fail(a.span, "import * only allowed at module level");
          continue;
        }
        define(a.as_name.empty() ? a.name : a.as_name, kAssigned, a.span);
      }
      return;
    case StmtKind::if_:
      for (auto* i = static_cast<IfStmt*>(s);;) {
        expression(i->test);
        block(i->body);
        if (i->or_else.size() == 1 && i->or_else[0]->kind == StmtKind::if_) {
          i = static_cast<IfStmt*>(i->or_else[0]);
          continue;
        }
        return block(i->or_else);
      }
    case StmtKind::while_: {
      auto* w = static_cast<WhileStmt*>(s);
      expression(w->test);
      block(w->body);
      return block(w->or_else);
    }
    case StmtKind::for_: {
      auto* f = static_cast<ForStmt*>(s);
      target(f->target);
      expression(f->iterable);
      block(f->body);
      return block(f->or_else);
    }
    case StmtKind::try_: {
      auto* t = static_cast<TryStmt*>(s);
      block(t->body);
      block(t->or_else);
      for (Handler& h : t->handlers) {
        optional(h.type);
        if (!h.name.empty()) define(h.name, kAssigned | kDeleted, h.span);
        block(h.body);
      }
      return block(t->final_body);
    }
    case StmtKind::with: {
      auto* w = static_cast<WithStmt*>(s);
      for (WithItem& item : w->items) {
        expression(item.context);
        if (item.target != nullptr) target(item.target);
      }
      return block(w->body);
    }
    case StmtKind::function: {
      auto* f = static_cast<FunctionStmt*>(s);
      define(f->name, kAssigned, f->span);
      parameter_defaults(f->parameters);
      annotations(f->parameters, f->returns);
      expressions(f->decorators);
      f->scope = enter(ScopeKind::function, f->name);
      parameter_names(f->parameters);
      block(f->body);
      return leave();
    }
    case StmtKind::match: {
      auto* match = static_cast<MatchStmt*>(s);
      expression(match->subject);
      for (MatchCase& c : match->cases) {
        pattern(c.pattern);
        optional(c.guard);
        block(c.body);
      }
      return;
    }
    case StmtKind::class_: {
      auto* c = static_cast<ClassStmt*>(s);
      define(c->name, kAssigned, c->span);
      expressions(c->bases);
      for (Keyword& k : c->keywords) expression(k.value);
      expressions(c->decorators);
      c->scope = enter(ScopeKind::class_, c->name);
      c->scope->class_name = c->name;
      block(c->body);
      return leave();
    }
  }
}

void ScopeCollector::pattern(Pattern* p) {
  if (failed()) return;
  if (!depth_.enter()) {
    scopes_.fail(p->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
  } else {
    optional(p->value);
    expressions(p->keys);
    for (Pattern* part : p->parts) pattern(part);
    if (!p->name.empty()) define(p->name, kAssigned, p->span);
  }
  depth_.leave();
}

void ScopeCollector::expression(Expr* e) {
  if (failed()) return;
  if (!depth_.enter()) {
    scopes_.fail(e->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
  } else {
    deep_expression(e);
  }
  depth_.leave();
}

void ScopeCollector::deep_expression(Expr* e) {
  switch (e->kind) {
    case ExprKind::constant:
      return;
    case ExprKind::name: {
      std::string_view id = static_cast<NameExpr*>(e)->id;
      use(id);
      if (id == "super" && current_->kind == ScopeKind::function) use("__class__");
      return;
    }
    case ExprKind::attribute:
      return expression(static_cast<AttributeExpr*>(e)->value);
    case ExprKind::subscript:
      scopes_.warn(static_cast<SubscriptExpr*>(e)->value->span, warning_of(e));
      expression(static_cast<SubscriptExpr*>(e)->value);
      return expression(static_cast<SubscriptExpr*>(e)->index);
    case ExprKind::slice:
      optional(static_cast<SliceExpr*>(e)->lower);
      optional(static_cast<SliceExpr*>(e)->upper);
      return optional(static_cast<SliceExpr*>(e)->step);
    case ExprKind::starred:
      return expression(static_cast<StarredExpr*>(e)->value);
    case ExprKind::call: {
      auto* c = static_cast<CallExpr*>(e);
      scopes_.warn(c->callee->span, warning_of(e));
      expression(c->callee);
      expressions(c->args);
      for (Keyword& k : c->keywords) expression(k.value);
      return;
    }
    case ExprKind::unary:
      return expression(static_cast<UnaryExpr*>(e)->operand);
    case ExprKind::binary: {
      // Chains lean to the left and may be long: walk them without recursion.
      std::vector<Expr*> rights;
      Expr* left = e;
      for (; left->kind == ExprKind::binary; left = static_cast<BinaryExpr*>(left)->left) {
        rights.push_back(static_cast<BinaryExpr*>(left)->right);
      }
      expression(left);
      for (auto it = rights.rbegin(); it != rights.rend(); ++it) expression(*it);
      return;
    }
    case ExprKind::bool_op:
      return expressions(static_cast<BoolExpr*>(e)->values);
    case ExprKind::compare:
      scopes_.warn(e->span, warning_of(e));
      expression(static_cast<CompareExpr*>(e)->left);
      return expressions(static_cast<CompareExpr*>(e)->rights);
    case ExprKind::conditional:
      expression(static_cast<ConditionalExpr*>(e)->test);
      expression(static_cast<ConditionalExpr*>(e)->body);
      return expression(static_cast<ConditionalExpr*>(e)->or_else);
    case ExprKind::lambda: {
      auto* l = static_cast<LambdaExpr*>(e);
      parameter_defaults(l->parameters);
      int saved = in_iterable_;
      l->scope = enter(ScopeKind::function, "<lambda>");
      parameter_names(l->parameters);
      expression(l->body);
      leave();
      in_iterable_ = saved;
      return;
    }
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set:
      return expressions(static_cast<SequenceExpr*>(e)->items);
    case ExprKind::dict: {
      auto* d = static_cast<DictExpr*>(e);
      for (std::uint32_t i = 0; i < d->values.size(); ++i) {
        optional(d->keys[i]);
        expression(d->values[i]);
      }
      return;
    }
    case ExprKind::list_comp:
    case ExprKind::set_comp:
    case ExprKind::dict_comp:
    case ExprKind::generator:
      return comprehension(static_cast<ComprehensionExpr*>(e));
    case ExprKind::yield:
    case ExprKind::yield_from:
      optional(static_cast<YieldExpr*>(e)->value);
      if (current_->comprehension) {
        std::string_view what = current_->name == "<listcomp>"   ? "list comprehension"
                                : current_->name == "<setcomp>"  ? "set comprehension"
                                : current_->name == "<dictcomp>" ? "dict comprehension"
                                                                 : "generator expression";
        return fail(e->span, "'yield' inside " + std::string(what));
      }
      current_->generator = true;
      return;
    case ExprKind::named:
      return named(static_cast<NamedExpr*>(e));
    case ExprKind::joined_str:
      return expressions(static_cast<JoinedStrExpr*>(e)->parts);
    case ExprKind::formatted_value: {
      auto* f = static_cast<FormattedValueExpr*>(e);
      expression(f->value);
      if (f->spec != nullptr) expression(f->spec);
      return;
    }
  }
}

}  // namespace turnstile::frontend
