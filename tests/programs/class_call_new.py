# __call__, __new__, singletons, immutable subclasses, factories returning other types.
# turnstile: stress
class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *a, k=0): return self.n + x + sum(a) + k
add5 = Adder(5)
print(add5(1), add5(1, 2, 3, k=4), list(map(add5, [1, 2])), callable(add5), callable(Adder), callable(5), callable(len), callable(lambda: 0))
class Single:
    inst = None
    def __new__(cls, *a, **k):
        if cls.inst is None: cls.inst = super().__new__(cls)
        return cls.inst
    def __init__(self, v=None): self.v = v
a, b = Single(1), Single(2)
print(a is b, a.v)
class Other:
    def __new__(cls, x): return [x]
    def __init__(self, x): print("not called")
print(Other(5))
class NewOnly:
    def __new__(cls, a, b=2):
        self = object.__new__(cls)
        self.ab = (a, b)
        return self
print(NewOnly(1).ab, NewOnly(1, b=3).ab)
try:
    NewOnly()
except TypeError as e:
    print(e)
class Pt(tuple):
    def __new__(cls, x, y): return tuple.__new__(cls, (x, y))
    x = property(lambda s: s[0]); y = property(lambda s: s[1])
    def __add__(self, o): return Pt(self.x + o.x, self.y + o.y)
print(Pt(1, 2) + Pt(3, 4), (Pt(1, 2) + Pt(3, 4)).y, {Pt(1, 2): "k"}[(1, 2)])
for f in (lambda: object(1), lambda: Adder(), lambda: type("X", (), {})(1), lambda: add5(), lambda: object.__new__(5), lambda: object.__new__(int)):
    try:
        f()
    except TypeError as e:
        print(e)
class Base:
    registry = {}
    def __new__(cls, kind, *a):
        return object.__new__(cls.registry.get(kind, cls))
    def __init__(self, kind, *a): self.kind, self.a = kind, a
class K1(Base): pass
class K2(Base): pass
Base.registry.update(one=K1, two=K2)
print([type(Base(k)).__name__ for k in ("one", "two", "three")], Base("one", 5).a)
class Meth:
    def __call__(self): return "orig"
m = Meth()
Meth.__call__ = lambda self, *a: ("patched", a)
print(m(), m(1, 2))
class CallChain:
    def __init__(self): self.v = []
    def __call__(self, x): self.v.append(x); return self
print(CallChain()(1)(2)(3).v)
print(type("Dyn", (Adder,), {"__call__": lambda s, x: super(type(s), s).__call__(x) * 10})(1)(2))
class WithClassAttrs:
    a = 1
    b = a + 1
    c = [i for i in range(b)]
    def d(x, y=b): return y
    e = d(0)
    if e == 2: f = "two"
    del a
print(WithClassAttrs.b, WithClassAttrs.c, WithClassAttrs.e, WithClassAttrs.f, hasattr(WithClassAttrs, "a"))
