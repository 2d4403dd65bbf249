"""Threads allocate, walk and drop binary trees: an allocation and collection benchmark.

usage: binary_trees.py [THREADS] [TREES] [--time]
Each thread keeps one long-lived tree and builds TREES short-lived ones.
"""
import sys
import threading
import time

DEPTH = 11
LONG_LIVED_DEPTH = 12


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def worker(trees, out):
    long_lived = build(LONG_LIVED_DEPTH)
    nodes = 0
    for i in range(trees):
        nodes += build(DEPTH - i % 3).check()
    out.append((nodes, long_lived.check()))


def main(argv):
    timed = argv[-1] == "--time"
    args = argv[1:-1] if timed else argv[1:]
    threads = int(args[0]) if len(args) > 0 else 1
    trees = int(args[1]) if len(args) > 1 else 600
    outs = [[] for _ in range(threads)]

    start = time.perf_counter()
    workers = [threading.Thread(target=worker, args=(trees, out)) for out in outs]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start

    print("threads", threads, "trees", trees)
    for k, out in enumerate(outs):
        print("thread", k, "short-lived nodes", out[0][0], "long-lived nodes", out[0][1])
    if timed:
        print("time:", seconds)


main(sys.argv)
