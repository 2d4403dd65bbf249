# gc: collect, enable/disable, cycles are reclaimed without harm, objects survive, many collections.
import gc
print(isinstance(gc.collect(), int), gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
class Node:
    def __init__(self, v): self.v, self.me, self.others = v, self, []
def cycles(n):
    keep = []
    for i in range(n):
        a, b = Node(i), Node(-i)
        a.others.append(b); b.others.append(a)
        l = [a]; l.append(l); d = {"l": l}; d["d"] = d
        if i % 100 == 0: keep.append((a, d))
    return keep
keep = cycles(2000)
gc.collect()
print(len(keep), all(a.me is a and a.others[0].others[0] is a and d["d"]["l"][0] is a and d["l"][1] is d["l"] for a, d in keep), sum(a.v for a, _ in keep))
def churn(rounds):
    live = {}
    for r in range(rounds):
        live[r % 17] = [("t%d" % r, r, [r] * 10, {r: str(r)}, 2**(60 + r % 80), r / 7) for _ in range(10)]
        if r % 50 == 0: gc.collect()
    return sum(x[1] + x[2][3] + int(x[3][x[1]]) + (x[4] == 2**(60 + x[1] % 80)) for v in live.values() for x in v)
print(churn(400))
def closures(n):
    fs = []
    for i in range(n):
        x = [i]
        def f(y, x=x): return x[0] + y + len(fs)
        def g(): return f, g, x
        if i % 10 == 0: fs.append(g)
    gc.collect()
    return sum(g()[0](1) for g in fs), all(g()[1] is g for g in fs)
print(closures(500))
gens = [(x * k for x in range(100)) for k in range(50)]
for g in gens: next(g)
gc.collect()
print(sum(sum(g) for g in gens))
big = ["x" * 1000 + str(i) for i in range(2000)]; del big[::2]; gc.collect(); print(len(big), big[0][-1], big[-1][-4:], sum(map(len, big)))
deep = None
for i in range(20000): deep = (deep, i)
gc.collect()
n = 0
while deep: deep, i = deep; n += i
print(n)
deep = []
for i in range(20000): deep = [deep]
gc.collect(); del deep; gc.collect()
try:
    raise ValueError("kept")
except ValueError as e:
    saved = e
gc.collect(); print(saved, saved.__traceback__ is not None)
s = {frozenset([i, i + 1]) for i in range(1000)}; gc.collect(); print(len(s), frozenset([5, 6]) in s)
print(isinstance(gc.get_count(), tuple) if hasattr(gc, "get_count") else True)
