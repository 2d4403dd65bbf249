#include "codegen/frontend/scopes.h"

#include <doctest/doctest.h>

#include <string>

#include "codegen/frontend/frontend.h"

namespace turnstile::frontend {
namespace {

/// Units of a program by qualified name.
struct Units {
  explicit Units(std::string_view text) {
    BuildResult r = build(text, "t", Mode::exec);
    REQUIRE_MESSAGE(!r.problem.has_value(), (r.problem ? r.problem->message : std::string()));
    root = r.unit;
  }
  const CodeData& operator[](std::string_view qualname) const {
    const CodeUnit* u = find(*root, qualname);
    REQUIRE_MESSAGE(u != nullptr, std::string(qualname));
    return *u->data;
  }
  static const CodeUnit* find(const CodeUnit& unit, std::string_view qualname) {
    if (unit.data->qualname == qualname) return &unit;
    for (const Constant& c : unit.consts) {
      if (!c.is_code()) continue;
      if (const CodeUnit* u = find(*c.unit, qualname)) return u;
    }
    return nullptr;
  }
  std::shared_ptr<CodeUnit> root;
};

using Names = std::vector<std::string>;

Names free_names(const CodeData& d) {
  return Names(d.local_names.begin() + d.free_begin, d.local_names.begin() + d.free_begin + d.free_count);
}

/// Names of the slots that become cells at entry.
Names cell_names(const CodeData& d) {
  Names out;
  for (const Insn& i : d.insns) {
    if (i.op == Op::make_cell_) out.push_back(d.local_names[i.a]);
  }
  return out;
}

bool uses(const CodeData& d, Op op) {
  for (const Insn& i : d.insns) {
    if (i.op == op) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("slots: parameters, locals, cells, free variables") {
  Units u("def f(a, b=1, *c, d, **e):\n  x = a\n  def g():\n    return x, y, b\n  y = 2\n  return g\n");
  const CodeData& f = u["f"];
  CHECK(f.local_names == Names{"a", "b", "d", "c", "e", "g", "x", "y"});
  CHECK(f.positional == 2);
  CHECK(f.keyword_only == 1);
  CHECK((f.flags & (kVarArgs | kVarKeywords)) == (kVarArgs | kVarKeywords));
  CHECK(cell_names(f) == Names{"b", "x", "y"});
  CHECK(free_names(u["f.<locals>.g"]) == Names{"b", "x", "y"});
  CHECK((u["f.<locals>.g"].flags & kNested) != 0);
}

TEST_CASE("variables pass through the functions and classes between") {
  Units u("def f():\n  x = 1\n  class A:\n    x = 2\n    z = x\n    def g(self):\n      def h():\n        return x\n");
  CHECK(cell_names(u["f"]) == Names{"x"});
  CHECK(free_names(u["f.<locals>.A"]) == Names{"x"});
  CHECK(free_names(u["f.<locals>.A.g"]) == Names{"x"});
  CHECK(free_names(u["f.<locals>.A.g.<locals>.h"]) == Names{"x"});
  // The class's own x is a name of its namespace.
  CHECK(!uses(u["f.<locals>.A"], Op::load_class_cell_));
  Units v("def f():\n  x = 1\n  class A:\n    y = x\n");
  CHECK(uses(v["f.<locals>.A"], Op::load_class_cell_));
}

TEST_CASE("global and nonlocal") {
  Units u("def f():\n  global x\n  x = 1\n  def g():\n    return x\n  def h():\n    nonlocal y\n    y = 3\n  y = 2\n");
  CHECK(uses(u["f"], Op::store_global_));
  CHECK(u["f.<locals>.g"].free_count == 0);
  CHECK(uses(u["f.<locals>.g"], Op::load_global_));
  CHECK(free_names(u["f.<locals>.h"]) == Names{"y"});
  CHECK(uses(u["f.<locals>.h"], Op::store_cell_));
  Units v("def f():\n  global g, C\n  def g(): pass\n  class C:\n    def m(self): pass\n");
  CHECK(v["g"].name == "g");
  CHECK(v["C.m"].name == "m");
}

TEST_CASE("__class__ and super") {
  Units u(
      "class A:\n  def f(self):\n    return super().f()\n  def g(self):\n    return __class__\n  def h(self): "
      "pass\nclass B:\n  def f(self): pass\n");
  CHECK(cell_names(u["A"]) == Names{"__class__"});
  CHECK(free_names(u["A.f"]) == Names{"__class__"});
  CHECK(free_names(u["A.g"]) == Names{"__class__"});
  CHECK(u["A.h"].free_count == 0);
  CHECK(cell_names(u["B"]).empty());
  // super() names the class and the first parameter, also where that is a cell.
  Units v("class A:\n  def f(me):\n    super().f()\n    return lambda: me\n");
  std::size_t calls = 0;
  for (const Insn& i : v["A.f"].insns) {
    if (i.op == Op::call_) calls += i.c == 2;
  }
  CHECK(calls == 1);
}

TEST_CASE("names are mangled in classes") {
  Units u("class _A:\n  __x = 1\n  def __f(self, __p):\n    self.__y = __p\n    __z__ = __q\nclass __:\n  __x = 1\n");
  CHECK(u["_A.__f"].local_names == Names{"self", "_A__p", "__z__"});
  bool attribute = false, plain = false;
  for (const Constant& c : Units::find(*u.root, "_A.__f")->consts) attribute = attribute || c.text == "_A__y";
  for (const Constant& c : Units::find(*u.root, "__")->consts) plain = plain || c.text == "__x";
  CHECK(attribute);
  CHECK(plain);
}

TEST_CASE("comprehensions have scopes of their own") {
  Units u("def f(a):\n  return [b + c for b in a for c in d(b)]\n");
  const CodeData& c = u["f.<locals>.<listcomp>"];
  CHECK(c.local_names == Names{".0", "b", "c"});
  CHECK(c.positional == 1);
  CHECK(cell_names(u["f"]).empty());  // the first iterable belongs to f
  Units g("def f(x, y):\n  return (x for z in y), {w: x for w in y}, {y for w in x}\n");
  CHECK((g["f.<locals>.<genexpr>"].flags & kGenerator) != 0);
  CHECK(free_names(g["f.<locals>.<dictcomp>"]) == Names{"x"});
  CHECK(free_names(g["f.<locals>.<setcomp>"]) == Names{"y"});
}

TEST_CASE("walrus in a comprehension binds outside") {
  Units u("def f(a):\n  b = [last := x for x in a]\n  return last\n");
  CHECK(cell_names(u["f"]) == Names{"last"});
  CHECK(free_names(u["f.<locals>.<listcomp>"]) == Names{"last"});
  Units m("[last := x for x in a]\n");
  CHECK(uses(m["<listcomp>"], Op::store_global_));
  Units g("def f(a):\n  global q\n  return [q := x for x in a]\n");
  CHECK(uses(g["f.<locals>.<listcomp>"], Op::store_global_));
}

}  // namespace turnstile::frontend
