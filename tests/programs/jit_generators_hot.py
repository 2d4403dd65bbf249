# Generators in hot loops: long ones, send, nested yield from, pipelines, early close, types changing.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
print(sum(count(20000)))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
g = fib()
for _ in range(300): x = next(g)
print(x)
def running():
    total = 0
    while True: total += (yield total)
r = running(); next(r)
for i in range(5000): t = r.send(i)
print(t, r.send(0.5), r.send(2**66))
def squares(it):
    for x in it: yield x * x
def odd(it):
    for x in it:
        if x % 2: yield x
def take(n, it):
    for i, x in enumerate(it):
        if i == n: return
        yield x
print(sum(take(2000, odd(squares(count(10**9))))))
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(sum(tree(10)), len(list(tree(9))))
closed = []
def closing():
    try:
        while True: yield 1
    finally:
        closed.append(1)
for i in range(500):
    g = closing(); next(g); g.close()
print(len(closed))
def throws():
    n = 0
    while True:
        try:
            yield n
        except ValueError:
            n += 1
g = throws(); next(g)
for i in range(1000): n = g.throw(ValueError)
print(n)
def types():
    for i in range(3000): yield i
    for i in range(3000): yield i / 2
    yield 2**70
s = 0
for v in types(): s += v
print(s)
def perms(l):
    if not l: yield []
    for i, x in enumerate(l):
        for p in perms(l[:i] + l[i + 1:]): yield [x] + p
print(sum(p[0] * p[-1] for p in perms([1, 2, 3, 4, 5])))
print(sum(x * y for x in range(80) for y in range(x) if (x ^ y) & 1), max((x * 7919) % 1009 for x in range(3000)))
def lots(n):
    gens = [count(i % 10) for i in range(n)]
    return sum(sum(g) for g in gens)
print(lots(1000))
def err(n):
    for i in range(n): yield 10 // (n - 2 - i)
got = 0
try:
    for v in err(3000): got += 1
except ZeroDivisionError as e:
    print(got, e)
