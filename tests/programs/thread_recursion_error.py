# Deep recursion ends in RecursionError, in the main thread and in others, again and again.
import threading
THREADS = 3
def down(n): return down(n + 1) + 1
def attempt():
    try:
        down(0)
    except RecursionError as e:
        return str(e)
def worker(out):
    for _ in range(2): out.append(attempt())
    out.append(fine(200))
def fine(n): return 0 if n == 0 else 1 + fine(n - 1)
print(attempt())
outs = [[] for _ in range(THREADS)]
threads = [threading.Thread(target=worker, args=(o,)) for o in outs]
for t in threads: t.start()
for t in threads: t.join()
for o in outs: print(o)
print(attempt() == outs[0][0], fine(300))
class R:
    def __getattr__(self, n): return getattr(self, n + "x")
def attr(out):
    try:
        R().y
    except RecursionError:
        out.append("RecursionError")
o = []
t = threading.Thread(target=attr, args=(o,)); t.start(); t.join(); print(o)
