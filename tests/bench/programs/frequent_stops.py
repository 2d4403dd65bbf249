"""Stops back to back, the heap small.  usage: frequent_stops.py STOPS THREADS   (the other threads run a loop that polls)"""
import gc
import sys
import threading
import time

done = []


def loop():
    total = 0
    while not done:
        for i in range(100000):
            total += i & 7
    return total


beside = [threading.Thread(target=loop) for _ in range(int(sys.argv[2]) - 1)]
for thread in beside:
    thread.start()
gc.collect()
start = time.perf_counter()
for i in range(int(sys.argv[1])):
    gc.collect()
seconds = time.perf_counter() - start
done.append(1)
for thread in beside:
    thread.join()
print("time:", seconds)
