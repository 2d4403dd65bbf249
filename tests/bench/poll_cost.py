#!/usr/bin/env python3
"""What polls cost: each example program on one thread, under biased with and without polls, times as a ratio.

Two processes, one with and one without, take turns at short calls of the program, so that whatever slows the machine
meets both alike; a pair of processes gives the median of its pairs of calls. Shown is the median of some pairs of
processes, and between what it lies in 19 of 20 cases: by ranks, nothing is assumed of how times are distributed. What
has 1 in between is noise.

The programs' worker threads run in the caller's, since nobody can stop a thread that does not poll.
"""
import glob
import math
import os
import statistics
import subprocess
import sys

import harness

# Some 15 ms of compiled code each.
SIZES = {"binary_trees": 250, "counting": 30000000, "nbody": 45000, "richards": 10, "shared_list": 6000000,
         "word_count": 250000}
CALLS_TO_WARM = 12
TURNS = """
import sys, threading
class Inline:
    def __init__(self, target, args=()):
        self.start = lambda: target(*args)
    def join(self):
        pass
threading.Thread = Inline
argv = sys.argv = [%r, "1", "%d", "--time"]
program = {"__name__": "__main__"}
exec(open(argv[0]).read(), program)
print("turn", flush=True)
while input():
    program["main"](argv)
    print("turn", flush=True)
"""


class Process:
    def __init__(self, binary, tier, policy, program):
        text = TURNS % (program, SIZES[os.path.basename(program)[:-3]])
        self.process = subprocess.Popen([binary, "run", "--policy", policy, "--tier", tier, "-c", text], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.wait()

    def wait(self):
        seconds = 0.0
        for line in self.process.stdout:
            if line.startswith("time:"):
                seconds = float(line.split()[1])
            if line == "turn\n":
                return seconds
        sys.exit("failed: %s" % " ".join(self.process.args))

    def turn(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return self.wait()

    def end(self):
        self.process.stdin.write("\n")
        self.process.stdin.close()
        self.process.wait()


def ratio(polled, unpolled, turns):
    pair = (polled, unpolled)
    ratios = []
    for k in range(CALLS_TO_WARM + turns):
        seconds = {p: p.turn() for p in (pair if k % 2 == 0 else pair[::-1])}
        if k >= CALLS_TO_WARM:
            ratios.append(seconds[polled] / seconds[unpolled])
    for p in pair:
        p.end()
    return statistics.median(ratios)


def between(values):
    """What the median of all that `values` are drawn from lies between with a probability of at least 0.95."""
    n = len(values)
    outside = 0.0
    k = 0
    while (outside + math.comb(n, k) / 2 ** n) * 2 <= 0.05:
        outside += math.comb(n, k) / 2 ** n
        k += 1
    ordered = sorted(values)
    return (ordered[k - 1], ordered[n - k]) if k > 0 else (-math.inf, math.inf)


def main():
    args = harness.arguments(__doc__.splitlines()[0], tier="mixed", only="", processes=6, turns=30)
    binary = os.path.join(args.build, "bin", "unpolled")
    programs = sorted(glob.glob(os.path.join(harness.ROOT, "examples", "programs", "*.py")))
    programs = [p for p in programs if not args.only or os.path.basename(p)[:-3] in args.only.split(",")]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # another core may be a slower one at the moment
    ratios = {os.path.basename(p)[:-3]: [] for p in programs}
    for _ in range(args.processes):
        for p in programs:
            pair = [Process(binary, args.tier, policy, p) for policy in ("biased", "unpolled")]
            ratios[os.path.basename(p)[:-3]].append(ratio(*pair, args.turns))
    ratios["geometric mean"] = [math.exp(sum(map(math.log, r)) / len(r)) for r in zip(*ratios.values())]
    print("time with polls, ratio to without; %d pairs of processes, %d turns each, one thread, tier %s"
          % (args.processes, args.turns, args.tier))
    harness.table(["program", "ratio", "at least", "at most"],
                  [[name, "%.3f" % statistics.median(r)] + ["%.3f" % bound for bound in between(r)]
                   for name, r in ratios.items()])
    harness.save(args.json, [{"program": name, "ratio": statistics.median(r), "between": between(r), "pairs": r}
                             for name, r in ratios.items()])


main()
