#include "codegen/frontend/parser.h"

#include <doctest/doctest.h>

#include <string>

namespace turnstile::frontend {
namespace {

struct Parsed {
  explicit Parsed(std::string_view text, Mode mode = Mode::exec) {
    Problem p;
    REQUIRE(source.prepare(text, "t", &p));
    Parser parser(source, arena);
    module = parser.parse(mode);
    REQUIRE_MESSAGE(module != nullptr, std::string(text));
  }
  Expr* expression(std::uint32_t i = 0) const {
    REQUIRE(module->body[i]->kind == StmtKind::expr);
    return static_cast<ExprStmt*>(module->body[i])->value;
  }
  std::string text(const Span& s) const {
    std::string_view t = source.text();
    std::uint32_t begin = source.line_offset(s.line) + s.column, end = source.line_offset(s.end_line) + s.end_column;
    return std::string(t.substr(begin, end - begin));
  }
  Source source;
  Arena arena;
  Module* module = nullptr;
};

template <class T>
T* as(Expr* e) {
  return static_cast<T*>(e);
}

}  // namespace

TEST_CASE("precedence") {
  Parsed p("a + b * -c ** d\n");
  auto* sum = as<BinaryExpr>(p.expression());
  CHECK(sum->op == BinaryKind::add);
  auto* product = as<BinaryExpr>(sum->right);
  CHECK(product->op == BinaryKind::mul);
  REQUIRE(product->right->kind == ExprKind::unary);
  CHECK(as<UnaryExpr>(product->right)->operand->kind == ExprKind::binary);  // -(c ** d)
  Parsed q("not a in b or c and d\n");
  auto* either = as<BoolExpr>(q.expression());
  REQUIRE(either->kind == ExprKind::bool_op);
  CHECK(!either->is_and);
  CHECK(either->values[0]->kind == ExprKind::unary);
  CHECK(as<BoolExpr>(either->values[1])->is_and);
  Parsed r("a - b - c\n");
  CHECK(r.text(as<BinaryExpr>(r.expression())->left->span) == "a - b");
  Parsed s("a < b is not c not in d\n");
  auto* chain = as<CompareExpr>(s.expression());
  CHECK(chain->ops.size() == 3);
  CHECK(chain->ops[1] == CompareKind::is_not);
  CHECK(chain->ops[2] == CompareKind::not_in);
}

TEST_CASE("spans of expressions") {
  Parsed p("x = (a.b [1]) (2,\n  3) + [4 for i in j]\n");
  auto* sum = as<BinaryExpr>(static_cast<AssignStmt*>(p.module->body[0])->value);
  CHECK(p.text(sum->span) == "(a.b [1]) (2,\n  3) + [4 for i in j]");
  auto* call = as<CallExpr>(sum->left);
  CHECK(p.text(call->span) == "(a.b [1]) (2,\n  3)");
  CHECK(p.text(call->callee->span) == "a.b [1]");  // without the parentheses
  CHECK(p.text(as<SubscriptExpr>(call->callee)->value->span) == "a.b");
  CHECK(p.text(sum->right->span) == "[4 for i in j]");
  Parsed t("(1, 2)\nf(x for x in y)\n(x for x in y)\nf(a=1, **b)\n");
  CHECK(t.text(t.expression(0)->span) == "(1, 2)");
  CHECK(t.text(as<CallExpr>(t.expression(1))->args[0]->span) == "(x for x in y)");
  CHECK(t.text(t.expression(2)->span) == "(x for x in y)");
  CHECK(t.text(as<CallExpr>(t.expression(3))->keywords[0].span) == "a=1");
  CHECK(t.text(as<CallExpr>(t.expression(3))->keywords[1].span) == "**b");
}

TEST_CASE("spans of statements end with their last token") {
  Parsed p("if a:\n    b\nelse:\n    c  # end\n\n\n@d\ndef f(x):\n    pass\n\ntry:\n    a\nfinally:\n    b\n");
  CHECK(p.text(p.module->body[0]->span) == "if a:\n    b\nelse:\n    c");
  CHECK(p.text(p.module->body[1]->span) == "def f(x):\n    pass");
  CHECK(p.text(p.module->body[2]->span) == "try:\n    a\nfinally:\n    b");
}

TEST_CASE("f-strings") {
  Parsed p("f'a{{b}}{x + y!r:>{w}}c{z=}' 'd'\n");
  auto* joined = as<JoinedStrExpr>(p.expression());
  REQUIRE(joined->kind == ExprKind::joined_str);
  REQUIRE(joined->parts.size() == 5);
  auto literal = [&](Expr* e) { return as<ConstantExpr>(e)->value->text; };
  CHECK(literal(joined->parts[0]) == "a{b}");
  auto* field = as<FormattedValueExpr>(joined->parts[1]);
  CHECK(field->conversion == 'r');
  CHECK(p.text(field->value->span) == "x + y");
  REQUIRE(field->spec != nullptr);
  CHECK(field->spec->parts.size() == 2);
  CHECK(literal(joined->parts[2]) == "cz=");
  CHECK(as<FormattedValueExpr>(joined->parts[3])->conversion == 'r');
  CHECK(literal(joined->parts[4]) == "d");
  // A field's expression is placed where it stands, on later lines too.
  Parsed q("f'''a\n  {b!s} {c:{d}}'''\n");
  auto* lines = as<JoinedStrExpr>(q.expression());
  CHECK(q.text(as<FormattedValueExpr>(lines->parts[1])->value->span) == "b");
  CHECK(as<FormattedValueExpr>(lines->parts[1])->value->span.line == 2);
  for (const char* good : {"f'{a!=b}{a:=5}{(a:=5)}{ {1:2}[1] }{lambda_}{x,}{*a, b}{yield_:{x}{y}}'\n", "rf'\\{a}\\n'\n",
                           "f'{\"a\"}' f\"{'}'}\"\n", "f'{a[\"b\"]:%H:%M}'\n", "f''\n", "f'{a:}'\n",
                           "f'{(lambda x: x)(1)}'\n", "f'{ a = !r:5}'\n"}) {
    CAPTURE(good);
    Parsed ok(good);
  }
}

TEST_CASE("assignments, deletions, parameters") {
  Parsed p("a = b, *c = [d.e, f[0]] = x\nx: int = 3\n(y): int\ndel a, (b, [c.d])\nfor a, *b in c: pass\n");
  CHECK(static_cast<AssignStmt*>(p.module->body[0])->targets.size() == 3);
  CHECK(static_cast<AnnAssignStmt*>(p.module->body[1])->simple);
  CHECK(!static_cast<AnnAssignStmt*>(p.module->body[2])->simple);
  Parsed q("def f(a, b=1, /, c=2, *d, e, g=3, **h) -> x: pass\nlambda a, *, b=1: a\nlambda *a, **k: 0\n");
  auto* f = static_cast<FunctionStmt*>(q.module->body[0])->parameters;
  CHECK(f->positional.size() == 3);
  CHECK(f->positional_only == 2);
  CHECK(f->keyword_only.size() == 2);
  CHECK(f->var_args->name == "d");
  CHECK(f->var_keywords->name == "h");
}

TEST_CASE("with items in parentheses") {
  Parsed p(
      "with (a as b, c): pass\nwith (a, b): pass\nwith (a): pass\nwith (a), b as c: pass\nwith (yield_) as d: "
      "pass\nwith (a, b) as c: pass\n"
      "with (a for a in b): pass\nwith (a := b): pass\n");
  auto items = [&](std::uint32_t i) { return static_cast<WithStmt*>(p.module->body[i])->items; };
  CHECK(items(0).size() == 2);
  CHECK(items(1).size() == 2);
  CHECK(items(2).size() == 1);
  CHECK(items(3).size() == 2);
  CHECK(items(5)[0].context->kind == ExprKind::tuple);
  CHECK(items(6)[0].context->kind == ExprKind::generator);
  CHECK(items(7)[0].context->kind == ExprKind::named);
}

TEST_CASE("what python3 accepts") {
  for (const char* good : {"x = yield_ = 1\n",
                           "print(*a, *b, c=1, **d, e=2, **f)\n",
                           "x[a, b:c, ::d, ...]\n",
                           "x[*a, b]\n",
                           "x[a:=1]\n",
                           "x[(a:=1):2]\n",
                           "{**a, 'b': 1, **c}\n",
                           "{*a, *b}\n",
                           "{(a := 1): 2 for a in b}\n",
                           "a = *b, *c\n",
                           "for x in *a, b: pass\n",
                           "return_ = 1; pass;\n",
                           "if a: b; c\nelse: d\n",
                           "@a.b[c](d)\nclass E(f, *g, h=1, **i): pass\n",
                           "from . import a\nfrom .. import b as c\nfrom ...a.b import (c, d as e,)\n",
                           "import a.b.c as d, e\n",
                           "from a import *\n",
                           "try: a\nexcept (b, c) as d: e\nexcept f: g\nelse: h\nfinally: i\n",
                           "raise a from b\nraise\n",
                           "def f():\n    return *a, b\n    yield\n    x = yield a, b\n    y = yield from z\n    "
                           "print((yield))\n    global q, r\n",
                           "while a: break\nelse: b\n",
                           "lambda: (yield)\n",
                           "a = b if c else d if e else f\n",
                           "x = (\n\n  1,\n)\n",
                           "assert a, b\n",
                           "async_ = 1\n",
                           "0 if 1else 2\n",
                           "print(a if b else c, d)\n",
                           "def f(a, *, b: int = 1, **c: str): ...\n",
                           "nonlocal_ = 1\n",
                           "[a for b in c if d if e for f in g]\n",
                           "'a' 'b' \"c\" r'\\d'\n",
                           "b'a' rb'\\b'\n",
                           "x = not a\n",
                           "a = b = c = 1\n",
                           "a.b.c[d].e(f)(g)[h:i].j += 1\n",
                           "type = 1; case = 2; _ = 3\n",
                           "if (n := len(a)) > 10: pass\n",
                           "f(a := 1, b)\n",
                           "class A: x: int; y: str = 'a'\n",
                           "\\\nx = 1\n",
                           "if a:\n  b\n# c\n  d\n",
                           "\f\nx = 1\n"}) {
    CAPTURE(good);
    Parsed ok(good);
  }
}

}  // namespace turnstile::frontend
