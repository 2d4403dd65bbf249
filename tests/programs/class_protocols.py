# Compared with python3: many small cases.
# turnstile: stress
# descriptors, MRO, classes
class Desc:
    def __init__(self, n): self.n = n
    def __get__(self, o, t): return (self.n, o is None, t.__name__)
    def __set__(self, o, v): print("set", self.n, v)
    def __delete__(self, o): print("del", self.n)
class NonData:
    def __get__(self, o, t): return "nondata"
class A:
    d = Desc("d"); n = NonData()
a = A(); print(a.d, A.d, a.n); a.d = 5; del a.d; a.n = "inst"; print(a.n); a.__dict__["d"] = 7; print(a.d)
class B:
    def __getattribute__(self, k):
        if k == "special": return "sp"
        return object.__getattribute__(self, k)
    def __getattr__(self, k): return "ga:" + k
    def __setattr__(self, k, v): print("setattr", k); object.__setattr__(self, k, v)
    def __delattr__(self, k): print("delattr", k); object.__delattr__(self, k)
b = B(); b.x = 1; print(b.x, b.y, b.special); del b.x; print(b.x)
try: del b.zz
except AttributeError as e: print(e)
class X: pass
class Y(X): pass
class Z(X): pass
class W(Y, Z): pass
print([c.__name__ for c in W.__mro__])
try:
    class V(X, Y): pass
except TypeError as e: print(e)
try:
    class U(int, str): pass
except TypeError as e: print(e)
try:
    class T(bool): pass
except TypeError as e: print(e)
try:
    class S(X, X): pass
except TypeError as e: print(e)
try:
    class R(5): pass
except TypeError as e: print(e)
class M1(type): pass
class M2(type): pass
class Q1(metaclass=M1): pass
class Q2(metaclass=M2): pass
try:
    class Q3(Q1, Q2): pass
except TypeError as e: print(e)
for f in (lambda: A.nope, lambda: a.nope, lambda: setattr(5, "x", 1), lambda: setattr(int, "x", 1), lambda: setattr(object(), "x", 1), lambda: delattr(a, "zz"), lambda: A(1), lambda: object.__new__(5), lambda: object.__new__(int), lambda: int.__new__(str), lambda: A.__init__(), lambda: A.d.x, lambda: type("a", 5, {}), lambda: type(1, (), {}), lambda: type("a", (), 5), lambda: (lambda: 1).x, lambda: len.x, lambda: [].x, lambda: None.x, lambda: (1).x, lambda: print.x, lambda: "".foo(), lambda: {}.foo, lambda: super(A, 5), lambda: A().__class__.__nope__, lambda: a.__dict__["q"]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class P:
    def __init__(self): self._x = 0
    @property
    def x(self):
        "doc x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): print("deleted")
    ro = property(lambda s: 5)
    @staticmethod
    def sm(a): return a
    @classmethod
    def cm(cls, a): return cls.__name__, a
p = P(); p.x = 5; print(p.x, P.x.__doc__, P.sm(1), p.sm(2), P.cm(3), p.cm(4)); del p.x
try: p.ro = 1
except AttributeError as e: print(e)
try: del p.ro
except AttributeError as e: print(e)
class WO:
    x = property(None, lambda s, v: print("w", v))
w = WO(); w.x = 3
try: w.x
except AttributeError as e: print(e)
class Op:
    def __init__(s, n): s.n = n
    def __add__(s, o): print("add"); return NotImplemented
    def __radd__(s, o): print("radd"); return 1
    def __lt__(s, o): print("lt"); return NotImplemented
    def __gt__(s, o): print("gt"); return "GT"
    def __eq__(s, o): print("eq"); return NotImplemented
    def __contains__(s, x): return x == 3
    def __call__(s, *a, **k): return a, k
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): print("si", k, v)
    def __delitem__(s, k): print("di", k)
    def __iadd__(s, o): print("iadd"); return s
    def __neg__(s): return "neg"
    def __pos__(s): return "pos"
    def __invert__(s): return "inv"
    def __abs__(s): return "abs"
    def __len__(s): return 3
    def __bool__(s): return False
    def __enter__(s): return "en"
    def __exit__(s, *a): return True
    def __index__(s): return 2
    def __int__(s): return 7
    def __float__(s): return 7.5
    def __round__(s, n=None): return ("round", n)
    def __trunc__(s): return 9
    def __reversed__(s): return iter("rev")
    def __divmod__(s, o): return ("divmod", o)
    def __rpow__(s, o, m=None): return ("rpow", o)
    def __matmul__(s, o): return "mm"
    def __dir__(s): return ["zz", "aa"]
    def __format__(s, spec): return "F" + spec
    def __sizeof__(s): return 100
    def __hash__(s): return 42
