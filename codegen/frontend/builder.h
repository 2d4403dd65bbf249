// Turns the tree of a program into register bytecode.
//
// One UnitBuilder makes one CodeUnit. Registers of temporaries are a stack above the locals: what an expression needs
// is above what its surroundings hold. Code behind a jump, return or raise is not emitted, and a forward analysis keeps
// which locals are surely bound: a local that is never deleted stays bound from its first store on, so loops need no
// second pass and a merge of paths is an intersection.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codegen/frontend/ast.h"
#include "codegen/frontend/parser.h"
#include "codegen/frontend/scopes.h"
#include "codegen/frontend/source.h"

namespace turnstile::frontend {

using Reg = std::uint16_t;

/// What the builders of one program share.
struct BuildContext {
  const Source& source;
  Arena& arena;
  std::string filename;
  bool interactive = false;
  bool postponed_annotations = false;
  std::uint32_t last_future_line = 0;  // of the imports from __future__ that the file begins with
  DepthLimit depth;
  std::optional<Problem> problem;

  void fail(const Span& span, std::string message, ProblemKind kind = ProblemKind::syntax) {
    if (!problem) problem = source.problem(kind, std::move(message), span);
  }
};

/// The constant that an expression is, if it is one without running anything.
std::optional<Constant> fold(const Expr* e, int depth = 0);

Op binary_opcode(BinaryKind kind);

class UnitBuilder {
 public:
  UnitBuilder(BuildContext& context, UnitBuilder* parent, Scope* scope, std::string_view name);

  std::shared_ptr<CodeUnit> module(const Module* m);
  std::shared_ptr<CodeUnit> function(const FunctionStmt* f);
  std::shared_ptr<CodeUnit> lambda(const LambdaExpr* l);
  std::shared_ptr<CodeUnit> class_body(const ClassStmt* c);
  std::shared_ptr<CodeUnit> comprehension(const ComprehensionExpr* e);

 private:
  using Bound = std::vector<bool>;

  struct Label {
    std::vector<std::uint32_t> jumps;
    std::optional<Bound> state;  // of the paths that lead here so far
  };

  /// Frees the temporaries that are taken in its lifetime.
  class Temps {
   public:
    explicit Temps(UnitBuilder& b) : builder_(b), mark_(b.next_temp_) {}
    ~Temps() { builder_.next_temp_ = mark_; }
    Temps(const Temps&) = delete;
    Temps& operator=(const Temps&) = delete;

   private:
    UnitBuilder& builder_;
    Reg mark_;
  };

  /// A stretch of code whose exceptions go to one handler; it may be interrupted by code that leaves it.
  struct Region {
    std::uint32_t handler = 0;
    Reg reg = 0;
    bool used = false;
    Bound state;  // at its begin, and so at its handler
  };
  struct Protected {
    std::uint32_t begin, end;
    std::uint32_t region;
  };

  /// What return, break and continue have to leave.
  struct Nesting {
    enum class Kind : std::uint8_t { loop, except, finally, with, handler };
    Kind kind;
    std::uint32_t region = 0;            // not of loops
    std::uint32_t begin = 0;             // of the region's current stretch
    Label* break_label = nullptr;        // loop
    std::uint32_t header = 0;            // loop
    const TryStmt* statement = nullptr;  // finally
    const WithStmt* with = nullptr;      // with
    Reg reg = 0;                         // with: __exit__; handler: the exception handled before
    std::string_view name;               // handler: `as name`
    Span span;
  };

