# Dicts and sets in hot loops: int, str, tuple, float and object keys; resizing, deletion, iteration order, missing keys.
def hist(n):
    d = {}
    for i in range(n):
        k = i * i % 101
        if k in d: d[k] += 1
        else: d[k] = 1
    return len(d), sum(d.values()), list(d)[:8]
print(hist(6000))
def keys(n):
    d = {}
    for i in range(n):
        d[i] = i
        d[str(i)] = -i
        d[i, i % 3] = 0.5
        d[i + 0.5] = None
        d[float(i)] = i * 2
    return len(d), d[n - 1], d[str(5)], d[7, 1], list(d.items())[:5]
print(keys(800))
def churn(n):
    d = {}
    for i in range(n):
        d[i] = i
        if i >= 50: del d[i - 50]
    return list(d)[:3], len(d), sum(d)
print(churn(5000))
def missing(n):
    d, c = {i: i for i in range(0, n, 2)}, 0
    for i in range(n):
        try:
            d[i]
        except KeyError as e:
            c += e.args[0]
    return c
print(missing(2000))
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 7
    def __eq__(self, o): return self.v == o.v
def objs(n):
    d = {}
    for i in range(n): d[K(i % 50)] = i
    return len(d), d[K(3)], K(51) in d
print(objs(800))
def grow_iter(n):
    d = {0: 0}
    c = 0
    try:
        for k in d:
            c += 1
            if c == n: d["new"] = 1
            elif c < n: d[k] = c
    except RuntimeError as e:
        return str(e)
print(grow_iter(1))
d = {i: i for i in range(3000)}
def walk():
    c = 0
    try:
        for k in d:
            c += 1
            if c == 2000: d["x"] = 1
    except RuntimeError as e:
        return c, str(e)
print(walk())
def sets(n):
    s = set()
    for i in range(n):
        s.add(i * 7 % 1000)
        if i % 3 == 0: s.discard(i % 1000)
    return len(s), sum(s)
print(sets(6000))
def memo_fib(n, m={0: 0, 1: 1}):
    if n not in m: m[n] = memo_fib(n - 1) + memo_fib(n - 2)
    return m[n]
print(memo_fib(300))
def nested(n):
    g = {}
    for i in range(n): g.setdefault(i % 10, {}).setdefault(i % 3, []).append(i)
    return {k: {j: len(v) for j, v in d.items()} for k, d in g.items() if k < 3}
print(nested(3000))
def kw(n):
    t = 0
    for i in range(n):
        x = {"a": i, "b": [i], **{"c": 3}}
        t += x["a"] + x["b"][0] + x["c"] + len(x)
    return t
print(kw(3000))
def view(n):
    a = dict.fromkeys(range(n))
    b = {i: 0 for i in range(n // 2, n * 2)}
    return len(a.keys() & b.keys()), len(a.keys() | b.keys()), sum(k for k, v in b.items() if v == 0)
print(view(2000))
