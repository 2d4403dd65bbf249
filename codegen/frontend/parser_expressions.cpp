#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

namespace {

struct Operator {
  int precedence;
  BinaryKind kind;
};

/// Left-associative binary operators by token; precedence -1: none.
Operator binary_operator(Tok t) {
  switch (t) {
    case Tok::vbar:
      return {0, BinaryKind::bit_or};
    case Tok::circumflex:
      return {1, BinaryKind::bit_xor};
    case Tok::amper:
      return {2, BinaryKind::bit_and};
    case Tok::left_shift:
      return {3, BinaryKind::lshift};
    case Tok::right_shift:
      return {3, BinaryKind::rshift};
    case Tok::plus:
      return {4, BinaryKind::add};
    case Tok::minus:
      return {4, BinaryKind::sub};
    case Tok::star:
      return {5, BinaryKind::mul};
    case Tok::slash:
      return {5, BinaryKind::true_div};
    case Tok::double_slash:
      return {5, BinaryKind::floor_div};
    case Tok::percent:
      return {5, BinaryKind::mod};
    case Tok::at:
      return {5, BinaryKind::mat_mul};
    default:
      return {-1, BinaryKind::add};
  }
}

bool is_legacy_statement(const Expr* e) {
  if (e->kind != ExprKind::name) return false;
  std::string_view id = static_cast<const NameExpr*>(e)->id;
  return id == "print" || id == "exec";
}

}  // namespace

bool Parser::starts_expression(const Token& t) const {
  switch (t.kind) {
    case Tok::name:
    case Tok::number:
    case Tok::string:
    case Tok::lpar:
    case Tok::lsqb:
    case Tok::lbrace:
    case Tok::minus:
    case Tok::plus:
    case Tok::tilde:
    case Tok::ellipsis:
    case Tok::kw_None:
    case Tok::kw_True:
    case Tok::kw_False:
    case Tok::kw_not:
    case Tok::kw_lambda:
    case Tok::kw_await:
      return true;
    default:
      return false;
  }
}

Expr* Parser::star_expressions() {
  Span start = cur().span;
  Expr* first = star_expression();
  if (!at(Tok::comma)) return first;
  std::vector<Expr*> items{first};
  while (accept(Tok::comma)) {
    if (!starts_expression(cur()) && !at(Tok::star)) break;
    items.push_back(star_expression());
  }
  auto* e = arena_.make<SequenceExpr>();
  e->kind = ExprKind::tuple;
  e->span = from(start);
  e->items = arena_.slice(items);
  return e;
}

Expr* Parser::star_expression() {
  if (!at(Tok::star)) return expression();
  Span start = cur().span;
  next();
  auto* e = arena_.make<StarredExpr>();
  e->kind = ExprKind::starred;
  e->value = bitwise_or();
  e->span = from(start);
  return e;
}

Expr* Parser::star_named_expression() { return at(Tok::star) ? star_expression() : named_expression(); }

