#include "codegen/frontend/warnings.h"

namespace turnstile::frontend {

namespace {

const Constant* constant_of(const Expr* e) {
  return e->kind == ExprKind::constant ? static_cast<const ConstantExpr*>(e)->value : nullptr;
}

/// The class that the value of a display or constant has, or null.
const char* class_of(const Expr* e) {
  switch (e->kind) {
    case ExprKind::tuple:
      return "tuple";
    case ExprKind::list:
    case ExprKind::list_comp:
      return "list";
    case ExprKind::dict:
    case ExprKind::dict_comp:
      return "dict";
    case ExprKind::set:
    case ExprKind::set_comp:
      return "set";
    case ExprKind::generator:
      return "generator";
    case ExprKind::lambda:
      return "function";
    case ExprKind::joined_str:
    case ExprKind::formatted_value:
      return "str";
    case ExprKind::constant:
      switch (constant_of(e)->kind) {
        case Constant::Kind::none:
          return "NoneType";
        case Constant::Kind::true_:
        case Constant::Kind::false_:
          return "bool";
        case Constant::Kind::ellipsis:
          return "ellipsis";
        case Constant::Kind::integer:
          return "int";
        case Constant::Kind::number:
          return "float";
        case Constant::Kind::str:
          return "str";
        case Constant::Kind::bytes:
          return "bytes";
        default:
          return nullptr;
      }
    default:
      return nullptr;
  }
}

bool is_literal(const Expr* e) {
  const Constant* c = constant_of(e);
  return c != nullptr && (c->kind == Constant::Kind::integer || c->kind == Constant::Kind::number ||
                          c->kind == Constant::Kind::str || c->kind == Constant::Kind::bytes);
}

std::string of_call(const CallExpr* e) {
  const char* cls = class_of(e->callee);
  if (cls == nullptr || e->callee->kind == ExprKind::lambda) return "";
  return std::string("'") + cls + "' object is not callable; perhaps you missed a comma?";
}

std::string of_subscript(const SubscriptExpr* e) {
  const char* cls = class_of(e->value);
  if (cls == nullptr) return "";
  const std::string_view name = cls;
  if (name == "set" || name == "generator" || name == "function" || name == "NoneType" || name == "ellipsis" ||
      name == "int" || name == "float" || name == "bool") {
    return std::string("'") + cls + "' object is not subscriptable; perhaps you missed a comma?";
  }
  if (name == "dict") return "";
  const char* index = class_of(e->index);
  if (index == nullptr || std::string_view(index) == "int" || std::string_view(index) == "bool") return "";
  return std::string(cls) + " indices must be integers or slices, not " + index + "; perhaps you missed a comma?";
}

std::string of_comparison(const CompareExpr* e) {
  const Expr* left = e->left;
  for (std::uint32_t i = 0; i < e->ops.size(); ++i) {
    const Expr* right = e->rights[i];
    if (is_literal(left) || is_literal(right)) {
      if (e->ops[i] == CompareKind::is) return "\"is\" with a literal. Did you mean \"==\"?";
      if (e->ops[i] == CompareKind::is_not) return "\"is not\" with a literal. Did you mean \"!=\"?";
    }
    left = right;
  }
  return "";
}

}  // namespace

std::string warning_of(const Expr* e) {
  switch (e->kind) {
    case ExprKind::call:
      return of_call(static_cast<const CallExpr*>(e));
    case ExprKind::subscript:
      return of_subscript(static_cast<const SubscriptExpr*>(e));
    case ExprKind::compare:
      return of_comparison(static_cast<const CompareExpr*>(e));
    default:
      return "";
  }
}

bool asserts_tuple(const AssertStmt* s) {
  return s->test->kind == ExprKind::tuple && static_cast<const SequenceExpr*>(s->test)->items.size() != 0;
}

}  // namespace turnstile::frontend
