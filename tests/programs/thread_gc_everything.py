# Threads allocate garbage of every kind while each also calls gc.collect().
import threading, gc
THREADS = 4
ROUNDS = 40
class Node:
    def __init__(self, v): self.v, self.next = v, None
def worker(k, out):
    keep = []
    total = 0
    for r in range(ROUNDS):
        a, b = Node(r), Node(k)
        a.next, b.next = b, a
        junk = [{"k": [i] * 5, (i, r): "s%d" % i} for i in range(30)]
        big = 3 ** (200 + r) * (k + 1)
        f = lambda: (big, junk)
        g = (x for x in range(10))
        next(g)
        keep.append((a, big % 1000003, "x" * r + str(k), f))
        if r % 10 == k: gc.collect()
        if len(keep) > 8: keep.pop(0)
        total += sum(len(d) for d in junk) + len(f()[1])
    chk = [(n.next.next is n, n.next.v, m, s[-1], fn()[0] % 1000003 == m) for n, m, s, fn in keep]
    out.append((total, len(chk), all(c[0] and c[4] and c[1] == k and c[3] == str(k) for c in chk)))
outs = [[] for _ in range(THREADS)]
threads = [threading.Thread(target=worker, args=(k, outs[k])) for k in range(THREADS)]
for t in threads: t.start()
for t in threads: t.join()
print(outs)
gc.collect()
print(gc.isenabled())
