# property: getter, setter, deleter, inheritance, property() call, errors, docs, caching, class access.
# turnstile: stress
class T:
    def __init__(self, c): self._c = c
    @property
    def c(self):
        "celsius"
        return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError("too cold")
        self._c = v
    @c.deleter
    def c(self): print("deleted"); self._c = None
    @property
    def f(self): return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
t = T(100)
print(t.c, t.f)
t.f = 32
print(t.c)
t.c += 10
print(t.c, t.f)
try:
    t.c = -300
except ValueError as e:
    print(e)
del t.c
print(t.c, T.c.__doc__, isinstance(T.c, property), T.c.fget(T(5)))
class RO:
    @property
    def x(self): return 1
    y = property(lambda self: 2, None, None, "doc y")
    z = property()
    w = property(fset=lambda self, v: print("set", v))
r = RO()
for f in (lambda: setattr(r, "x", 1), lambda: delattr(r, "x"), lambda: setattr(r, "y", 1), lambda: r.z, lambda: r.w, lambda: setattr(r, "w", 9)):
    try:
        print(f())
    except AttributeError as e:
        print(e)
print(r.x, r.y, RO.y.__doc__)
r.__dict__["x"] = "shadow?"
print(r.x, r.__dict__)
class Sub(RO):
    @property
    def x(self): return super().x + 10
    @RO.y.getter
    def y(self): return "new getter"
print(Sub().x, Sub().y)
class Sub2(RO):
    x = 5
s = Sub2(); s.x = 6
print(s.x)
class Err:
    @property
    def bad(self): return self.missing
    def __getattr__(self, n): return "getattr:" + n
print(Err().bad, Err().other)
class Err2:
    @property
    def bad(self): raise AttributeError("inner")
    def __getattr__(self, n): return "fallback " + n
print(Err2().bad)
class Err3:
    @property
    def bad(self): raise KeyError("prop")
    def __getattr__(self, n): return "not used"
try:
    Err3().bad
except KeyError as e:
    print(repr(e))
class Counted:
    calls = 0
    @property
    def lazy(self):
        Counted.calls += 1
        if not hasattr(self, "_lazy"): self._lazy = Counted.calls
        return self._lazy
c = Counted()
print(c.lazy, c.lazy, Counted.calls)
class V:
    def __init__(self, *xs): self.xs = xs
    norm2 = property(lambda self: sum(x * x for x in self.xs))
    @property
    def pair(self): return self.xs[0], self.xs[-1]
a, b = V(3, 4, 5).pair
print(a, b, V(3, 4).norm2, hasattr(c, "lazy"), hasattr(r, "z"))
V.norm2 = property(lambda self: "replaced")
print(V(1).norm2)
T.k = property(lambda s: "added later")
print(t.k)
