// Expressions but for calls and displays.
#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

Op binary_opcode(BinaryKind k) {
  switch (k) {
    case BinaryKind::add:
      return Op::add_;
    case BinaryKind::sub:
      return Op::sub_;
    case BinaryKind::mul:
      return Op::mul_;
    case BinaryKind::true_div:
      return Op::true_div_;
    case BinaryKind::floor_div:
      return Op::floor_div_;
    case BinaryKind::mod:
      return Op::mod_;
    case BinaryKind::pow:
      return Op::pow_;
    case BinaryKind::lshift:
      return Op::lshift_;
    case BinaryKind::rshift:
      return Op::rshift_;
    case BinaryKind::bit_and:
      return Op::bit_and_;
    case BinaryKind::bit_or:
      return Op::bit_or_;
    case BinaryKind::bit_xor:
      return Op::bit_xor_;
    case BinaryKind::mat_mul:
      return Op::mat_mul_;
  }
  return Op::nop_;
}

namespace {

/// 1 true, 0 false, -1 not known.
int constant_truth(const Expr* e) {
  if (e->kind == ExprKind::name) return static_cast<const NameExpr*>(e)->id == "__debug__" ? 1 : -1;
  if (e->kind != ExprKind::constant) return -1;
  const Constant& c = *static_cast<const ConstantExpr*>(e)->value;
  switch (c.kind) {
    case Constant::Kind::none:
    case Constant::Kind::false_:
      return 0;
    case Constant::Kind::true_:
    case Constant::Kind::ellipsis:
      return 1;
    case Constant::Kind::integer:
      return c.small != 0 || !c.text.empty();
    case Constant::Kind::number:
      return c.number != 0;
    case Constant::Kind::str:
    case Constant::Kind::bytes:
      return !c.text.empty();
    default:
      return -1;
  }
}

}  // namespace

/// A local that may be used where it is: what := may rebind later in the same expression has to be copied.
bool UnitBuilder::is_own_local(const Expr* e) {
  if (e->kind != ExprKind::name) return false;
  auto* n = static_cast<const NameExpr*>(e);
  return is_local(n->id) && n->id != "__debug__" && (symbol(n->id)->flags & kWalrusTarget) == 0;
}

Reg UnitBuilder::any(const Expr* e) {
  return is_own_local(e) ? checked_local(e->span, static_cast<const NameExpr*>(e)->id) : fresh(e);
}

Reg UnitBuilder::fresh(const Expr* e) {
  Reg r = temp();
  into(e, r);
  return r;
}

