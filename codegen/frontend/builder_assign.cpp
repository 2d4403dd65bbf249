// Assignment to names, attributes, items and patterns of them; deletion.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

void UnitBuilder::store(const Expr* target, Reg value) {
  Temps temps(*this);
  switch (target->kind) {
    case ExprKind::name:
      return store_name(target->span, static_cast<const NameExpr*>(target)->id, value);
    case ExprKind::attribute: {
      auto* a = static_cast<const AttributeExpr*>(target);
      if (a->name == "__debug__") return fail(target->span, "cannot assign to __debug__");
      Reg object = any(a->value);
      emit(attribute_span(a), Op::store_attr_, object, value, 0, name_of(a->name));
      return;
    }
    case ExprKind::subscript: {
      auto* s = static_cast<const SubscriptExpr*>(target);
      Reg object = any(s->value);
      Reg index = any(s->index);
      emit(subscript_span(s), Op::store_item_, object, index, value);
      return;
    }
    case ExprKind::tuple:
    case ExprKind::list:
      return unpack(static_cast<const SequenceExpr*>(target), value);
    case ExprKind::starred:
      return fail(target->span, "starred assignment target must be in a list or tuple");
    default:
      return fail(target->span, "invalid syntax");
  }
}

void UnitBuilder::unpack(const SequenceExpr* target, Reg value) {
  std::uint32_t count = target->items.size(), star = count;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (target->items[i]->kind != ExprKind::starred) continue;
    if (star != count) return fail(target->span, "multiple starred expressions in assignment");
    star = i;
  }
  Reg base = next_temp_;
  for (std::uint32_t i = 0; i < count && !failed(); ++i) temp();
  if (star == count) {
    emit(target->span, Op::unpack_sequence_, base, value, static_cast<Reg>(count));
  } else {
    emit(target->span, Op::unpack_ex_, base, value, static_cast<Reg>(star),
         static_cast<std::int32_t>(count - star - 1));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const Expr* item = target->items[i];
    store(i == star ? static_cast<const StarredExpr*>(item)->value : item, static_cast<Reg>(base + i));
  }
}

/// name = value, without a temporary where the value is written last.
void UnitBuilder::value_into_name(const NameExpr* name, const Expr* value) {
  Temps temps(*this);
  if (is_local(name->id) && name->id != "__debug__") {
    Reg to = slot(mangled(name->id));
    Reg from = to;
    if (value->kind == ExprKind::name || !writes_last(value)) {
      from = any(value);
    } else {
      into(value, to);
    }
    store_name(name->span, name->id, from);
    return;
  }
  store_name(name->span, name->id, any(value));
}

void UnitBuilder::assign(const AssignStmt* s) {
  Temps temps(*this);
  if (s->targets.size() == 1) {
    const Expr* target = s->targets[0];
    if (target->kind == ExprKind::name) return value_into_name(static_cast<const NameExpr*>(target), s->value);
    if (target->kind == ExprKind::tuple && s->value->kind == ExprKind::tuple && !fold(s->value)) {
      // a, b = b, a: no tuple is made.
      auto* to = static_cast<const SequenceExpr*>(target);
      auto* from = static_cast<const SequenceExpr*>(s->value);
      bool plain = to->items.size() == from->items.size() && to->items.size() <= 30;
      for (std::uint32_t i = 0; plain && i < to->items.size(); ++i) {
        plain = to->items[i]->kind != ExprKind::starred && from->items[i]->kind != ExprKind::starred;
      }
      if (plain) {
        Reg base = next_temp_;
        for (const Expr* e : from->items) fresh(e);
        for (std::uint32_t i = 0; i < to->items.size(); ++i) store(to->items[i], static_cast<Reg>(base + i));
        return;
      }
    }
    return store(target, any(s->value));
  }
  // The first target may rebind a local that holds the value.
  Reg value = fresh(s->value);
  for (const Expr* target : s->targets) store(target, value);
}

