# Insertion order through deletes, updates, merges, comprehension; custom hashes, collisions, __eq__ that mutates.
# turnstile: stress
d = {}
for k in "zebra": d[k] = len(d)
print(d, list(d))
del d["b"]; d["b"] = "re"; d["z"] = "kept"; print(d)
d.update(e=0, new=1); print(list(d), d.pop("r"), list(d), d.popitem(), d.popitem(), list(d))
print({**{"b": 1}, "a": 2, **{"b": 3, "c": 4}}, {"x": 1} | {"y": 2, "x": 3}, dict(c=1, a=2, b=3), {k: i for i, k in enumerate("cabac")})
log = []
class K:
    def __init__(self, v, h): self.v, self.h = v, h
    def __hash__(self): log.append("h%s" % self.v); return self.h
    def __eq__(self, o): log.append("%s==%s" % (self.v, o.v)); return self.v == o.v
    def __repr__(self): return "K%s" % self.v
a, b, c = K("a", 1), K("b", 1), K("c", 2)
d = {a: 1}; print(log); log.clear()
print(d[a], log); log.clear()
print(b in d, log); log.clear()
print(c in d, log); log.clear()
d[b] = 2; d[K("a", 1)] = 3; print(d, [k is a for k in d]); log.clear()
del d[a]; print(d, d.get(b)); log.clear()
class Same:
    def __init__(self, n): self.n = n
    def __hash__(self): return 42
    def __eq__(self, o): return self.n == o.n
d = {Same(i): i for i in range(100)}
print(len(d), sum(d[Same(i)] for i in range(100)), Same(100) in d, [d.pop(Same(i)) for i in range(0, 100, 10)], len(d), Same(10) in d, Same(11) in d)
class Evil:
    target = None
    def __init__(self, n): self.n = n
    def __hash__(self): return 7
    def __eq__(self, o):
        if Evil.target is not None:
            t, Evil.target = Evil.target, None
            t.clear()
        return self.n == o.n
d = {Evil(i): i for i in range(5)}
Evil.target = d
print(d.get(Evil(99), "none"), d)
class Unstable:
    h = 1
    def __hash__(self): return Unstable.h
u = Unstable(); d = {u: "found"}
print(u in d); Unstable.h = 2; print(u in d, len(d), [k is u for k in d])
class RaiseHash:
    def __hash__(self): raise ValueError("hash raised")
try:
    {}[RaiseHash()]
except ValueError as e:
    print(e)
d = {}
for i in range(2000): d[i * 2654435761 % 2**32] = i
print(len(d), list(d)[:3], all(d[i * 2654435761 % 2**32] == i for i in range(2000)))
d = {}
for i in range(300):
    for j in range(5): d[j] = i
    d.pop(i % 5)
print(list(d.items()))
print({0: "a", False: "b", 0.0: "c"}, {2**61 - 1: "m", 0: "z"}, {-1: "x", -2: "y"}[-2], {"": 1, (): 2, None: 3}, {1: "int"}[True], {"1": "s", 1: "i"})
lru, cap = {}, 3
for k in "abcadbae":
    if k in lru: lru[k] = lru.pop(k)
    else:
        if len(lru) == cap: del lru[next(iter(lru))]
        lru[k] = k.upper()
print(lru)
