# Recursive functions called often enough to be compiled: fib, ackermann, tak, sums with changing types.
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(19))
def fibf(n): return n if n < 2.0 else fibf(n - 1.0) + fibf(n - 2)
print(fibf(15.0), fibf(10))
def tak(x, y, z): return z if y >= x else tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
print(tak(12, 6, 3))
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 20), ack(3, 3))
def total(x):
    if isinstance(x, list):
        s = 0
        for y in x: s += total(y)
        return s
    return x
data = [[i, [i * 0.5, [i]], []] for i in range(300)]
print(total(data), total([[[2**64]], -1]), total(5))
def power(b, e): return 1 if e == 0 else power(b * b, e // 2) * (b if e % 2 else 1)
print(power(3, 200), power(2.0, 100), power(-1, 10**9 + 1), sum(power(i % 10, 5) for i in range(2000)))
class T:
    def __init__(self, d): self.l, self.r, self.v = (T(d - 1), T(d - 1), d) if d else (None, None, 0)
    def sum(self): return self.v + (self.l.sum() + self.r.sum() if self.l else 0)
    def depth(self): return 0 if self.l is None else 1 + max(self.l.depth(), self.r.depth())
t = T(9)
print(t.sum(), t.depth())
def down(n):
    if n == 0: raise ValueError("bottom")
    try:
        down(n - 1)
    except ValueError as e:
        raise
c = 0
for i in range(300):
    try: down(10)
    except ValueError as e: c += len(str(e))
print(c)
def edit(a, b, memo={}):
    if (a, b) in memo: return memo[a, b]
    if not a or not b: r = len(a) + len(b)
    else: r = min(edit(a[1:], b) + 1, edit(a, b[1:]) + 1, edit(a[1:], b[1:]) + (a[0] != b[0]))
    memo[a, b] = r
    return r
print(edit("kitten sitting here", "sitting kitten there"))
def deep(n): return 0 if n == 0 else deep(n - 1) + 1
print([deep(k) for k in (10, 100, 900)], sum(deep(50) for _ in range(100)))
def rec_error(n): return rec_error(n + 1) + 1
for _ in range(3):
    try: rec_error(0)
    except RecursionError as e: print(e)
print(fib(12))
