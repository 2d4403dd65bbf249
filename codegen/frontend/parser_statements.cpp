// Simple statements and assignment targets.
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

namespace {

/// The part of a target that cannot be assigned to, or null.
Expr* invalid_target(Expr* e, bool deletion, bool for_loop) {
  switch (e->kind) {
    case ExprKind::list:
    case ExprKind::tuple:
      for (Expr* item : static_cast<SequenceExpr*>(e)->items) {
        if (Expr* bad = invalid_target(item, deletion, for_loop)) return bad;
      }
      return nullptr;
    case ExprKind::starred:
      return deletion ? e : invalid_target(static_cast<StarredExpr*>(e)->value, deletion, for_loop);
    case ExprKind::compare:
      if (for_loop && static_cast<CompareExpr*>(e)->ops[0] == CompareKind::in) {
        return invalid_target(static_cast<CompareExpr*>(e)->left, deletion, for_loop);
      }
      return e;
    case ExprKind::name:
    case ExprKind::subscript:
    case ExprKind::attribute:
      return nullptr;
    default:
      return e;
  }
}

bool augmented_operator(Tok t, BinaryKind* op) {
  switch (t) {
    case Tok::plus_equal:
      *op = BinaryKind::add;
      return true;
    case Tok::minus_equal:
      *op = BinaryKind::sub;
      return true;
    case Tok::star_equal:
      *op = BinaryKind::mul;
      return true;
    case Tok::slash_equal:
      *op = BinaryKind::true_div;
      return true;
    case Tok::double_slash_equal:
      *op = BinaryKind::floor_div;
      return true;
    case Tok::percent_equal:
      *op = BinaryKind::mod;
      return true;
    case Tok::at_equal:
      *op = BinaryKind::mat_mul;
      return true;
    case Tok::amper_equal:
      *op = BinaryKind::bit_and;
      return true;
    case Tok::vbar_equal:
      *op = BinaryKind::bit_or;
      return true;
    case Tok::circumflex_equal:
      *op = BinaryKind::bit_xor;
      return true;
    case Tok::left_shift_equal:
      *op = BinaryKind::lshift;
      return true;
    case Tok::right_shift_equal:
      *op = BinaryKind::rshift;
      return true;
    case Tok::double_star_equal:
      *op = BinaryKind::pow;
      return true;
    default:
      return false;
  }
}

}  // namespace

template <class T>
T* Parser::statement_node(StmtKind kind, const Span& start) {
  T* s = arena_.make<T>();
  s->kind = kind;
  s->span = from(start);
  return s;
}

bool Parser::check_target(Expr* e, TargetUse use) {
  if (failed_) return false;
  Expr* bad = invalid_target(e, use == TargetUse::delete_, use == TargetUse::for_);
  if (bad == nullptr) return true;
  fail(bad->span, std::string(use == TargetUse::delete_ ? "cannot delete " : "cannot assign to ") + describe(bad));
  return false;
}

/// Targets of a for clause. `stop_at` (in) ends them, so that items are parsed below comparisons.
Expr* Parser::target_list(Tok stop_at) {
  Span start = cur().span;
  auto item = [&]() -> Expr* {
    if (at(Tok::star)) return star_expression();
    return bitwise_or();
  };
  Expr* first = item();
  if (at(Tok::comma)) {
    std::vector<Expr*> items{first};
    while (accept(Tok::comma)) {
      if (at(stop_at) || (!starts_expression(cur()) && !at(Tok::star))) break;
      items.push_back(item());
    }
    auto* e = arena_.make<SequenceExpr>();
    e->kind = ExprKind::tuple;
    e->span = from(start);
    e->items = arena_.slice(items);
    first = e;
  }
  check_target(first, TargetUse::for_);
  return first;
}

void Parser::simple_statements(std::vector<Stmt*>* out) {
  do {
    out->push_back(simple_statement());
    if (accept(Tok::newline)) return;
    if (!at(Tok::semi)) return fail();
    next();
  } while (!accept(Tok::newline) && !failed_);
}

