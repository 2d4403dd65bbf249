// Match statements and patterns.
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

/// The current token is `match`, and it starts a match statement: its line ends in ':' and a case block follows.
bool Parser::at_match_statement() const {
  if (!at_name("match")) return false;
  std::size_t i = pos_ + 1;
  while (i < tokens().size() && tokens()[i].kind != Tok::newline && tokens()[i].kind != Tok::end) ++i;
  if (i + 2 >= tokens().size() || i < pos_ + 3 || tokens()[i - 1].kind != Tok::colon) return false;
  return tokens()[i + 1].kind == Tok::indent && tokens()[i + 2].kind == Tok::name && text(tokens()[i + 2]) == "case";
}

Pattern* Parser::make_pattern(PatternKind kind, const Span& start) {
  auto* p = arena_.make<Pattern>();
  p->kind = kind;
  p->span = from(start);
  return p;
}

Stmt* Parser::match_statement() {
  Deeper deeper(*this);
  Span start = cur().span;
  auto* s = arena_.make<MatchStmt>();
  s->kind = StmtKind::match;
  s->span = start;
  if (!deeper) return s;
  next();
  s->subject = at(Tok::star) || peek().kind != Tok::colon_equal ? star_expressions() : named_expression();
  expect_colon();
  expect(Tok::newline);
  expect(Tok::indent);
  std::vector<MatchCase> cases;
  while (at_name("case") && !failed_) {
    MatchCase c{};
    Span at_case = cur().span;
    next();
    c.pattern = open_pattern();
    if (accept(Tok::kw_if)) c.guard = named_expression();
    expect_colon();
    c.body = block("'case' statement", at_case.line);
    c.span = from(at_case);
    cases.push_back(c);
  }
  if (!failed_ && !at(Tok::dedent) && !at(Tok::end)) fail();
  accept(Tok::dedent);
  s->cases = arena_.slice(cases);
  s->span = from(start);
  return s;
}

/// A pattern, or several with commas between them: a sequence.
Pattern* Parser::open_pattern() {
  Span start = cur().span;
  Pattern* first = sequence_item();
  if (!at(Tok::comma) && first->kind != PatternKind::star) return first;
  if (!at(Tok::comma)) {
    fail();
    return first;
  }
  return sequence_items(first, Tok::colon, start);
}

Pattern* Parser::sequence_item() {
  if (!at(Tok::star)) return pattern();
  Span start = cur().span;
  next();
  std::string_view name = name_token();
  Pattern* p = make_pattern(PatternKind::star, start);
  if (name != "_") p->name = name;
  return p;
}

/// The rest of a sequence after its first item, up to but without `end` (or `if`).
Pattern* Parser::sequence_items(Pattern* first, Tok end, const Span& start) {
  std::vector<Pattern*> items;
  if (first != nullptr) items.push_back(first);
  while (!at(end) && !failed_) {
    if (first != nullptr || !items.empty()) {
      if (!accept(Tok::comma) || at(end) || (end == Tok::colon && at(Tok::kw_if))) break;
    }
    items.push_back(sequence_item());
  }
  Pattern* p = make_pattern(PatternKind::sequence, start);
  p->parts = arena_.slice(items);
  return p;
}

Pattern* Parser::pattern() {
  Deeper deeper(*this);
  Span start = cur().span;
  if (!deeper) return make_pattern(PatternKind::capture, start);
  Pattern* inner = alternatives();
  if (!accept(Tok::kw_as)) return inner;
  if (at_name("_")) fail(cur().span, "cannot use '_' as a target");
  if (!at(Tok::name)) fail(cur().span, "invalid pattern target");
  std::string_view name = name_token();
  Pattern* p = make_pattern(PatternKind::as, start);
  p->name = name;
  p->parts = arena_.slice(std::vector<Pattern*>{inner});
  return p;
}

Pattern* Parser::alternatives() {
  Span start = cur().span;
  std::vector<Pattern*> all{closed_pattern()};
  while (accept(Tok::vbar)) all.push_back(closed_pattern());
  if (all.size() == 1) return all[0];
  Pattern* p = make_pattern(PatternKind::alternatives, start);
  p->parts = arena_.slice(all);
  return p;
}