void UnitBuilder::augmented(const AugAssignStmt* s) {
  Temps temps(*this);
  Op op = binary_opcode(s->op);
  switch (s->target->kind) {
    case ExprKind::name: {
      auto* n = static_cast<const NameExpr*>(s->target);
      if (is_local(n->id)) {
        Reg local = any(n);
        Reg value = any(s->value);
        Reg to = slot(mangled(n->id));
        emit(s->span, op, to, local, value, 1);
        store_name(n->span, n->id, to);
        return;
      }
      Reg left = fresh(n);
      Reg value = any(s->value);
      emit(s->span, op, left, left, value, 1);
      return store_name(n->span, n->id, left);
    }
    case ExprKind::attribute: {
      auto* a = static_cast<const AttributeExpr*>(s->target);
      Reg object = any(a->value);
      Reg left = temp();
      emit(attribute_span(a), Op::load_attr_, left, object, 0, name_of(a->name));
      Reg value = any(s->value);
      emit(s->span, op, left, left, value, 1);
      emit(attribute_span(a), Op::store_attr_, object, left, 0, name_of(a->name));
      return;
    }
    case ExprKind::subscript: {
      auto* i = static_cast<const SubscriptExpr*>(s->target);
      Reg object = any(i->value);
      Reg index = any(i->index);
      Reg left = temp();
      emit(subscript_span(i), Op::load_item_, left, object, index);
      Reg value = any(s->value);
      emit(s->span, op, left, left, value, 1);
      emit(subscript_span(i), Op::store_item_, object, index, left);
      return;
    }
    default:
      return fail(s->target->span, "invalid syntax");
  }
}

/// The value is stored first. Annotations of names go to __annotations__; a function's variables have none, and a
/// target without a value is only looked at.
void UnitBuilder::annotated(const AnnAssignStmt* s) {
  Temps temps(*this);
  if (s->value != nullptr) {
    if (s->target->kind == ExprKind::name) {
      value_into_name(static_cast<const NameExpr*>(s->target), s->value);
    } else {
      store(s->target, any(s->value));
    }
  } else if (s->target->kind == ExprKind::attribute) {
    any(static_cast<const AttributeExpr*>(s->target)->value);
  } else if (s->target->kind == ExprKind::subscript) {
    any(static_cast<const SubscriptExpr*>(s->target)->value);
    any(static_cast<const SubscriptExpr*>(s->target)->index);
  }
  if (scope_->kind != ScopeKind::function) evaluate_annotation(s);
}

void UnitBuilder::evaluate_annotation(const AnnAssignStmt* s) {
  Temps temps(*this);
  if (!s->simple) {
    if (!context_.postponed_annotations) any(s->annotation);
    return;
  }
  Reg value = temp();
  annotation(s->annotation, value);
  Reg dict = temp();
  emit(s->span, Op::load_name_, dict, 0, 0, name_constant("__annotations__"));
  Reg key = temp();
  std::string_view name = mangled(static_cast<const NameExpr*>(s->target)->id);
  load_constant(s->span, Constant::of_text(Constant::Kind::name, name), key);
  emit(s->span, Op::store_item_, dict, key, value);
}

void UnitBuilder::remove(const Expr* target) {
  Temps temps(*this);
  switch (target->kind) {
    case ExprKind::name:
      return delete_name(target->span, static_cast<const NameExpr*>(target)->id);
    case ExprKind::attribute: {
      auto* a = static_cast<const AttributeExpr*>(target);
      Reg object = any(a->value);
      emit(attribute_span(a), Op::delete_attr_, object, 0, 0, name_of(a->name));
      return;
    }
    case ExprKind::subscript: {
      auto* s = static_cast<const SubscriptExpr*>(target);
      Reg object = any(s->value);
      Reg index = any(s->index);
      emit(subscript_span(s), Op::delete_item_, object, index);
      return;
    }
    case ExprKind::tuple:
    case ExprKind::list:
      for (const Expr* e : static_cast<const SequenceExpr*>(target)->items) remove(e);
      return;
    default:
      return fail(target->span, "invalid syntax");
  }
}

}  // namespace turnstile::frontend
