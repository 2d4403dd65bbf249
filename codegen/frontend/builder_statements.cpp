// Simple statements, branches and loops.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

void UnitBuilder::block(const Block& b) {
  for (const Stmt* s : b) {
    if (failed()) return;
    statement(s);
  }
}

void UnitBuilder::statement(const Stmt* s) {
  Temps temps(*this);
  switch (s->kind) {
    case StmtKind::expr: {
      auto* e = static_cast<const ExprStmt*>(s);
      if (context_.interactive && parent_ == nullptr) {
        emit(s->span, Op::print_expr_, any(e->value));
      } else if (e->value->kind != ExprKind::constant) {
        any(e->value);
      }
      return;
    }
    case StmtKind::assign:
      return assign(static_cast<const AssignStmt*>(s));
    case StmtKind::aug_assign:
      return augmented(static_cast<const AugAssignStmt*>(s));
    case StmtKind::ann_assign:
      return annotated(static_cast<const AnnAssignStmt*>(s));
    case StmtKind::return_:
      return return_statement(static_cast<const ReturnStmt*>(s));
    case StmtKind::raise:
      return raise_statement(static_cast<const RaiseStmt*>(s));
    case StmtKind::global:
    case StmtKind::nonlocal:
    case StmtKind::pass:
      return;
    case StmtKind::break_:
    case StmtKind::continue_:
      return loop_exit(s);
    case StmtKind::delete_:
      for (const Expr* t : static_cast<const DeleteStmt*>(s)->targets) remove(t);
      return;
    case StmtKind::assert_:
      return assert_statement(static_cast<const AssertStmt*>(s));
    case StmtKind::import:
      return import_statement(static_cast<const ImportStmt*>(s));
    case StmtKind::import_from:
      return import_from(static_cast<const ImportFromStmt*>(s));
    case StmtKind::if_:
      return if_statement(static_cast<const IfStmt*>(s));
    case StmtKind::while_:
      return while_statement(static_cast<const WhileStmt*>(s));
    case StmtKind::for_:
      return for_statement(static_cast<const ForStmt*>(s));
    case StmtKind::try_:
      return try_statement(static_cast<const TryStmt*>(s));
    case StmtKind::with:
      return with_statement(static_cast<const WithStmt*>(s), 0);
    case StmtKind::function:
      return function_statement(static_cast<const FunctionStmt*>(s));
    case StmtKind::class_:
      return class_statement(static_cast<const ClassStmt*>(s));
    case StmtKind::match:
      return match_statement(static_cast<const MatchStmt*>(s));
  }
}

void UnitBuilder::return_statement(const ReturnStmt* s) {
  if (scope_->kind != ScopeKind::function) return fail(s->span, "'return' outside function");
  bool through_code = false;
  for (const Nesting& n : nestings_) through_code = through_code || n.kind != Nesting::Kind::loop;
  Reg value = temp();
  if (s->value == nullptr) {
    load_none(s->span, value);
  } else if (through_code) {
    into(s->value, value);  // a copy: finally blocks may rebind a local
  } else {
    value = any(s->value);
  }
  leave_to(0, [&] { emit(s->span, Op::return_value_, value); });
}

void UnitBuilder::raise_statement(const RaiseStmt* s) {
  if (s->exception == nullptr) {
    emit(s->span, Op::raise_bare_);
    return;
  }
  Reg exception = any(s->exception);
  Reg cause = s->cause == nullptr ? kNoRegister : any(s->cause);
  emit(s->span, Op::raise_, exception, cause);
}

namespace {

// The comparison that CPython's compiler visits last while it makes jumps of a condition, or null: a failed assertion
// is placed there, else at the whole statement.
const Expr* last_comparison(const Expr* e) {
  switch (e->kind) {
    case ExprKind::compare:
      return e;
    case ExprKind::unary: {
      const auto* u = static_cast<const UnaryExpr*>(e);
      return u->op == UnaryKind::not_ ? last_comparison(u->operand) : nullptr;
    }
    case ExprKind::bool_op: {
      const Expr* found = nullptr;
      for (const Expr* value : static_cast<const BoolExpr*>(e)->values) {
        if (const Expr* c = last_comparison(value)) found = c;
      }
      return found;
    }
    case ExprKind::conditional: {
      const auto* c = static_cast<const ConditionalExpr*>(e);
      const Expr* found = nullptr;
      for (const Expr* part : {c->test, c->body, c->or_else}) {
        if (const Expr* last = last_comparison(part)) found = last;
      }
      return found;
    }
    default:
      return nullptr;
  }
}

}  // namespace

void UnitBuilder::assert_statement(const AssertStmt* s) {
  const Expr* comparison = last_comparison(s->test);
  const Span place = comparison == nullptr ? s->span : comparison->span;
  Label good;
  jump_if(s->test, true, good);
  Reg base = temp();
  emit(place, Op::load_assertion_error_, base);
  if (s->message != nullptr) {
    fresh(s->message);
    emit(place, Op::call_, base, base, 1);
  }
  emit(place, Op::raise_, base, kNoRegister);
  bind(good);
}