Expr* Parser::named_expression() {
  Span start = cur().span;
  if (at(Tok::name) && peek().kind == Tok::colon_equal) {
    auto* target = arena_.make<NameExpr>();
    target->kind = ExprKind::name;
    target->id = text(cur());
    target->span = cur().span;
    next();
    next();
    auto* e = arena_.make<NamedExpr>();
    e->kind = ExprKind::named;
    e->target = target;
    e->value = expression();
    e->span = from(start);
    return e;
  }
  Expr* e = expression();
  if (failed_) return e;
  if (at(Tok::colon_equal)) {
    fail(e->span, std::string("cannot use assignment expressions with ") + describe(e));
  } else if (at(Tok::equal)) {
    // An assignment where a condition or item was meant.
    Mark mark = save();
    next();
    Expr* value = bitwise_or();
    bool good = !failed_ && !at(Tok::equal) && !at(Tok::colon_equal);
    restore(mark);
    bool bare = e->kind == ExprKind::list || e->kind == ExprKind::tuple || e->kind == ExprKind::generator ||
                e->kind == ExprKind::bool_op || e->kind == ExprKind::compare || e->kind == ExprKind::conditional ||
                e->kind == ExprKind::lambda ||
                (e->kind == ExprKind::constant && std::string_view(describe(e)) != "literal" &&
                 std::string_view(describe(e)) != "ellipsis") ||
                (e->kind == ExprKind::unary && static_cast<UnaryExpr*>(e)->op == UnaryKind::not_);
    if (good && e->kind == ExprKind::name) {
      fail(join(e->span, value->span), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    } else if (good && !bare) {
      fail(e->span, std::string("cannot assign to ") + describe(e) + " here. Maybe you meant '==' instead of '='?");
    }
  }
  return e;
}

/// After an operand that is followed by another expression: explains what may have been meant.
void Parser::forgotten_comma(Expr* left, const Span& start) {
  if (failed_ || speculating_) return;
  switch (cur().kind) {
    case Tok::name:
    case Tok::number:
    case Tok::string:
    case Tok::lbrace:
    case Tok::tilde:
    case Tok::ellipsis:
    case Tok::kw_None:
    case Tok::kw_True:
    case Tok::kw_False:
    case Tok::kw_not:
    case Tok::kw_lambda:
      break;
    default:
      return;
  }
  bool legacy = is_legacy_statement(left);
  if (!legacy && cur().level == 0) return;
  Mark mark = save();
  speculating_ = true;
  Expr* right = legacy ? star_expressions() : expression();
  speculating_ = false;
  bool good = !failed_;
  std::uint8_t level = previous().level;
  Span range = join(start, right->span);
  restore(mark);
  if (!good) return;
  if (legacy) {
    std::string name(static_cast<NameExpr*>(left)->id);
    fail(range, "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
  } else if (level != 0) {
    if (left->kind == ExprKind::name) {
      std::string_view id = static_cast<NameExpr*>(left)->id;
      if (id == "match" || id == "case" || id == "_" || at(Tok::string)) return;
    }
    fail(range, "invalid syntax. Perhaps you forgot a comma?");
  }
}

Expr* Parser::expression() {
  Deeper deeper(*this);
  if (!deeper) return constant(cur().span, {});
  if (at(Tok::kw_lambda)) return lambda();
  Span start = cur().span;
  Expr* body = disjunction();
  if (!at(Tok::kw_if)) {
    forgotten_comma(body, body->span);
    return body;
  }
  next();
  Expr* test = disjunction();
  if (!at(Tok::kw_else)) {
    if (!at(Tok::colon)) fail(join(body->span, test->span), "expected 'else' after 'if' expression");
    fail();
    return body;
  }
  next();
  auto* e = arena_.make<ConditionalExpr>();
  e->kind = ExprKind::conditional;
  e->test = test;
  e->body = body;
  e->or_else = expression();
  e->span = from(start);
  return e;
}

Expr* Parser::yield_expression() {
  Span start = cur().span;
  next();
  auto* e = arena_.make<YieldExpr>();
  e->kind = ExprKind::yield;
  if (accept(Tok::kw_from)) {
    e->kind = ExprKind::yield_from;
    e->value = expression();
  } else if (starts_expression(cur()) || at(Tok::star)) {
    e->value = star_expressions();
  }
  e->span = from(start);
  return e;
}

Expr* Parser::yield_or_star_expressions() { return at(Tok::kw_yield) ? yield_expression() : star_expressions(); }

Expr* Parser::disjunction() {
  Span start = cur().span;
  Expr* first = conjunction();
  if (!at(Tok::kw_or)) return first;
  std::vector<Expr*> values{first};
  while (accept(Tok::kw_or)) values.push_back(conjunction());
  auto* e = arena_.make<BoolExpr>();
  e->kind = ExprKind::bool_op;
  e->span = from(start);
  e->is_and = false;
  e->values = arena_.slice(values);
  return e;
}

Expr* Parser::conjunction() {
  Span start = cur().span;
  Expr* first = inversion();
  if (!at(Tok::kw_and)) return first;
  std::vector<Expr*> values{first};
  while (accept(Tok::kw_and)) values.push_back(inversion());
  auto* e = arena_.make<BoolExpr>();
  e->kind = ExprKind::bool_op;
  e->span = from(start);
  e->is_and = true;
  e->values = arena_.slice(values);
  return e;
}

Expr* Parser::inversion() {
  if (!at(Tok::kw_not)) return comparison();
  Deeper deeper(*this);
  if (!deeper) return constant(cur().span, {});
  Span start = cur().span;
  next();
  auto* e = arena_.make<UnaryExpr>();
  e->kind = ExprKind::unary;
  e->op = UnaryKind::not_;
  e->operand = inversion();
  e->span = from(start);
  return e;
}

Expr* Parser::comparison() {
  Span start = cur().span;
  Expr* left = bitwise_or();
  std::vector<CompareKind> ops;
  std::vector<Expr*> rights;
  for (;;) {
    CompareKind kind;
    switch (cur().kind) {
      case Tok::less:
        kind = CompareKind::lt;
        break;
      case Tok::less_equal:
        kind = CompareKind::le;
        break;
      case Tok::eq_equal:
        kind = CompareKind::eq;
        break;
      case Tok::not_equal:
        kind = CompareKind::ne;
        break;
      case Tok::greater:
        kind = CompareKind::gt;
        break;
      case Tok::greater_equal:
        kind = CompareKind::ge;
        break;
      case Tok::kw_in:
        kind = CompareKind::in;
        break;
      case Tok::kw_is:
        kind = CompareKind::is;
        if (peek().kind == Tok::kw_not) {
          kind = CompareKind::is_not;
          next();
        }
        break;
      case Tok::kw_not:
        if (peek().kind == Tok::kw_in) {
          kind = CompareKind::not_in;
          next();
          break;
        }
        if (cur().level == 0) {
          next();
          fail();
        }
        [[fallthrough]];
      default:
        if (ops.empty()) return left;
        auto* e = arena_.make<CompareExpr>();
        e->kind = ExprKind::compare;
        e->span = from(start);
        e->left = left;
        e->ops = arena_.slice(ops);
        e->rights = arena_.slice(rights);
        return e;
    }
    next();
    ops.push_back(kind);
    rights.push_back(bitwise_or());
  }
}

Expr* Parser::binary(int min_precedence) {
  Span start = cur().span;
  Expr* left = factor();
  for (;;) {
    Operator op = binary_operator(cur().kind);
    if (op.precedence < min_precedence || failed_) return left;
    next();
    Expr* right = binary(op.precedence + 1);
    auto* e = arena_.make<BinaryExpr>();
    e->kind = ExprKind::binary;
    e->op = op.kind;
    e->left = left;
    e->right = right;
    e->span = from(start);
    left = e;
  }
}

Expr* Parser::factor() {
  UnaryKind op;
  switch (cur().kind) {
    case Tok::minus:
      op = UnaryKind::neg;
      break;
    case Tok::plus:
      op = UnaryKind::pos;
      break;
    case Tok::tilde:
      op = UnaryKind::invert;
      break;
    default:
      return power();
  }
  Deeper deeper(*this);
  if (!deeper) return constant(cur().span, {});
  Span start = cur().span;
  next();
  auto* e = arena_.make<UnaryExpr>();
  e->kind = ExprKind::unary;
  e->op = op;
  e->operand = factor();
  e->span = from(start);
  return e;
}

Expr* Parser::power() {
  Span start = cur().span;
  Expr* base = primary();
  if (!at(Tok::double_star)) return base;
  Deeper deeper(*this);
  if (!deeper) return base;
  next();
  auto* e = arena_.make<BinaryExpr>();
  e->kind = ExprKind::binary;
  e->op = BinaryKind::pow;
  e->left = base;
  e->right = factor();
  e->span = from(start);
  return e;
}

Expr* Parser::primary() {
  Span start = cur().span;
  Expr* e = atom();
  for (int links = 0; !failed_; ++links) {
    if (links > DepthLimit::kMaxDepth) {
      too_deep(cur().span);
      return e;
    }
    if (accept(Tok::dot)) {
      auto* a = arena_.make<AttributeExpr>();
      a->kind = ExprKind::attribute;
      a->value = e;
      a->name = name_token();
      a->span = from(start);
      e = a;
    } else if (at(Tok::lpar)) {
      Span open = cur().span;
      next();
      std::vector<Expr*> args;
      std::vector<Keyword> keywords;
      arguments(open, true, &args, &keywords);
      auto* c = arena_.make<CallExpr>();
      c->kind = ExprKind::call;
      c->callee = e;
      c->args = arena_.slice(args);
      c->keywords = arena_.slice(keywords);
      c->span = from(start);
      e = c;
    } else if (accept(Tok::lsqb)) {
      auto* s = arena_.make<SubscriptExpr>();
      s->kind = ExprKind::subscript;
      s->value = e;
      s->index = subscript_index();
      expect(Tok::rsqb);
      s->span = from(start);
      e = s;
    } else {
      break;
    }
  }
  return e;
}

/// What stands between brackets: one item, or several as a tuple.
Expr* Parser::subscript_index() {
  Span start = cur().span;
  Expr* first = slice_or_expression();
  if (!at(Tok::comma) && first->kind != ExprKind::starred) return first;
  std::vector<Expr*> items{first};
  while (accept(Tok::comma)) {
    if (at(Tok::rsqb)) break;
    items.push_back(slice_or_expression());
  }
  auto* e = arena_.make<SequenceExpr>();
  e->kind = ExprKind::tuple;
  e->span = from(start);
  e->items = arena_.slice(items);
  return e;
}

Expr* Parser::slice_or_expression() {
  Span start = cur().span;
  if (at(Tok::star)) return star_expression();
  bool parenthesized = at(Tok::lpar);
  Expr* lower = at(Tok::colon) ? nullptr : named_expression();
  if (!at(Tok::colon) || (lower != nullptr && lower->kind == ExprKind::named && !parenthesized)) return lower;
  next();
  auto* s = arena_.make<SliceExpr>();
  s->kind = ExprKind::slice;
  s->lower = lower;
  auto ends = [&] { return at(Tok::colon) || at(Tok::rsqb) || at(Tok::comma); };
  if (!ends()) s->upper = expression();
  if (accept(Tok::colon) && !ends()) s->step = expression();
  s->span = from(start);
  return s;
}

Expr* Parser::lambda() {
  Span start = cur().span;
  next();
  auto* e = arena_.make<LambdaExpr>();
  e->kind = ExprKind::lambda;
  e->parameters = parameters(Tok::colon, false);
  expect(Tok::colon);
  e->body = expression();
  e->span = from(start);
  return e;
}

}  // namespace turnstile::frontend
