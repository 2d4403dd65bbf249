# Multiple inheritance: C3 linearization, diamonds, super() chains, mixins, inconsistent MRO.
# turnstile: stress
def mro(c): return [k.__name__ for k in c.__mro__]
class A:
    def m(self): return ["A"]
class B(A):
    def m(self): return ["B"] + super().m()
class C(A):
    def m(self): return ["C"] + super().m()
class D(B, C):
    def m(self): return ["D"] + super().m()
print(mro(D), D().m())
class O: pass
class A1(O): pass
class B1(O): pass
class C1(O): pass
class D1(O): pass
class E1(O): pass
class K1(A1, B1, C1): pass
class K2(D1, B1, E1): pass
class K3(D1, A1): pass
class Z(K1, K2, K3): pass
print(mro(Z))
try:
    class X(A, B): pass
except TypeError as e:
    print(e)
class P(A1, B1): pass
class Q(B1, A1): pass
try:
    class R(P, Q): pass
except TypeError as e:
    print(e)
try:
    class Dup(A, A): pass
except TypeError as e:
    print(e)
for base in (5, "s", None):
    try:
        class Bad(base): pass
    except TypeError as e:
        print(type(e).__name__)
try:
    class NB(bool): pass
except TypeError as e:
    print(e)
class Base:
    def __init__(self, **kw): self.log = ["Base"]; self.rest = kw
class M1(Base):
    def __init__(self, x=0, **kw): super().__init__(**kw); self.log.append("M1"); self.x = x
class M2(Base):
    def __init__(self, y=0, **kw): super().__init__(**kw); self.log.append("M2"); self.y = y
class M3(M1, M2):
    def __init__(self, **kw): super().__init__(**kw); self.log.append("M3")
m = M3(x=1, y=2, z=3)
print(m.log, m.x, m.y, m.rest)
class L:
    v = "L"
    def only_l(self): return "only_l"
class R_:
    v = "R"
    def only_r(self): return "only_r"
class LR(L, R_): pass
class RL(R_, L): pass
print(LR.v, RL.v, LR().only_r(), LR().only_l())
class Deep(LR):
    v = "Deep"
print(super(Deep, Deep()).v, super(LR, Deep()).v, super(L, Deep()).v)
try:
    super(R_, Deep()).v
except AttributeError as e:
    print(e)
class JsonMixin:
    def dump(self): return "{" + ", ".join("%s: %r" % kv for kv in sorted(self.__dict__.items())) + "}"
class CmpMixin:
    def __eq__(self, o): return self.__dict__ == o.__dict__
    def __lt__(self, o): return sorted(self.__dict__.items()) < sorted(o.__dict__.items())
class Point(JsonMixin, CmpMixin):
    def __init__(self, x, y): self.x, self.y = x, y
print(Point(1, 2).dump(), Point(1, 2) == Point(1, 2), Point(1, 2) < Point(1, 3), Point.__hash__)
class ListDict(list, JsonMixin): pass
ld = ListDict("ab"); ld.k = 1
print(ld, ld.dump(), mro(ListDict))
A.m = lambda self: ["patched A"]
print(D().m())
class S(B):
    def m(self):
        f = lambda: super(S, self).m()
        return ["S"] + f() + [x for x in super().m()]
print(S().m())
print(issubclass(D, A), D.__bases__ == (B, C), D.__base__.__name__, D.mro() == list(D.__mro__))