void UnitBuilder::import_statement(const ImportStmt* s) {
  for (const Alias& a : s->names) {
    Temps temps(*this);
    Reg module = temp();
    emit(s->span, Op::import_name_, module, kNoRegister, 0, name_constant(a.name));
    std::size_t dot = a.name.find('.');
    if (a.as_name.empty()) {
      store_name(s->span, a.name.substr(0, dot), module);
      continue;
    }
    // `import a.b.c as d`: import_name gives a; walk down to c.
    while (dot != std::string_view::npos) {
      std::size_t next = a.name.find('.', dot + 1);
      emit(s->span, Op::import_from_, module, module, 0,
           name_constant(a.name.substr(dot + 1, next == std::string_view::npos ? next : next - dot - 1)));
      dot = next;
    }
    store_name(s->span, a.as_name, module);
  }
}

void UnitBuilder::import_from(const ImportFromStmt* s) {
  static constexpr std::string_view kFeatures[] = {
      "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
  if (s->module == "__future__" && s->level == 0) {
    if (s->span.line > context_.last_future_line) {
      return fail(s->span, "from __future__ imports must occur at the beginning of the file");
    }
    for (const Alias& a : s->names) {
      bool known = false;
      for (std::string_view f : kFeatures) known = known || a.name == f;
      if (a.name == "braces") return fail({s->span.line, s->span.column, 0, 0}, "not a chance");
      if (!known)
        return fail({s->span.line, s->span.column, 0, 0}, "future feature " + std::string(a.name) + " is not defined");
    }
  }
  Reg names = temp();
  std::vector<Constant> items;
  for (const Alias& a : s->names) items.push_back(Constant::of_text(Constant::Kind::name, a.name));
  load_constant(s->span, Constant::of_items(Constant::Kind::tuple, std::move(items)), names);
  Reg module = temp();
  emit(s->span, Op::import_name_, module, names, static_cast<Reg>(s->level), name_constant(s->module));
  for (const Alias& a : s->names) {
    if (a.name == "*") {
      emit(s->span, Op::import_star_, 0, module);
      continue;
    }
    Temps temps(*this);
    Reg value = temp();
    emit(s->span, Op::import_from_, value, module, 0, name_constant(a.name));
    store_name(s->span, a.as_name.empty() ? a.name : a.as_name, value);
  }
}

/// A chain of elif is built without recursion.
void UnitBuilder::if_statement(const IfStmt* s) {
  Label end;
  for (;;) {
    Label otherwise;
    jump_if(s->test, false, otherwise);
    block(s->body);
    if (s->or_else.empty()) {
      bind(otherwise);
      break;
    }
    jump(s->span, Op::jump_, 0, end);
    bind(otherwise);
    if (s->or_else.size() == 1 && s->or_else[0]->kind == StmtKind::if_) {
      s = static_cast<const IfStmt*>(s->or_else[0]);
      continue;
    }
    block(s->or_else);
    break;
  }
  bind(end);
}

void UnitBuilder::while_statement(const WhileStmt* s) {
  if (too_nested(s->span)) return;
  Label otherwise, end;
  Nesting loop{};
  loop.kind = Nesting::Kind::loop;
  loop.break_label = &end;
  loop.header = here();
  jump_if(s->test, false, otherwise);
  nestings_.push_back(loop);
  block(s->body);
  nestings_.pop_back();
  jump_back(s->test->span, loop.header);
  bind(otherwise);
  block(s->or_else);
  bind(end);
}

void UnitBuilder::for_statement(const ForStmt* s) {
  if (too_nested(s->span)) return;
  Label otherwise, end;
  Reg iterator = temp();
  {
    Temps temps(*this);
    emit(s->span, Op::get_iter_, iterator, any(s->iterable));
  }
  Nesting loop{};
  loop.kind = Nesting::Kind::loop;
  loop.break_label = &end;
  loop.header = here();
  {
    Temps temps(*this);
    bool direct = s->target->kind == ExprKind::name && is_local(static_cast<const NameExpr*>(s->target)->id);
    Reg item = direct ? slot(mangled(static_cast<const NameExpr*>(s->target)->id)) : temp();
    jump(s->span, Op::for_iter_, item, otherwise);
    if (reachable_ && here() > loop.header) data().insns[loop.header].b = iterator;
    store(s->target, item);
  }
  nestings_.push_back(loop);
  block(s->body);
  nestings_.pop_back();
  jump_back(s->span, loop.header);
  bind(otherwise);
  block(s->or_else);
  bind(end);
}

void UnitBuilder::loop_exit(const Stmt* s) {
  bool is_break = s->kind == StmtKind::break_;
  std::size_t depth = nestings_.size();
  while (depth > 0 && nestings_[depth - 1].kind != Nesting::Kind::loop) --depth;
  if (depth == 0) return fail(s->span, is_break ? "'break' outside loop" : "'continue' not properly in loop");
  Nesting loop = nestings_[depth - 1];
  leave_to(depth, [&] {
    if (is_break) {
      jump(s->span, Op::jump_, 0, *loop.break_label);
    } else {
      jump_back(s->span, loop.header);
    }
  });
}

}  // namespace turnstile::frontend