/// A number with or without sign, or strings.
Expr* Parser::pattern_literal() {
  Span start = cur().span;
  if (at(Tok::string)) {
    Expr* text = strings();
    if (text->kind != ExprKind::constant) {
      fail(text->span, "patterns may only match literals and attribute lookups");
    }
    return text;
  }
  const bool negative = accept(Tok::minus);
  if (!at(Tok::number)) {
    fail();
    return constant(start, {});
  }
  Expr* value = number();
  if (at(Tok::plus) || at(Tok::minus)) {
    next();
    if (at(Tok::number)) fail(cur().span, "imaginary number required in complex literal");
    fail();
  }
  if (!negative) return value;
  auto* e = arena_.make<UnaryExpr>();
  e->kind = ExprKind::unary;
  e->op = UnaryKind::neg;
  e->operand = value;
  e->span = from(start);
  return e;
}

Pattern* Parser::closed_pattern() {
  Span start = cur().span;
  switch (cur().kind) {
    case Tok::number:
    case Tok::minus:
    case Tok::string: {
      Expr* value = pattern_literal();
      Pattern* p = make_pattern(PatternKind::value, start);
      p->value = value;
      return p;
    }
    case Tok::kw_None:
    case Tok::kw_True:
    case Tok::kw_False: {
      Expr* value = atom();
      Pattern* p = make_pattern(PatternKind::singleton, start);
      p->value = value;
      return p;
    }
    case Tok::lpar: {
      next();
      if (accept(Tok::rpar)) return make_pattern(PatternKind::sequence, start);
      Pattern* first = sequence_item();
      Pattern* p = first;
      if (at(Tok::comma) || first->kind == PatternKind::star) p = sequence_items(first, Tok::rpar, start);
      expect(Tok::rpar);
      if (p != first) p->span = from(start);
      return p;
    }
    case Tok::lsqb: {
      next();
      Pattern* p = sequence_items(nullptr, Tok::rsqb, start);
      expect(Tok::rsqb);
      p->span = from(start);
      return p;
    }
    case Tok::lbrace:
      return mapping_pattern();
    case Tok::name: {
      auto* name = arena_.make<NameExpr>();
      name->kind = ExprKind::name;
      name->id = text(cur());
      next();
      name->span = from(start);
      if (!at(Tok::dot) && !at(Tok::lpar)) {
        Pattern* p = make_pattern(PatternKind::capture, start);
        if (name->id != "_") p->name = name->id;
        return p;
      }
      Expr* value = name;
      while (accept(Tok::dot)) {
        auto* a = arena_.make<AttributeExpr>();
        a->kind = ExprKind::attribute;
        a->value = value;
        a->name = name_token();
        a->span = from(start);
        value = a;
      }
      if (at(Tok::lpar)) return class_pattern(value);
      Pattern* p = make_pattern(PatternKind::value, start);
      p->value = value;
      return p;
    }
    default:
      fail();
      return make_pattern(PatternKind::capture, start);
  }
}

Pattern* Parser::mapping_pattern() {
  Span start = cur().span;
  next();
  std::vector<Expr*> keys;
  std::vector<Pattern*> values;
  std::string_view rest;
  bool has_rest = false;
  while (!at(Tok::rbrace) && !failed_) {
    if (accept(Tok::double_star)) {
      if (at_name("_")) fail();
      rest = name_token();
      has_rest = true;
      accept(Tok::comma);
      break;
    }
    Pattern* key = closed_pattern();
    if (key->kind != PatternKind::value && key->kind != PatternKind::singleton) {
      fail(key->span, "mapping pattern keys may only match literals and attribute lookups");
    }
    keys.push_back(key->value);
    expect(Tok::colon);
    values.push_back(pattern());
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::rbrace);
  Pattern* p = make_pattern(PatternKind::mapping, start);
  p->keys = arena_.slice(keys);
  p->parts = arena_.slice(values);
  p->name = rest;
  p->has_rest = has_rest;
  return p;
}

Pattern* Parser::class_pattern(Expr* cls) {
  Span start = cls->span;
  next();
  std::vector<Pattern*> parts;
  std::vector<std::string_view> names;
  while (!at(Tok::rpar) && !failed_) {
    if (at(Tok::name) && peek().kind == Tok::equal) {
      Span at_name = cur().span;
      std::string_view name = name_token();
      for (std::string_view other : names) {
        if (other == name) fail(at_name, "attribute name repeated in class pattern: " + std::string(name));
      }
      names.push_back(name);
      next();
      parts.push_back(pattern());
    } else {
      Span here = cur().span;
      parts.push_back(pattern());
      if (!names.empty()) fail(join(here, parts.back()->span), "positional patterns follow keyword patterns");
    }
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::rpar);
  Pattern* p = make_pattern(PatternKind::class_, start);
  p->value = cls;
  p->parts = arena_.slice(parts);
  p->names = arena_.slice(names);
  return p;
}

}  // namespace turnstile::frontend
