// Compiled code in a real runtime: the same answers as the interpreter, whatever happens to it.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "codegen/bundles/bundles.h"
#include "core/embedding.h"
#include "core/ops.h"

using namespace turnstile;

namespace {

RuntimeOptions options(RuntimeOptions::Tier tier) {
  RuntimeOptions o;
  o.tier = tier;
  o.compile_threshold = 50;
  return o;
}

// repr() of what main() returns, or the exception's text.
template <class P>
std::string run(const std::string& source, RuntimeOptions::Tier tier, std::uint64_t* deopts = nullptr,
                std::uint64_t* compilations = nullptr) {
  Runtime<P> runtime(options(tier));
  std::string text;
  {
    MainScope scope(runtime);
    Mutator& m = scope.mutator();
    Value v;
    if (run_source(m, source)) v = call_global(m, "main", {});
    Value shown = v.is_empty() ? v : repr(m, v);
    text = shown.is_empty() ? take_error(m) : to_utf8(shown.as<Str>());
  }
  const stats::Snapshot counters = runtime.counters();
  if (deopts != nullptr) *deopts = counters[stats::Counter::deopts];
  if (compilations != nullptr) {
    *compilations = counters[stats::Counter::compilations] + counters[stats::Counter::osr_compilations];
  }
  return text;
}

// All tiers agree, and the mixed one compiled something.
void agree(const std::string& source) {
  std::uint64_t compilations = 0;
  const std::string expected = run<Gil>(source, RuntimeOptions::Tier::interpreter);
  CHECK(run<Gil>(source, RuntimeOptions::Tier::mixed, nullptr, &compilations) == expected);
  CHECK(compilations > 0);
  CHECK(run<Biased>(source, RuntimeOptions::Tier::compiled) == expected);
}

}  // namespace

TEST_CASE("loops are entered in the middle and left when types change") {
  std::uint64_t deopts = 0;
  const std::string source =
      "def main():\n"
      "    x = 0\n"
      "    for i in range(20000):\n"
      "        if i == 15000: x = x + 0.5\n"
      "        x = x + 1\n"
      "    return x\n";
  CHECK(run<Gil>(source, RuntimeOptions::Tier::mixed, &deopts) == "20000.5");
  CHECK(deopts > 0);
}

TEST_CASE("a loop that seemed out of reach when another one was compiled is compiled, too") {
  std::uint64_t compilations = 0;
  const std::string source =
      "def main():\n"
      "    s = 0\n"
      "    for i in range(20000): s = s + i\n"
      "    t = s / 2 + len(str(s))\n"
      "    for i in range(20000): t = t + 1.5\n"
      "    return t\n";
  CHECK(run<Gil>(source, RuntimeOptions::Tier::mixed, nullptr, &compilations) == "100025009.0");
  CHECK(compilations == 2);
}

TEST_CASE("integers grow out of registers") {
  agree(
      "def f(n):\n"
      "    a, b = 1, 1\n"
      "    for i in range(n): a, b = b, a + b\n"
      "    return a\n"
      "def main(): return [f(n) for n in range(0, 300)][250:]\n");
}

TEST_CASE("exceptions in compiled code find their handlers") {
  agree(
      "def f(i, d):\n"
      "    try:\n"
      "        return 10 // (i % 3) + d[i % 5]\n"
      "    except ZeroDivisionError as e:\n"
      "        return str(e)\n"
      "    except KeyError:\n"
      "        return None\n"
      "    finally:\n"
      "        d['n'] = d.get('n', 0) + 1\n"
      "def main():\n"
      "    d = {0: 1, 1: 2, 3: 4}\n"
      "    r = [f(i, d) for i in range(3000)]\n"
      "    return r[-7:], d['n']\n");
}

TEST_CASE("an uncaught exception of compiled code has every line in its traceback") {
  const std::string source =
      "def g(i):\n"
      "    return [1, 2][i]\n"
      "def f(n):\n"
      "    s = 0\n"
      "    for i in range(n):\n"
      "        s += g(0 if i < n - 1 else 7)\n"
      "    return s\n"
      "def main():\n"
      "    f(3000)\n"
      "    f(5000)\n"
      "    return f(100000)\n";
  const std::string expected = run<Gil>(source, RuntimeOptions::Tier::interpreter);
  CHECK(expected.find("IndexError") != std::string::npos);
  CHECK(run<Gil>(source, RuntimeOptions::Tier::mixed) == expected);
  CHECK(run<Grwl>(source, RuntimeOptions::Tier::compiled) == expected);
}

TEST_CASE("classes, shapes and redefinitions") {
  agree(
      "class A:\n"
      "    k = 3\n"
      "    def __init__(self, x, y=2): self.x = x; self.y = y\n"
      "    def m(self, n): return self.x * n + self.y + self.k\n"
      "class B(A):\n"
      "    def m(self, n): return A.m(self, n) - 1\n"
      "def main():\n"
      "    out = []\n"
      "    for i in range(6000):\n"
      "        o = A(i) if i % 7 else B(i, 5)\n"
      "        if i == 2000: A.k = 1.5\n"
      "        if i == 3000: A.m = lambda self, n: self.x\n"
      "        if i % 5 == 0: o.z = i\n"
      "        if i % 11 == 0: o.k = 'k'\n"
      "        try: out.append(o.m(i % 13))\n"
      "        except TypeError: out.append(-1)\n"
      "    return sum(out), out[1990:2010], out[-3:]\n");
}

