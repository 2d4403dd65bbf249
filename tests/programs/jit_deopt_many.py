# Deoptimization after many iterations, again and again, at different places of one function.
def f(xs, n):
    s = 0
    t = 0.0
    last = None
    for i in range(n):
        x = xs[i % len(xs)]
        s = s + x
        t = t + x * 0.5
        if x == 3: last = i
        s = s - (x if i % 2 else 0)
    return s, t, last
print(f([1, 2, 3], 6000), f([1.5, 2, 3], 6000), f([2**62, 2**62, 3], 3000), f([True, False, 3], 3000), f([1, 2, 3], 100))
class Num:
    def __init__(self, v): self.v = v
    def __add__(self, o): return Num(self.v + (o.v if isinstance(o, Num) else o))
    def __radd__(self, o): return Num(self.v + o)
    def __sub__(self, o): return Num(self.v - (o.v if isinstance(o, Num) else o))
    def __mul__(self, k): return self.v * k
    def __eq__(self, o): return self.v == o
r = f([1, Num(5), 3], 3000)
print(r[0].v, r[1], r[2])
def alternating(n):
    out = []
    x = 0
    for i in range(n):
        if i % 1000 == 999: x = [0, 0.0, "0", None, (), 2**64, True, False][i // 1000 % 8]
        try:
            x = x + 1
        except TypeError as e:
            if i % 1000 in (0, 999): out.append((i, str(e)))
            x = 0
    return x, out
print(alternating(16000))
def branch(n, flag):
    a = b = c = 0
    for i in range(n):
        if i < n - 5 or not flag:
            a += 1
            b += a % 3
        else:
            a = "s" * 3
            b = [a, b]
            c = {"k": b}
            a = len(a)
            b = 0
    return a, b, c
print(branch(5000, False), branch(5000, True))
def swap(n):
    a, b, c, d = 1, 2.5, "x", None
    for i in range(n): a, b, c, d = b, c, d, a
    return a, b, c, d
print(swap(4001), swap(4002), swap(4003))
def stack_values(l, n):
    s = 0
    for i in range(n):
        s = s + (i * 2 + (i * 3 + (i * 4 + l[i % len(l)])))
        s = s + (lambda q: q)(1) * (5 - (6 if i % 2 else 7.5))
    return s
print(stack_values([1, 2], 3000), stack_values([1, 2] * 1000 + [0.25], 3000))
def long_args(a, b, c, d, e, g, h, i): return a + b * c - d // e + g * (h - i)
s = 0
for i in range(3000): s += long_args(i, 2, 3, i, 7, i, 5, 1 if i < 2990 else 1.5)
print(s)
def undefined_later(n):
    for i in range(n):
        if i % 2 == 0: x = i
        y = x
        if i == n - 2: del x
    return y
try:
    print(undefined_later(3001))
except UnboundLocalError as e:
    print(e)
print(undefined_later(3000) if False else "end")
