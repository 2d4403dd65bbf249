#!/usr/bin/env python3
"""Pauses with 100 MB alive, and the time to stop beside loops, blocking calls and long native operations: histograms.

From --stats of programs/pauses.py (2 threads) and programs/stops.py, in microseconds; medians over the runs.
"""
import os

import harness

PROGRAMS = os.path.join(harness.ROOT, "tests", "bench", "programs")
LINES = ("time to stop", "time stopped", "collection's pause", "of that, marking")
COLUMNS = ("count", "p50", "p90", "p99", "max")


def histograms(text):
    found = {}
    for line in text.splitlines():
        for name in LINES:
            if line.strip().startswith(name + " "):
                found[name] = [float(x) for x in line.split()[-5:]]
        if line.startswith("heap_live_bytes"):
            found["live"] = float(line.split()[-1])
    return found


def main():
    args = harness.arguments(__doc__.splitlines()[0], rounds=400000, stops=300)
    turnstile = os.path.join(args.build, "bin", "turnstile")
    programs = {"100 MB alive": ["pauses.py", "2", str(args.rounds)], "long operations": ["stops.py", str(args.stops)]}
    result = []
    for title, program in programs.items():
        rows = []
        for policy in ("biased", "biased_generational", "grwl", "gil"):
            samples = []
            for _ in range(args.runs):
                command = [turnstile, "run", "--policy", policy, "--stats", os.path.join(PROGRAMS, program[0]), *program[1:]]
                samples.append(histograms(harness.run(command)[1]))
            for name in LINES:
                values = [sorted(s[name][i] for s in samples)[len(samples) // 2] for i in range(len(COLUMNS))]
                rows.append([policy + ": " + name, "%d" % values[0]] + ["%.0f" % v for v in values[1:]])
                result.append({"program": title, "policy": policy, "what": name, **dict(zip(COLUMNS, values))})
            rows.append([policy + ": MB alive at the end", "%.0f" % (samples[-1]["live"] / 1e6)] + [""] * 4)
        print(title + ", in us; medians of %d runs" % args.runs)
        harness.table([""] + list(COLUMNS), rows)
    harness.save(args.json, result)


main()
