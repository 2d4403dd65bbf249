// Units: where their variables live, how they begin and end, and how they are made by the code around them.
#include <algorithm>

#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

namespace {

/// The docstring that a body starts with, or null.
const Constant* docstring(const Block& body) {
  if (body.empty() || body[0]->kind != StmtKind::expr) return nullptr;
  const Expr* e = static_cast<const ExprStmt*>(body[0])->value;
  if (e->kind != ExprKind::constant) return nullptr;
  const Constant* c = static_cast<const ConstantExpr*>(e)->value;
  return c->kind == Constant::Kind::str ? c : nullptr;
}

}  // namespace

std::string UnitBuilder::child_qualname(std::string_view name) const {
  if (scope_->kind == ScopeKind::module) return std::string(name);
  Symbol* s = scope_->find(mangled(name));
  if (s != nullptr && s->resolution == Resolution::global_declared) return std::string(name);
  return data().qualname + (scope_->kind == ScopeKind::function ? ".<locals>." : ".") + std::string(name);
}

/// Gives every variable its slot.
void UnitBuilder::layout(const Parameters* p) {
  CodeData& d = data();
  auto add = [&](std::string_view name) {
    if (slots_.size() >= 0xff00) return;
    if (slots_.try_emplace(name, static_cast<Reg>(d.local_names.size())).second) d.local_names.emplace_back(name);
  };
  if (p != nullptr) {
    for (const Parameter& q : p->positional) add(mangled(q.name));
    for (const Parameter& q : p->keyword_only) add(mangled(q.name));
    if (p->var_args != nullptr) add(mangled(p->var_args->name));
    if (p->var_keywords != nullptr) add(mangled(p->var_keywords->name));
    d.positional = static_cast<std::uint16_t>(p->positional.size());
    d.positional_only = static_cast<std::uint16_t>(p->positional_only);
    d.keyword_only = static_cast<std::uint16_t>(p->keyword_only.size());
    if (p->var_args != nullptr) d.flags |= kVarArgs;
    if (p->var_keywords != nullptr) d.flags |= kVarKeywords;
  } else if (scope_->comprehension) {
    add(".0");
    d.positional = d.positional_only = 1;
  }
  if (scope_->kind == ScopeKind::function) {
    for (const Symbol& s : scope_->symbols) {
      if (s.resolution == Resolution::local) add(s.name);
    }
    for (const Symbol& s : scope_->symbols) {
      if (s.resolution == Resolution::cell) add(s.name);
    }
  }
  if (scope_->needs_class_cell) add("__class__");
  std::vector<std::string_view> free;
  for (const Symbol& s : scope_->symbols) {
    if ((s.resolution == Resolution::free || s.passes_through) && slots_.find(s.name) == slots_.end())
      free.push_back(s.name);
  }
  std::sort(free.begin(), free.end());
  d.free_begin = static_cast<std::uint16_t>(d.local_names.size());
  d.free_count = static_cast<std::uint16_t>(free.size());
  for (std::string_view name : free) add(name);
  d.local_count = d.slot_count = next_temp_ = static_cast<Reg>(d.local_names.size());
}

/// The unit's first instructions: cells for what inner functions share.
void UnitBuilder::begin(const Span& at) {
  CodeData& d = data();
  bound_.assign(d.local_count, false);
  for (Reg r = 0; r < d.free_begin; ++r) {
    std::string_view name = d.local_names[r];
    Symbol* s = scope_->find(name);
    bool class_cell = scope_->needs_class_cell && name == "__class__";
    if (class_cell || (s != nullptr && s->resolution == Resolution::cell)) {
      emit(at, Op::make_cell_, r);
    } else if (s != nullptr && (s->flags & kParameter)) {
      bound_[r] = (s->flags & kDeleted) == 0;
    }
  }
}

std::shared_ptr<CodeUnit> UnitBuilder::finish(const Span& at) {
  if (reachable_) {
    Temps temps(*this);
    SourceSpan last = data().spans.empty() ? plain(at) : data().spans.back();
    Reg none = temp();
    emit(last, Op::load_const_, none, 0, 0, constant({}));
    emit(last, Op::return_value_, none);
  }
  for (const Protected& p : protected_) {
    const Region& r = regions_[p.region];
    data().exceptions.push_back({p.begin, p.end, r.handler, r.reg});
  }
  return unit_;
}