  // --- emission (builder.cpp) ---
  std::uint32_t here() const { return static_cast<std::uint32_t>(data().insns.size()); }
  CodeData& data() const { return *unit_->data; }
  std::uint32_t emit(const SourceSpan& at, Op op, Reg a = 0, Reg b = 0, Reg c = 0, std::int32_t d = 0);
  std::uint32_t emit(const Span& at, Op op, Reg a = 0, Reg b = 0, Reg c = 0, std::int32_t d = 0) {
    return emit(plain(at), op, a, b, c, d);
  }
  static SourceSpan plain(const Span& s) { return {s.line, s.end_line, s.column, s.end_column, 0, 0}; }
  SourceSpan binary_span(const BinaryExpr* e) const;
  SourceSpan subscript_span(const SubscriptExpr* e) const;
  SourceSpan attribute_span(const AttributeExpr* e) const;
  SourceSpan method_call_span(const CallExpr* e) const;
  std::int32_t constant(const Constant& c);
  std::int32_t name_constant(std::string_view mangled) {
    return constant(Constant::of_text(Constant::Kind::name, mangled));
  }
  std::int32_t name_of(std::string_view name) { return name_constant(mangled(name)); }
  std::string_view mangled(std::string_view name) const { return mangle(context_.arena, scope_->class_name, name); }
  Reg temp();
  void jump(const Span& at, Op op, Reg a, Label& label);
  void bind(Label& label);
  void jump_back(const Span& at, std::uint32_t header);
  void load_constant(const Span& at, const Constant& c, Reg dst) { emit(at, Op::load_const_, dst, 0, 0, constant(c)); }
  void load_none(const Span& at, Reg dst) { load_constant(at, {}, dst); }
  void fail(const Span& span, std::string message) { context_.fail(span, std::move(message)); }
  bool failed() const { return context_.problem.has_value(); }

  // --- units (builder_functions.cpp) ---
  void layout(const Parameters* parameters);
  void begin(const Span& at);
  std::shared_ptr<CodeUnit> finish(const Span& at);
  std::string child_qualname(std::string_view name) const;
  void make_function(const Span& at, const std::shared_ptr<CodeUnit>& code, const Parameters* parameters, Reg dst);
  void closure(const Span& at, const CodeData& code, Reg dst);
  void annotation(const Expr* e, Reg dst);
  void function_annotations(const FunctionStmt* s, Reg function);
  void setup_annotations(const Span& at, const Block& body);
  void function_statement(const FunctionStmt* s);
  void class_statement(const ClassStmt* s);
  void decorated_store(const Slice<Expr*>& decorators, std::string_view name, Reg base, const Span& at);
  std::shared_ptr<CodeUnit> comprehension_loops(const ComprehensionExpr* e);
  void comprehension_level(const ComprehensionExpr* e, std::uint32_t level, Reg result);

  // --- names (builder_names.cpp) ---
  Symbol* symbol(std::string_view name) { return scope_->find(mangled(name)); }
  Reg slot(std::string_view mangled_name) const;
  bool is_local(std::string_view name);
  Reg checked_local(const Span& at, std::string_view name);
  void load_name(const Span& at, std::string_view name, Reg dst);
  void store_name(const Span& at, std::string_view name, Reg value);
  void delete_name(const Span& at, std::string_view name);
  void clear_handler_name(const Span& at, std::string_view name);

  // --- expressions (builder_expressions.cpp, builder_calls.cpp) ---
  /// The value in some register: a local's own, or a new temporary.
  Reg any(const Expr* e);
  bool is_own_local(const Expr* e);
  Reg fresh(const Expr* e);
  /// The value in `dst`. Unless writes_last(e), `dst` may be written before all of `e` was evaluated.
  void into(const Expr* e, Reg dst);
  void deep_into(const Expr* e, Reg dst);
  static bool writes_last(const Expr* e);
  void jump_if(const Expr* e, bool when, Label& target);
  void binary(const BinaryExpr* e, Reg dst);
  void bool_op(const BoolExpr* e, Reg dst);
  void compare(const CompareExpr* e, Reg dst);
  void comparison(const Span& at, CompareKind kind, Reg left, Reg right, Reg dst);
  Reg comparison_right(const CompareExpr* e, std::uint32_t i);
  void conditional(const ConditionalExpr* e, Reg dst);
  void sequence(const SequenceExpr* e, Reg dst);
  void collect(const Span& at, ExprKind kind, Slice<Expr*> items, std::uint32_t preset, Reg preset_base, Reg dst);
  void dict(const DictExpr* e, Reg dst);
  void slice(const SliceExpr* e, Reg dst);
  void joined_str(const JoinedStrExpr* e, Reg dst);
  void formatted(const FormattedValueExpr* e, Reg dst);
  void comprehension_call(const ComprehensionExpr* e, Reg dst);
  void call(const CallExpr* e, Reg dst);
  void call_tail(const Span& at, Reg base, std::uint32_t preset, Slice<Expr*> args, Slice<Keyword> keywords, Reg dst);
  bool super_arguments(const CallExpr* e, Reg base);
  void yield(const YieldExpr* e, Reg dst);

