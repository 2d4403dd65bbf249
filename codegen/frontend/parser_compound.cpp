// Statements with blocks.
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

namespace {
template <class T>
T* node(Arena& arena, StmtKind kind, const Span& span) {
  T* s = arena.make<T>();
  s->kind = kind;
  s->span = span;
  return s;
}
}  // namespace

void Parser::statement(std::vector<Stmt*>* out) {
  switch (cur().kind) {
    case Tok::kw_if:
    case Tok::kw_while:
    case Tok::kw_for:
    case Tok::kw_try:
    case Tok::kw_with:
    case Tok::kw_def:
    case Tok::kw_class:
    case Tok::at:
      out->push_back(compound_statement());
      return;
    case Tok::kw_async:
      return fail();
    case Tok::name:
      if (at_match_statement()) {
        out->push_back(match_statement());
        return;
      }
      [[fallthrough]];
    default:
      simple_statements(out);
  }
}

/// What follows the ':' of a compound statement. `what` begins on `line`.
Block Parser::block(const char* what, std::uint32_t line) {
  std::vector<Stmt*> out;
  if (!accept(Tok::newline)) {
    if (!failed_) simple_statements(&out);
    return arena_.slice(out);
  }
  if (!accept(Tok::indent)) {
    fail_here(std::string("expected an indented block after ") + what + " on line " + std::to_string(line),
              ProblemKind::indentation);
    return {};
  }
  Deeper deeper(*this);
  if (!deeper) return {};
  while (!at(Tok::dedent) && !at(Tok::end) && !failed_) statement(&out);
  accept(Tok::dedent);
  return arena_.slice(out);
}

Stmt* Parser::compound_statement() {
  Deeper deeper(*this);
  Span start = cur().span;
  if (!deeper) return node<Stmt>(arena_, StmtKind::pass, start);
  switch (cur().kind) {
    case Tok::kw_if:
      return if_statement();
    case Tok::kw_while:
      return while_statement();
    case Tok::kw_for:
      return for_statement();
    case Tok::kw_try:
      return try_statement();
    case Tok::kw_with:
      return with_statement();
    case Tok::kw_def:
      return function_statement({}, start);
    case Tok::kw_class:
      return class_statement({}, start);
    default:
      return decorated();
  }
}

/// A chain of elif is nested in or_else; it is parsed without recursion.
Stmt* Parser::if_statement() {
  IfStmt* first = nullptr;
  IfStmt* last = nullptr;
  std::vector<IfStmt*> chain;
  for (;;) {
    Span start = cur().span;
    const char* what = first == nullptr ? "'if' statement" : "'elif' statement";
    next();
    auto* s = node<IfStmt>(arena_, StmtKind::if_, start);
    s->test = named_expression();
    expect_colon();
    s->body = block(what, start.line);
    chain.push_back(s);
    if (first == nullptr) {
      first = s;
    } else {
      last->or_else = arena_.slice(std::vector<Stmt*>{s});
    }
    last = s;
    if (at(Tok::kw_elif)) continue;
    if (at(Tok::kw_else)) {
      std::uint32_t line = cur().span.line;
      next();
      if (!accept(Tok::colon)) fail_here("expected ':'");
      last->or_else = block("'else' statement", line);
    }
    break;
  }
  for (IfStmt* s : chain) s->span = from(s->span);
  return first;
}

Stmt* Parser::while_statement() {
  Span start = cur().span;
  next();
  auto* s = node<WhileStmt>(arena_, StmtKind::while_, start);
  s->test = named_expression();
  expect_colon();
  s->body = block("'while' statement", start.line);
  if (at(Tok::kw_else)) {
    std::uint32_t line = cur().span.line;
    next();
    if (!accept(Tok::colon)) fail_here("expected ':'");
    s->or_else = block("'else' statement", line);
  }
  s->span = from(start);
  return s;
}

Stmt* Parser::for_statement() {
  Span start = cur().span;
  next();
  auto* s = node<ForStmt>(arena_, StmtKind::for_, start);
  s->target = target_list(Tok::kw_in);
  expect(Tok::kw_in);
  s->iterable = star_expressions();
  expect_colon();
  s->body = block("'for' statement", start.line);
  if (at(Tok::kw_else)) {
    std::uint32_t line = cur().span.line;
    next();
    if (!accept(Tok::colon)) fail_here("expected ':'");
    s->or_else = block("'else' statement", line);
  }
  s->span = from(start);
  return s;
}

