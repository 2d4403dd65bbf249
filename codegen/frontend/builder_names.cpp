// Loads, stores and deletions of names.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

Reg UnitBuilder::slot(std::string_view mangled_name) const {
  auto it = slots_.find(mangled_name);
  return it == slots_.end() ? kNoRegister : it->second;
}

bool UnitBuilder::is_local(std::string_view name) {
  if (scope_->kind != ScopeKind::function) return false;
  Symbol* s = symbol(name);
  return s != nullptr && s->resolution == Resolution::local;
}

/// The slot of a local, after a check unless it is surely bound.
Reg UnitBuilder::checked_local(const Span& at, std::string_view name) {
  std::string_view key = mangled(name);
  Reg r = slot(key);
  if (!bound_[r]) {
    emit(at, Op::check_local_, r, 0, 0, name_constant(key));
    if ((scope_->find(key)->flags & kDeleted) == 0) bound_[r] = true;
  }
  return r;
}

void UnitBuilder::load_name(const Span& at, std::string_view name, Reg dst) {
  if (name == "__debug__") return load_constant(at, Constant::of_kind(Constant::Kind::true_), dst);
  Symbol* s = symbol(name);
  Resolution r = s == nullptr ? Resolution::global : s->resolution;
  std::string_view key = mangled(name);
  std::int32_t d = name_constant(key);
  switch (r) {
    case Resolution::local:
      if (scope_->kind == ScopeKind::function) {
        Reg from = checked_local(at, name);
        if (from != dst) emit(at, Op::move_, dst, from);
        return;
      }
      emit(at, Op::load_name_, dst, 0, 0, d);
      return;
    case Resolution::cell:
      emit(at, Op::load_cell_, dst, slot(key), 0, d);
      return;
    case Resolution::free:
      if (scope_->kind == ScopeKind::class_) {
        emit(at, Op::load_class_cell_, dst, slot(key), 1, d);
      } else {
        emit(at, Op::load_cell_, dst, slot(key), 1, d);
      }
      return;
    case Resolution::global_declared:
      emit(at, Op::load_global_, dst, 0, 0, d);
      return;
    default:
      emit(at, scope_->kind == ScopeKind::function ? Op::load_global_ : Op::load_name_, dst, 0, 0, d);
      return;
  }
}

void UnitBuilder::store_name(const Span& at, std::string_view name, Reg value) {
  if (name == "__debug__") return fail(at, "cannot assign to __debug__");
  Symbol* s = symbol(name);
  std::string_view key = mangled(name);
  Resolution r = s == nullptr ? Resolution::global : s->resolution;
  switch (r) {
    case Resolution::local:
      if (scope_->kind == ScopeKind::function) {
        Reg to = slot(key);
        if (to != value) emit(at, Op::move_, to, value);
        if ((s->flags & kDeleted) == 0 && reachable_) bound_[to] = true;
        return;
      }
      break;
    case Resolution::cell:
    case Resolution::free:
      emit(at, Op::store_cell_, slot(key), value);
      return;
    case Resolution::global_declared:
      emit(at, Op::store_global_, value, 0, 0, name_constant(key));
      return;
    default:
      break;
  }
  emit(at, scope_->kind == ScopeKind::function ? Op::store_global_ : Op::store_name_, value, 0, 0, name_constant(key));
}

void UnitBuilder::delete_name(const Span& at, std::string_view name) {
  if (name == "__debug__") return fail(at, "cannot delete __debug__");
  Symbol* s = symbol(name);
  std::string_view key = mangled(name);
  std::int32_t d = name_constant(key);
  Resolution r = s == nullptr ? Resolution::global : s->resolution;
  switch (r) {
    case Resolution::local:
      if (scope_->kind == ScopeKind::function) {
        emit(at, Op::delete_local_, slot(key), 0, 0, d);
        return;
      }
      break;
    case Resolution::cell:
    case Resolution::free:
      emit(at, Op::delete_cell_, slot(key), 0, r == Resolution::free ? 1 : 0, d);
      return;
    case Resolution::global_declared:
      emit(at, Op::delete_global_, 0, 0, 0, d);
      return;
    default:
      break;
  }
  emit(at, scope_->kind == ScopeKind::function ? Op::delete_global_ : Op::delete_name_, 0, 0, 0, d);
}

/// End of `except ... as name`: the name is unbound, whether or not the body deleted it.
void UnitBuilder::clear_handler_name(const Span& at, std::string_view name) {
  if (name.empty()) return;
  if (is_local(name)) {
    emit(at, Op::clear_local_, slot(mangled(name)));
    return;
  }
  Temps temps(*this);
  Reg none = temp();
  load_none(at, none);
  store_name(at, name, none);
  delete_name(at, name);
}

}  // namespace turnstile::frontend
