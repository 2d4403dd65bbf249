#include "codegen/frontend/lexer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

namespace turnstile::frontend {

namespace {

struct CodePointRange {
  char32_t first, last;
};
#include "codegen/frontend/identifier_tables.inc"

template <std::size_t N>
bool in_ranges(const CodePointRange (&ranges)[N], char32_t c) {
  auto it = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                             [](char32_t x, const CodePointRange& r) { return x < r.first; });
  return it != std::begin(ranges) && c <= std::prev(it)->last;
}

bool is_digit(int c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(int c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_ascii_part(int c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_byte(int c) { return is_ascii_part(c) || c >= 128; }

/// Printable as python3's repr() sees it, roughly: what is left out are controls, separators and unassigned planes.
bool is_printable(char32_t c) {
  if (c < 0xa1) return c >= 0x20 && c < 0x7f;
  if (c == 0xad || (c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f))
    return false;
  return c != 0x3000 && c != 0xfeff && !(c >= 0xd800 && c <= 0xf8ff) && !(c >= 0xfff0 && c <= 0xfffb) && c < 0xe0000;
}

constexpr int kTabSize = 8;
constexpr std::size_t kMaxIndents = 100;
constexpr std::size_t kMaxLevel = 200;

class Lexer {
 public:
  Lexer(const Source& source, std::uint32_t begin, std::uint32_t end, std::uint32_t line, bool expression)
      : source_(source),
        text_(source.text()),
        pos_(begin),
        end_(end),
        line_(line),
        line_start_(source.line_offset(line)),
        expression_(expression) {}

  Lexed run() {
    at_line_start_ = !expression_;
    while (!failed_ && !done_) step();
    return std::move(out_);
  }

 private:
  struct Paren {
    char open;
    std::uint32_t line, column;
  };

  int at(std::uint32_t i) const { return i < end_ ? static_cast<unsigned char>(text_[i]) : -1; }
  int cur() const { return at(pos_); }
  std::uint32_t column() const { return pos_ - line_start_; }

  void new_line() {
    ++line_;
    line_start_ = pos_;
  }

  void push(Tok kind, std::uint32_t begin, Span span) {
    out_.tokens.push_back({kind, static_cast<std::uint8_t>(parens_.size()), begin, pos_, span});
  }
  void push_here(Tok kind, std::uint32_t begin) { push(kind, begin, {line_, begin - line_start_, line_, column()}); }

  void fail(ProblemKind kind, std::string message, Span span) {
    failed_ = true;
    out_.problem = source_.problem(kind, std::move(message), span);
    if (kind == ProblemKind::syntax && span.end_line == 0) {
      out_.problem->end_offset = out_.problem->offset;
      out_.problem->text.pop_back();
    }
    push(Tok::error, pos_, span);
  }
  void fail(std::string message, Span span) { fail(ProblemKind::syntax, std::move(message), span); }
  /// At the byte before the current position, as the reference implementation reports literals.
  void fail_before(std::string message) {
    std::uint32_t c = column() == 0 ? 0 : column() - 1;
    while (c > 0 && (static_cast<unsigned char>(text_[line_start_ + c]) & 0xc0) == 0x80) --c;
    fail(std::move(message), {line_, c, 0, 0});
  }

  void step();
  void indentation();
  void finish();
  bool continuation();
  void number();
  void name();
  bool string();
  void op();
  void open_paren(Tok kind, char c);
  void close_paren(Tok kind, char c);
  bool decimal_tail();
  bool end_of_number(const char* what);
  bool radix_digits(const char* what, int limit);

  const Source& source_;
  std::string_view text_;
  std::uint32_t pos_, end_, line_, line_start_;
  bool expression_;
  bool at_line_start_ = true;
  bool failed_ = false, done_ = false;
  std::vector<Paren> parens_;
  struct Indent {
    int column, alternative;
  };
  std::vector<Indent> indents_{{0, 0}};
  Lexed out_;
};

void Lexer::step() {
  if (at_line_start_) {
    at_line_start_ = false;
    indentation();
    return;
  }
  int c = cur();
  while (c == ' ' || c == '\t' || c == '\f') {
    ++pos_;
    c = cur();
  }
  if (c == '#') {
    while (cur() != -1 && cur() != '\n') ++pos_;
    c = cur();
  }
  if (c == -1) return finish();
  if (c == '\n') {
    std::uint32_t begin = pos_++;
    if (parens_.empty() && !expression_) {
      push_here(Tok::newline, begin);
      at_line_start_ = true;
    }
    new_line();
    return;
  }
  if (c == '\\') {
    continuation();
    return;
  }
  if (is_digit(c) || (c == '.' && is_digit(at(pos_ + 1)))) return number();
  if (string()) return;
  if (is_name_byte(c)) return name();
  op();
}

/// A backslash at the current position joins the next line. False when it does not: failed.
bool Lexer::continuation() {
  ++pos_;
  if (cur() != '\n') {
    fail("unexpected character after line continuation character", {line_, column(), 0, 0});
    out_.problem->end_offset = 0;
    return false;
  }
  ++pos_;
  new_line();
  if (cur() == -1) {
    fail("unexpected EOF while parsing", {line_ - 1, static_cast<std::uint32_t>(source_.line(line_ - 1).size()), 0, 0});
    return false;
  }
  return true;
}

/// Start of a line outside parentheses: skips blank lines, compares the indentation with the open blocks'.
void Lexer::indentation() {
  int col = 0, alternative = 0, continued = 0;
  for (;;) {
    int c = cur();
    if (c == ' ') {
      ++col, ++alternative;
    } else if (c == '\t') {
      col = (col / kTabSize + 1) * kTabSize;
      ++alternative;
    } else if (c == '\f') {
      col = alternative = 0;
    } else if (c == '\\') {
      if (continued == 0) continued = col;
      if (!continuation()) return;
      continue;
    } else {
      break;
    }
    ++pos_;
  }
  int c = cur();
  if (c == '#') {
    while (cur() != -1 && cur() != '\n') ++pos_;
    c = cur();
  }
  if (c == '\n') {
    ++pos_;
    new_line();
    at_line_start_ = true;
    return;
  }
  if (c == -1) return finish();
  if (continued != 0) col = alternative = continued;

  auto inconsistent = [&] {
    fail(ProblemKind::tab, "inconsistent use of tabs and spaces in indentation", {line_, 0, 0, 0});
  };
  if (col == indents_.back().column) {
    if (alternative != indents_.back().alternative) inconsistent();
  } else if (col > indents_.back().column) {
    if (indents_.size() >= kMaxIndents) {
      fail(ProblemKind::indentation, "too many levels of indentation", {line_, 0, 0, 0});
      return;
    }
    if (alternative <= indents_.back().alternative) return inconsistent();
    indents_.push_back({col, alternative});
    push(Tok::indent, line_start_, {line_, 0, line_, column()});
  } else {
    while (indents_.size() > 1 && col < indents_.back().column) {
      indents_.pop_back();
      push(Tok::dedent, pos_, {line_, column(), line_, column()});
    }
    if (col != indents_.back().column) {
      fail(ProblemKind::indentation, "unindent does not match any outer indentation level",
           {line_, static_cast<std::uint32_t>(source_.line(line_).size()), 0, 0});
    } else if (alternative != indents_.back().alternative) {
      inconsistent();
    }
  }
}

void Lexer::finish() {
  if (!parens_.empty() && !expression_) {
    const Paren& p = parens_.back();
    out_.unclosed = true;
    out_.unclosed_line = p.line;
    fail(std::string("'") + p.open + "' was never closed", {p.line, p.column, 0, 0});
    out_.problem->end_offset = 0;
    return;
  }
  done_ = true;
  Span here{line_, column(), line_, column()};
  if (!expression_) {
    // The end is reported behind the last line.
    std::uint32_t last = source_.line_count();
    here.line = here.end_line = last;
    here.column = here.end_column = static_cast<std::uint32_t>(source_.line(last).size());
    while (indents_.size() > 1) {
      indents_.pop_back();
      push(Tok::dedent, pos_, here);
    }
  }
  push(Tok::end, pos_, here);
}

bool Lexer::decimal_tail() {
  for (;;) {
    while (is_digit(cur())) ++pos_;
    if (cur() != '_') return true;
    ++pos_;
    if (!is_digit(cur())) {
      fail_before("invalid decimal literal");
      return false;
    }
  }
}

/// A number may touch a keyword (`1if x else y`) but no other name.
bool Lexer::end_of_number(const char* what) {
  int c = cur();
  static constexpr std::string_view kAllowed[] = {"and", "else", "for", "if", "in", "is", "not", "or"};
  std::string_view rest = text_.substr(pos_, std::min<std::uint32_t>(end_ - pos_, 4));
  for (std::string_view word : kAllowed) {
    if (rest.starts_with(word)) return true;
  }
  if (c != -1 && c < 128 && is_ascii_part(c)) {
    fail_before("invalid " + std::string(what) + " literal");
    return false;
  }
  return true;
}

/// Digits after 0x, 0o, 0b; digits below `limit` (16: hexadecimal).
bool Lexer::radix_digits(const char* what, int limit) {
  auto valid = [&](int c) { return limit == 16 ? is_hex_digit(c) : c >= '0' && c < '0' + limit; };
  auto bad_digit = [&] {
    std::string message = std::string("invalid digit '") + static_cast<char>(cur()) + "' in " + what + " literal";
    ++pos_;
    fail_before(message);
    return false;
  };
  do {
    if (cur() == '_') ++pos_;
    if (!valid(cur())) {
      if (is_digit(cur())) return bad_digit();
      fail_before("invalid " + std::string(what) + " literal");
      return false;
    }
    while (valid(cur())) ++pos_;
  } while (cur() == '_');
  if (is_digit(cur())) return bad_digit();
  return end_of_number(what);
}

void Lexer::number() {
  std::uint32_t begin = pos_;
  bool leading_zeros = false;
  std::uint32_t zeros_end = 0;
  if (cur() == '0') {
    int n = at(pos_ + 1) | 0x20;
    if (at(pos_ + 1) != -1 && (n == 'x' || n == 'o' || n == 'b')) {
      pos_ += 2;
      if (radix_digits(n == 'x' ? "hexadecimal" : n == 'o' ? "octal" : "binary", n == 'x' ? 16 : n == 'o' ? 8 : 2)) {
        push_here(Tok::number, begin);
      }
      return;
    }
    for (;;) {
      if (cur() == '_') {
        ++pos_;
        if (!is_digit(cur())) return fail_before("invalid decimal literal");
      }
      if (cur() != '0') break;
      ++pos_;
    }
    zeros_end = pos_;
    if (is_digit(cur())) {
      leading_zeros = true;
      if (!decimal_tail()) return;
    }
  } else if (cur() != '.') {
    if (!decimal_tail()) return;
  }
  bool is_float = false;
  if (cur() == '.') {
    is_float = true;
    ++pos_;
    if (is_digit(cur()) && !decimal_tail()) return;
  }
  if (cur() == 'e' || cur() == 'E') {
    std::uint32_t e = pos_++;
    if (cur() == '+' || cur() == '-') {
      ++pos_;
      if (!is_digit(cur())) return fail_before("invalid decimal literal");
      is_float = true;
      if (!decimal_tail()) return;
    } else if (is_digit(cur())) {
      is_float = true;
      if (!decimal_tail()) return;
    } else {
      pos_ = e;
      if (!end_of_number("decimal")) return;
      return push_here(Tok::number, begin);
    }
  }
  if (cur() == 'j' || cur() == 'J') {
    ++pos_;
    if (!end_of_number("imaginary")) return;
    return push_here(Tok::number, begin);
  }
  if (leading_zeros && !is_float) {
    return fail("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                {line_, begin - line_start_, line_, zeros_end - line_start_});
  }
  if (end_of_number("decimal")) push_here(Tok::number, begin);
}

void Lexer::name() {
  std::uint32_t begin = pos_;
  bool ascii = true;
  while (cur() != -1 && is_name_byte(cur())) {
    ascii = ascii && cur() < 128;
    ++pos_;
  }
  if (!ascii) {
    std::size_t i = begin;
    while (i < pos_) {
      std::size_t here = i;
      char32_t c = decode_utf8(text_, &i);
      if (here == begin ? is_identifier_start(c) : is_identifier_part(c)) continue;
      char hex[16];
      std::snprintf(hex, sizeof hex, "U+%04X", static_cast<unsigned>(c));
      Span span{line_, static_cast<std::uint32_t>(here) - line_start_, 0, 0};
      if (is_printable(c)) {
        fail("invalid character '" + std::string(text_.substr(here, i - here)) + "' (" + hex + ")", span);
      } else {
        fail(std::string("invalid non-printable character ") + hex, span);
      }
      return;
    }
  }
  push_here(keyword(text_.substr(begin, pos_ - begin)), begin);
}

/// A string literal with its prefix, if one starts here.
bool Lexer::string() {
  std::uint32_t i = pos_;
  bool b = false, u = false, r = false, f = false;
  for (;;) {
    int c = at(i) == -1 ? -1 : at(i) | 0x20;
    if (!(b || u || f) && c == 'b') {
      b = true;
    } else if (!(b || u || r || f) && c == 'u') {
      u = true;
    } else if (!(r || u) && c == 'r') {
      r = true;
    } else if (!(f || b || u) && c == 'f') {
      f = true;
    } else {
      break;
    }
    ++i;
  }
  int quote = at(i);
  if (quote != '\'' && quote != '"') return false;
  std::uint32_t begin = pos_;
  Span span{line_, column(), 0, 0};
  bool triple = at(i + 1) == quote && at(i + 2) == quote;
  pos_ = i + (triple ? 3 : 1);
  for (;;) {
    int c = cur();
    if (c == -1 || (c == '\n' && !triple)) {
      std::uint32_t detected = c == -1 ? line_ - (column() == 0 && !expression_ ? 1 : 0) : line_;
      fail(std::string("unterminated ") + (triple ? "triple-quoted " : "") + "string literal (detected at line " +
               std::to_string(detected) + ")",
           span);
      return true;
    }
    ++pos_;
    if (c == '\n') {
      new_line();
    } else if (c == '\\') {
      if (cur() == '\n') {
        ++pos_;
        new_line();
      } else if (cur() != -1) {
        ++pos_;
      }
    } else if (c == quote && (!triple || (at(pos_) == quote && at(pos_ + 1) == quote))) {
      if (triple) pos_ += 2;
      break;
    }
  }
  span.end_line = line_;
  span.end_column = column();
  push(Tok::string, begin, span);
  return true;
}

void Lexer::open_paren(Tok kind, char c) {
  if (parens_.size() >= kMaxLevel) {
    ++pos_;
    return fail_before("too many nested parentheses");
  }
  parens_.push_back({c, line_, column()});
  ++pos_;
  push_here(kind, pos_ - 1);
}

void Lexer::close_paren(Tok kind, char c) {
  ++pos_;
  if (parens_.empty()) return fail_before(std::string("unmatched '") + c + "'");
  Paren p = parens_.back();
  bool match = (p.open == '(' && c == ')') || (p.open == '[' && c == ']') || (p.open == '{' && c == '}');
  if (!match) {
    std::string message =
        std::string("closing parenthesis '") + c + "' does not match opening parenthesis '" + p.open + "'";
    if (p.line != line_) message += " on line " + std::to_string(p.line);
    return fail_before(std::move(message));
  }
  parens_.pop_back();
  push_here(kind, pos_ - 1);
}

void Lexer::op() {
  char c = static_cast<char>(cur());
  switch (c) {
    case '(':
      return open_paren(Tok::lpar, c);
    case '[':
      return open_paren(Tok::lsqb, c);
    case '{':
      return open_paren(Tok::lbrace, c);
    case ')':
      return close_paren(Tok::rpar, c);
    case ']':
      return close_paren(Tok::rsqb, c);
    case '}':
      return close_paren(Tok::rbrace, c);
    default:
      break;
  }
  struct Entry {
    std::string_view text;
    Tok kind;
  };
  // Longest first.
  static constexpr Entry kOps[] = {
      {"...", Tok::ellipsis},
      {"**=", Tok::double_star_equal},
      {"//=", Tok::double_slash_equal},
      {"<<=", Tok::left_shift_equal},
      {">>=", Tok::right_shift_equal},
      {"**", Tok::double_star},
      {"//", Tok::double_slash},
      {"<<", Tok::left_shift},
      {">>", Tok::right_shift},
      {"<>", Tok::unknown},
      {"<=", Tok::less_equal},
      {">=", Tok::greater_equal},
      {"==", Tok::eq_equal},
      {"!=", Tok::not_equal},
      {"->", Tok::arrow},
      {":=", Tok::colon_equal},
      {"+=", Tok::plus_equal},
      {"-=", Tok::minus_equal},
      {"*=", Tok::star_equal},
      {"/=", Tok::slash_equal},
      {"%=", Tok::percent_equal},
      {"&=", Tok::amper_equal},
      {"|=", Tok::vbar_equal},
      {"^=", Tok::circumflex_equal},
      {"@=", Tok::at_equal},
      {":", Tok::colon},
      {",", Tok::comma},
      {";", Tok::semi},
      {"+", Tok::plus},
      {"-", Tok::minus},
      {"*", Tok::star},
      {"/", Tok::slash},
      {"|", Tok::vbar},
      {"&", Tok::amper},
      {"<", Tok::less},
      {">", Tok::greater},
      {"=", Tok::equal},
      {".", Tok::dot},
      {"%", Tok::percent},
      {"~", Tok::tilde},
      {"^", Tok::circumflex},
      {"@", Tok::at},
  };
  std::uint32_t begin = pos_;
  std::string_view rest = text_.substr(pos_, std::min<std::uint32_t>(end_ - pos_, 3));
  for (const Entry& e : kOps) {
    if (!rest.starts_with(e.text)) continue;
    pos_ += static_cast<std::uint32_t>(e.text.size());
    return push_here(e.kind, begin);
  }
  ++pos_;
  if (c < 0x20 || c == 0x7f) {
    char message[64];
    std::snprintf(message, sizeof message, "invalid non-printable character U+%04X", static_cast<unsigned>(c));
    return fail_before(message);
  }
  push_here(Tok::unknown, begin);
}

}  // namespace

bool is_identifier_start(char32_t c) {
  if (c < 128) return is_ascii_part(static_cast<int>(c)) && !is_digit(static_cast<int>(c));
  return in_ranges(kIdentifierStart, c);
}

bool is_identifier_part(char32_t c) {
  if (c < 128) return is_ascii_part(static_cast<int>(c));
  return in_ranges(kIdentifierStart, c) || in_ranges(kIdentifierContinue, c);
}

Tok keyword(std::string_view text) {
  static const std::unordered_map<std::string_view, Tok> kTable = {
#define TURNSTILE_KEYWORD(name) {#name, Tok::kw_##name},
      TURNSTILE_KEYWORDS(TURNSTILE_KEYWORD)
#undef TURNSTILE_KEYWORD
  };
  auto it = kTable.find(text);
  return it == kTable.end() ? Tok::name : it->second;
}

Lexed lex(const Source& source) {
  return Lexer(source, 0, static_cast<std::uint32_t>(source.text().size()), 1, false).run();
}

Lexed lex_expression(const Source& source, std::uint32_t begin, std::uint32_t end, std::uint32_t line) {
  return Lexer(source, begin, end, line, true).run();
}

}  // namespace turnstile::frontend