  // --- assignment (builder_assign.cpp) ---
  void store(const Expr* target, Reg value);
  void unpack(const SequenceExpr* target, Reg value);
  void assign(const AssignStmt* s);
  void value_into_name(const NameExpr* name, const Expr* value);
  void augmented(const AugAssignStmt* s);
  void annotated(const AnnAssignStmt* s);
  void evaluate_annotation(const AnnAssignStmt* s);
  void remove(const Expr* target);

  // --- statements (builder_statements.cpp, builder_control.cpp) ---
  void block(const Block& b);
  void statement(const Stmt* s);
  void return_statement(const ReturnStmt* s);
  void assert_statement(const AssertStmt* s);
  void raise_statement(const RaiseStmt* s);
  void import_statement(const ImportStmt* s);
  void import_from(const ImportFromStmt* s);
  void if_statement(const IfStmt* s);
  void while_statement(const WhileStmt* s);
  void for_statement(const ForStmt* s);
  void loop_exit(const Stmt* s);
  void try_statement(const TryStmt* s);
  void try_except(const TryStmt* s);
  void try_finally(const TryStmt* s);
  void with_statement(const WithStmt* s, std::uint32_t item);
  // --- match (builder_match.cpp) ---
  /// Names that a pattern binds once all of it has matched, and where their values are.
  struct Capture {
    std::string_view name;
    Reg value;
    Span span;
  };
  using Captures = std::vector<Capture>;
  void match_statement(const MatchStmt* s);
  void pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures);
  void pattern_parts(const Pattern* p, Reg values, Label& fail, Captures* captures);
  void sequence_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures);
  void mapping_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures);
  void class_pattern(const Pattern* p, Reg subject, Label& fail, Captures* captures);
  void alternatives(const Pattern* p, Reg subject, Label& fail, Captures* captures);
  void capture(const Pattern* p, Reg value, Captures* captures);
  void fail_if_none(const Span& at, Reg value, Label& fail);
  std::uint32_t new_region();
  void open(Nesting n);
  Nesting close();
  void end_stretch(const Nesting& n);
  /// Starts a handler: false when nothing can get there.
  bool begin_handler(std::uint32_t region, Reg reg);
  void end_handler_with_reraise(std::uint32_t region, Reg saved, std::string_view name, const Span& at);
  /// Emits what leaves nestings down to `depth`, then `last()`, and goes back to the state before.
  template <class F>
  void leave_to(std::size_t depth, F&& last);
  void leave(const Nesting& n);
  bool too_nested(const Span& at);

  BuildContext& context_;
  UnitBuilder* parent_;
  Scope* scope_;
  std::shared_ptr<CodeUnit> unit_ = std::make_shared<CodeUnit>();
  std::unordered_map<std::string_view, Reg> slots_;
  std::unordered_map<std::string, std::int32_t> constant_index_;
  Reg next_temp_ = 0;
  bool reachable_ = true;
  Bound bound_;  // by slot of a local
  std::vector<Region> regions_;
  std::vector<Protected> protected_;
  std::vector<Nesting> nestings_;
};

template <class F>
void UnitBuilder::leave_to(std::size_t depth, F&& last) {
  if (!reachable_) return;
  std::vector<Nesting> saved(nestings_.begin() + static_cast<std::ptrdiff_t>(depth), nestings_.end());
  while (nestings_.size() > depth) {
    Nesting n = nestings_.back();
    nestings_.pop_back();
    leave(n);
  }
  last();
  for (Nesting& n : saved) {
    n.begin = here();
    nestings_.push_back(n);
  }
}

}  // namespace turnstile::frontend
