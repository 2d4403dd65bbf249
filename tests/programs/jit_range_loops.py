# range loops: steps, negative, empty, huge bounds, changed bounds, loop variable modified, index types.
def loop(*a):
    s, c = 0, 0
    for i in range(*a):
        s += i
        c += 1
        i = 0
    return s, c
print(loop(3000), loop(-5), loop(5, 2000), loop(3000, 0, -1), loop(0, 3000, 7), loop(3000, 0, -7), loop(0), loop(5, 5), loop(10, 0))
print(loop(2**62, 2**62 + 2000), loop(2**63 - 1000, 2**63 + 1000), loop(-2**63 - 500, -2**63 + 500), loop(2**64, 2**64 - 2000, -1), loop(2**100, 2**100 + 50, 9), loop(0, 2**70, 2**61), loop(2**47 - 500, 2**47 + 500), loop(-2**47 + 500, -2**47 - 500, -1))
def bound(n):
    c = 0
    for i in range(n):
        n = 0
        c += 1
    return c, n
print(bound(4000))
def after(n):
    i = "unset"
    for i in range(n): pass
    return i
print(after(4000), after(0))
def nested_same(n):
    out = 0
    for i in range(n):
        for i in range(i % 5): out += i
    return out, i
print(nested_same(2000))
r = range(0, 100, 3)
t = 0
for k in range(200):
    for v in r: t += v
print(t, sum(r) * 200)
class I:
    def __index__(self): return 10
print(loop(I()), loop(True), [x for x in range(I(), 0, -3)])
for bad in ((1.0,), ("3",), (0, 5, 0), (None,), ()):
    try:
        loop(*bad)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
def user_range(range, n):
    return [i for i in range(n)]
print(user_range(lambda n: "abc"[:n], 2), user_range(range, 3))
def enum(n):
    s = 0
    for i, v in enumerate(range(n, 0, -1), 5): s += i * v
    for a, b, c in zip(range(n), range(0, n * 2, 2), [1.5] * n): s += a * b * c
    for v in reversed(range(n)): s -= v
    return s
print(enum(1500))
def acc(n):
    total = 0
    for i in range(n):
        if i == n // 2: total = 2**63 - 5
        total += i
        if total > 2**63: total -= 2**63
    return total
print(acc(6000))
def br(n):
    for i in range(n):
        if i * i > n: break
    for j in range(i, n):
        if j == i + 3: continue
        if j > i + 5: return i, j
print([br(n) for n in (10, 1000, 100000)])
