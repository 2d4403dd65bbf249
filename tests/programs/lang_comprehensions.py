# List, set, dict comprehensions and generator expressions.
# turnstile: stress
print([x * x for x in range(6)])
print([x for x in range(30) if x % 2 if x % 3 == 0])
print([(x, y) for x in range(3) for y in range(x)])
print([[y for y in range(x)] for x in range(4)])
print({x % 3 for x in range(10)}, {x: x ** 2 for x in range(4)})
print({k: v for v, k in enumerate("hello")})
print(sum(x for x in range(101)), list(x for x in "abc"))
print([a if a > 0 else -a for a in (-2, 1, -3)])
print([f(3) for f in [lambda x: x + 1, lambda x: x * 2]])
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)])
print([v for row in m for v in row if v % 2])
n = 3
print([n * i for i in range(n)], n)
print([(n := n + i) for i in range(4)], n)
def order():
    log = []
    def t(x):
        log.append(x)
        return x
    r = {t("k%d" % i): t("v%d" % i) for i in range(2)}
    return log, r
print(order())
g = (1 // x for x in (1, 0))
print(next(g))
try:
    next(g)
except ZeroDivisionError as e:
    print(e)
print(list(g))
try:
    bad = (x for x in 5)
except TypeError as e:
    print(e)
try:
    [x for x in None]
except TypeError as e:
    print(e)
def closure():
    return [lambda: x for x in range(3)]
print([f() for f in closure()])
def free(k):
    return [[k + i + j for i in range(2)] for j in range(2)]
print(free(10))
print([x for x, in [(1,), (2,)]], [x for (x, *_) in ["ab", "cde"]])
print(any(x > 2 for x in [1, 2, 3]), all(x for x in []))
it = iter(range(10))
print([(a, next(it)) for a in it])
print({(a, b) for a in "a" for b in "b"})
print(dict((k, [k] * i) for i, k in enumerate("abc")))
print(sorted(w for w in {"b", "a", "c"}))
print([i for i in range(5) if (lambda z: z % 2)(i)])
print(len([None for _ in range(1000)]), [*(i for i in range(3))])
class K:
    vals = [1, 2, 3]
    doubled = [v * 2 for v in vals]
print(K.doubled)