/// True if `dst` of into() is written once, by the last instruction of every path: it may be a local that `e` reads or
/// that a handler sees.
bool UnitBuilder::writes_last(const Expr* e) {
  switch (e->kind) {
    case ExprKind::constant:
    case ExprKind::name:
    case ExprKind::attribute:
    case ExprKind::subscript:
    case ExprKind::call:
    case ExprKind::binary:
    case ExprKind::slice:
    case ExprKind::lambda:
    case ExprKind::yield:
    case ExprKind::list_comp:
    case ExprKind::set_comp:
    case ExprKind::dict_comp:
    case ExprKind::generator:
    case ExprKind::joined_str:
      return true;
    case ExprKind::unary:
      return true;
    case ExprKind::compare:
      return static_cast<const CompareExpr*>(e)->ops.size() == 1;
    case ExprKind::tuple:
      return true;
    case ExprKind::list:
    case ExprKind::set: {
      auto* s = static_cast<const SequenceExpr*>(e);
      if (s->items.size() > 30) return false;
      for (const Expr* item : s->items) {
        if (item->kind == ExprKind::starred) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

void UnitBuilder::into(const Expr* e, Reg dst) {
  if (!context_.depth.enter()) {
    context_.fail(e->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
  } else if (!failed()) {
    Temps temps(*this);
    deep_into(e, dst);
  }
  context_.depth.leave();
}

void UnitBuilder::deep_into(const Expr* e, Reg dst) {
  const Span& at = e->span;
  switch (e->kind) {
    case ExprKind::constant:
      return load_constant(at, *static_cast<const ConstantExpr*>(e)->value, dst);
    case ExprKind::name:
      return load_name(at, static_cast<const NameExpr*>(e)->id, dst);
    case ExprKind::attribute: {
      auto* a = static_cast<const AttributeExpr*>(e);
      Reg value = any(a->value);
      emit(attribute_span(a), Op::load_attr_, dst, value, 0, name_of(a->name));
      return;
    }
    case ExprKind::subscript: {
      auto* s = static_cast<const SubscriptExpr*>(e);
      Reg value = any(s->value);
      Reg index = any(s->index);
      emit(subscript_span(s), Op::load_item_, dst, value, index);
      return;
    }
    case ExprKind::slice:
      return slice(static_cast<const SliceExpr*>(e), dst);
    case ExprKind::starred:
      return fail(at, "can't use starred expression here");
    case ExprKind::call:
      return call(static_cast<const CallExpr*>(e), dst);
    case ExprKind::unary: {
      if (std::optional<Constant> c = fold(e)) return load_constant(at, *c, dst);
      auto* u = static_cast<const UnaryExpr*>(e);
      Reg operand = any(u->operand);
      Op op = u->op == UnaryKind::neg      ? Op::neg_
              : u->op == UnaryKind::pos    ? Op::pos_
              : u->op == UnaryKind::invert ? Op::invert_
                                           : Op::logical_not_;
      emit(at, op, dst, operand);
      return;
    }
    case ExprKind::binary:
      return binary(static_cast<const BinaryExpr*>(e), dst);
    case ExprKind::bool_op:
      return bool_op(static_cast<const BoolExpr*>(e), dst);
    case ExprKind::compare:
      return compare(static_cast<const CompareExpr*>(e), dst);
    case ExprKind::conditional:
      return conditional(static_cast<const ConditionalExpr*>(e), dst);
    case ExprKind::lambda: {
      auto* l = static_cast<const LambdaExpr*>(e);
      UnitBuilder inner(context_, this, l->scope, "<lambda>");
      return make_function(at, inner.lambda(l), l->parameters, dst);
    }
    case ExprKind::tuple:
    case ExprKind::list:
    case ExprKind::set:
      return sequence(static_cast<const SequenceExpr*>(e), dst);
    case ExprKind::dict:
      return dict(static_cast<const DictExpr*>(e), dst);
    case ExprKind::list_comp:
    case ExprKind::set_comp:
    case ExprKind::dict_comp:
    case ExprKind::generator:
      return comprehension_call(static_cast<const ComprehensionExpr*>(e), dst);
    case ExprKind::yield:
    case ExprKind::yield_from:
      return yield(static_cast<const YieldExpr*>(e), dst);
    case ExprKind::named: {
      auto* n = static_cast<const NamedExpr*>(e);
      into(n->value, dst);
      return store_name(n->target->span, n->target->id, dst);
    }
    case ExprKind::joined_str:
      return joined_str(static_cast<const JoinedStrExpr*>(e), dst);
    case ExprKind::formatted_value:
      return formatted(static_cast<const FormattedValueExpr*>(e), dst);
  }
}

/// Chains lean to the left and may be long: they are built without recursion.
void UnitBuilder::binary(const BinaryExpr* e, Reg dst) {
  if (std::optional<Constant> c = fold(e)) return load_constant(e->span, *c, dst);
  std::vector<const BinaryExpr*> chain;
  const Expr* left = e;
  for (; left->kind == ExprKind::binary && (left == e || !fold(left));
       left = static_cast<const BinaryExpr*>(left)->left) {
    chain.push_back(static_cast<const BinaryExpr*>(left));
  }
  Reg accumulator = any(left);
  Reg result = chain.size() > 1 ? temp() : dst;
  for (std::size_t i = chain.size(); i-- > 0;) {
    Temps temps(*this);
    Reg right = any(chain[i]->right);
    Reg to = i == 0 ? dst : result;
    emit(binary_span(chain[i]), binary_opcode(chain[i]->op), to, accumulator, right);
    accumulator = to;
  }
}

void UnitBuilder::bool_op(const BoolExpr* e, Reg dst) {
  Label end;
  for (std::uint32_t i = 0; i < e->values.size(); ++i) {
    into(e->values[i], dst);
    if (i + 1 < e->values.size())
      jump(e->values[i]->span, e->is_and ? Op::jump_if_false_ : Op::jump_if_true_, dst, end);
  }
  bind(end);
}

void UnitBuilder::comparison(const Span& at, CompareKind kind, Reg left, Reg right, Reg dst) {
  Op op = Op::eq_;
  switch (kind) {
    case CompareKind::lt:
      op = Op::lt_;
      break;
    case CompareKind::le:
      op = Op::le_;
      break;
    case CompareKind::eq:
      op = Op::eq_;
      break;
    case CompareKind::ne:
      op = Op::ne_;
      break;
    case CompareKind::gt:
      op = Op::gt_;
      break;
    case CompareKind::ge:
      op = Op::ge_;
      break;
    case CompareKind::is:
      op = Op::is_op_;
      break;
    case CompareKind::is_not:
      op = Op::is_not_;
      break;
    case CompareKind::in:
      op = Op::contains_;
      break;
    case CompareKind::not_in:
      op = Op::not_contains_;
      break;
  }
  emit(at, op, dst, left, right);
}

/// A constant list or set that is only searched becomes a tuple or frozenset.
Reg UnitBuilder::comparison_right(const CompareExpr* e, std::uint32_t i) {
  const Expr* right = e->rights[i];
  bool search = e->ops[i] == CompareKind::in || e->ops[i] == CompareKind::not_in;
  if (search && (right->kind == ExprKind::list || right->kind == ExprKind::set)) {
    std::vector<Constant> items;
    bool constants = true;
    for (const Expr* item : static_cast<const SequenceExpr*>(right)->items) {
      std::optional<Constant> c = fold(item);
      if (!c) {
        constants = false;
        break;
      }
      items.push_back(std::move(*c));
    }
    if (constants) {
      Reg r = temp();
      load_constant(
          right->span,
          Constant::of_items(right->kind == ExprKind::list ? Constant::Kind::tuple : Constant::Kind::frozenset,
                             std::move(items)),
          r);
      return r;
    }
  }
  return any(right);
}

void UnitBuilder::compare(const CompareExpr* e, Reg dst) {
  Label end;
  Reg left = any(e->left);
  for (std::uint32_t i = 0; i < e->ops.size(); ++i) {
    Reg right = comparison_right(e, i);
    comparison(e->span, e->ops[i], left, right, dst);
    if (i + 1 < e->ops.size()) jump(e->span, Op::jump_if_false_, dst, end);
    left = right;
  }
  bind(end);
}

void UnitBuilder::conditional(const ConditionalExpr* e, Reg dst) {
  Label otherwise, end;
  jump_if(e->test, false, otherwise);
  into(e->body, dst);
  jump(e->span, Op::jump_, 0, end);
  bind(otherwise);
  into(e->or_else, dst);
  bind(end);
}

/// Jumps to `target` if the truth of `e` is `when`; else goes on.
void UnitBuilder::jump_if(const Expr* e, bool when, Label& target) {
  Temps temps(*this);
  if (!context_.depth.enter()) {
    context_.fail(e->span, "maximum recursion depth exceeded during compilation", ProblemKind::recursion);
    context_.depth.leave();
    return;
  }
  auto plain_test = [&] {
    if (int known = constant_truth(e); known >= 0) {
      if ((known == 1) == when) jump(e->span, Op::jump_, 0, target);
      return;
    }
    jump(e->span, when ? Op::jump_if_true_ : Op::jump_if_false_, any(e), target);
  };
  switch (e->kind) {
    case ExprKind::unary: {
      auto* u = static_cast<const UnaryExpr*>(e);
      if (u->op == UnaryKind::not_) {
        jump_if(u->operand, !when, target);
      } else {
        plain_test();
      }
      break;
    }
    case ExprKind::bool_op: {
      auto* b = static_cast<const BoolExpr*>(e);
      // `and` with when == false, and `or` with when == true, jump at the first operand that decides.
      bool direct = b->is_and != when;
      Label skip;
      for (std::uint32_t i = 0; i + 1 < b->values.size(); ++i)
        jump_if(b->values[i], direct ? when : !when, direct ? target : skip);
      jump_if(b->values.back(), when, target);
      bind(skip);
      break;
    }
    case ExprKind::conditional: {
      auto* c = static_cast<const ConditionalExpr*>(e);
      Label otherwise, end;
      jump_if(c->test, false, otherwise);
      jump_if(c->body, when, target);
      jump(e->span, Op::jump_, 0, end);
      bind(otherwise);
      jump_if(c->or_else, when, target);
      bind(end);
      break;
    }
    case ExprKind::compare: {
      auto* c = static_cast<const CompareExpr*>(e);
      Label skip;
      Reg left = any(c->left);
      Reg result = temp();
      for (std::uint32_t i = 0; i < c->ops.size(); ++i) {
        Reg right = comparison_right(c, i);
        comparison(e->span, c->ops[i], left, right, result);
        bool last = i + 1 == c->ops.size();
        jump(e->span, last && when ? Op::jump_if_true_ : Op::jump_if_false_, result, last || !when ? target : skip);
        left = right;
      }
      bind(skip);
      break;
    }
    default:
      plain_test();
  }
  context_.depth.leave();
}

void UnitBuilder::slice(const SliceExpr* e, Reg dst) {
  Reg base = temp();
  temp(), temp();
  const Expr* parts[] = {e->lower, e->upper, e->step};
  for (Reg i = 0; i < 3; ++i) {
    if (parts[i] == nullptr) {
      load_none(e->span, static_cast<Reg>(base + i));
    } else {
      into(parts[i], static_cast<Reg>(base + i));
    }
  }
  emit(e->span, Op::build_slice_, dst, base);
}

void UnitBuilder::formatted(const FormattedValueExpr* e, Reg dst) {
  Reg value = any(e->value);
  Reg spec = kNoRegister;
  if (e->spec != nullptr) spec = fresh(e->spec);
  emit(e->span, Op::format_value_, dst, value, spec, e->conversion);
}

void UnitBuilder::joined_str(const JoinedStrExpr* e, Reg dst) {
  if (e->parts.empty()) return load_constant(e->span, Constant::of_text(Constant::Kind::str, ""), dst);
  if (e->parts.size() == 1) return into(e->parts[0], dst);
  // Long ones are put together in groups, so that registers stay few.
  constexpr std::uint32_t kGroup = 64;
  Reg base = temp();
  std::uint32_t held = 1;
  into(e->parts[0], base);
  for (std::uint32_t i = 1; i < e->parts.size(); ++i) {
    if (held == kGroup) {
      next_temp_ = static_cast<Reg>(base + 1);
      emit(e->span, Op::build_string_, base, base, kGroup);
      held = 1;
    }
    fresh(e->parts[i]);
    ++held;
  }
  emit(e->span, Op::build_string_, dst, base, static_cast<Reg>(held));
}

void UnitBuilder::yield(const YieldExpr* e, Reg dst) {
  if (scope_->kind != ScopeKind::function) {
    return fail(e->span, "'yield' outside function");
  }
  if (e->kind == ExprKind::yield) {
    Reg value = temp();
    if (e->value == nullptr) {
      load_none(e->span, value);
    } else {
      value = any(e->value);
    }
    emit(e->span, Op::yield_value_, dst, value);
    return;
  }
  Reg iterator = temp();
  Reg value = any(e->value);
  emit(e->span, Op::get_yield_from_iter_, iterator, value);
  emit(e->span, Op::yield_from_, dst, iterator);
}

}  // namespace turnstile::frontend
