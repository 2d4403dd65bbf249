"""Stops beside compiled loops, blocking calls and long native operations.  usage: stops.py STOPS   (run with --stats)"""
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


def block():
    while not done:
        time.sleep(0.0005)


numbers = [(i * 7919) % 1000003 / 7 for i in range(1000000)]
words = [str(i) for i in range(200000)]
big = (1 << 1000000) - 1
table = {i: i for i in range(300000)}


def natives():
    k = 0
    while not done:
        k += 1
        if k % 6 == 0:
            sorted(numbers)
        elif k % 6 == 1:
            big * big
        elif k % 6 == 2:
            len(", ".join(words).replace("1", "one").split("one"))
        elif k % 6 == 3:
            list(numbers) * 3
        elif k % 6 == 4:
            dict(table)
        else:
            -1 in numbers


threads = [threading.Thread(target=f) for f in (loop, block, natives)]
for t in threads:
    t.start()
for i in range(int(sys.argv[1])):
    gc.collect()
    time.sleep(0.002)
done.append(1)
for t in threads:
    t.join()
print("stopped", sys.argv[1], "times")