o = Op(1)
try: print(o + 5)
except TypeError as e: print(e)
print(5 + o, o > 3, o == o, o == 5, 3 in o, 4 in o, o(1, a=2), o[1], o[1:2], o[1, 2], o[...], -o, +o, ~o, abs(o), len(o), bool(o), [10, 20, 30][o], int(o), float(o), round(o), round(o, 2), list(reversed(o)), divmod(o, 3), 2 ** o, o @ 1, dir(o), f"{o:xyz}", hash(o), "abc" * o if False else "", hex(o), range(o))
o[1] = 2; del o[3]; o += 1
with o as en: print(en); raise ValueError
class It:
    def __init__(s): s.i = 0
    def __iter__(s): return s
    def __next__(s):
        s.i += 1
        if s.i > 3: raise StopIteration
        return s.i
print(list(It()), sum(It()), max(It()), [*It()], tuple(It()), dict(zip(It(), It())), sorted(It(), reverse=True))
a1, *b1 = It(); print(a1, b1)
class Slots:
    __slots__ = ("a", "b")
    def __init__(s): s.a = 1
s = Slots(); s.b = 2; print(s.a, s.b)
try: s.c = 3
except AttributeError as e: print(e)
try: s.__dict__
except AttributeError as e: print(e)
print(Slots.__slots__)
del s.a
try: s.a
except AttributeError as e: print(e)
class SubS(Slots): pass
ss = SubS(); ss.c = 3; print(ss.c, "c" in ss.__dict__)
print(repr(A)[:20], A.__name__, A.__qualname__, A.__module__, A.__bases__, type(A), A.__doc__, A.__dict__.keys() >= {"d", "n"})
def outer():
    class In:
        def m(self): pass
    return In
print(outer().__qualname__, outer().m.__qualname__, repr(outer().m)[:35], repr(outer()).startswith("<class '__main__.outer.<locals>.In'>"))
class Cmp:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
print(Cmp(1) == Cmp(1), Cmp(1) != Cmp(2), Cmp(1) in [Cmp(1)])
try: hash(Cmp(1))
except TypeError as e: print(e)
try: {Cmp(1)}
except TypeError as e: print(e)
try: sorted([Cmp(1), Cmp(2)])
except TypeError as e: print(e)
class New:
    def __new__(cls, *a): print("new", a); return super().__new__(cls)
    def __init__(self, *a): print("init", a)
New(1, 2)
class New2:
    def __new__(cls): return 5
print(New2())
class BadInit:
    def __init__(self): return 5
try: BadInit()
except TypeError as e: print(e)
class Priv:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
print(Priv().get(), Priv().__dict__)
class CI:
    def __class_getitem__(cls, k): return k
print(CI[int], CI[1, 2])
class Meta(type):
    def __instancecheck__(c, o): return o == 5
    def __subclasscheck__(c, s): return s is int
    def __len__(c): return 7
    def __getitem__(c, k): return k * 2
    def __iter__(c): return iter([1, 2])
    def __contains__(c, x): return x == 1
    def __repr__(c): return "<Meta>"
    def __getattr__(c, n): return "meta:" + n
    @property
    def prop(c): return "mprop"
class UM(metaclass=Meta): pass
print(isinstance(5, UM), isinstance(6, UM), issubclass(int, UM), len(UM), UM[4], list(UM), 1 in UM, UM, UM.zzz, UM.prop, repr(UM()).startswith("<__main__.UM object"))
