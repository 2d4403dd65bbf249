#!/usr/bin/env python3
"""What a small object costs in compiled code at one thread, its collection included: a loop less the same one without.

--json writes Google Benchmark's form.
"""
import os

import harness

PROGRAM = os.path.join(harness.ROOT, "tests", "bench", "programs", "small_objects.py")
POLICIES = ("nosync", "biased", "grwl", "gil")


def main():
    args = harness.arguments(__doc__.splitlines()[0], count=20000000)
    turnstile = os.path.join(args.build, "bin", "turnstile")
    def measure(case):
        out = harness.run([turnstile, "run", "--policy", case, PROGRAM, str(args.count)])[0]
        return {line.split()[0]: float(line.split()[1]) for line in out.splitlines()}

    samples = {policy: [] for policy in POLICIES}
    for _ in range(args.runs):
        for policy in POLICIES:
            samples[policy].append(measure(policy))
    kinds = list(samples[POLICIES[0]][0])
    medians = {(p, k): sorted(s[k] for s in samples[p])[args.runs // 2] for p in POLICIES for k in kinds}
    print("ns an object, medians of %d runs of the best of 5" % args.runs)
    harness.table([""] + kinds, [[p] + ["%.2f" % medians[(p, k)] for k in kinds] for p in POLICIES])
    harness.save(args.json, {"context": {"executable": turnstile}, "benchmarks": [
        {"name": "small_objects/%s/%s" % (k, p), "run_name": "small_objects/%s/%s" % (k, p), "run_type": "aggregate",
         "aggregate_name": "median", "repetitions": args.runs, "iterations": args.count, "real_time": ns, "cpu_time": ns,
         "time_unit": "ns"} for (p, k), ns in medians.items()]})


main()
