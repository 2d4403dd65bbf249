# Hot list indexing: negative, out-of-range, growing and shrinking lists, stores, bools and bigints as indices.
def total(l, lo, hi):
    s = 0
    for i in range(lo, hi): s += l[i]
    return s
l = list(range(5000))
print(total(l, 0, 5000), total(l, -5000, 0), total(l, -5000, 5000))
for lo, hi in ((0, 5001), (-5001, 0)):
    try:
        total(l, lo, hi)
    except IndexError as e:
        print(e)
def store(l, n):
    for i in range(n): l[i] = l[i - 1] + 1
    return l[-1]
print(store([0] * 3000, 3000))
try:
    store([0] * 3000, 3001)
except IndexError as e:
    print(e)
def shrink(l):
    c = 0
    i = 0
    while i < len(l):
        if l[i] % 3 == 0: l.pop()
        else: i += 1
        c += 1
    return c, len(l)
print(shrink(list(range(1, 4000))))
def kinds(seqs, n):
    s = 0
    for i in range(n):
        q = seqs[i % len(seqs)]
        s += q[i % 3] if not isinstance(q, str) else ord(q[i % 3])
    return s
print(kinds([[1, 2, 3], (4, 5, 6), range(7, 10), "abc", b"xyz", {0: 10, 1: 20, 2: 30}], 6000))
def idx(l, i, n):
    for _ in range(n): x = l[i]
    return x
print(idx([5, 6], True, 3000), idx([5, 6], -1, 3000), idx([5, 6], False, 10))
for bad in (2**70, -2**70, 1.0, "1", None):
    try:
        idx([5, 6], bad, 3000)
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
def sieve(n):
    p = [True] * (n + 1)
    p[0] = p[1] = False
    i = 2
    while i * i <= n:
        if p[i]:
            for j in range(i * i, n + 1, i): p[j] = False
        i += 1
    return sum(p)
print(sieve(20000))
def bubble(l):
    n = len(l)
    for i in range(n):
        for j in range(n - 1 - i):
            if l[j] > l[j + 1]: l[j], l[j + 1] = l[j + 1], l[j]
    return l
print(bubble([(i * 7919) % 101 for i in range(100)]) == sorted((i * 7919) % 101 for i in range(100)))
print(bubble([0.5, 2, 1.5, -1, True]), bubble(["b", "a", ""]))
