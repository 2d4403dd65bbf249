// String literals and f-strings. An f-string is one token; its fields are lexed and parsed in place.
#include "codegen/frontend/literals.h"
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\v'; }

char closing_of(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

}  // namespace

Expr* Parser::strings() {
  Span start = cur().span;
  std::vector<Token> parts;
  while (at(Tok::string)) {
    parts.push_back(cur());
    next();
  }
  Span whole = from(start);
  bool bytes = split_string(text(parts[0])).bytes;
  bool format = false;
  for (const Token& t : parts) {
    StringPrefix p = split_string(text(t));
    format = format || p.format;
    if (p.bytes != bytes) {
      fail_here("cannot mix bytes and nonbytes literals");
      return constant(whole, {});
    }
  }
  std::string literal, error;
  std::vector<Expr*> values;
  for (const Token& t : parts) {
    StringPrefix p = split_string(text(t));
    std::string_view body = text(t).substr(p.body_begin, p.body_end - p.body_begin);
    bool good = true;
    if (bytes) {
      for (char c : body) good = good && static_cast<unsigned char>(c) < 128;
      if (!good) {
        fail(t.span, "bytes can only contain ASCII literal characters");
        break;
      }
      good = p.raw ? (literal += body, true) : unescape_bytes(body, &literal, &error);
    } else if (p.format) {
      FormatCursor c{t.begin + p.body_begin, t.begin + p.body_end, p.raw, whole, &values, &literal};
      if (!format_parts(c, 0)) break;
    } else {
      good = p.raw ? (literal += body, true) : unescape_str(body, &literal, &error);
    }
    if (!good) {
      fail_here(error);
      break;
    }
  }
  if (!format) return constant(whole, Constant::of_text(bytes ? Constant::Kind::bytes : Constant::Kind::str, literal));
  flush_literal(whole, &values, &literal);
  auto* e = arena_.make<JoinedStrExpr>();
  e->kind = ExprKind::joined_str;
  e->span = whole;
  e->parts = arena_.slice(values);
  return e;
}

void Parser::flush_literal(const Span& whole, std::vector<Expr*>* parts, std::string* literal) {
  if (literal->empty()) return;
  parts->push_back(constant(whole, Constant::of_text(Constant::Kind::str, *literal)));
  literal->clear();
}

bool Parser::format_parts(FormatCursor& c, int depth) {
  while (!failed_) {
    if (!format_literal(c, depth)) return false;
    if (c.i >= c.end || source_.text()[c.i] == '}') return !failed_;
    if (!format_field(c, depth)) return false;
  }
  return false;
}

/// Text up to the next field, or the end. Doubled braces stand for one outside format specs.
bool Parser::format_literal(FormatCursor& c, int depth) {
  std::string_view source = source_.text();
  std::uint32_t begin = c.i;
  auto take = [&](std::uint32_t end) {
    std::string_view body = source.substr(begin, end - begin);
    std::string error;
    if (c.raw) {
      *c.literal += body;
    } else if (!unescape_str(body, c.literal, &error)) {
      fail_here(error);
      return false;
    }
    return true;
  };
  while (c.i < c.end) {
    char ch = source[c.i];
    if (ch == '\\' && !c.raw && c.i + 1 < c.end) {
      ++c.i;
      ch = source[c.i];
      if (ch != '{' && ch != '}') {
        // \N{name}: the braces are no field.
        if (ch == 'N' && c.i + 1 < c.end && source[c.i + 1] == '{') {
          while (c.i < c.end && source[c.i] != '}') ++c.i;
        }
        if (c.i < c.end) ++c.i;
        continue;
      }
    }
    if (ch == '{' || ch == '}') {
      if (depth == 0) {
        if (c.i + 1 < c.end && source[c.i + 1] == ch) {
          if (!take(c.i + 1)) return false;
          c.i += 2;
          begin = c.i;
          continue;
        }
        if (ch == '}') {
          fail_here("f-string: single '}' is not allowed");
          return false;
        }
      }
      break;
    }
    ++c.i;
  }
  return take(c.i);
}

/// Moves from a field's start to what ends its expression: '!', ':', '=' or '}'.
bool Parser::find_field_end(FormatCursor& c) {
  std::string_view source = source_.text();
  std::string open;
  char quote = 0;
  bool triple = false;
  auto error = [&](std::string message) {
    fail_here(std::move(message));
    return false;
  };
  for (; c.i < c.end; ++c.i) {
    char ch = source[c.i];
    auto ahead = [&](std::uint32_t n) { return c.i + n < c.end ? source[c.i + n] : '\0'; };
    if (ch == '\\') return error("f-string expression part cannot include a backslash");
    if (quote != 0) {
      if (ch != quote) continue;
      if (triple) {
        if (ahead(1) != ch || ahead(2) != ch) continue;
        c.i += 2;
      }
      quote = 0;
      continue;
    }
    if (ch == '\'' || ch == '"') {
      quote = ch;
      triple = ahead(1) == ch && ahead(2) == ch;
      if (triple) c.i += 2;
      continue;
    }
    if (ch == '(' || ch == '[' || ch == '{') {
      if (open.size() >= 200) return error("f-string: too many nested parenthesis");
      open.push_back(ch);
      continue;
    }
    if (ch == '#') return error("f-string expression part cannot include '#'");
    if (open.empty() && (ch == '!' || ch == ':' || ch == '}' || ch == '=' || ch == '<' || ch == '>')) {
      if (ahead(1) == '=' && ch != ':' && ch != '}') {
        ++c.i;
        continue;
      }
      if (ch == '<' || ch == '>') continue;
      break;
    }
    if (ch == ')' || ch == ']' || ch == '}') {
      if (open.empty()) return error(std::string("f-string: unmatched '") + ch + "'");
      if (closing_of(open.back()) != ch) {
        return error(std::string("f-string: closing parenthesis '") + ch + "' does not match opening parenthesis '" +
                     open.back() + "'");
      }
      open.pop_back();
    }
  }
  if (quote != 0) return error("f-string: unterminated string");
  if (!open.empty()) return error(std::string("f-string: unmatched '") + open.back() + "'");
  if (c.i >= c.end) return error("f-string: expecting '}'");
  return true;
}

