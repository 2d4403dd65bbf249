// A system that refuses memory for code: the interpreter goes on.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/cli/command.h"

TEST_CASE("each call for code memory refused once leaves a program that is interpreted") {
  const char* const program =
      "def f(n):\n    s = 0\n    for i in range(n): s += i * i % 7\n    return s\n"
      "print([f(3000) for i in range(300)][-1])\n";
  setenv("LD_PRELOAD", TURNSTILE_REFUSE_CODE_MEMORY, 1);
  for (const char* policy : {"gil", "biased", "nosync"}) {
    CAPTURE(std::string(policy));
    int calls = 0;
    for (bool refused = true; refused && calls < 100;) {
      setenv("TURNSTILE_TEST_REFUSE", std::to_string(++calls).c_str(), 1);
      CAPTURE(calls);
      // This tier waits for the code, so that each call is made before the program ends.
      const Outcome o = run({"--policy", policy, "--tier", "compiled", "-c", program});
      INFO(o.err);
      CHECK(o.status == 0);
      CHECK(o.out == "5999\n");
      refused = o.err.find("refused") != std::string::npos;
      CHECK((o.err.find("no memory for generated code") != std::string::npos) == refused);
    }
    CHECK(calls == 5);  // a file, its size, two mappings; the fifth is never made
  }
  unsetenv("LD_PRELOAD");
  unsetenv("TURNSTILE_TEST_REFUSE");
}
