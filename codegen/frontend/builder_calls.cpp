// Displays, comprehensions and calls: what puts several values side by side.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

namespace {

/// Up to so many values are put side by side; longer displays grow item by item.
constexpr std::uint32_t kSideBySide = 30;

bool has_star(const Slice<Expr*>& items) {
  for (const Expr* e : items) {
    if (e->kind == ExprKind::starred) return true;
  }
  return false;
}

}  // namespace

void UnitBuilder::sequence(const SequenceExpr* e, Reg dst) {
  if (e->kind == ExprKind::tuple) {
    if (std::optional<Constant> c = fold(e)) return load_constant(e->span, *c, dst);
  }
  if (e->kind != ExprKind::tuple && e->items.size() >= 3) {
    std::vector<Constant> items;
    for (const Expr* item : e->items) {
      std::optional<Constant> c = fold(item);
      if (!c) break;
      items.push_back(std::move(*c));
    }
    if (items.size() == e->items.size()) {
      bool list = e->kind == ExprKind::list;
      Reg all = temp();
      Reg result = dst >= data().local_count ? dst : temp();
      emit(e->span, list ? Op::build_list_ : Op::build_set_, result, 0, 0);
      load_constant(
          e->span, Constant::of_items(list ? Constant::Kind::tuple : Constant::Kind::frozenset, std::move(items)), all);
      if (list) {
        emit(e->span, Op::list_extend_, result, all, kNoRegister);
      } else {
        emit(e->span, Op::set_update_, result, all);
      }
      if (result != dst) emit(e->span, Op::move_, dst, result);
      return;
    }
  }
  collect(e->span, e->kind, e->items, 0, 0, dst);
}

/// A tuple, list or set of `preset` values from `preset_base` on, then of the items.
void UnitBuilder::collect(const Span& at, ExprKind kind, Slice<Expr*> items, std::uint32_t preset, Reg preset_base,
                          Reg dst) {
  Op build = kind == ExprKind::tuple ? Op::build_tuple_ : kind == ExprKind::list ? Op::build_list_ : Op::build_set_;
  if (!has_star(items) && items.size() <= kSideBySide && preset == 0) {
    Reg base = next_temp_;
    for (const Expr* item : items) fresh(item);
    emit(at, build, dst, base, static_cast<Reg>(items.size()));
    return;
  }
  bool set = kind == ExprKind::set;
  Reg result = kind == ExprKind::tuple ? temp() : dst;
  std::uint32_t i = 0;
  if (preset > 0) {
    emit(at, Op::build_list_, result, preset_base, static_cast<Reg>(preset));
  } else {
    Temps temps(*this);
    Reg base = next_temp_;
    for (; i < items.size() && i < kSideBySide && items[i]->kind != ExprKind::starred; ++i) fresh(items[i]);
    emit(at, set ? Op::build_set_ : Op::build_list_, result, base, static_cast<Reg>(i));
  }
  for (; i < items.size(); ++i) {
    Temps temps(*this);
    if (items[i]->kind == ExprKind::starred) {
      Reg value = any(static_cast<const StarredExpr*>(items[i])->value);
      emit(at, set ? Op::set_update_ : Op::list_extend_, result, value, set ? Reg{0} : kNoRegister);
    } else {
      emit(at, set ? Op::set_add_ : Op::list_append_, result, any(items[i]));
    }
  }
  if (kind == ExprKind::tuple) emit(at, Op::list_to_tuple_, dst, result);
}

void UnitBuilder::dict(const DictExpr* e, Reg dst) {
  std::uint32_t i = 0;
  {
    Temps temps(*this);
    Reg base = next_temp_;
    for (; i < e->keys.size() && i < kSideBySide / 2 && e->keys[i] != nullptr; ++i) {
      fresh(e->keys[i]);
      fresh(e->values[i]);
    }
    emit(e->span, Op::build_map_, dst, base, static_cast<Reg>(i));
  }
  for (; i < e->keys.size(); ++i) {
    Temps temps(*this);
    if (e->keys[i] == nullptr) {
      emit(e->span, Op::dict_update_, dst, any(e->values[i]));
    } else {
      Reg key = any(e->keys[i]);
      Reg value = any(e->values[i]);
      emit(e->span, Op::dict_set_, dst, key, value);
    }
  }
}

void UnitBuilder::comprehension_call(const ComprehensionExpr* e, Reg dst) {
  const char* name = e->kind == ExprKind::generator   ? "<genexpr>"
                     : e->kind == ExprKind::list_comp ? "<listcomp>"
                     : e->kind == ExprKind::set_comp  ? "<setcomp>"
                                                      : "<dictcomp>";
  UnitBuilder inner(context_, this, e->scope, name);
  Reg base = temp();
  make_function(e->span, inner.comprehension(e), nullptr, base);
  Reg iterator = temp();
  {
    Temps temps(*this);
    Reg iterable = any(e->clauses[0].iterable);
    emit(e->span, Op::get_iter_, iterator, iterable);
  }
  emit(e->span, Op::call_, dst, base, 1);
}

