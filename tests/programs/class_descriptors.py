# Simple descriptors: __get__, __set__, __delete__, data vs non-data, static/class methods, __set_name__.
# turnstile: stress
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, v):
        if not isinstance(v, self.t): raise TypeError("%s must be %s" % (self.name[1:], self.t.__name__))
        obj.__dict__[self.name] = v
    def __delete__(self, obj): obj.__dict__.pop(self.name, None)
class P:
    x = Typed(int)
    s = Typed(str)
p = P()
print(p.x); p.x = 5; print(p.x, p.__dict__)
try:
    p.x = "no"
except TypeError as e:
    print(e)
del p.x; print(p.x, isinstance(P.x, Typed))
class NonData:
    def __get__(self, obj, owner): return ("nondata", obj is None, owner.__name__)
class Q:
    n = NonData()
class Q2(Q): pass
q = Q()
print(q.n, Q.n, Q2().n, Q2.n)
q.n = "instance wins"
print(q.n)
class Cached:
    def __init__(self, f): self.f, self.name = f, f.__name__
    def __get__(self, obj, owner):
        v = self.f(obj)
        obj.__dict__[self.name] = v
        return v
class R:
    @Cached
    def slow(self):
        print("computing")
        return 42
r = R()
print(r.slow, r.slow)
class S:
    @staticmethod
    def st(a, b=2): return a, b
    @classmethod
    def cm(cls, *a): return cls.__name__, a
    def plain(a): return a
class S2(S): pass
print(S.st(1), S().st(1, 3), S.cm(1), S2.cm(2), S2().cm(), S.plain("direct"))
f = S.cm
print(f(9), f.__self__ is S, S.__dict__["st"].__func__(7), type(S.__dict__["cm"]).__name__)
class MethodLike:
    def __init__(self, tag): self.tag = tag
    def __call__(self, *a): return self.tag, len(a)
class U:
    m = MethodLike("callable, not bound")
print(U().m(1, 2))
class BindMe:
    def __get__(self, obj, owner): return lambda *a: (type(obj).__name__, a)
class W:
    m = BindMe()
print(W().m(1), W.m(2))
class Meta_free:
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
class WithTag(Meta_free, tag="hello"): pass
class NoTag(Meta_free): pass
print(WithTag.tag, NoTag.tag)
def func(self): return "as method of " + type(self).__name__
class Z: pass
z = Z()
print(func.__get__(z, Z)(), func.__get__(z)())
z.f = func
try:
    z.f()
except TypeError as e:
    print(e)
