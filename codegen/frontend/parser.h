// Recursive descent parser for Python 3.11.
//
// Errors need no unwinding: the first one is kept, and the parser jumps to the end of its tokens, where every loop and
// every rule comes to an end by itself. Rules never return null; after an error what they return is not used.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/frontend/ast.h"
#include "codegen/frontend/lexer.h"
#include "codegen/frontend/source.h"

namespace turnstile::frontend {

/// Limits recursion over the tree: by depth, and by the bytes of native stack used since it was made.
class DepthLimit {
 public:
  static constexpr int kMaxDepth = 1500;
  static constexpr std::uintptr_t kMaxBytes = 2 << 20;
  static constexpr std::uintptr_t kReserve = 64 << 10;

  /// Never below `floor` (0: only relative to where it is made).
  explicit DepthLimit(std::uintptr_t floor = 0) : floor_(here() - kMaxBytes) {
    if (floor != 0 && floor + kReserve > floor_) floor_ = floor + kReserve;
  }
  bool enter() { return ++depth_ <= kMaxDepth && here() > floor_; }
  void leave() { --depth_; }

 private:
  static std::uintptr_t here() { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }
  std::uintptr_t floor_;
  int depth_ = 0;
};

class Parser {
 public:
  Parser(const Source& source, Arena& arena, DepthLimit depth = DepthLimit());

  /// Null: see problem().
  Module* parse(Mode mode);
  const std::optional<Problem>& problem() const { return problem_; }

 private:
  struct Mark {
    std::size_t pos;
    std::optional<Problem> problem;
    bool failed;
  };
  class Deeper;

  // --- tokens (parser.cpp) ---
  const Token& cur() const { return tokens()[pos_]; }
  const Token& peek(std::size_t n = 1) const {
    return tokens()[pos_ + n < tokens().size() ? pos_ + n : tokens().size() - 1];
  }
  const Token& previous() const;  // the last one consumed that is no line end or indentation
  bool at(Tok kind) const { return cur().kind == kind; }
  void next();
  bool accept(Tok kind);
  /// The token, or "invalid syntax".
  bool expect(Tok kind);
  bool expect_colon();
  std::string_view text(const Token& t) const { return source_.text().substr(t.begin, t.end - t.begin); }
  std::string_view name_token(const char* what = nullptr);
  bool at_name(std::string_view word) const { return at(Tok::name) && text(cur()) == word; }
  const std::vector<Token>& tokens() const { return lexed_.tokens; }
  Span from(const Span& start) const { return join(start, previous().span); }
  Mark save() const { return {pos_, problem_, failed_}; }
  void restore(Mark m);

  // --- errors (parser.cpp) ---
  void fail();  // "invalid syntax" at the current token, or what explains it better
  void fail(const Span& span, std::string message, ProblemKind kind = ProblemKind::syntax);
  void fail_here(std::string message, ProblemKind kind = ProblemKind::syntax);
  void fail_from(const Span& start, const Span& last, std::string message);  // up to the last token read
  void stop(Problem p);
  void unsupported(const Span& span, const char* what);
  void too_deep(const Span& span);
  static const char* describe(const Expr* e);  // as in "cannot assign to ..."

  // --- statements (parser_statements.cpp, parser_compound.cpp) ---
  Block file(Tok end);
  void statement(std::vector<Stmt*>* out);
  void simple_statements(std::vector<Stmt*>* out);
  Stmt* simple_statement();
  Stmt* expression_statement();
  Stmt* assignment(const Span& start, std::size_t first_token, Expr* first);
  Stmt* return_statement();
  Stmt* raise_statement();
  Stmt* declare_statement(StmtKind kind);
  Stmt* delete_statement();
  Stmt* assert_statement();
  Stmt* import_statement();
  Stmt* import_from_statement();
  std::string_view dotted_name();
  Block block(const char* what, std::uint32_t line);
  Stmt* compound_statement();
  Stmt* if_statement();
  Stmt* while_statement();
  Stmt* for_statement();
  Stmt* try_statement();
  Stmt* with_statement();
  void with_items(std::vector<WithItem>* items, Tok end);
  Stmt* function_statement(Slice<Expr*> decorators, const Span& start);
  Stmt* class_statement(Slice<Expr*> decorators, const Span& start);
  Stmt* decorated();
  bool at_match_statement() const;