/// Fills base+1, base+2 for `super()` in a method. False: call it without arguments.
bool UnitBuilder::super_arguments(const CallExpr* e, Reg base) {
  if (e->callee->kind != ExprKind::name || static_cast<const NameExpr*>(e->callee)->id != "super") return false;
  if (!e->args.empty() || !e->keywords.empty() || scope_->kind != ScopeKind::function || data().positional == 0)
    return false;
  Symbol* cell = scope_->find("__class__");
  if (cell == nullptr || (cell->resolution != Resolution::free && cell->resolution != Resolution::cell)) return false;
  Reg cls = temp();
  Reg self = temp();
  (void)base;
  load_name(e->span, "__class__", cls);
  // The first parameter may have any name, even one that mangling would change again.
  std::string_view first = data().local_names[0];
  Symbol* parameter = scope_->find(first);
  if (parameter != nullptr && parameter->resolution == Resolution::cell) {
    emit(e->span, Op::load_cell_, self, 0, 0, name_constant(context_.arena.text(first)));
  } else {
    if (!bound_[0]) emit(e->span, Op::check_local_, 0, 0, 0, name_constant(context_.arena.text(first)));
    emit(e->span, Op::move_, self, 0);
  }
  return true;
}

void UnitBuilder::call(const CallExpr* e, Reg dst) {
  if (e->callee->kind == ExprKind::attribute && e->keywords.empty() && !has_star(e->args) &&
      e->args.size() <= kSideBySide) {
    auto* a = static_cast<const AttributeExpr*>(e->callee);
    Reg base = temp();
    Reg self = temp();
    Reg receiver = self;
    if (is_own_local(a->value)) {
      receiver = any(a->value);
    } else {
      into(a->value, self);
    }
    emit(attribute_span(a), Op::load_method_, base, receiver, 0, name_of(a->name));
    for (const Expr* arg : e->args) fresh(arg);
    emit(method_call_span(e), Op::call_method_, dst, base, static_cast<Reg>(e->args.size()));
    return;
  }
  Reg base = fresh(e->callee);
  if (super_arguments(e, base)) {
    emit(e->span, Op::call_, dst, base, 2);
    return;
  }
  call_tail(e->span, base, 0, e->args, e->keywords, dst);
}

/// Calls what is in `base` with the `preset` values behind it and then with args and keywords.
void UnitBuilder::call_tail(const Span& at, Reg base, std::uint32_t preset, Slice<Expr*> args, Slice<Keyword> keywords,
                            Reg dst) {
  bool unpacks = has_star(args) || args.size() + keywords.size() > kSideBySide;
  for (std::uint32_t i = 0; i < keywords.size(); ++i) {
    if (keywords[i].name.empty()) {
      unpacks = true;
      continue;
    }
    if (keywords[i].name == "__debug__") return fail(at, "cannot assign to __debug__");
    for (std::uint32_t k = 0; k < i; ++k) {
      if (keywords[k].name == keywords[i].name) {
        return fail(keywords[i].span, "keyword argument repeated: " + std::string(keywords[i].name));
      }
    }
  }
  if (!unpacks) {
    for (const Expr* arg : args) fresh(arg);
    std::vector<Constant> names;
    for (const Keyword& k : keywords) {
      fresh(k.value);
      names.push_back(Constant::of_text(Constant::Kind::name, k.name));
    }
    auto count = static_cast<Reg>(preset + args.size() + keywords.size());
    if (keywords.empty()) {
      emit(at, Op::call_, dst, base, count);
    } else {
      emit(at, Op::call_kw_, dst, base, count, constant(Constant::of_items(Constant::Kind::tuple, std::move(names))));
    }
    return;
  }
  while (next_temp_ < base + 3) temp();
  Reg tuple = static_cast<Reg>(base + 1), mapping = static_cast<Reg>(base + 2);
  if (args.size() == 1 && preset == 0 && args[0]->kind == ExprKind::starred) {
    // f(*x): the callee is named when x cannot be iterated.
    Temps temps(*this);
    Reg list = temp();
    Reg value = any(static_cast<const StarredExpr*>(args[0])->value);
    emit(at, Op::build_list_, list, 0, 0);
    emit(at, Op::list_extend_, list, value, base);
    emit(at, Op::list_to_tuple_, tuple, list);
  } else {
    Temps temps(*this);
    Reg result = temp();
    collect(at, ExprKind::tuple, args, preset, tuple, result);
    emit(at, Op::move_, tuple, result);
  }
  if (keywords.empty()) {
    load_none(at, mapping);
  } else {
    emit(at, Op::build_map_, mapping, 0, 0);
    bool merged = false;
    for (const Keyword& k : keywords) {
      Temps temps(*this);
      if (k.name.empty()) {
        emit(at, Op::dict_merge_, mapping, any(k.value), base);
        merged = true;
        continue;
      }
      Reg name = temp();
      load_constant(at, Constant::of_text(Constant::Kind::name, k.name), name);
      Reg value = fresh(k.value);
      if (!merged) {
        emit(at, Op::dict_set_, mapping, name, value);
      } else {
        // A name that a mapping in front gave already is an error.
        Reg one = temp();
        emit(at, Op::build_map_, one, name, 1);
        emit(at, Op::dict_merge_, mapping, one, base);
      }
    }
  }
  emit(at, Op::call_ex_, dst, base);
}

}  // namespace turnstile::frontend