Stmt* Parser::try_statement() {
  Span start = cur().span;
  next();
  if (!accept(Tok::colon)) fail_here("expected ':'");
  auto* s = node<TryStmt>(arena_, StmtKind::try_, start);
  s->body = block("'try' statement", start.line);
  std::vector<Handler> handlers;
  while (at(Tok::kw_except)) {
    Handler h{};
    Span at_except = cur().span;
    next();
    if (at(Tok::star)) unsupported(at_except, "except*");
    if (!at(Tok::colon)) {
      if (at(Tok::newline)) fail_here("expected ':'");
      h.type = expression();
      if (at(Tok::comma)) {
        Mark mark = save();
        next();
        star_expressions();
        if (accept(Tok::kw_as)) name_token();
        bool good = !failed_ && at(Tok::colon);
        Span colon = cur().span;
        restore(mark);
        if (good) fail_from(h.type->span, colon, "multiple exception types must be parenthesized");
      }
      if (accept(Tok::kw_as)) h.name = name_token();
    }
    expect_colon();
    h.body = block("'except' statement", at_except.line);
    h.span = from(at_except);
    handlers.push_back(h);
  }
  if (!handlers.empty() && at(Tok::kw_else)) {
    std::uint32_t line = cur().span.line;
    next();
    if (!accept(Tok::colon)) fail_here("expected ':'");
    s->or_else = block("'else' statement", line);
  }
  bool has_finally = at(Tok::kw_finally);
  if (has_finally) {
    std::uint32_t line = cur().span.line;
    next();
    if (!accept(Tok::colon)) fail_here("expected ':'");
    s->final_body = block("'finally' statement", line);
  }
  if (handlers.empty() && !has_finally && !failed_) {
    if (at(Tok::error) || at(Tok::indent)) {
      fail();
    } else {
      fail_here("expected 'except' or 'finally' block");
    }
  }
  s->handlers = arena_.slice(handlers);
  s->span = from(start);
  return s;
}

void Parser::with_items(std::vector<WithItem>* items, Tok end) {
  do {
    if (!items->empty() && at(end) && end == Tok::rpar) break;
    WithItem item{};
    item.context = expression();
    if (accept(Tok::kw_as)) {
      item.target = at(Tok::star) ? star_expression() : primary();
      check_target(item.target, TargetUse::with);
    }
    items->push_back(item);
  } while (accept(Tok::comma));
}

Stmt* Parser::with_statement() {
  Span start = cur().span;
  next();
  auto* s = node<WithStmt>(arena_, StmtKind::with, start);
  std::vector<WithItem> items;
  bool done = false;
  if (at(Tok::lpar)) {
    // Items in parentheses: only where the closing one is followed by ':' and what is between reads as items.
    std::size_t i = pos_;
    std::uint8_t level = cur().level;
    while (i + 1 < tokens().size() && !(tokens()[i].kind == Tok::rpar && tokens()[i].level + 1 == level)) ++i;
    if (i + 1 < tokens().size() && tokens()[i + 1].kind == Tok::colon) {
      Mark mark = save();
      next();
      with_items(&items, Tok::rpar);
      done = accept(Tok::rpar) && at(Tok::colon) && !failed_;
      if (!done) {
        restore(mark);
        items.clear();
      }
    }
  }
  if (!done) with_items(&items, Tok::colon);
  expect_colon();
  s->items = arena_.slice(items);
  s->body = block("'with' statement", start.line);
  s->span = from(start);
  return s;
}

Stmt* Parser::decorated() {
  Span start = cur().span;
  std::vector<Expr*> decorators;
  while (accept(Tok::at)) {
    decorators.push_back(named_expression());
    expect(Tok::newline);
  }
  Span at_definition = cur().span;
  if (at(Tok::kw_def)) return function_statement(arena_.slice(decorators), at_definition);
  if (at(Tok::kw_class)) return class_statement(arena_.slice(decorators), at_definition);
  fail();
  return node<Stmt>(arena_, StmtKind::pass, start);
}

