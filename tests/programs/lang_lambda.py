# Lambdas: defaults, star arguments, nesting, as keys, in data structures, conditional.
# turnstile: stress
print((lambda: None)(), (lambda x: x)(1), (lambda x, y=2: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1))
print((lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3))
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}
for k in ops:
    print(k, ops[k](7, 2))
print(sorted([3, -1, 2], key=lambda v: -v), max("a bb ccc".split(), key=lambda s: len(s)))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(20))
print((lambda: (yield_ := 3) + 1)())
print(list(map(lambda a, b, c: a + b * c, [1, 2], [3, 4], [5, 6])))
print(list(filter(lambda c: c.isdigit(), "a1b2c3")))
fs = [(lambda n: lambda x: x ** n)(n) for n in range(4)]
print([f(3) for f in fs])
def make(n):
    return lambda: (lambda: n)
print(make(5)()())
print((lambda x: (lambda y: (lambda z: x * 100 + y * 10 + z)(3))(2))(1))
f = lambda n: f(n - 1) + n if n else 0
print(f(50), f.__name__)
class C:
    double = lambda self: self.v * 2
    v = 21
print(C().double())
print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, j=4))
try:
    (lambda x: x)()
except TypeError as e:
    print(e)
try:
    (lambda x, y: x)(1, 2, 3)
except TypeError as e:
    print(e)
g = lambda: print("side effect") or "value"
print(g())
h = lambda a, b=[]: b.append(a) or list(b)
print(h(1), h(2))
compose = lambda *f: (lambda x: x) if not f else (lambda x: f[0](compose(*f[1:])(x)))
print(compose(lambda x: x + 1, lambda x: x * 10)(4))
print((lambda s: s if s == s[::-1] else s + s[::-1])("abc"))
print([(lambda: i)() for i in range(3)], [*map(lambda p: p[0] + p[1], {"a": "b", "c": "d"}.items())])
