"""Small objects in a compiled loop, beside the same loop without them.  usage: small_objects.py COUNT [ROUNDS]

Prints for each kind the nanoseconds of an object: those of its loop less those of the empty one, the best of ROUNDS.
"""
import sys
import time


class Plain:
    pass


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def nothing(n):
    last = None
    for i in range(n):
        last = i
    return last


def plain(n):
    last = None
    for i in range(n):
        last = Plain()
    return last


def point(n):
    last = None
    for i in range(n):
        last = Point(i, i)
    return last


def tuples(n):
    last = None
    for i in range(n):
        last = (i, i)
    return last


def lists(n):
    last = None
    for i in range(n):
        last = [i, i]
    return last


def best(function, count, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function(count)
        times.append(time.perf_counter() - start)
    return min(times) / count * 1e9


count = int(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
for f in (nothing, plain, point, tuples, lists):
    f(count // 100 + 1)
empty = best(nothing, count, rounds)
print("empty_loop", empty)
print("instance", best(plain, count, rounds) - empty)
print("instance_with_init", best(point, count, rounds) - empty)
print("tuple_of_two", best(tuples, count, rounds) - empty)
print("list_of_two", best(lists, count, rounds) - empty)
