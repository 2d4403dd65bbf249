// Tokens, errors and whole files.
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

Parser::Parser(const Source& source, Arena& arena, DepthLimit depth) : Parser(source, arena, lex(source), depth) {}

Parser::Parser(const Source& source, Arena& arena, Lexed lexed, DepthLimit depth)
    : source_(source), arena_(arena), lexed_(std::move(lexed)), depth_(depth) {}

void Parser::next() {
  if (pos_ + 1 < tokens().size()) {
    last_ = pos_;
    ++pos_;
  }
}

const Token& Parser::previous() const {
  std::size_t i = last_;
  while (i > 0 &&
         (tokens()[i].kind == Tok::newline || tokens()[i].kind == Tok::indent || tokens()[i].kind == Tok::dedent))
    --i;
  return tokens()[i];
}

bool Parser::accept(Tok kind) {
  if (!at(kind) || failed_) return false;
  next();
  return true;
}

bool Parser::expect(Tok kind) {
  if (accept(kind)) return true;
  fail();
  return false;
}

/// ':' of a compound statement. "expected ':'" where nothing else follows on the line.
bool Parser::expect_colon() {
  if (accept(Tok::colon)) return true;
  if (at(Tok::newline)) {
    fail_here("expected ':'");
  } else {
    fail();
  }
  return false;
}

std::string_view Parser::name_token(const char* what) {
  if (at(Tok::name) && !failed_) {
    std::string_view name = text(cur());
    next();
    return name;
  }
  if (what != nullptr) {
    fail_here(what);
  } else {
    fail();
  }
  return "";
}

void Parser::restore(Mark m) {
  pos_ = m.pos;
  last_ = pos_ == 0 ? 0 : pos_ - 1;
  problem_ = std::move(m.problem);
  failed_ = m.failed;
}

void Parser::stop(Problem p) {
  if (failed_) return;
  failed_ = true;
  problem_ = std::move(p);
  pos_ = tokens().size() - 1;
}

/// The lexer's errors win over the parser's wherever they are; an unclosed parenthesis only if the parser got past
/// its line.
void Parser::fail(const Span& span, std::string message, ProblemKind kind) {
  if (failed_) return;
  if (lexed_.problem && (!lexed_.unclosed || at(Tok::error) || cur().span.line > lexed_.unclosed_line)) {
    return stop(*lexed_.problem);
  }
  stop(source_.problem(kind, std::move(message), span));
}

void Parser::fail() {
  switch (cur().kind) {
    case Tok::end: {
      if (failed_ || lexed_.problem || speculating_) return fail_here("invalid syntax");
      Problem p = source_.problem(ProblemKind::syntax, "invalid syntax", cur().span);
      p.offset = p.end_offset = 0;
      return stop(std::move(p));
    }
    case Tok::indent:
      return fail_here("unexpected indent", ProblemKind::indentation);
    case Tok::dedent:
      return fail_here("unexpected unindent", ProblemKind::indentation);
    case Tok::kw_async:
      return unsupported(cur().span, "async functions, loops and comprehensions");
    case Tok::kw_await:
      return unsupported(cur().span, "await");
    default:
      return fail_here("invalid syntax");
  }
}

void Parser::fail_here(std::string message, ProblemKind kind) {
  if (failed_) return;
  Span span = cur().span;
  bool indentation = at(Tok::indent) || at(Tok::dedent) || at(Tok::end);
  bool at_end = cur().begin + 1 >= source_.text().size();
  if (at(Tok::indent)) span.column = span.end_column;
  if (indentation) span.end_line = 0;
  fail(span, std::move(message), kind);
  // Tokens without text are reported where the lexer is, counted from 0.
  if (indentation && !at_end && problem_->line == span.line && problem_->offset > 0) --problem_->offset;
}

void Parser::fail_from(const Span& start, const Span& last, std::string message) {
  fail({start.line, start.column, last.end_line, last.end_column - 1}, std::move(message));
}

void Parser::unsupported(const Span& span, const char* what) {
  fail(span, std::string("Turnstile does not support ") + what);
}

void Parser::too_deep(const Span& span) {
  fail(span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
}

const char* Parser::describe(const Expr* e) {
  switch (e->kind) {
    case ExprKind::attribute:
      return "attribute";
    case ExprKind::subscript:
      return "subscript";
    case ExprKind::starred:
      return "starred";
    case ExprKind::name:
      return "name";
    case ExprKind::list:
      return "list";
    case ExprKind::tuple:
      return "tuple";
    case ExprKind::lambda:
      return "lambda";
    case ExprKind::call:
      return "function call";
    case ExprKind::bool_op:
    case ExprKind::binary:
    case ExprKind::unary:
      return "expression";
    case ExprKind::generator:
      return "generator expression";
    case ExprKind::yield:
    case ExprKind::yield_from:
      return "yield expression";
    case ExprKind::list_comp:
      return "list comprehension";
    case ExprKind::set_comp:
      return "set comprehension";
    case ExprKind::dict_comp:
      return "dict comprehension";
    case ExprKind::dict:
      return "dict literal";
    case ExprKind::set:
      return "set display";
    case ExprKind::joined_str:
    case ExprKind::formatted_value:
      return "f-string expression";
    case ExprKind::compare:
      return "comparison";
    case ExprKind::conditional:
      return "conditional expression";
    case ExprKind::named:
      return "named expression";
    case ExprKind::slice:
      return "slice";
    case ExprKind::constant:
      switch (static_cast<const ConstantExpr*>(e)->value->kind) {
        case Constant::Kind::none:
          return "None";
        case Constant::Kind::false_:
          return "False";
        case Constant::Kind::true_:
          return "True";
        case Constant::Kind::ellipsis:
          return "ellipsis";
        default:
          return "literal";
      }
  }
  return "expression";
}

Module* Parser::parse(Mode mode) {
  Module* m = arena_.make<Module>();
  m->mode = mode;
  if (mode == Mode::eval) {
    m->value = star_expressions();
    while (accept(Tok::newline)) {
    }
    if (!at(Tok::end)) fail();
  } else {
    m->body = file(Tok::end);
    if (mode == Mode::single && !failed_) {
      bool several = m->body.size() > 1;
      for (std::uint32_t i = 1; several && i < m->body.size(); ++i)
        several = m->body[i]->span.line != m->body[0]->span.line;
      if (several) {
        Span second = m->body[1]->span;
        fail({second.line, second.column, 0, 0}, "multiple statements found while compiling a single statement");
      }
    }
  }
  return problem_ ? nullptr : m;
}

Block Parser::file(Tok end) {
  std::vector<Stmt*> out;
  while (!at(end) && !failed_) {
    if (accept(Tok::newline)) continue;
    statement(&out);
  }
  return arena_.slice(out);
}

}  // namespace turnstile::frontend
