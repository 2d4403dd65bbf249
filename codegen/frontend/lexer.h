// Splits program text into tokens, with python3's rules for indentation, line joining and literals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/frontend/source.h"

namespace turnstile::frontend {

// clang-format off
#define TURNSTILE_KEYWORDS(X)                                                                                     \
  X(False) X(None) X(True) X(and) X(as) X(assert) X(async) X(await) X(break) X(class) X(continue) X(def) X(del)        \
  X(elif) X(else) X(except) X(finally) X(for) X(from) X(global) X(if) X(import) X(in) X(is) X(lambda) X(nonlocal)      \
  X(not) X(or) X(pass) X(raise) X(return) X(try) X(while) X(with) X(yield)
// clang-format on

enum class Tok : std::uint8_t {
  end,
  newline,
  indent,
  dedent,
  name,
  number,
  string,
  error,    // the lexer's error (Lexed::problem)
  unknown,  // a character that starts no token
  lpar,
  rpar,
  lsqb,
  rsqb,
  lbrace,
  rbrace,
  colon,
  comma,
  semi,
  plus,
  minus,
  star,
  slash,
  vbar,
  amper,
  less,
  greater,
  equal,
  dot,
  percent,
  eq_equal,
  not_equal,
  less_equal,
  greater_equal,
  tilde,
  circumflex,
  left_shift,
  right_shift,
  double_star,
  plus_equal,
  minus_equal,
  star_equal,
  slash_equal,
  percent_equal,
  amper_equal,
  vbar_equal,
  circumflex_equal,
  left_shift_equal,
  right_shift_equal,
  double_star_equal,
  double_slash,
  double_slash_equal,
  at,
  at_equal,
  arrow,
  ellipsis,
  colon_equal,
#define TURNSTILE_KEYWORD(name) kw_##name,
  TURNSTILE_KEYWORDS(TURNSTILE_KEYWORD)
#undef TURNSTILE_KEYWORD
};

struct Token {
  Tok kind = Tok::end;
  std::uint8_t level = 0;            // depth of open parentheses behind this token
  std::uint32_t begin = 0, end = 0;  // byte offsets in the text
  Span span;
};

struct Lexed {
  std::vector<Token> tokens;  // the last one is `end`, or `error` when `problem` is set
  std::optional<Problem> problem;
  bool unclosed = false;            // the problem is a parenthesis that is open at the end of the text
  std::uint32_t unclosed_line = 0;  // where it was opened
};

/// Tokens of a whole program.
Lexed lex(const Source& source);
/// Tokens of the expression at bytes [begin, end) of the text, which start on `line`, as if it were in parentheses.
Lexed lex_expression(const Source& source, std::uint32_t begin, std::uint32_t end, std::uint32_t line);

bool is_identifier_start(char32_t c);
bool is_identifier_part(char32_t c);
/// The keyword's token, or Tok::name.
Tok keyword(std::string_view text);

}  // namespace turnstile::frontend
