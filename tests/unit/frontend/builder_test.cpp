// Bytecode of key constructs, through the disassembler.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "codegen/frontend/disassemble.h"
#include "codegen/frontend/frontend.h"
#include "codegen/frontend/operands.h"
#include "codegen/frontend/verify.h"

namespace turnstile::frontend {
namespace {

std::shared_ptr<CodeUnit> unit_of(std::string_view text, Mode mode = Mode::exec) {
  BuildResult r = build(text, "t", mode);
  REQUIRE_MESSAGE(!r.problem.has_value(), (r.problem ? r.problem->message : std::string()));
  std::vector<std::string> errors = verify(*r.unit);
  CHECK_MESSAGE(errors.empty(), (errors.empty() ? std::string() : errors[0]));
  return r.unit;
}

/// The first inner unit.
std::shared_ptr<CodeUnit> inner(const CodeUnit& unit) {
  for (const Constant& c : unit.consts) {
    if (c.is_code()) return c.unit;
  }
  return nullptr;
}

/// "op op op" of the first function of a program.
std::string ops(std::string_view text) {
  std::shared_ptr<CodeUnit> unit = unit_of(text);
  std::shared_ptr<CodeUnit> f = inner(*unit);
  std::string out;
  for (const Insn& i : (f == nullptr ? unit : f)->data->insns) {
    std::string name = op_text(i.op);
    out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

/// Source text under each instruction of that opcode in the first function.
std::vector<std::string> places(std::string_view text, Op op) {
  std::shared_ptr<CodeUnit> unit = unit_of(text);
  std::shared_ptr<CodeUnit> f = inner(*unit);
  const CodeData& d = *(f == nullptr ? unit : f)->data;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < d.insns.size(); ++i) {
    if (d.insns[i].op != op) continue;
    const SourceSpan& s = d.spans[i];
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < s.line; ++line) begin = text.find('\n', begin) + 1;
    std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    if (s.line != s.end_line) {
      out.push_back(std::string(line.substr(s.column)) + "...");
      continue;
    }
    std::string place(line.substr(s.column, s.end_column - s.column));
    if (s.anchor_end != 0) place += "|" + std::string(line.substr(s.anchor_begin, s.anchor_end - s.anchor_begin));
    out.push_back(place);
  }
  return out;
}

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("locals are operands; results go where they belong") {
  CHECK(ops("def f(a, b):\n  c = a + b\n  return c * c\n") == "add mul return_value");
  CHECK(ops("def f(a):\n  a.b = a[a]\n") == "load_item store_attr load_const return_value");
  CHECK(ops("def f(a, b):\n  a, b = b, a\n  return a\n") == "move move move move return_value");
}

TEST_CASE("unbound locals are checked only where they may be unbound") {
  CHECK(ops("def f(a):\n  if a: b = 1\n  return b\n") == "jump_if_false load_const check_local return_value");
  CHECK(ops("def f(a):\n  if a: b = 1\n  else: b = 2\n  return b\n") ==
        "jump_if_false load_const jump load_const return_value");
  CHECK(ops("def f(a):\n  for b in a: pass\n  return b\n") == "get_iter for_iter jump_back check_local return_value");
  CHECK(ops("def f(a):\n  b = 1\n  while a: b = b + a\n  return b\n") ==
        "load_const jump_if_false add jump_back return_value");
  CHECK(ops("def f(a):\n  del a\n  return a\n") == "delete_local check_local return_value");
  // A handler sees what was bound before the try only.
  CHECK(
      ops("def f(a):\n  try:\n    b = a()\n  except E:\n    pass\n  return b\n").ends_with("check_local return_value"));
}

TEST_CASE("conditions jump without making values") {
  CHECK(ops("def f(a, b, c):\n  if a and not b or c: return 1\n") ==
        "jump_if_false jump_if_false jump_if_false load_const return_value load_const return_value");
  CHECK(ops("def f(a, b, c):\n  if a < b < c: return 1\n") ==
        "lt jump_if_false lt jump_if_false load_const return_value load_const return_value");
  CHECK(ops("def f(a):\n  while True:\n    a()\n") == "move call jump_back");
  CHECK(ops("def f(a):\n  return a or 1\n") == "move jump_if_true load_const return_value");
}

TEST_CASE("code behind the end of a path is not emitted") {
  CHECK(ops("def f():\n  return 1\n  print(2)\n") == "load_const return_value");
  CHECK(ops("def f(a):\n  while a:\n    break\n    a()\n") == "jump_if_false jump load_const return_value");
  CHECK(ops("def f():\n  raise E\n  yield\n") == "load_global raise");
}

TEST_CASE("constants") {
  CHECK(ops("def f():\n  return (1, -2, (3.0, 'a')), 2 ** 10 * 60\n") == "load_const return_value");
  CHECK(ops("def f(a):\n  return a in {1, 2}\n") == "load_const contains return_value");
  CHECK(ops("def f(a):\n  return a == 1 / 0\n") == "load_const load_const true_div eq return_value");
  std::shared_ptr<CodeUnit> f = inner(*unit_of("def f():\n  'doc'\n  return 1\n"));
  CHECK(f->consts[0].text == "doc");
  CHECK(inner(*unit_of("def f():\n  return 'doc'\n"))->consts[0].kind == Constant::Kind::none);
  // 1, 1.0 and True are three constants; 0.0 and -0.0 are two.
  CHECK(inner(*unit_of("def f(): return [a(1), a(1.0), a(True), a(0.0), a(-0.0), a(1)]\n"))->consts.size() == 7);
}

TEST_CASE("calls") {
  CHECK(ops("def f(a):\n  a.b(1, a)\n") == "load_method load_const move call_method load_const return_value");
  CHECK(ops("def f(a):\n  a(1, b=2)\n") == "move load_const load_const call_kw load_const return_value");
  CHECK(ops("def f(a):\n  return a(*a, **a)\n") ==
        "move build_list list_extend list_to_tuple build_map dict_merge call_ex return_value");
  std::string many;
  for (int i = 0; i < 300; ++i) many += "x, ";
  std::shared_ptr<CodeUnit> big = unit_of("f(" + many + ")\n");
  CHECK(big->data->slot_count < 50);
}

TEST_CASE("try, finally and with have every exit covered") {
  // Each finally body: the normal path, the exceptional one, and the return.
  std::string s = ops("def f(a):\n  try:\n    if a: return a\n  finally:\n    a()\n");
  std::size_t calls = 0;
  for (std::size_t i = s.find("call"); i != std::string::npos; i = s.find("call", i + 1)) ++calls;
  CHECK(calls == 3);
  std::shared_ptr<CodeUnit> f = inner(*unit_of("def f(a):\n  try:\n    return a()\n  finally:\n    a.b()\n"));
  // What the return runs of the finally body is not protected by it.
  for (const ExceptionEntry& e : f->data->exceptions) {
    for (std::uint32_t pc = e.begin; pc < e.end; ++pc) CHECK(f->data->insns[pc].op != Op::return_value_);
  }
  CHECK(ops("def f(a):\n  with a as b: pass\n") ==
        "with_enter move with_exit jump enter_handler with_exit jump_if_true leave_handler reraise leave_handler jump "
        "leave_handler reraise load_const return_value");
  CHECK(ops("def f(a):\n  try: a()\n  except E as e: a(e)\n") ==
        "move call jump enter_handler load_global match_exception jump_if_false move move check_local move call "
        "leave_handler "
        "clear_local jump leave_handler clear_local reraise leave_handler reraise leave_handler reraise load_const "
        "return_value");
}

TEST_CASE("loops have one header and go back with jump_back") {
  std::shared_ptr<CodeUnit> f =
      inner(*unit_of("def f(a):\n  for b in a:\n    if b: continue\n    while b:\n      b = b - 1\n"));
  std::vector<std::uint32_t> targets;
  for (std::size_t pc = 0; pc < f->data->insns.size(); ++pc) {
    const Insn& i = f->data->insns[pc];
    if (i.op != Op::jump_back_) continue;
    CHECK(static_cast<std::size_t>(i.d) < pc);
    targets.push_back(static_cast<std::uint32_t>(i.d));
  }
  REQUIRE(targets.size() == 3);
  CHECK(targets[0] == targets[2]);
  CHECK(f->data->insns[targets[0]].op == Op::for_iter_);
  CHECK(f->data->insns[targets[1]].op == Op::jump_if_false_);
}

TEST_CASE("caches are numbered") {
  std::shared_ptr<CodeUnit> f = inner(*unit_of("def f(a):\n  return len(a.b) + a[0] in a\n"));
  std::uint32_t next = 1;
  for (const Insn& i : f->data->insns) {
    if (i.cache != 0) CHECK(i.cache == next++);
  }
  CHECK(f->data->cache_count == next - 1);
  CHECK(next == 7);
}

TEST_CASE("places of what can raise") {
  const char* binary = "def f(a, b):\n  return (a) + b // a\n";
  CHECK(places(binary, Op::add_) == Places{"(a) + b // a|)"});
  CHECK(places(binary, Op::floor_div_) == Places{"b // a|//"});
  CHECK(places("def f(a):\n  a.b[1 + a].c = a[2:3]\n", Op::load_item_) == Places{"a[2:3]|[2:3]", "a.b[1 + a]|[1 + a]"});
  CHECK(places("def f(a):\n  a.b[1].c = 1\n", Op::store_attr_) == Places{"a.b[1].c"});
  CHECK(places("def f(a):\n  x = g(a, b=1)\n", Op::call_kw_) == Places{"g(a, b=1)"});
  CHECK(places("def f(a):\n  a += 1\n", Op::add_) == Places{"a += 1"});
  CHECK(places("def f(a):\n  a[1] += 1\n", Op::store_item_) == Places{"a[1]|[1]"});
  CHECK(places("def f(a):\n  del a[0]\n", Op::delete_item_) == Places{"a[0]|[0]"});
  CHECK(places("def f(a, b):\n  assert a < b, c\n", Op::raise_) == Places{"a < b"});
  CHECK(places("def f(a):\n  return (a\n    .bcd\n    .e(1))\n", Op::load_attr_) == Places{"bcd"});
  CHECK(places("def f(a):\n  raise a(1) from b\n", Op::raise_) == Places{"raise a(1) from b"});
  CHECK(places("def f(a):\n  (x, y) = a\n", Op::unpack_sequence_) == Places{"(x, y)"});
  CHECK(places("def f(a):\n  return f'{a!r:{a}}x'\n", Op::format_value_) == Places{"f'{a!r:{a}}x'", "f'{a!r:{a}}x'"});
}

TEST_CASE("first lines and qualified names") {
  std::shared_ptr<CodeUnit> m = unit_of("\n@a\n@b\ndef f(): pass\n");
  CHECK(inner(*m)->data->first_line == 2);
  std::shared_ptr<CodeUnit> c =
      inner(*unit_of("class A:\n  class B:\n    def f(self):\n      return lambda: [x for x in y]\n"));
  CHECK(inner(*inner(*inner(*inner(*c))))->data->qualname == "A.B.f.<locals>.<lambda>.<locals>.<listcomp>");
}

TEST_CASE("modes") {
  std::shared_ptr<CodeUnit> e = unit_of("1 + x\n", Mode::eval);
  CHECK(e->data->insns.back().op == Op::return_value_);
  std::shared_ptr<CodeUnit> s = unit_of("x; y = 2\n", Mode::single);
  CHECK(s->data->insns[1].op == Op::print_expr_);
}

TEST_CASE("every program of the suite builds and verifies") {
  std::size_t count = 0;
  for (const char* folder : {"/tests/programs", "/examples/programs"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(TURNSTILE_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".py") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::string text((std::istreambuf_iterator<char>(file)), {});
      CAPTURE(entry.path().string());
      BuildResult r = build(text, entry.path().string(), Mode::exec);
      CHECK_MESSAGE(!r.problem.has_value(), (r.problem ? r.problem->message : std::string()));
      if (r.problem) continue;
      std::vector<std::string> errors = verify(*r.unit);
      CHECK_MESSAGE(errors.empty(), (errors.empty() ? std::string() : errors[0]));
      ++count;
    }
  }
  CHECK(count > 20);
}

}  // namespace turnstile::frontend
