#!/usr/bin/env python3
"""What recording stops costs: programs with many stops and with none, with the recorder on and off, times as a ratio.

Off is measured twice: how far their ratio is from 1 is what the machine cannot tell apart. What recording one stop
takes: benchmarks --benchmark_filter=Record.
"""
import os

import harness

EXAMPLES = os.path.join("examples", "programs")
STOPS = os.path.join("tests", "bench", "programs", "frequent_stops.py")
PROGRAMS = {"back to back, 1 thread": [STOPS, "8000", "1"],
            "back to back, 2 threads": [STOPS, "4000", "2"],
            "collections, 1 thread": [os.path.join(EXAMPLES, "binary_trees.py"), "1", "8000", "--time"],
            "no stops": [os.path.join(EXAMPLES, "counting.py"), "1", "1000000000", "--time"]}


def main():
    args = harness.arguments(__doc__.splitlines()[0], policy="biased")
    turnstile = os.path.join(args.build, "bin", "turnstile")

    def measure(case):
        name, on = case
        program = PROGRAMS[name]
        command = [turnstile, "run", "--policy", args.policy] + (["--stats"] if on == "on" else [])
        out = harness.run(command + [os.path.join(harness.ROOT, program[0])] + program[1:])[0]
        return float(out.rsplit("time:", 1)[1])

    seconds = harness.interleaved([(name, on) for name in PROGRAMS for on in ("off", "on", "off again")], args.runs, measure)
    rows, result = [], []
    for name in PROGRAMS:
        off = seconds[(name, "off")]
        again = seconds[(name, "off again")]
        ratio = 2 * seconds[(name, "on")] / (off + again)
        rows.append([name, "%.3f" % off, "%.4f" % ratio, "%.4f" % (again / off)])
        result.append({"program": name, "ratio": ratio, "off_again": again / off})
    print("time with the recorder on, ratio to off; medians of %d runs, %s" % (args.runs, args.policy))
    harness.table(["program", "off, s", "on / off", "off / off"], rows)
    harness.save(args.json, result)


main()
