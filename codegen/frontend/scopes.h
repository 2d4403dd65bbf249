// Symbol tables: which scope each name of a program belongs to, with CPython's rules.
//
// Two passes. The collector walks the tree and notes in each scope how names are used and bound. The resolver then
// decides for each name: local, cell (local and used by an inner function), free (a cell of an outer function), or
// global; it marks the scopes between a cell and its users as passing it through.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codegen/frontend/ast.h"
#include "codegen/frontend/parser.h"
#include "codegen/frontend/source.h"
#include "codegen/frontend/warnings.h"

namespace turnstile::frontend {

enum SymbolFlags : std::uint32_t {
  kAssigned = 1,
  kParameter = 2,
  kGlobalDeclared = 4,
  kNonlocalDeclared = 8,
  kUsed = 16,
  kAnnotated = 32,
  kIterationTarget = 64,  // of the comprehension that the scope is
  kDeleted = 128,         // by del, or at the end of `except ... as name`
  kWalrusTarget = 256,
  kBound = kAssigned | kParameter,
};

enum class Resolution : std::uint8_t { unresolved, local, cell, free, global, global_declared };

struct Symbol {
  std::string_view name;  // mangled
  std::uint32_t flags = 0;
  Resolution resolution = Resolution::unresolved;
  bool passes_through = false;  // class scope: inner functions use an outer variable of this name
};

enum class ScopeKind : std::uint8_t { module, function, class_ };

struct Scope {
  ScopeKind kind = ScopeKind::module;
  std::string_view name;
  std::string_view class_name;  // for mangling; empty outside classes
  Scope* parent = nullptr;
  bool comprehension = false;
  bool generator = false;
  bool nested = false;            // inside a function
  bool needs_class_cell = false;  // class: __class__ is used by a method
  std::vector<Symbol> symbols;    // in order of appearance
  std::unordered_map<std::string_view, std::uint32_t> index;

  Symbol* find(std::string_view mangled) {
    auto it = index.find(mangled);
    return it == index.end() ? nullptr : &symbols[it->second];
  }
  Symbol& add(std::string_view mangled) {
    auto [it, fresh] = index.try_emplace(mangled, static_cast<std::uint32_t>(symbols.size()));
    if (fresh) symbols.push_back({mangled, 0, Resolution::unresolved, false});
    return symbols[it->second];
  }
};

/// `_Class__name` for a private name in a class, else the name itself.
std::string_view mangle(Arena& arena, std::string_view class_name, std::string_view name);

class Scopes {
 public:
  Scopes(const Source& source, Arena& arena, DepthLimit depth = DepthLimit())
      : source_(source), arena_(arena), depth_(depth) {}
  /// Fills the scope fields of the tree. False: see problem().
  bool analyze(Module* module);
  const std::optional<Problem>& problem() const { return problem_; }
  /// In the order of the text, without repetitions.
  std::vector<CompileWarning> take_warnings() { return std::move(warnings_); }

  /// A name's class of storage in a scope after analyze(). `name` is not mangled yet.
  static Resolution resolve(Arena& arena, Scope* scope, std::string_view name);

 private:
  friend class ScopeCollector;
  bool resolve_scope(Scope& scope);
  void fail(const Span& span, std::string message, ProblemKind kind = ProblemKind::syntax) {
    if (!problem_) problem_ = source_.problem(kind, std::move(message), span);
  }

  struct Declaration {
    Scope* scope;
    std::string_view name;  // mangled
    Span span;
  };

  const Source& source_;
  Arena& arena_;
  DepthLimit depth_;
  std::deque<Scope> scopes_;  // outer before inner
  std::vector<Declaration> declarations_;
  void warn(const Span& span, std::string message);

  std::optional<Problem> problem_;
  std::vector<CompileWarning> warnings_;
};

}  // namespace turnstile::frontend
