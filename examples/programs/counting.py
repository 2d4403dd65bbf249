"""Threads count privately: a while loop of integer additions, nothing shared.

usage: counting.py [THREADS] [LIMIT] [--time]
Each thread counts to LIMIT.
"""
import sys
import threading
import time


def count(limit, k):
    i = 0
    total = 0
    while i < limit:
        i = i + 1
        total = total + (i & k)
    return total


def worker(limit, k, out):
    out.append(count(limit, k))


def main(argv):
    timed = argv[-1] == "--time"
    args = argv[1:-1] if timed else argv[1:]
    threads = int(args[0]) if len(args) > 0 else 1
    limit = int(args[1]) if len(args) > 1 else 10000000
    outs = [[] for _ in range(threads)]

    start = time.perf_counter()
    workers = [threading.Thread(target=worker, args=(limit, k + 1, outs[k])) for k in range(threads)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start

    print("threads", threads, "limit", limit)
    for k, out in enumerate(outs):
        print("thread", k, "total", out[0])
    if timed:
        print("time:", seconds)


main(sys.argv)
