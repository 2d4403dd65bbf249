#!/usr/bin/env python3
"""make(6) and check in a loop: trees a second at 1 and 2 threads, beside python3, pypy3, OpenJDK, Go, and C with malloc.

What is not installed is skipped with a note. nosync collects only while a single thread is attached: at two threads its
figure is that of memory which is new and never used again.
"""
import os
import shutil
import subprocess
import tempfile

import harness

PROGRAMS = os.path.join(harness.ROOT, "tests", "bench", "programs")


def compiled(folder):
    """Commands of the peers that can be built here."""
    peers = {}
    c = os.path.join(folder, "trees_c")
    if shutil.which("gcc"):
        subprocess.run(["gcc", "-O2", "-pthread", "-o", c, os.path.join(PROGRAMS, "trees.c")], check=True)
        peers["C, glibc"] = ([c], None)
        for name in ("mimalloc", "jemalloc"):
            library = harness.find_library("lib" + name)
            if library:
                peers["C, " + name] = ([c], {"LD_PRELOAD": library})
            else:
                print("note: %s is not installed: skipped" % name)
    if shutil.which("javac"):
        subprocess.run(["javac", "-d", folder, os.path.join(PROGRAMS, "Trees.java")], check=True)
        peers["OpenJDK"] = (["java", "-cp", folder, "Trees"], None)
    else:
        print("note: javac is not installed: skipped")
    if shutil.which("go"):
        out = os.path.join(folder, "trees_go")
        subprocess.run(["go", "build", "-o", out, os.path.join(PROGRAMS, "trees.go")], check=True,
                       env=dict(os.environ, GOCACHE=folder, GO111MODULE="off"))
        peers["Go"] = ([out], None)
    else:
        print("note: go is not installed: skipped")
    for name in ("python3", "pypy3"):
        if shutil.which(name):
            peers[name] = ([name, os.path.join(PROGRAMS, "trees.py")], None)
        else:
            print("note: %s is not installed: skipped" % name)
    return peers


def main():
    args = harness.arguments(__doc__.splitlines()[0], trees=60000)
    turnstile = os.path.join(args.build, "bin", "turnstile")
    with tempfile.TemporaryDirectory() as folder:
        commands = {"turnstile " + policy: ([turnstile, "run", "--policy", policy, os.path.join(PROGRAMS, "trees.py")], None)
                    for policy in ("nosync", "biased", "biased_generational", "grwl", "gil")}
        commands.update(compiled(folder))
        # Fewer trees for interpreters; rates are compared.
        trees = {name: args.trees // 10 if name in ("python3", "pypy3") else args.trees for name in commands}

        def measure(case):
            name, threads = case
            command, env = commands[name]
            return threads * trees[name] / float(harness.run(command + [str(threads), str(trees[name])], env)[0])

        rates = harness.interleaved([(name, threads) for name in commands for threads in (1, 2)], args.runs, measure)
    rows = [[name, "%.0f" % (rates[(name, 1)] / 1000), "%.0f" % (rates[(name, 2)] / 1000),
             "%.2f" % (rates[(name, 2)] / rates[(name, 1)])] for name in commands]
    print("thousand trees a second, medians of %d runs" % args.runs)
    harness.table(["", "1 thread", "2 threads", "2 / 1"], rows)
    harness.save(args.json, [{"name": n, "threads": t, "trees_per_second": r} for (n, t), r in rates.items()])


main()