bool Parser::format_field(FormatCursor& c, int depth) {
  std::string_view source = source_.text();
  if (depth >= 2) {
    fail_here("f-string: expressions nested too deeply");
    return false;
  }
  std::uint32_t begin = ++c.i;
  if (!find_field_end(c)) return false;
  std::uint32_t end = c.i;
  auto* e = arena_.make<FormattedValueExpr>();
  e->kind = ExprKind::formatted_value;
  e->span = c.whole;
  e->value = format_expression(begin, end);
  if (failed_) return false;
  bool show = false;
  auto expecting_end = [&] {
    fail_here("f-string: expecting '}'");
    return false;
  };
  if (source[c.i] == '=') {
    show = true;
    ++c.i;
    while (c.i < c.end && is_space(source[c.i])) ++c.i;
    *c.literal += source.substr(begin, c.i - begin);
    if (c.i >= c.end) return expecting_end();
  }
  if (source[c.i] == '!') {
    ++c.i;
    if (c.i >= c.end) return expecting_end();
    e->conversion = source[c.i++];
    if (e->conversion != 's' && e->conversion != 'r' && e->conversion != 'a') {
      fail_here("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      return false;
    }
    if (c.i >= c.end) return expecting_end();
  }
  if (source[c.i] == ':') {
    ++c.i;
    std::vector<Expr*> parts;
    std::string literal;
    FormatCursor spec{c.i, c.end, c.raw, c.whole, &parts, &literal};
    if (!format_parts(spec, depth + 1)) return false;
    c.i = spec.i;
    flush_literal(c.whole, &parts, &literal);
    e->spec = arena_.make<JoinedStrExpr>();
    e->spec->kind = ExprKind::joined_str;
    e->spec->span = c.whole;
    e->spec->parts = arena_.slice(parts);
  } else if (show && e->conversion == 0) {
    e->conversion = 'r';
  }
  if (c.i >= c.end || source[c.i] != '}') return expecting_end();
  ++c.i;
  flush_literal(c.whole, c.parts, c.literal);
  c.parts->push_back(e);
  return true;
}

/// The expression at bytes [begin, end), as if it stood in parentheses in the place of the braces.
Expr* Parser::format_expression(std::uint32_t begin, std::uint32_t end) {
  std::string_view body = source_.text().substr(begin, end - begin);
  Span here = cur().span;
  bool blank = true;
  for (char c : body) blank = blank && is_space(c);
  if (blank) {
    // What ends the expression is named where it is no closing brace.
    const char after = end < source_.text().size() ? source_.text()[end] : '}';
    fail_here(after == '!' || after == ':' || after == '='
                  ? std::string("f-string: expression required before '") + after + "'"
                  : std::string("f-string: empty expression not allowed"));
    return constant(here, {});
  }
  std::uint32_t line = source_.line_at(begin);
  std::uint32_t column = begin - source_.line_offset(line);
  Lexed lexed = lex_expression(source_, begin, end, line);
  Token open, close;
  open.kind = Tok::lpar;
  open.level = 1;
  open.begin = begin - 1;
  open.end = begin;
  open.span = {line, column - 1, line, column};
  if (!lexed.problem) {
    close = lexed.tokens.back();
    close.kind = Tok::rpar;
    close.end = close.begin + 1;
    close.span.end_column = close.span.column + 1;
    lexed.tokens.insert(lexed.tokens.end() - 1, close);
  }
  for (Token& t : lexed.tokens)
    t.level = static_cast<std::uint8_t>(t.level + (t.kind == Tok::rpar && t.begin >= end ? 0 : 1));
  lexed.tokens.insert(lexed.tokens.begin(), open);
  Parser inner(source_, arena_, std::move(lexed), depth_);
  Expr* e = constant(here, {});
  if (!depth_.enter()) {
    too_deep(here);
  } else {
    e = inner.parenthesized();
    if (!inner.failed_ && !inner.at(Tok::end)) inner.fail();
  }
  depth_.leave();
  if (inner.problem_) {
    // Reported in terms of the parenthesized expression, as the reference implementation does.
    Problem p = *inner.problem_;
    p.message = "f-string: " + p.message;
    if (p.kind == ProblemKind::syntax) {
      std::uint32_t shift = source_.character_offset(line, column) - 2;
      if (p.line == line && p.offset > shift) p.offset -= shift;
      if (p.end_line == line && p.end_offset > shift) p.end_offset -= shift;
      p.text = "(" + std::string(body) + ")";
    }
    failed_ = false;
    stop(std::move(p));
  }
  return e;
}

}  // namespace turnstile::frontend
