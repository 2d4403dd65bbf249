#!/usr/bin/env python3
"""What polls cost: each example program on one thread, under biased with and without polls, times as a ratio.

The programs' worker threads run in the caller's, since nobody can stop a thread that does not poll.
"""
import glob
import math
import os

import harness

# About a second of compiled code each.
SIZES = {"binary_trees": 15000, "counting": 1500000000, "nbody": 3000000, "richards": 800, "shared_list": 400000000,
         "word_count": 15000000}
INLINE = """
import sys, threading
class Inline:
    def __init__(self, target, args=()):
        self.start = lambda: target(*args)
    def join(self):
        pass
threading.Thread = Inline
sys.argv = [%r, "1", "%d", "--time"]
exec(open(sys.argv[0]).read())
"""


def main():
    args = harness.arguments(__doc__.splitlines()[0], tier="mixed")
    binary = os.path.join(args.build, "bin", "unpolled")
    programs = sorted(glob.glob(os.path.join(harness.ROOT, "examples", "programs", "*.py")))
    cases = [(program, policy) for program in programs for policy in ("biased", "unpolled")]

    def measure(case):
        program, policy = case
        out = harness.run([binary, "run", "--policy", policy, "--tier", args.tier, "-c", INLINE % (program, SIZES[os.path.basename(program)[:-3]])])[0]
        return float(out.rsplit("time:", 1)[1])

    seconds = harness.interleaved(cases, args.runs, measure)
    ratios = {p: seconds[(p, "biased")] / seconds[(p, "unpolled")] for p in programs}
    print("time with polls, ratio to without; medians of %d runs, one thread, tier %s" % (args.runs, args.tier))
    rows = [[os.path.basename(p)[:-3], "%.3f" % seconds[(p, "unpolled")], "%.3f" % ratios[p]] for p in programs]
    rows.append(["geometric mean", "", "%.3f" % math.exp(sum(map(math.log, ratios.values())) / len(ratios))])
    harness.table(["program", "unpolled s", "ratio"], rows)
    harness.save(args.json, [{"program": os.path.basename(p), "ratio": r} for p, r in ratios.items()])


main()
