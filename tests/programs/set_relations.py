# Sets in algorithms: graph search, unique words, power set of frozensets, Venn counts, custom objects.
g = {1: {2, 3}, 2: {4}, 3: {4, 5}, 4: {6}, 5: {6}, 6: set(), 7: {1}}
def reach(n):
    seen, todo = set(), {n}
    while todo:
        x = todo.pop()
        seen.add(x)
        todo |= g[x] - seen
    return seen
print({k: sorted(reach(k)) for k in g})
inv = {}
for k, vs in g.items():
    for v in vs: inv.setdefault(v, set()).add(k)
print({k: sorted(v) for k, v in sorted(inv.items())})
def topo(g):
    g = {k: set(v) for k, v in g.items()}
    out = []
    while g:
        free = sorted(k for k in g if not any(k in v for v in g.values()))
        out.append(free)
        for k in free: del g[k]
    return out
print(topo(g))
text = "the cat and the dog and a bird the end".split()
once = {w for w in text if text.count(w) == 1}
print(sorted(once), sorted(set(text) - once), len(set(text)))
def power(s):
    r = {frozenset()}
    for x in s: r |= {q | {x} for q in r}
    return r
print(sorted(map(sorted, power({1, 2, 3}))), len(power(range(8))))
class P:
    def __init__(self, x, y): self.x, self.y = x, y
    def __hash__(self): return hash((self.x, self.y))
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def near(self): return {P(self.x + dx, self.y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} - {self}
live = {P(1, 0), P(2, 1), P(0, 2), P(1, 2), P(2, 2)}
for _ in range(8):
    cand = set().union(*(p.near() for p in live)) | live
    live = {p for p in cand if len(p.near() & live) == 3 or (p in live and len(p.near() & live) == 2)}
print(sorted((p.x, p.y) for p in live))
a, b, c = set(range(0, 60, 2)), set(range(0, 60, 3)), set(range(0, 60, 5))
print(len(a & b & c), len(a | b | c), len(a - b - c), len(a ^ b ^ c), (a & b) <= a, a & b == b & a, (a | b) - (a & b) == a ^ b)
seen = set(); dup = [x for x in [1, 2, 1, 3, 2] if x in seen or seen.add(x)]; print(dup, sorted(seen))
parts = {frozenset({i}) for i in range(6)}
def union(i, j):
    global parts
    m = frozenset().union(*(p for p in parts if i in p or j in p))
    parts = {p for p in parts if not p & m} | {m}
union(0, 1); union(2, 3); union(1, 3); print(sorted(map(sorted, parts)))
print(set.intersection(a, b, c) == a & b & c, sorted(set.union(*[{1}, {2}, {3}])), set(map(type, [1, "a", 2.0])) == {int, str, float}, {x for x in [nan for nan in [float("nan")]]} != set(), all(x in a for x in {0, 2, 4}))
