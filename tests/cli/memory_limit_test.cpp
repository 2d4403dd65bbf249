// --max-heap: whatever the limit, a program ends by itself: it gets MemoryError where memory is short.
#include <doctest/doctest.h>

#include "tests/cli/command.h"

namespace {

const char* const kPrograms[] = {
    "pass\n",
    // Catches what it provokes.
    "l = []\ntry:\n    while True: l.append([0] * 100)\nexcept MemoryError:\n    l = None\n    print('caught')\n",
    "s = 'x'\ntry:\n    while True: s += s\nexcept MemoryError:\n    s = ''\n    print('caught')\n",
    "class A:\n    def __init__(self, i): self.i = i; self.s = str(i)\nd = {}\ntry:\n    i = 0\n    while True:\n"
    "        d[i] = A(i)\n        i += 1\nexcept MemoryError:\n    d = None\n    print('caught')\n",
    "def f(n):\n    try: return [str(n)] + f(n + 1)\n    except RecursionError: return []\n"
    "try: print(len(f(0)) > 0)\nexcept MemoryError: print('caught')\n",
    // Library modules, builtin and in Python; classes; threads.
    "import threading, queue, random, collections, functools\nprint('imported')\n",
    "import threading\ndef work():\n    l = []\n    try:\n        while True: l.append('x' * 1000)\n"
    "    except MemoryError: l = None\nts = [threading.Thread(target=work) for _ in range(3)]\n"
    "for t in ts: t.start()\nfor t in ts: t.join()\nprint('joined')\n",
    "exec('\\n'.join('class C%d:\\n  def m(self): return %d' % (i, i) for i in range(500)))\nprint('made')\n",
    // Not caught at all.
    "x = 1\nwhile True: x = x << 1000\n",
};

bool ended_well(const Outcome& o) {
  if (o.status == 0) return true;
  // MemoryError at the program's end or in a thread, or no room to start in.
  return (o.status == 1 || o.status == 2) && (o.err.find("MemoryError") != std::string::npos || lines_of(o.err) == 1);
}

}  // namespace

TEST_CASE("programs under any memory limit end by themselves") {
  int limit = 16;
  for (const char* policy : {"biased", "gil", "grwl", "nosync"}) {
    for (const char* tier : {"interpreter", "compiled"}) {
      for (const char* program : kPrograms) {
        // Another limit for each, from 16 KiB to 4 MiB: all of them together meet the critical ones.
        for (int i = 0; i < 4; ++i) {
          limit = limit * 113 / 100 + 7;
          if (limit > 4096) limit = 16 + limit % 97;
          CAPTURE(std::string(policy));
          CAPTURE(std::string(tier));
          CAPTURE(std::string(program));
          CAPTURE(limit);
          const Outcome o =
              run({"--policy", policy, "--tier", tier, "--max-heap", std::to_string(limit) + "k", "-c", program});
          INFO(o.err);
          CHECK(ended_well(o));
        }
      }
    }
  }
}

TEST_CASE("a program catches MemoryError and goes on") {
  for (const char* limit : {"2m", "3m", "8m", "64m"}) {
    for (int i = 1; i <= 3; ++i) {
      const Outcome o = run({"--max-heap", limit, "-c", kPrograms[i]});
      CHECK(o.status == 0);
      CHECK(o.out == "caught\n");
    }
  }
}
