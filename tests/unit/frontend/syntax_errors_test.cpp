// Messages and places of syntax errors, compared with what python3.11 reports.
#include <doctest/doctest.h>

#include <string>

#include "codegen/frontend/frontend.h"

namespace turnstile::frontend {
namespace {

struct Report {
  const char* cls;
  const char* message;
  std::uint32_t line, offset, end_line, end_offset;
};

struct Case {
  const char* program;
  Report report;
};

const Case kCases[] = {
#include "tests/unit/frontend/syntax_error_cases.inc"
};

const char* class_name(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::syntax:
      return "SyntaxError";
    case ProblemKind::indentation:
      return "IndentationError";
    case ProblemKind::tab:
      return "TabError";
    case ProblemKind::recursion:
      return "RecursionError";
    case ProblemKind::value:
      return "ValueError";
  }
  return "?";
}

Problem problem_of(std::string_view program, Mode mode = Mode::exec) {
  BuildResult r = build(program, "test.py", mode);
  REQUIRE_MESSAGE(r.problem.has_value(), std::string(program));
  CHECK(r.unit == nullptr);
  return *r.problem;
}

}  // namespace

TEST_CASE("syntax errors are those of python3") {
  for (const Case& c : kCases) {
    CAPTURE(c.program);
    BuildResult r = build(c.program, "test.py", Mode::exec);
    CHECK(r.problem.has_value());
    if (!r.problem) continue;
    CHECK(std::string(class_name(r.problem->kind)) == c.report.cls);
    CHECK(r.problem->message == c.report.message);
    CHECK(r.problem->line == c.report.line);
    CHECK(r.problem->offset == c.report.offset);
    CHECK(r.problem->end_line == c.report.end_line);
    CHECK(r.problem->end_offset == c.report.end_offset);
  }
}

TEST_CASE("the line of an error is its text") {
  Problem p = problem_of("x = 1\ny = \xc3\xa4 b\n");
  CHECK(p.text == "y = \xc3\xa4 b\n");
  CHECK(p.offset == 7);  // in code points
}

TEST_CASE("constructs that are not supported are named") {
  const std::pair<const char*, const char*> cases[] = {
      {"async def f(): pass\n", "async functions, loops and comprehensions"},
      {"async with a: pass\n", "async functions, loops and comprehensions"},
      {"def f():\n    await x\n", "await"},
      {"try:\n    pass\nexcept* A:\n    pass\n", "except*"},
      {"x = 1j\n", "complex numbers"},
      {"x = '\\N{BULLET}'\n", "\\N{...} escapes"},
      {"# coding: latin-1\nx = 1\n", "source encoding 'latin-1'"},
  };
  for (const auto& [program, what] : cases)
    CHECK(problem_of(program).message == "Turnstile does not support " + std::string(what));
  // The soft keyword stays a name.
  CHECK(!build("match = 1\nmatch[0]: int\nmatch(x)\nprint(match)\n", "t", Mode::exec).problem);
}

TEST_CASE("errors in patterns") {
  const std::pair<const char*, const char*> cases[] = {
      {"match x:\n    case a: pass\n    case 1: pass\n", "name capture 'a' makes remaining patterns unreachable"},
      {"match x:\n    case _: pass\n    case 1: pass\n", "wildcard makes remaining patterns unreachable"},
      {"match x:\n    case a | 1: pass\n", "name capture 'a' makes remaining patterns unreachable"},
      {"match x:\n    case [a, a]: pass\n", "multiple assignments to name 'a' in pattern"},
      {"match x:\n    case [a] | [b]: pass\n", "alternative patterns bind different names"},
      {"match x:\n    case [*a, *b]: pass\n", "multiple starred names in sequence pattern"},
      {"match x:\n    case C(a=1, a=2): pass\n", "attribute name repeated in class pattern: a"},
      {"match x:\n    case C(a=1, 2): pass\n", "positional patterns follow keyword patterns"},
      {"match x:\n    case 1 as _: pass\n", "cannot use '_' as a target"},
  };
  for (const auto& [program, message] : cases) CHECK(problem_of(program).message == message);
}

TEST_CASE("text that is no program text") {
  Problem null = problem_of(std::string_view("a\nx = 1\0y\n", 10));
  CHECK(null.message == "source code cannot contain null bytes");
  CHECK(null.line == 2);
  CHECK(null.text == "x = 1");
  CHECK(build(std::string_view("\0", 1), "<string>", Mode::exec).problem->message ==
        "source code string cannot contain null bytes");
  CHECK(
      problem_of("x = '\xff'\n").message.starts_with("Non-UTF-8 code starting with '\\xff' in file test.py on line 1"));
  CHECK(problem_of("x = '\xed\xa0\x80'\n").message.starts_with("Non-UTF-8 code"));
  CHECK(problem_of("x = '\xe2\x82").message.starts_with("Non-UTF-8 code"));
}

TEST_CASE("nesting that is too deep is an error, not a crash") {
  auto repeat = [](const std::string& s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
  };
  CHECK(problem_of(repeat("(", 5000)).message == "too many nested parentheses");
  for (const char* s : {"-", "~", "not ", "lambda: ", "x if y else ", "x**"}) {
    CHECK(problem_of(repeat(s, 100000) + "1\n").message == "maximum recursion depth exceeded during compilation");
  }
  for (const char* s : {".a", "()", "[0]"}) {
    CHECK(problem_of("x" + repeat(s, 100000) + "\n").message == "maximum recursion depth exceeded during compilation");
  }
  std::string blocks;
  for (int i = 0; i < 150; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "if x:\n";
  CHECK(problem_of(blocks).message == "too many levels of indentation");
  std::string loops;
  for (int i = 0; i < 25; ++i) loops += std::string(static_cast<std::size_t>(i), ' ') + "for x in y:\n";
  CHECK(problem_of(loops + std::string(26, ' ') + "pass\n").message == "too many statically nested blocks");
  // Long is not deep.
  CHECK(!build("x = 1" + repeat(" + y", 20000) + "\n", "t", Mode::exec).problem);
  CHECK(!build("if x: pass\n" + repeat("elif y: pass\n", 5000), "t", Mode::exec).problem);
  CHECK(!build("x = [" + repeat("y, ", 100000) + "]\n", "t", Mode::exec).problem);
  CHECK(!build("x = f(" + repeat("y, ", 70000) + ")\n", "t", Mode::exec).problem);
}

TEST_CASE("single and eval modes") {
  CHECK(!build("1 + 2\n", "t", Mode::eval).problem);
  CHECK(!build("\n1 + 2\n\n", "t", Mode::eval).problem);
  CHECK(problem_of("x = 1\n", Mode::eval).message == "invalid syntax");
  CHECK(problem_of("x = 1\ny = 2\n", Mode::single).message ==
        "multiple statements found while compiling a single statement");
  CHECK(!build("x = 1; y = 2\n", "t", Mode::single).problem);
}

}  // namespace turnstile::frontend