Stmt* Parser::simple_statement() {
  Span start = cur().span;
  auto plain = [&](StmtKind kind) {
    next();
    return statement_node<Stmt>(kind, start);
  };
  switch (cur().kind) {
    case Tok::kw_pass:
      return plain(StmtKind::pass);
    case Tok::kw_break:
      return plain(StmtKind::break_);
    case Tok::kw_continue:
      return plain(StmtKind::continue_);
    case Tok::kw_return:
      return return_statement();
    case Tok::kw_raise:
      return raise_statement();
    case Tok::kw_global:
      return declare_statement(StmtKind::global);
    case Tok::kw_nonlocal:
      return declare_statement(StmtKind::nonlocal);
    case Tok::kw_del:
      return delete_statement();
    case Tok::kw_assert:
      return assert_statement();
    case Tok::kw_import:
      return import_statement();
    case Tok::kw_from:
      return import_from_statement();
    default:
      return expression_statement();
  }
}

Stmt* Parser::expression_statement() {
  Span start = cur().span;
  bool parenthesized = at(Tok::lpar);
  std::size_t first_token = pos_;
  Expr* e = yield_or_star_expressions();
  if (failed_) return statement_node<Stmt>(StmtKind::pass, start);
  BinaryKind op;
  if (at(Tok::equal)) return assignment(start, first_token, e);
  if (augmented_operator(cur().kind, &op)) {
    if (e->kind != ExprKind::name && e->kind != ExprKind::attribute && e->kind != ExprKind::subscript) {
      fail(e->span, std::string("'") + describe(e) + "' is an illegal expression for augmented assignment");
    }
    next();
    Expr* value = yield_or_star_expressions();
    auto* s = statement_node<AugAssignStmt>(StmtKind::aug_assign, start);
    s->target = e;
    s->op = op;
    s->value = value;
    return s;
  }
  if (at(Tok::colon) && e->kind != ExprKind::yield && e->kind != ExprKind::yield_from) {
    if (e->kind == ExprKind::list || e->kind == ExprKind::tuple) {
      fail(e->span, std::string("only single target (not ") + describe(e) + ") can be annotated");
    } else if (e->kind != ExprKind::name && e->kind != ExprKind::attribute && e->kind != ExprKind::subscript) {
      Mark mark = save();
      next();
      expression();
      bool good = !failed_;
      restore(mark);
      if (good) {
        fail(e->span, "illegal target for annotation");
      } else {
        fail();
      }
    }
    next();
    Expr* annotation = expression();
    Expr* value = nullptr;
    if (accept(Tok::equal)) value = yield_or_star_expressions();
    auto* s = statement_node<AnnAssignStmt>(StmtKind::ann_assign, start);
    s->target = e;
    s->annotation = annotation;
    s->value = value;
    s->simple = e->kind == ExprKind::name && !parenthesized;
    return s;
  }
  auto* s = statement_node<ExprStmt>(StmtKind::expr, start);
  s->value = e;
  return s;
}

Stmt* Parser::assignment(const Span& start, std::size_t first_token, Expr* first) {
  std::vector<Expr*> chain{first};
  std::vector<bool> yields{text(tokens()[first_token]) == "yield"};
  while (at(Tok::equal) && !failed_) {
    next();
    yields.push_back(at(Tok::kw_yield));
    chain.push_back(yield_or_star_expressions());
  }
  Expr* value = chain.back();
  chain.pop_back();
  for (std::size_t i = 0; i < chain.size() && !failed_; ++i) {
    Expr* target = chain[i];
    if (yields[i]) {
      fail(target->span, "assignment to yield expression not possible");
      break;
    }
    bool simple = target->kind != ExprKind::list && target->kind != ExprKind::tuple &&
                  target->kind != ExprKind::generator && target->kind != ExprKind::bool_op &&
                  target->kind != ExprKind::compare && target->kind != ExprKind::conditional &&
                  target->kind != ExprKind::lambda &&
                  !(target->kind == ExprKind::constant &&
                    static_cast<ConstantExpr*>(target)->value->kind <= Constant::Kind::true_) &&
                  !(target->kind == ExprKind::unary && static_cast<UnaryExpr*>(target)->op == UnaryKind::not_);
    Expr* bad = invalid_target(target, false, false);
    if (bad == target && simple && chain.size() == 1) {
      fail(target->span,
           std::string("cannot assign to ") + describe(target) + " here. Maybe you meant '==' instead of '='?");
    } else {
      check_target(target, TargetUse::assign);
    }
  }
  auto* s = statement_node<AssignStmt>(StmtKind::assign, start);
  s->targets = arena_.slice(chain);
  s->value = value;
  return s;
}

