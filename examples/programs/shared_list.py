"""Threads pop from and append to one shared list; nothing may be lost.

usage: shared_list.py [THREADS] [ROUNDS] [--time]
Each thread does ROUNDS rounds of one pop and one append.
"""
import sys
import threading
import time

LENGTH = 1000


def worker(shared, rounds):
    i = 0
    while i < rounds:
        value = shared.pop()
        shared.append(value)
        i += 1


def main(argv):
    timed = argv[-1] == "--time"
    args = argv[1:-1] if timed else argv[1:]
    threads = int(args[0]) if len(args) > 0 else 1
    rounds = int(args[1]) if len(args) > 1 else 6000000
    shared = list(range(LENGTH + threads))

    start = time.perf_counter()
    workers = [threading.Thread(target=worker, args=(shared, rounds)) for _ in range(threads)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start

    complete = sorted(shared) == list(range(LENGTH + threads))
    print("threads", threads, "rounds", rounds)
    print("length", len(shared), "complete", complete)
    if timed:
        print("time:", seconds)


main(sys.argv)
