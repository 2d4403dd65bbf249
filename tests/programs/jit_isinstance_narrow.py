# isinstance, is None, type(), truthiness and comparisons of mixed values as branch conditions in hot loops.
class A: pass
class B(A): pass
def kind(v):
    if v is None: return "none"
    if v is True or v is False: return "bool"
    if isinstance(v, int): return "int+" if v > 0 else "int-"
    if type(v) is float: return "float"
    if isinstance(v, (str, bytes)): return "text"
    if isinstance(v, B): return "B"
    if isinstance(v, A): return "A"
    if hasattr(v, "__iter__"): return "iter"
    return "?"
vals = [None, True, 5, -5, 2.5, "s", b"b", B(), A(), [1], {}, (), 2**80, -2**80, False, object(), range(3), len]
def tally(n):
    c = {}
    for i in range(n):
        k = kind(vals[i * 7 % len(vals)])
        c[k] = c.get(k, 0) + 1
    return c
print(tally(5400))
def truthy(vs, n):
    c = 0
    for i in range(n):
        v = vs[i % len(vs)]
        if v: c += 1
        if not v: c += 100
        x = v and 1
        y = v or 2
        c += 1000 if x == 1 else 0
        c += 3 if y == 2 else 0
    return c
print(truthy([0, 1], 2000), truthy([0, 1, 0.0, 0.5, "", "a", [], [0], None, {}, set(), 2**70, -0.0, float("nan"), A(), range(0)], 3200))
class T:
    n = 0
    def __bool__(self): T.n += 1; return T.n % 3 == 0
def calls(n):
    t, c = T(), 0
    for _ in range(n):
        if t: c += 1
    return c, T.n
print(calls(3000))
def eqs(vs, n):
    c = 0
    for i in range(n):
        for w in vs:
            if vs[i % len(vs)] == w: c += 1
            if vs[i % len(vs)] is w: c += 10
            if vs[i % len(vs)] != w: c += 100
    return c
print(eqs([1, 1.0, True, "1", None, (1,), [1], float("inf"), 2**70, float(2**70)], 1000))
def minmax(vs, n):
    lo = hi = vs[0]
    for i in range(n):
        v = vs[i % len(vs)]
        if v < lo: lo = v
        if hi < v <= 10**50: hi = v
    return lo, hi
print(minmax([3, 1, 2], 2000), minmax([3, 1.5, True, 2**65, -2**65, -0.5], 3000), minmax(["b", "a"], 1000))
try:
    minmax([1] * 2000 + ["x"], 3000)
except TypeError as e:
    print(e)
def none_first(n):
    best = None
    for i in range(n):
        v = (i * 7919) % 1013
        if best is None or v > best: best = v
    return best
print(none_first(3000))
def dispatch(n):
    table = {int: lambda v: v + 1, float: lambda v: v * 2, str: len, list: sum, type(None): lambda v: 7}
    data = [1, 2.5, "abc", [1, 2], None]
    s = 0
    for i in range(n): s += table[type(data[i % 5])](data[i % 5])
    return s
print(dispatch(3000))
