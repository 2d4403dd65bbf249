// Resolution of names; the tree is walked in scope_collector.cpp.
#include "codegen/frontend/scopes.h"

#include "codegen/frontend/scope_collector.h"

namespace turnstile::frontend {

std::string_view mangle(Arena& arena, std::string_view class_name, std::string_view name) {
  if (class_name.empty() || !name.starts_with("__") || name.ends_with("__") || name.find('.') != std::string_view::npos)
    return name;
  std::size_t first = class_name.find_first_not_of('_');
  if (first == std::string_view::npos) return name;
  return arena.text("_" + std::string(class_name.substr(first)) + std::string(name));
}

bool Scopes::analyze(Module* module) {
  ScopeCollector collector(*this);
  collector.run(module);
  if (problem_) return false;
  for (Scope& s : scopes_) {
    if (!resolve_scope(s)) return false;
  }
  return true;
}

void Scopes::warn(const Span& span, std::string message) {
  if (message.empty()) return;
  for (const CompileWarning& w : warnings_) {
    if (w.line == span.line && w.message == message) return;
  }
  warnings_.push_back({span.line, std::move(message)});
}

bool Scopes::resolve_scope(Scope& scope) {
  // Walking outwards may add symbols that pass a variable through, to this scope's ancestors only.
  for (std::size_t i = 0; i < scope.symbols.size(); ++i) {
    Symbol& s = scope.symbols[i];
    std::string_view name = s.name;
    auto declared_at = [&] {
      for (const Declaration& d : declarations_) {
        if (d.scope == &scope && d.name == name) return d.span;
      }
      return Span{1, 0, 0, 0};
    };
    if (s.resolution != Resolution::unresolved &&
        (s.flags & (kBound | kUsed | kGlobalDeclared | kNonlocalDeclared)) == 0)
      continue;
    if (s.flags & kGlobalDeclared) {
      if (s.flags & kNonlocalDeclared && !scope.comprehension) {
        fail(declared_at(), "name '" + std::string(name) + "' is nonlocal and global");
        return false;
      }
      s.resolution = Resolution::global_declared;
      continue;
    }
    bool nonlocal = (s.flags & kNonlocalDeclared) != 0;
    if (nonlocal && scope.kind == ScopeKind::module) {
      fail(declared_at(), "nonlocal declaration not allowed at module level");
      return false;
    }
    if (!nonlocal && (s.flags & kBound) != 0) {
      if (s.resolution == Resolution::unresolved)
        s.resolution = scope.kind == ScopeKind::module ? Resolution::global : Resolution::local;
      continue;
    }
    // Used here but not bound: the nearest enclosing function that binds it, or the class for __class__.
    Scope* owner = scope.parent;
    bool found = false;
    for (; owner != nullptr && owner->kind != ScopeKind::module; owner = owner->parent) {
      if (owner->kind == ScopeKind::class_) {
        if (name == "__class__") {
          owner->needs_class_cell = true;
          found = true;
          break;
        }
        continue;
      }
      Symbol* outer = owner->find(name);
      if (outer == nullptr) continue;
      if (outer->flags & kGlobalDeclared) break;
      if (outer->flags & kNonlocalDeclared) continue;
      if (outer->flags & kBound) {
        outer->resolution = Resolution::cell;
        found = true;
        break;
      }
    }
    if (!found) {
      if (nonlocal) {
        fail(declared_at(), "no binding for nonlocal '" + std::string(name) + "' found");
        return false;
      }
      s.resolution = Resolution::global;
      continue;
    }
    s.resolution = Resolution::free;
    for (Scope* between = scope.parent; between != owner; between = between->parent) {
      Symbol& through = between->add(name);
      if (between->kind == ScopeKind::class_ && (through.flags & (kBound | kGlobalDeclared)) != 0 &&
          (through.flags & kNonlocalDeclared) == 0) {
        through.passes_through = true;
      } else {
        through.resolution = Resolution::free;
      }
    }
  }
  return true;
}

Resolution Scopes::resolve(Arena& arena, Scope* scope, std::string_view name) {
  Symbol* s = scope->find(mangle(arena, scope->class_name, name));
  return s == nullptr ? Resolution::global : s->resolution;
}

}  // namespace turnstile::frontend
