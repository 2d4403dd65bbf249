// --max-heap: MemoryError is an exception like others, under every policy and tier.
#include <doctest/doctest.h>

#include "tests/cli/command.h"

namespace {

// Again and again, then work as if nothing had been: what was caught must be free again.
const char* const kGoesOn =
    "def fill():\n    l = []\n    while True: l.append([len(l)] * 50)\n"
    "def text():\n    s = 'abc'\n    while True: s += s\n"
    "def number():\n    n = 3\n    while True: n *= n\n"
    "class A:\n    def __init__(self, next): self.next = next\n"
    "def chain():\n    a = None\n    while True: a = A(a)\n"
    "caught = 0\n"
    "for round in range(4):\n"
    "    for f in (fill, text, number, chain):\n"
    "        try: f()\n        except MemoryError: caught += 1\n"
    "print(caught, sum(len(str(i)) for i in range(20000)), len(['x' * 1000 for i in range(1000)]))\n";

}  // namespace

TEST_CASE("under every policy and tier a program catches MemoryError again and again, and goes on") {
  for (const char* policy : {"gil", "grwl", "biased", "nosync", "std_shared_mutex", "absl_shared_mutex"}) {
    for (const char* tier : {"interpreter", "mixed", "compiled"}) {
      CAPTURE(std::string(policy));
      CAPTURE(std::string(tier));
      const Outcome o = run({"--policy", policy, "--tier", tier, "--max-heap", "8m", "-c", kGoesOn});
      INFO(o.err);
      CHECK(o.status == 0);
      CHECK(o.out == "16 88890 1000\n");
    }
  }
}
