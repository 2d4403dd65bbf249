#!/usr/bin/env python3
"""Nanoseconds an object and scaling at 1 to 4 threads: Turnstile's heap beside malloc of glibc, mimalloc, jemalloc.

The same mix of sizes, allocation and later free (see allocation_workload.cpp). Peers that are not installed (Debian:
libmimalloc2.0, libjemalloc2) are skipped with a note. "2 processes" is what two independent processes reach.
"""
import json
import os

import harness


def main():
    args = harness.arguments(__doc__.splitlines()[0], millions=4.0)
    binary = os.path.join(args.build, "bin", "allocation_workload")
    kinds = {"turnstile biased": ("biased", None), "turnstile grwl": ("grwl", None), "turnstile gil": ("gil", None),
             "glibc": ("malloc", "")}
    for peer in ("mimalloc", "jemalloc"):
        library = harness.find_library("lib" + peer)
        if library is None:
            print("note: %s is not installed: skipped" % peer)
        else:
            kinds[peer] = ("malloc", library)

    def command(kind, threads):
        allocator, library = kinds[kind]
        return [binary, allocator, str(threads), str(args.millions)], {"LD_PRELOAD": library} if library else None

    def measure(case):
        kind, threads = case
        if threads == "2 processes":
            both = [harness.start(*command(kind, 1)) for _ in range(2)]
            results = [json.loads(harness.finish(p)[0]) for p in both]
            return sum(r["objects"] / r["seconds"] for r in results)
        result = json.loads(harness.run(*command(kind, threads))[0])
        return result["objects"] / result["seconds"]

    columns = [1, 2, "2 processes", 3, 4]
    cases = [(kind, threads) for kind in kinds for threads in columns]
    rates = harness.interleaved(cases, args.runs, measure)

    rows = []
    for kind in kinds:
        one = rates[(kind, 1)]
        two = rates[(kind, 2)]
        rows.append([kind, "%.1f" % (1e9 / one)] + ["%.2f" % (rates[(kind, c)] / one) for c in columns[1:]] +
                    ["%.2f" % (two / rates[(kind, "2 processes")]), "%.2f" % (rates[(kind, 3)] / two),
                     "%.2f" % (rates[(kind, 4)] / two)])
    print("throughput as a multiple of one thread's; medians of %d runs" % args.runs)
    harness.table(["allocator", "ns/object", "2 threads", "2 processes", "3 threads", "4 threads", "2 thr / 2 proc",
                   "3 / 2 threads", "4 / 2 threads"], rows)
    harness.save(args.json, [{"allocator": k, "threads": t, "objects_per_second": r} for (k, t), r in rates.items()])


main()