std::shared_ptr<CodeUnit> UnitBuilder::module(const Module* m) {
  data().flags |= kModule;
  data().first_line = 1;
  constant({});
  layout(nullptr);
  Span start{1, 0, 1, 0};
  begin(start);
  if (m->mode == Mode::eval) {
    emit(m->value->span, Op::return_value_, any(m->value));
    return finish(m->value->span);
  }
  if (m->mode != Mode::eval) setup_annotations(start, m->body);
  if (const Constant* doc = m->mode == Mode::exec ? docstring(m->body) : nullptr) {
    Temps temps(*this);
    Reg r = temp();
    load_constant(m->body[0]->span, *doc, r);
    store_name(m->body[0]->span, "__doc__", r);
  }
  block(m->body);
  return finish(start);
}

std::shared_ptr<CodeUnit> UnitBuilder::function(const FunctionStmt* f) {
  data().first_line = f->decorators.empty() ? f->span.line : f->decorators[0]->span.line;
  const Constant* doc = docstring(f->body);
  constant(doc == nullptr ? Constant{} : *doc);
  layout(f->parameters);
  begin({f->span.line, 0, f->span.line, 0});
  block(f->body);
  return finish(f->span);
}

std::shared_ptr<CodeUnit> UnitBuilder::lambda(const LambdaExpr* l) {
  data().first_line = l->span.line;
  constant({});
  layout(l->parameters);
  begin(l->span);
  Reg value = any(l->body);
  emit(l->body->span, Op::return_value_, value);
  return finish(l->body->span);
}

std::shared_ptr<CodeUnit> UnitBuilder::class_body(const ClassStmt* c) {
  data().flags |= kClassBody;
  data().first_line = c->decorators.empty() ? c->span.line : c->decorators[0]->span.line;
  constant({});
  layout(nullptr);
  Span start{data().first_line, 0, data().first_line, 0};
  begin(start);
  {
    Temps temps(*this);
    Reg r = temp();
    auto set = [&](std::string_view name) { emit(start, Op::store_name_, r, 0, 0, name_constant(name)); };
    emit(start, Op::load_name_, r, 0, 0, name_constant("__name__"));
    set("__module__");
    load_constant(start, Constant::of_text(Constant::Kind::str, data().qualname), r);
    set("__qualname__");
    setup_annotations(start, c->body);
    if (const Constant* doc = docstring(c->body)) {
      load_constant(c->body[0]->span, *doc, r);
      set("__doc__");
    }
  }
  block(c->body);
  if (scope_->needs_class_cell) {
    Temps temps(*this);
    Reg r = temp();
    SourceSpan last = data().spans.empty() ? plain(start) : data().spans.back();
    emit(last, Op::move_, r, slot("__class__"));
    emit(last, Op::return_value_, r);
  }
  return finish(start);
}

std::shared_ptr<CodeUnit> UnitBuilder::comprehension(const ComprehensionExpr* e) {
  data().first_line = e->span.line;
  constant({});
  layout(nullptr);
  begin(e->span);
  Reg result = temp();
  if (e->kind != ExprKind::generator) {
    Op build = e->kind == ExprKind::list_comp  ? Op::build_list_
               : e->kind == ExprKind::set_comp ? Op::build_set_
                                               : Op::build_map_;
    emit(e->span, build, result, result, 0);
  }
  comprehension_level(e, 0, result);
  if (e->kind == ExprKind::generator) load_none(e->span, result);
  emit(e->span, Op::return_value_, result);
  return finish(e->span);
}

