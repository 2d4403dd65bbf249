# Closures, nonlocal counters, lambdas, callbacks and nested functions in hot loops.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
c = counter()
for i in range(5000): c()
print(c(), c(0.5), c(2**70))
def apply(f, n):
    x = 0
    for i in range(n): x = f(x, i)
    return x
print(apply(lambda a, b: a + b, 5000), apply(lambda a, b: a ^ b, 5000), apply(max, 500), apply(lambda a, b: b if a else 1, 9))
def make_adders(n): return [lambda x, i=i: x + i for i in range(n)]
s = 0
for r in range(100):
    for f in make_adders(20): s = f(s) % 1000003
print(s)
def outer(n):
    total = 0
    def add(x):
        nonlocal total
        total += x
        def sub(y):
            nonlocal total
            total -= y
            return total
        return sub
    for i in range(n): add(i)(i // 2)
    return total
print(outer(3000))
def late(n):
    fs = []
    for i in range(n):
        def f(): return i
        fs.append(f)
    return sum(f() for f in fs)
print(late(500))
def mutual(n):
    def even(k): return True if k == 0 else odd(k - 1)
    def odd(k): return False if k == 0 else even(k - 1)
    return [even(i % 20) for i in range(n)].count(True)
print(mutual(1000))
class Ev:
    def __init__(self): self.h = []
    def on(self, f): self.h.append(f); return f
    def fire(self, *a):
        for f in self.h: f(*a)
ev, log = Ev(), {"n": 0, "s": 0}
@ev.on
def a(x): log["n"] += 1
@ev.on
def b(x): log["s"] += x
for i in range(2000): ev.fire(i)
print(log)
def kw(n):
    def f(a, b=2, *args, c=3, **k): return a + b + c + len(args) + len(k)
    s = 0
    for i in range(n): s += f(i) + f(i, 1) + f(i, c=1) + f(i, 1, 2, 3, d=4) + f(*(i, 1), **{"c": 2})
    return s
print(kw(1500))
def shadow(n):
    x = 0
    for i in range(n):
        x = (lambda x: x + 1)(x)
        x = [x + j for j in range(2)][1]
    return x
print(shadow(2000))
