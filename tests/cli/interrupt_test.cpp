// Ctrl-C: SIGINT to a program that has said that it is ready.
#include <doctest/doctest.h>
#include <signal.h>

#include "tests/cli/command.h"

namespace {

struct Case {
  const char* name;
  const char* program;
  bool polls = false;  // nothing but a poll can see the signal: not for nosync, which has none
};

// What the main thread does when the signal comes.
const Case kWaits[] = {
    {"a loop", "print('ready', flush=True)\nwhile True:\n    pass\n", true},
    {"a loop in a function",
     "def f():\n    n = 0\n    print('ready', flush=True)\n    while True:\n        n += 1\nf()\n", true},
    {"sleep", "import time\nprint('ready', flush=True)\ntime.sleep(1000)\n"},
    {"a lock", "import threading\nl = threading.Lock()\nl.acquire()\nprint('ready', flush=True)\nl.acquire()\n"},
    {"join",
     "import threading\ne = threading.Event()\nt = threading.Thread(target=e.wait, daemon=True)\nt.start()\n"
     "print('ready', flush=True)\nt.join()\n"},
    {"a queue", "import queue\nq = queue.Queue()\nprint('ready', flush=True)\nq.get()\n"},
};

}  // namespace

TEST_CASE("an interrupted program ends with KeyboardInterrupt and status 130") {
  for (const char* policy : {"gil", "grwl", "biased", "nosync"}) {
    for (const char* tier : {"interpreter", "compiled"}) {
      for (const Case& c : kWaits) {
        if (c.polls && std::string(policy) == "nosync") continue;
        CAPTURE(policy);
        CAPTURE(tier);
        CAPTURE(c.name);
        Command command({"--policy", policy, "--tier", tier, "-c", c.program});
        REQUIRE(command.wait_for_output("ready\n"));
        command.send(SIGINT);
        const Outcome o = command.finish();
        CHECK(o.status == 130);
        CHECK(o.err.starts_with("Traceback (most recent call last):\n  File \"<string>\", line "));
        CHECK(o.err.ends_with("\nKeyboardInterrupt\n"));
      }
    }
  }
}

TEST_CASE("a program may handle the interruption and go on") {
  for (const char* policy : {"gil", "biased"}) {
    Command command(
        {"--policy", policy, "-c",
         "import time\ntry:\n    print('ready', flush=True)\n    time.sleep(1000)\nexcept KeyboardInterrupt:\n"
         "    print('interrupted')\nprint('end')\n"});
    REQUIRE(command.wait_for_output("ready\n"));
    command.send(SIGINT);
    const Outcome o = command.finish();
    CHECK(o.status == 0);
    CHECK(o.out == "ready\ninterrupted\nend\n");
    CHECK(o.err == "");
  }
}

TEST_CASE("the interruption comes to the main thread while others run") {
  Command command({"--policy", "biased", "-c",
                   "import threading\nstop = False\ndef work():\n    n = 0\n    while not stop:\n        n += 1\n"
                   "threads = [threading.Thread(target=work) for _ in range(3)]\nfor t in threads: t.start()\n"
                   "try:\n    print('ready', flush=True)\n    while True: pass\nexcept KeyboardInterrupt:\n"
                   "    stop = True\n    for t in threads: t.join()\n    print('joined')\n"});
  REQUIRE(command.wait_for_output("ready\n"));
  command.send(SIGINT);
  const Outcome o = command.finish();
  CHECK(o.status == 0);
  CHECK(o.out == "ready\njoined\n");
}
