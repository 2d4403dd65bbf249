#!/usr/bin/env python3
"""What 2014's choices cost today: each axis changed by itself against biased, in percent, at 1, 2 and 3 threads.

Thread cache off, affinity off, one shared counter of bytes, one shared counter of allocations, both counters. The
workload is allocation_workload.cpp's, which does little but allocate: programs that do more pay less.
"""
import json
import os

import harness

ROWS = {"thread cache off": "thread_cache_off", "thread cache off, spin lock": "thread_cache_off_spin",
        "affinity off": "affinity_off", "shared byte counter": "shared_byte_counter",
        "shared allocation counter": "shared_allocation_counter", "both counters": "both_shared_counters"}


def main():
    args = harness.arguments(__doc__.splitlines()[0], millions=3.0)
    binary = os.path.join(args.build, "bin", "allocation_workload")
    cases = [(choice, threads) for choice in ["biased", *ROWS.values()] for threads in (1, 2, 3)]

    def measure(case):
        result = json.loads(harness.run([binary, case[0], str(case[1]), str(args.millions)])[0])
        return result["seconds"] / result["objects"] * 1e9

    cost = harness.interleaved(cases, args.runs, measure)
    rows = [["biased, ns/object of wall time"] + ["%.2f" % cost[("biased", t)] for t in (1, 2, 3)]]
    for title, choice in ROWS.items():
        rows.append([title] + ["%+.0f%%" % (100 * (cost[(choice, t)] / cost[("biased", t)] - 1)) for t in (1, 2, 3)])
    print("time for the same objects, medians of %d runs" % args.runs)
    harness.table(["", "1 thread", "2 threads", "3 threads"], rows)
    harness.save(args.json, [{"choice": c, "threads": t, "ns_per_object": ns} for (c, t), ns in cost.items()])


main()
