"""What the measuring scripts here share: interleaved runs, medians, a table, JSON. Nothing here asserts a speed.

Each script takes --build FOLDER (default: build/release), --runs N (default 5) and --json FILE.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def arguments(description, **extra):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", default="")
    for name, default in extra.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    return parser.parse_args()


def start(command, env=None):
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=dict(os.environ, **(env or {})))


def finish(process):
    out, err = process.communicate()
    if process.returncode != 0:
        sys.exit("failed: %s\n%s" % (" ".join(process.args), err))
    return out, err


def run(command, env=None):
    return finish(start(command, env))


def interleaved(cases, runs, measure):
    """measure(case) for each case, again and again: {case: median}. A slow spell of the machine meets all alike."""
    samples = {case: [] for case in cases}
    for _ in range(runs):
        for case in cases:
            samples[case].append(measure(case))
    return {case: statistics.median(values) for case, values in samples.items()}


def table(head, rows):
    widths = [max(len(str(row[i])) for row in [head] + rows) for i in range(len(head))]
    for row in [head] + rows:
        print("  ".join(str(cell).ljust(w) if i == 0 else str(cell).rjust(w)
                        for i, (cell, w) in enumerate(zip(row, widths))).rstrip())
    print()


def save(path, result):
    if path:
        with open(path, "w") as out:
            json.dump(result, out, indent=1)
            out.write("\n")


def find_library(name):
    """Path of a shared library that is installed, or None."""
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib"):
        if not os.path.isdir(folder):
            continue
        found = sorted(f for f in os.listdir(folder) if f.startswith(name + ".so"))
        if found:
            return os.path.join(folder, found[0])
    return None