void UnitBuilder::comprehension_level(const ComprehensionExpr* e, std::uint32_t level, Reg result) {
  Temps temps(*this);
  const ForClause& c = e->clauses[level];
  Reg iterator = slot(".0");
  if (level > 0) {
    iterator = temp();
    Temps more(*this);
    emit(e->span, Op::get_iter_, iterator, any(c.iterable));
  }
  Label next, end;
  std::uint32_t header = here();
  {
    Temps more(*this);
    bool direct = c.target->kind == ExprKind::name && is_local(static_cast<const NameExpr*>(c.target)->id);
    Reg item = direct ? slot(mangled(static_cast<const NameExpr*>(c.target)->id)) : temp();
    jump(e->span, Op::for_iter_, item, end);
    if (reachable_ && here() > header) data().insns[header].b = iterator;
    store(c.target, item);
  }
  for (const Expr* condition : c.conditions) jump_if(condition, false, next);
  if (level + 1 < e->clauses.size()) {
    if (!context_.depth.enter()) {
      context_.fail(e->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
    } else {
      comprehension_level(e, level + 1, result);
    }
    context_.depth.leave();
  } else {
    Temps more(*this);
    switch (e->kind) {
      case ExprKind::list_comp:
        emit(e->span, Op::list_append_, result, any(e->element));
        break;
      case ExprKind::set_comp:
        emit(e->span, Op::set_add_, result, any(e->element));
        break;
      case ExprKind::dict_comp: {
        Reg key = any(e->key);
        Reg value = any(e->element);
        emit(e->span, Op::dict_set_, result, key, value);
        break;
      }
      default: {
        Reg value = any(e->element);
        emit(e->element->span, Op::yield_value_, temp(), value);
      }
    }
  }
  bind(next);
  jump_back(e->span, header);
  bind(end);
}

/// The cells that `code` takes from this unit, as a tuple or None.
void UnitBuilder::closure(const Span& at, const CodeData& code, Reg dst) {
  if (code.free_count == 0) return load_none(at, dst);
  Temps temps(*this);
  Reg base = next_temp_;
  for (std::uint32_t i = 0; i < code.free_count; ++i) {
    Reg from = slot(code.local_names[code.free_begin + i]);
    emit(at, Op::move_, temp(), from);
  }
  emit(at, Op::build_tuple_, dst, base, code.free_count);
}

void UnitBuilder::make_function(const Span& at, const std::shared_ptr<CodeUnit>& code, const Parameters* p, Reg dst) {
  Temps temps(*this);
  Reg base = temp();
  Reg keyword_base = temp();
  Reg closure_base = temp();
  std::vector<Expr*> defaults;
  bool keyword_defaults = false;
  if (p != nullptr) {
    auto check = [&](const Parameter& q) {
      if (q.name == "__debug__") fail(at, "cannot assign to __debug__");
    };
    for (const Parameter& q : p->positional) check(q);
    for (const Parameter& q : p->keyword_only) check(q);
    if (p->var_args != nullptr) check(*p->var_args);
    if (p->var_keywords != nullptr) check(*p->var_keywords);
    for (const Parameter& q : p->positional) {
      if (q.default_value != nullptr) defaults.push_back(q.default_value);
    }
    for (const Parameter& q : p->keyword_only) keyword_defaults = keyword_defaults || q.default_value != nullptr;
  }
  if (defaults.empty()) {
    load_none(at, base);
  } else {
    SequenceExpr tuple{};
    tuple.kind = ExprKind::tuple;
    tuple.span = at;
    tuple.items = {defaults.data(), static_cast<std::uint32_t>(defaults.size())};
    into(&tuple, base);
  }
  if (!keyword_defaults) {
    load_none(at, keyword_base);
  } else {
    emit(at, Op::build_map_, keyword_base, keyword_base, 0);
    for (const Parameter& q : p->keyword_only) {
      if (q.default_value == nullptr) continue;
      Temps more(*this);
      Reg name = temp();
      load_constant(at, Constant::of_text(Constant::Kind::name, mangled(q.name)), name);
      Reg value = any(q.default_value);
      emit(at, Op::dict_set_, keyword_base, name, value);
    }
  }
  closure(at, *code->data, closure_base);
  Constant c = Constant::of_kind(Constant::Kind::code);
  c.unit = code;
  emit(at, Op::make_function_, dst, base, 0, constant(c));
}

/// The value of an annotation, or its text where annotations are postponed.
void UnitBuilder::annotation(const Expr* e, Reg dst) {
  if (!context_.postponed_annotations) return into(e, dst);
  load_constant(e->span, Constant::of_text(Constant::Kind::str, context_.source.text_of(e->span)), dst);
}

void UnitBuilder::function_annotations(const FunctionStmt* s, Reg function) {
  Temps temps(*this);
  Reg dict = kNoRegister;
  auto add = [&](std::string_view name, const Expr* e) {
    if (e == nullptr) return;
    if (dict == kNoRegister) {
      dict = temp();
      emit(s->span, Op::build_map_, dict, dict, 0);
    }
    Temps more(*this);
    Reg key = temp();
    load_constant(s->span, Constant::of_text(Constant::Kind::name, mangled(name)), key);
    Reg value = temp();
    if (e->kind == ExprKind::starred) e = static_cast<const StarredExpr*>(e)->value;
    annotation(e, value);
    emit(s->span, Op::dict_set_, dict, key, value);
  };
  for (const Parameter& q : s->parameters->positional) add(q.name, q.annotation);
  if (s->parameters->var_args != nullptr) add(s->parameters->var_args->name, s->parameters->var_args->annotation);
  for (const Parameter& q : s->parameters->keyword_only) add(q.name, q.annotation);
  if (s->parameters->var_keywords != nullptr) {
    add(s->parameters->var_keywords->name, s->parameters->var_keywords->annotation);
  }
  add("return", s->returns);
  if (dict != kNoRegister) emit(s->span, Op::store_attr_, function, dict, 0, name_constant("__annotations__"));
}

namespace {

bool has_annotations(const Block& body) {
  for (const Stmt* s : body) {
    switch (s->kind) {
      case StmtKind::ann_assign:
        return true;
      case StmtKind::if_: {
        const auto* i = static_cast<const IfStmt*>(s);
        if (has_annotations(i->body) || has_annotations(i->or_else)) return true;
        break;
      }
      case StmtKind::while_: {
        const auto* w = static_cast<const WhileStmt*>(s);
        if (has_annotations(w->body) || has_annotations(w->or_else)) return true;
        break;
      }
      case StmtKind::for_: {
        const auto* f = static_cast<const ForStmt*>(s);
        if (has_annotations(f->body) || has_annotations(f->or_else)) return true;
        break;
      }
      case StmtKind::with:
        if (has_annotations(static_cast<const WithStmt*>(s)->body)) return true;
        break;
      case StmtKind::try_: {
        const auto* t = static_cast<const TryStmt*>(s);
        if (has_annotations(t->body) || has_annotations(t->or_else) || has_annotations(t->final_body)) return true;
        for (const Handler& h : t->handlers) {
          if (has_annotations(h.body)) return true;
        }
        break;
      }
      case StmtKind::match:
        for (const MatchCase& c : static_cast<const MatchStmt*>(s)->cases) {
          if (has_annotations(c.body)) return true;
        }
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace

/// Modules and classes that annotate names start with an empty __annotations__.
void UnitBuilder::setup_annotations(const Span& at, const Block& body) {
  if (!has_annotations(body)) return;
  Temps temps(*this);
  Reg dict = temp();
  emit(at, Op::build_map_, dict, dict, 0);
  emit(at, Op::store_name_, dict, 0, 0, name_constant("__annotations__"));
}

/// Calls the decorators, the last first, and binds the name. They are in `base` and behind it, then the definition.
void UnitBuilder::decorated_store(const Slice<Expr*>& decorators, std::string_view name, Reg base, const Span& at) {
  for (std::uint32_t i = decorators.size(); i-- > 0;) {
    Reg r = static_cast<Reg>(base + i);
    emit(decorators[i]->span, Op::call_, r, r, 1);
  }
  store_name(at, name, base);
}

void UnitBuilder::function_statement(const FunctionStmt* s) {
  Reg base = next_temp_;
  for (const Expr* d : s->decorators) fresh(d);
  Reg function = temp();
  // Defaults are evaluated before the body is looked at, so that errors come in the order of the text.
  UnitBuilder inner(context_, this, s->scope, s->name);
  make_function(s->span, inner.function(s), s->parameters, function);
  function_annotations(s, function);
  decorated_store(s->decorators, s->name, base, s->span);
}

void UnitBuilder::class_statement(const ClassStmt* s) {
  Reg base = next_temp_;
  for (const Expr* d : s->decorators) fresh(d);
  Reg callee = temp();
  Reg function = temp();
  Reg name = temp();
  emit(s->span, Op::load_build_class_, callee);
  UnitBuilder inner(context_, this, s->scope, s->name);
  make_function(s->span, inner.class_body(s), nullptr, function);
  load_constant(s->span, Constant::of_text(Constant::Kind::str, s->name), name);
  call_tail(s->span, callee, 2, s->bases, s->keywords, callee);
  decorated_store(s->decorators, s->name, base, s->span);
}

}  // namespace turnstile::frontend
