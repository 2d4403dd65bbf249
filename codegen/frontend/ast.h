// The syntax tree. Nodes live in an Arena, are never freed one by one, and carry full source spans (an expression's
// span leaves out the parentheses around it, but for tuples and generator expressions).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "codegen/frontend/code_unit.h"
#include "codegen/frontend/source.h"

namespace turnstile::frontend {

/// An array in an Arena.
template <class T>
struct Slice {
  T* data = nullptr;
  std::uint32_t count = 0;

  T* begin() const { return data; }
  T* end() const { return data + count; }
  T& operator[](std::uint32_t i) const { return data[i]; }
  bool empty() const { return count == 0; }
  std::uint32_t size() const { return count; }
  T& back() const { return data[count - 1]; }
};

/// Memory of one compilation. Objects made here have no destructors run, but for constants.
class Arena {
 public:
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }
  template <class T>
  Slice<T> slice(const std::vector<T>& items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    // NOLINTNEXTLINE(bugprone-sizeof-expression): T may well be a pointer
    T* data = static_cast<T*>(allocate(sizeof(T) * items.size(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), data);
    return {data, static_cast<std::uint32_t>(items.size())};
  }
  std::string_view text(std::string_view s) {
    if (s.empty()) return {};
    char* p = static_cast<char*>(allocate(s.size(), 1));
    std::memcpy(p, s.data(), s.size());
    return {p, s.size()};
  }
  const Constant* constant(Constant c) { return &constants_.emplace_back(std::move(c)); }

 private:
  void* allocate(std::size_t bytes, std::size_t align) {
    std::size_t at = (used_ + align - 1) & ~(align - 1);
    if (chunks_.empty() || at + bytes > capacity_) {
      capacity_ = bytes > kChunk ? bytes : kChunk;
      chunks_.push_back(std::make_unique<std::byte[]>(capacity_));
      at = 0;
    }
    used_ = at + bytes;
    return chunks_.back().get() + at;
  }

  static constexpr std::size_t kChunk = 64 * 1024;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::size_t used_ = 0, capacity_ = 0;
  std::deque<Constant> constants_;
};

struct Scope;

enum class ExprKind : std::uint8_t {
  constant,
  name,
  attribute,
  subscript,
  slice,
  starred,
  call,
  unary,
  binary,
  bool_op,
  compare,
  conditional,
  lambda,
  tuple,
  list,
  set,
  dict,
  list_comp,
  set_comp,
  dict_comp,
  generator,
  yield,
  yield_from,
  named,
  joined_str,
  formatted_value,
};

struct Expr {
  ExprKind kind;
  Span span;
};

enum class BinaryKind : std::uint8_t {
  add,
  sub,
  mul,
  true_div,
  floor_div,
  mod,
  pow,
  lshift,
  rshift,
  bit_and,
  bit_or,
  bit_xor,
  mat_mul
};
enum class UnaryKind : std::uint8_t { neg, pos, invert, not_ };
enum class CompareKind : std::uint8_t { lt, le, eq, ne, gt, ge, is, is_not, in, not_in };

struct ConstantExpr : Expr {
  const Constant* value;
};
struct NameExpr : Expr {
  std::string_view id;
};
struct AttributeExpr : Expr {
  Expr* value;
  std::string_view name;
};
struct SubscriptExpr : Expr {
  Expr* value;
  Expr* index;
};
struct SliceExpr : Expr {
  Expr *lower, *upper, *step;
};  // each may be null
struct StarredExpr : Expr {
  Expr* value;
};
/// `name` is empty for **value.
struct Keyword {
  std::string_view name;
  Expr* value;
  Span span;
};
struct CallExpr : Expr {
  Expr* callee;
  Slice<Expr*> args;
  Slice<Keyword> keywords;
};
struct UnaryExpr : Expr {
  UnaryKind op;
  Expr* operand;
};
struct BinaryExpr : Expr {
  BinaryKind op;
  Expr *left, *right;
};
struct BoolExpr : Expr {
  bool is_and;
  Slice<Expr*> values;
};
struct CompareExpr : Expr {
  Expr* left;
  Slice<CompareKind> ops;
  Slice<Expr*> rights;
};
struct ConditionalExpr : Expr {
  Expr *test, *body, *or_else;
};
struct SequenceExpr : Expr {
  Slice<Expr*> items;
};  // tuple, list, set
/// A null key stands for **value.
struct DictExpr : Expr {
  Slice<Expr*> keys;
  Slice<Expr*> values;
};

struct ForClause {
  Expr* target;
  Expr* iterable;
  Slice<Expr*> conditions;
};
/// list_comp, set_comp, dict_comp (element: value) and generator.
struct ComprehensionExpr : Expr {
  Expr* element;
  Expr* key;
  Slice<ForClause> clauses;
  Scope* scope;
};

struct YieldExpr : Expr {
  Expr* value;
};  // yield (value may be null), yield from
struct NamedExpr : Expr {
  NameExpr* target;
  Expr* value;
};
struct JoinedStrExpr : Expr {
  Slice<Expr*> parts;
};  // constants (str) and formatted values
struct FormattedValueExpr : Expr {
  Expr* value;
  char conversion;
  JoinedStrExpr* spec;
};  // conversion 0, s, r, a

struct Parameter {
  std::string_view name;
  Expr* default_value;
  Expr* annotation;
  Span span;
};
struct Parameters {
  Slice<Parameter> positional;  // positional-only ones first
  std::uint32_t positional_only = 0;
  Slice<Parameter> keyword_only;
  const Parameter* var_args = nullptr;
  const Parameter* var_keywords = nullptr;
};
struct LambdaExpr : Expr {
  Parameters* parameters;
  Expr* body;
  Scope* scope;
};

enum class StmtKind : std::uint8_t {
  expr,
  assign,
  aug_assign,
  ann_assign,
  return_,
  raise,
  global,
  nonlocal,
  pass,
  break_,
  continue_,
  delete_,
  assert_,
  import,
  import_from,
  if_,
  while_,
  for_,
  try_,
  with,
  function,
  class_,
  match,
};

struct Stmt {
  StmtKind kind;
  Span span;
};
using Block = Slice<Stmt*>;

struct ExprStmt : Stmt {
  Expr* value;
};
struct AssignStmt : Stmt {
  Slice<Expr*> targets;
  Expr* value;
};
struct AugAssignStmt : Stmt {
  Expr* target;
  BinaryKind op;
  Expr* value;
};
struct AnnAssignStmt : Stmt {
  Expr* target;
  Expr* annotation;
  Expr* value;
  bool simple;
};  // value may be null
struct ReturnStmt : Stmt {
  Expr* value;
};  // may be null
struct RaiseStmt : Stmt {
  Expr *exception, *cause;
};  // may be null
struct DeclareStmt : Stmt {
  Slice<std::string_view> names;
};  // global, nonlocal
struct DeleteStmt : Stmt {
  Slice<Expr*> targets;
};
struct AssertStmt : Stmt {
  Expr *test, *message;
};  // message may be null
struct Alias {
  std::string_view name, as_name;
  Span span;
};  // as_name may be empty
struct ImportStmt : Stmt {
  Slice<Alias> names;
};
struct ImportFromStmt : Stmt {
  std::string_view module;
  Slice<Alias> names;
  std::uint32_t level;
};  // name "*": star
struct IfStmt : Stmt {
  Expr* test;
  Block body, or_else;
};
struct WhileStmt : Stmt {
  Expr* test;
  Block body, or_else;
};
struct ForStmt : Stmt {
  Expr* target;
  Expr* iterable;
  Block body, or_else;
};
struct Handler {
  Expr* type;
  std::string_view name;
  Block body;
  Span span;
};  // type may be null
struct TryStmt : Stmt {
  Block body;
  Slice<Handler> handlers;
  Block or_else, final_body;
};
struct WithItem {
  Expr* context;
  Expr* target;
};  // target may be null
struct WithStmt : Stmt {
  Slice<WithItem> items;
  Block body;
};
struct FunctionStmt : Stmt {
  std::string_view name;
  Parameters* parameters;
  Expr* returns;  // may be null
  Block body;
  Slice<Expr*> decorators;
  Scope* scope;
};
struct ClassStmt : Stmt {
  std::string_view name;
  Slice<Expr*> bases;
  Slice<Keyword> keywords;
  Block body;
  Slice<Expr*> decorators;
  Scope* scope;
};

enum class PatternKind : std::uint8_t { value, singleton, capture, sequence, star, mapping, class_, as, alternatives };

struct Pattern {
  PatternKind kind;
  Span span;
  Expr* value;                    // value: compared by ==; singleton: by is; class_: the class
  std::string_view name;          // capture, star, as, rest of a mapping; empty: not bound
  Slice<Pattern*> parts;          // class_: the positional ones first
  Slice<Expr*> keys;              // mapping
  Slice<std::string_view> names;  // class_: of the last parts
  bool has_rest;                  // mapping
};
struct MatchCase {
  Pattern* pattern;
  Expr* guard;  // may be null
  Block body;
  Span span;
};
struct MatchStmt : Stmt {
  Expr* subject;
  Slice<MatchCase> cases;
};

enum class Mode : std::uint8_t { exec, eval, single };

struct Module {
  Mode mode = Mode::exec;
  Block body;             // exec, single
  Expr* value = nullptr;  // eval
  Scope* scope = nullptr;
  bool postponed_annotations = false;  // from __future__ import annotations: they are texts
};

}  // namespace turnstile::frontend
