"""make(6) and check in a loop.  usage: trees.py THREADS TREES   prints the seconds of all threads together

One thread is the main one: the nosync bundle collects only while no other is attached.
"""
import sys
import threading
import time


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def check(node):
    if node.left is None:
        return 1
    return 1 + check(node.left) + check(node.right)


def work(trees, out):
    nodes = 0
    for i in range(trees):
        nodes += check(make(6))
    out.append(nodes)


def measure(threads, trees):
    out = []
    workers = [threading.Thread(target=work, args=(trees, out)) for i in range(threads - 1)]
    start = time.perf_counter()
    for w in workers:
        w.start()
    work(trees, out)
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start
    if out != [127 * trees] * threads:
        print("wrong result", out)
        sys.exit(1)
    return seconds


measure(1, int(sys.argv[2]) // 4)  # everybody's compiler gets its chance
print(measure(int(sys.argv[1]), int(sys.argv[2])))