TEST_CASE("random arithmetic agrees between the tiers") {
  std::mt19937 random(11);
  const char* operators[] = {"+", "-", "*", "//", "%", "&", "|", "^", "/", "<", "==", ">="};
  const char* atoms[] = {"a", "b", "c", "1", "7", "-3", "2.5", "0", "1 << 40", "True"};
  for (int program = 0; program < 12; ++program) {
    std::string source = "def f(a, b, c):\n";
    for (int line = 0; line < 6; ++line) {
      const std::string target = std::string(1, static_cast<char>('a' + random() % 3));
      source += "    try: " + target + " = " + atoms[random() % 10] + " " + operators[random() % 12] + " (" +
                atoms[random() % 10] +
                ")\n    except (ZeroDivisionError, TypeError, OverflowError, ValueError): " + target + " = 1\n";
    }
    source +=
        "    return a, b, c\n"
        "def main():\n"
        "    out = []\n"
        "    for i in range(900): out.append(f(i, 3 - i, i * i))\n"
        "    for i in range(300): out.append(f(i * 0.5, i << 30, -i))\n"
        "    for i in range(300): out.append(f(i << 60, i, 2.0 ** i if i < 200 else i))\n"
        "    return repr(out)\n";
    CAPTURE(source);
    agree(source);
  }
}

TEST_CASE("threads that meet at a cold function publish one compilation") {
  Runtime<Grwl> runtime(options(RuntimeOptions::Tier::mixed));
  {
    MainScope scope(runtime);
    REQUIRE(run_source(scope.mutator(),
                       "def work(n):\n"
                       "    s = 0\n"
                       "    for i in range(n): s += i & 7\n"
                       "    return s\n"));
  }
  std::vector<std::int64_t> results(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < results.size(); ++t) {
    threads.emplace_back([&, t] {
      ThreadScope scope(runtime);
      for (int round = 0; round < 200; ++round) {
        results[t] = call_global(scope.mutator(), "work", {Value::small_int(2000)}).as_int();
      }
    });
  }
  for (std::thread& t : threads) t.join();
  for (std::int64_t r : results) CHECK(r == 7000);
  const stats::Snapshot counters = runtime.counters();
  CHECK(counters[stats::Counter::compilations] == 1);
  CHECK(counters[stats::Counter::osr_compilations] <= 1);
}

TEST_CASE("functions are compiled in the background while the interpreter goes on") {
  RuntimeOptions o;
  o.gc_verify = true;  // what a compilation refers to is alive until it is published
  Runtime<Grwl> runtime(o);
  {
    MainScope scope(runtime);
    REQUIRE(run_source(scope.mutator(),
                       "import gc\n"
                       "class A:\n"
                       "    def __init__(self, x): self.x = x\n"
                       "    def m(self, y): return self.x + y\n"
                       "def work(n):\n"
                       "    global A\n"
                       "    s = 0\n"
                       "    for i in range(n): s += A(i).m(1)\n"
                       "    class A:\n"
                       "        def __init__(self, x): self.x = x\n"
                       "        def m(self, y): return self.x + y\n"
                       "    gc.collect()\n"
                       "    return s\n"));
    const auto compiled = [&] {
      const stats::Snapshot c = runtime.counters();
      return c[stats::Counter::compilations] + c[stats::Counter::osr_compilations];
    };
    while (compiled() < 3) REQUIRE(call_global(scope.mutator(), "work", {Value::small_int(500)}).as_int() == 125250);
  }
}

TEST_CASE("a runtime may end while functions are being compiled") {
  for (int round = 0; round < 5; ++round) {
    Runtime<Biased> runtime;
    MainScope scope(runtime);
    REQUIRE(run_source(scope.mutator(),
                       "def f(x):\n"
                       "    s = 0\n"
                       "    for i in range(3000): s += x.imag if i & 1 else x.real\n"
                       "    return s\n"
                       "f(2); f(3)\n"));
  }
}

TEST_CASE("collections at every allocation leave compiled code's values alone") {
  RuntimeOptions o = options(RuntimeOptions::Tier::compiled);
  o.gc_stress = 7;
  o.gc_verify = true;
  Runtime<Biased> runtime(o);
  MainScope scope(runtime);
  Mutator& m = scope.mutator();
  REQUIRE(run_source(m,
                     "class N:\n"
                     "    def __init__(self, l, r): self.l = l; self.r = r\n"
                     "def tree(d): return N(None, None) if d == 0 else N(tree(d - 1), tree(d - 1))\n"
                     "def count(n): return 1 if n.l is None else 1 + count(n.l) + count(n.r)\n"
                     "def main(): return count(tree(6)) + len([str(i) + 'x' for i in range(50)])\n"));
  CHECK(call_global(m, "main", {}).as_int() == 177);
}