Stmt* Parser::function_statement(Slice<Expr*> decorators, const Span& start) {
  next();
  auto* s = node<FunctionStmt>(arena_, StmtKind::function, start);
  s->name = name_token();
  s->decorators = decorators;
  if (!accept(Tok::lpar)) fail_here("expected '('");
  s->parameters = parameters(Tok::rpar, true);
  expect(Tok::rpar);
  if (at(Tok::arrow) && !starts_expression(peek())) fail_here("expected ':'");
  if (accept(Tok::arrow)) s->returns = expression();
  if (!accept(Tok::colon)) fail_here("expected ':'");
  s->body = block("function definition", start.line);
  s->span = from(start);
  return s;
}

Stmt* Parser::class_statement(Slice<Expr*> decorators, const Span& start) {
  next();
  auto* s = node<ClassStmt>(arena_, StmtKind::class_, start);
  s->name = name_token();
  s->decorators = decorators;
  if (at(Tok::lpar)) {
    Span open = cur().span;
    next();
    std::vector<Expr*> bases;
    std::vector<Keyword> keywords;
    arguments(open, false, &bases, &keywords);
    s->bases = arena_.slice(bases);
    s->keywords = arena_.slice(keywords);
  }
  expect_colon();
  s->body = block("class definition", start.line);
  s->span = from(start);
  return s;
}

/// Parameters of a function (annotations allowed) or lambda, up to but without `end`.
Parameters* Parser::parameters(Tok end, bool annotations) {
  auto* p = arena_.make<Parameters>();
  std::vector<Parameter> positional, keyword_only;
  bool star = false, slash = false, seen_default = false;
  auto parameter = [&](bool allow_star_annotation = false) {
    Parameter q{};
    q.span = cur().span;
    q.name = name_token();
    if (annotations && accept(Tok::colon)) q.annotation = allow_star_annotation ? star_expression() : expression();
    q.span = from(q.span);
    return q;
  };
  while (!at(end) && !failed_) {
    Span here = cur().span;
    if (at(Tok::lpar)) {
      Mark mark = save();
      next();
      while (accept(Tok::name)) accept(Tok::comma);
      bool good = at(Tok::rpar);
      Span close = cur().span;
      restore(mark);
      if (good && !star) {
        fail(join(here, close), annotations ? "Function parameters cannot be parenthesized"
                                            : "Lambda expression parameters cannot be parenthesized");
      } else {
        fail();
      }
      break;
    }
    if (accept(Tok::slash)) {
      if (slash) fail(here, "/ may appear only once");
      if (star) fail(here, "/ must be ahead of *");
      if (positional.empty()) fail(here, "at least one argument must precede /");
      slash = true;
      p->positional_only = static_cast<std::uint32_t>(positional.size());
      if (at(Tok::star)) fail_here("expected comma between / and *");
    } else if (accept(Tok::star)) {
      if (star) fail(here, "* argument may appear only once");
      star = true;
      if (at(Tok::name)) {
        Parameter q = parameter(true);
        if (at(Tok::equal)) fail(cur().span, "var-positional argument cannot have default value");
        p->var_args = arena_.make<Parameter>(q);
      } else if (at(end) || (at(Tok::comma) && (peek().kind == end || peek().kind == Tok::double_star))) {
        if (annotations) fail(here, "named arguments must follow bare *");
        if (at(Tok::comma)) next();
        fail_here("named arguments must follow bare *");
      }
    } else if (accept(Tok::double_star)) {
      Parameter q = parameter();
      if (at(Tok::equal)) fail(cur().span, "var-keyword argument cannot have default value");
      p->var_keywords = arena_.make<Parameter>(q);
      if (accept(Tok::comma) && !at(end)) fail(cur().span, "arguments cannot follow var-keyword argument");
      break;
    } else {
      Parameter q = parameter();
      if (at(Tok::equal)) {
        Span equal = cur().span;
        next();
        if (at(Tok::comma) || at(end)) fail(equal, "expected default value expression");
        q.default_value = expression();
        if (!star) seen_default = true;
      } else if (!star && seen_default) {
        fail(q.span, "non-default argument follows default argument");
      }
      (star ? keyword_only : positional).push_back(q);
    }
    if (!accept(Tok::comma)) break;
  }
  p->positional = arena_.slice(positional);
  p->keyword_only = arena_.slice(keyword_only);
  return p;
}

}  // namespace turnstile::frontend