Stmt* Parser::return_statement() {
  Span start = cur().span;
  next();
  Expr* value = at(Tok::newline) || at(Tok::semi) ? nullptr : star_expressions();
  auto* s = statement_node<ReturnStmt>(StmtKind::return_, start);
  s->value = value;
  return s;
}

Stmt* Parser::raise_statement() {
  Span start = cur().span;
  next();
  Expr *exception = nullptr, *cause = nullptr;
  if (!at(Tok::newline) && !at(Tok::semi)) {
    exception = expression();
    if (accept(Tok::kw_from)) cause = expression();
  }
  auto* s = statement_node<RaiseStmt>(StmtKind::raise, start);
  s->exception = exception;
  s->cause = cause;
  return s;
}

Stmt* Parser::declare_statement(StmtKind kind) {
  Span start = cur().span;
  next();
  std::vector<std::string_view> names{name_token()};
  while (accept(Tok::comma)) names.push_back(name_token());
  auto* s = statement_node<DeclareStmt>(kind, start);
  s->names = arena_.slice(names);
  return s;
}

Stmt* Parser::delete_statement() {
  Span start = cur().span;
  next();
  Expr* e = star_expressions();
  // `del a, b` deletes each; `del (a, b)` deletes the parts of one target.
  check_target(e, TargetUse::delete_);
  std::vector<Expr*> targets{e};
  auto* s = statement_node<DeleteStmt>(StmtKind::delete_, start);
  s->targets = arena_.slice(targets);
  return s;
}

Stmt* Parser::assert_statement() {
  Span start = cur().span;
  next();
  Expr* test = expression();
  Expr* message = accept(Tok::comma) ? expression() : nullptr;
  auto* s = statement_node<AssertStmt>(StmtKind::assert_, start);
  s->test = test;
  s->message = message;
  return s;
}

std::string_view Parser::dotted_name() {
  std::string name(name_token());
  while (accept(Tok::dot)) {
    name += '.';
    name += name_token();
  }
  return arena_.text(name);
}

Stmt* Parser::import_statement() {
  Span start = cur().span;
  next();
  std::vector<Alias> names;
  do {
    Span at_name = cur().span;
    Alias alias{};
    alias.name = dotted_name();
    if (accept(Tok::kw_as)) alias.as_name = name_token();
    alias.span = from(at_name);
    names.push_back(alias);
  } while (accept(Tok::comma));
  auto* s = statement_node<ImportStmt>(StmtKind::import, start);
  s->names = arena_.slice(names);
  return s;
}

Stmt* Parser::import_from_statement() {
  Span start = cur().span;
  next();
  std::uint32_t level = 0;
  for (; at(Tok::dot) || at(Tok::ellipsis); next()) level += at(Tok::dot) ? 1 : 3;
  std::string_view module = level > 0 && at(Tok::kw_import) ? std::string_view() : dotted_name();
  expect(Tok::kw_import);
  std::vector<Alias> names;
  if (at(Tok::star)) {
    names.push_back({"*", "", cur().span});
    next();
  } else {
    bool parens = accept(Tok::lpar);
    do {
      if (parens && !names.empty() && at(Tok::rpar)) break;
      if (!parens && !names.empty() && at(Tok::newline)) {
        fail_here("trailing comma not allowed without surrounding parentheses");
        break;
      }
      Span at_name = cur().span;
      Alias alias{};
      alias.name = name_token();
      if (accept(Tok::kw_as)) alias.as_name = name_token();
      alias.span = from(at_name);
      names.push_back(alias);
    } while (accept(Tok::comma));
    if (parens) expect(Tok::rpar);
  }
  auto* s = statement_node<ImportFromStmt>(StmtKind::import_from, start);
  s->module = module;
  s->names = arena_.slice(names);
  s->level = level;
  return s;
}

}  // namespace turnstile::frontend
