# sort and sorted: stability, key, reverse, mixed numbers, errors, key called once, comparison dunders, large inputs.
recs = [("b", 2), ("a", 1), ("c", 2), ("d", 1), ("e", 3), ("f", 2)]
print(sorted(recs, key=lambda r: r[1]), sorted(recs, key=lambda r: r[1], reverse=True), sorted(recs), sorted(recs, reverse=True))
l = [5, 2.5, True, 10**20, -3, 0.0, -10**20, 2]
print(sorted(l), sorted(l, key=abs), sorted(l, key=lambda v: -v), sorted(l, reverse=True), l.sort(), l)
print(sorted("banana"), sorted(["b", "A", "c"], key=str.lower), sorted(["aa", "b", "ccc"], key=len), sorted([[2], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]), sorted({3: "x", 1: "y"}), sorted([]), sorted(range(5, 0, -1)), sorted([None]), sorted([b"b", b"a"]))
calls = []
def key(x):
    calls.append(x)
    return -x
print(sorted([3, 1, 2], key=key), calls)
for f in (lambda: sorted([1, "a"]), lambda: sorted([None, 1]), lambda: [1, [1]].sort(), lambda: sorted([1, 2], key=lambda x: 1 / 0), lambda: sorted(5), lambda: sorted([1], None), lambda: sorted([{}, {}]), lambda: sorted([1], key=5), lambda: [1, 2].sort(lambda a: a), lambda: sorted([object(), object()])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class D:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v > o.v
    def __repr__(self): return "D%d" % self.v
print(sorted([D(1), D(3), D(2)]), min(D(1), D(3)), max([D(1), D(3)]) if hasattr(D, "__gt__") else 0)
def lcg(n, seed=1):
    out = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2**31
        out.append(seed >> 8)
    return out
big = lcg(5000)
s = sorted(big)
print(all(s[i] <= s[i + 1] for i in range(len(s) - 1)), s[:3], s[-2:], sorted(s) == s, sorted(s, reverse=True) == s[::-1], sorted(s[::-1]) == s)
pairs = [(v % 10, i) for i, v in enumerate(big)]
st = sorted(pairs, key=lambda p: p[0])
print(all(st[i] < st[i + 1] for i in range(len(st) - 1)), sum(i * p[1] for i, p in enumerate(st)) % 1000003)
runs = list(range(500)) + list(range(300, 0, -1)) + big[:200] + [7] * 100
print(sorted(runs)[::100], sorted(map(str, runs))[::150])
m = [3, 1, 2]
def evil(x):
    m.append(x)
    return x
try:
    m.sort(key=evil)
except ValueError as e:
    print(e)
m = [1, 2, "x", 0]
try:
    m.sort()
except TypeError:
    print(len(m), sorted(map(str, m)))
nan = float("nan"); print(len(sorted([3, nan, 1])), sorted([2, 1.0, 1, True, 2.0], key=lambda v: v), sorted([(2, "a"), (1, "b")], key=lambda t: t[::-1]))
class CmpKey:
    def __init__(self, a): self.a = a
    def __lt__(self, o): return (len(self.a), self.a) < (len(o.a), o.a)
print(sorted("the quick brown fox jumps over it".split(), key=CmpKey))
