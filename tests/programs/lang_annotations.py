# Annotations of modules, classes and functions: when they are evaluated and where they go.
# turnstile: stress
def f(n):
    print("f", n)
    return n
x: f(1) = f(2)
y: f(3)
print(__annotations__)
class C:
    a: f(4) = f(5)
    b: f(6)
    (c): f(7) = 8
    print(__annotations__)
print(C.__annotations__)
class D:
    pass
print(D.__annotations__ if hasattr(D, "__annotations__") else "none")
def g(p: f(10), q: f(11) = f(12), *args: f(13), k: f(14) = f(15), **kw: f(16)) -> f(17):
    z: f(18) = f(19)
    w: f(20)
    return z
print(g.__annotations__)
print(g(1))
def h(a: int, b: "str" = 1) -> None: pass
print(h.__annotations__)
(lambda a: a).__annotations__
o = C()
o.attr: f(21) = f(22)
d = {}
d[f(23)]: f(24) = f(25)
d[f(26)]: f(27)
o.zz: f(28)
print(o.attr, d)
try:
    undefined: nothing_here
except NameError as e:
    print(e)
def loc():
    undefined2: nothing_here = 3
    return undefined2
print(loc())
try:
    def bad(a: nothing): pass
except NameError as e: print(e)
g.__annotations__["new"] = 1
print(sorted(g.__annotations__))
g.__annotations__ = {"x": 1}
print(g.__annotations__)
try:
    g.__annotations__ = 3
except TypeError as e: print(e)
del g.__annotations__
print(g.__annotations__)
class E:
    for i in range(2):
        v: int = i
print(E.__annotations__, E.v)
if True:
    cond: "list[int]" = []
print(__annotations__["cond"])
class P:
    def m(self, other: "P") -> "P": ...
print(P.m.__annotations__)
class Q(C): pass
print(Q.__annotations__ == C.__annotations__)
class R:
    __private: int = 3
print(R.__annotations__)
