// Constant folding.
#include <cmath>

#include "codegen/frontend/builder.h"

namespace turnstile::frontend {

namespace {

using Kind = Constant::Kind;

bool is_small_int(const Constant& c) { return c.kind == Kind::integer && c.text.empty(); }

std::optional<Constant> negated(const Constant& c) {
  if (c.kind == Kind::number) return Constant::of_number(-c.number);
  if (c.kind != Kind::integer) return std::nullopt;
  Constant r = c;
  if (!c.text.empty()) {
    r.text = c.text[0] == '-' ? c.text.substr(1) : "-" + c.text;
    return r;
  }
  if (__builtin_sub_overflow(std::int64_t{0}, c.small, &r.small)) return std::nullopt;
  return r;
}

std::optional<Constant> int_result(BinaryKind op, std::int64_t a, std::int64_t b) {
  std::int64_t r = 0;
  switch (op) {
    case BinaryKind::add:
      if (__builtin_add_overflow(a, b, &r)) return std::nullopt;
      return Constant::of_int(r);
    case BinaryKind::sub:
      if (__builtin_sub_overflow(a, b, &r)) return std::nullopt;
      return Constant::of_int(r);
    case BinaryKind::mul:
      if (__builtin_mul_overflow(a, b, &r)) return std::nullopt;
      return Constant::of_int(r);
    case BinaryKind::lshift:
      if (b < 0 || b > 62 || a < 0 || (a >> (62 - b)) != 0) return std::nullopt;
      return Constant::of_int(a << b);
    case BinaryKind::rshift:
      if (b < 0 || b > 63) return std::nullopt;
      return Constant::of_int(a >> b);
    case BinaryKind::bit_and:
      return Constant::of_int(a & b);
    case BinaryKind::bit_or:
      return Constant::of_int(a | b);
    case BinaryKind::bit_xor:
      return Constant::of_int(a ^ b);
    case BinaryKind::pow: {
      if (b < 0 || b > 62) return std::nullopt;
      std::int64_t power = 1;
      for (std::int64_t i = 0; i < b; ++i) {
        if (__builtin_mul_overflow(power, a, &power)) return std::nullopt;
      }
      return Constant::of_int(power);
    }
    default:
      return std::nullopt;
  }
}

std::optional<Constant> float_result(BinaryKind op, double a, double b) {
  switch (op) {
    case BinaryKind::add:
      return Constant::of_number(a + b);
    case BinaryKind::sub:
      return Constant::of_number(a - b);
    case BinaryKind::mul:
      return Constant::of_number(a * b);
    case BinaryKind::true_div:
      if (b == 0) return std::nullopt;
      return Constant::of_number(a / b);
    default:
      return std::nullopt;
  }
}

/// As a double, exactly.
bool as_number(const Constant& c, double* out) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (c.kind == Kind::number) {
    *out = c.number;
    return true;
  }
  if (!is_small_int(c) || c.small > kExact || c.small < -kExact) return false;
  *out = static_cast<double>(c.small);
  return true;
}

}  // namespace

std::optional<Constant> fold(const Expr* e, int depth) {
  if (depth > 20) return std::nullopt;
  switch (e->kind) {
    case ExprKind::constant:
      return *static_cast<const ConstantExpr*>(e)->value;
    case ExprKind::unary: {
      auto* u = static_cast<const UnaryExpr*>(e);
      if (u->op == UnaryKind::not_) return std::nullopt;
      std::optional<Constant> c = fold(u->operand, depth + 1);
      if (!c) return std::nullopt;
      if (u->op == UnaryKind::neg) return negated(*c);
      if (u->op == UnaryKind::pos && (c->kind == Kind::integer || c->kind == Kind::number)) return c;
      if (u->op == UnaryKind::invert && is_small_int(*c)) return Constant::of_int(~c->small);
      return std::nullopt;
    }
    case ExprKind::binary: {
      auto* b = static_cast<const BinaryExpr*>(e);
      std::optional<Constant> right = fold(b->right, depth + 1);
      if (!right || (right->kind != Kind::integer && right->kind != Kind::number)) return std::nullopt;
      std::optional<Constant> left = fold(b->left, depth + 1);
      if (!left) return std::nullopt;
      if (is_small_int(*left) && is_small_int(*right)) {
        if (b->op != BinaryKind::true_div) return int_result(b->op, left->small, right->small);
      } else if (left->kind == Kind::integer && right->kind == Kind::integer) {
        return std::nullopt;
      }
      double x = 0, y = 0;
      if (!as_number(*left, &x) || !as_number(*right, &y)) return std::nullopt;
      return float_result(b->op, x, y);
    }
    case ExprKind::tuple: {
      std::vector<Constant> items;
      for (const Expr* item : static_cast<const SequenceExpr*>(e)->items) {
        std::optional<Constant> c = fold(item, depth + 1);
        if (!c) return std::nullopt;
        items.push_back(std::move(*c));
      }
      return Constant::of_items(Kind::tuple, std::move(items));
    }
    default:
      return std::nullopt;
  }
}

}  // namespace turnstile::frontend