  // --- match (parser_match.cpp) ---
  Stmt* match_statement();
  Pattern* open_pattern();
  Pattern* pattern();
  Pattern* alternatives();
  Pattern* closed_pattern();
  Pattern* sequence_items(Pattern* first, Tok end, const Span& start);
  Pattern* sequence_item();
  Pattern* mapping_pattern();
  Pattern* class_pattern(Expr* cls);
  Expr* pattern_literal();
  Pattern* make_pattern(PatternKind kind, const Span& start);

  Parameters* parameters(Tok end, bool annotations);
  template <class T>
  T* statement_node(StmtKind kind, const Span& start);

  // --- targets (parser_statements.cpp) ---
  enum class TargetUse { assign, delete_, for_, augmented, with };
  bool check_target(Expr* e, TargetUse use);
  Expr* target_list(Tok stop_at);  // of for: ends before `in`

  // --- expressions (parser_expressions.cpp) ---
  Expr* star_expressions();  // a, *b: tuple without parentheses allowed
  Expr* star_expression();
  Expr* star_named_expression();
  Expr* named_expression();
  Expr* expression();
  Expr* yield_expression();
  Expr* yield_or_star_expressions();
  Expr* disjunction();
  Expr* conjunction();
  Expr* inversion();
  Expr* comparison();
  Expr* bitwise_or() { return binary(0); }
  Expr* binary(int min_precedence);
  Expr* factor();
  Expr* power();
  Expr* primary();
  Expr* lambda();
  Expr* subscript_index();
  Expr* slice_or_expression();
  bool starts_expression(const Token& t) const;
  void forgotten_comma(Expr* left, const Span& start);

  // --- atoms (parser_atoms.cpp) ---
  Expr* atom();
  Expr* parenthesized();
  Expr* list_display();
  Expr* brace_display();
  Slice<ForClause> for_clauses();
  Expr* comprehension(ExprKind kind, const Span& start, Expr* element, Expr* key);
  void arguments(const Span& open, bool generator, std::vector<Expr*>* args, std::vector<Keyword>* keywords);
  Expr* constant(const Span& span, Constant c);
  Expr* number();

  // --- strings (parser_strings.cpp) ---
  Expr* strings();
  /// Where the parser is in the body of an f-string.
  struct FormatCursor {
    std::uint32_t i, end;  // byte offsets in the text
    bool raw;
    Span whole;  // of the string tokens
    std::vector<Expr*>* parts;
    std::string* literal;  // text since the last field
  };
  /// Literal text and fields, up to the end, or to the '}' that ends a format spec (depth > 0).
  bool format_parts(FormatCursor& c, int depth);
  bool format_literal(FormatCursor& c, int depth);
  bool format_field(FormatCursor& c, int depth);
  bool find_field_end(FormatCursor& c);
  Expr* format_expression(std::uint32_t begin, std::uint32_t end);
  void flush_literal(const Span& whole, std::vector<Expr*>* parts, std::string* literal);

  Parser(const Source& source, Arena& arena, Lexed lexed, DepthLimit depth);

  const Source& source_;
  Arena& arena_;
  Lexed lexed_;
  std::size_t pos_ = 0;
  std::size_t last_ = 0;
  bool failed_ = false;
  bool speculating_ = false;  // an error is being looked for: no explanations in between
  std::optional<Problem> problem_;
  DepthLimit depth_;
};

/// Guards one level of recursion: `if (Deeper d(*this); !d) return ...`.
class Parser::Deeper {
 public:
  explicit Deeper(Parser& p) : parser_(p), ok_(p.depth_.enter()) {
    if (!ok_) p.too_deep(p.cur().span);
  }
  ~Deeper() { parser_.depth_.leave(); }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  explicit operator bool() const { return ok_; }

 private:
  Parser& parser_;
  bool ok_;
};

}  // namespace turnstile::frontend
