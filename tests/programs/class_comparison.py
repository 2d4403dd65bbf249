# Rich comparison, __eq__/__hash__ interplay, reflected comparison, sorting with __lt__, total order by hand.
# turnstile: stress
class C:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, C) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return "C(%r)" % self.v
print(C(1) == C(1), C(1) != C(1), C(1) == 1, 1 == C(1), C(1) != 2, C(1) < C(2), C(1) > C(2))
try:
    C(1) <= C(2)
except TypeError as e:
    print(e)
print(sorted([C(3), C(1), C(2)]), max(C(1), C(5)), min([C(4), C(2)]), len({C(1), C(1), C(2)}), {C(1): "a"}[C(1)])
print([C(1), C(2)] == [C(1), C(2)], (C(1),) == (C(1),), C(2) in [C(1), C(2)], [C(1), C(2)].index(C(2)), [C(1), C(1)].count(C(1)))
class EqOnly:
    def __eq__(self, o): return True
try:
    hash(EqOnly())
except TypeError as e:
    print(e)
try:
    {EqOnly(): 1}
except TypeError as e:
    print(e)
print(EqOnly() == 5, 5 == EqOnly(), EqOnly() != 5, EqOnly.__hash__)
class Plain: pass
p = Plain()
print(p == p, p == Plain(), p != Plain(), p != p, hash(p) == hash(p), p in [p])
log = []
class L:
    def __init__(self, n): self.n = n
    def __eq__(self, o): log.append("%s==" % self.n); return NotImplemented
    def __lt__(self, o): log.append("%s<" % self.n); return NotImplemented
    def __gt__(self, o): log.append("%s>" % self.n); return NotImplemented
a, b = L("a"), L("b")
print(a == b, log); log.clear()
print(a != b, log); log.clear()
try:
    a < b
except TypeError as e:
    print(e, log); log.clear()
class Sub(L):
    def __gt__(self, o): log.append("sub>"); return True
print(a < Sub("s"), log); log.clear()
class Odd:
    def __eq__(self, o): return "weird"
    def __ne__(self, o): return []
    def __le__(self, o): return None
print(Odd() == 1, Odd() != 1, Odd() <= 1, 1 >= Odd(), Odd() in [1], not Odd() != 1)
class Key:
    def __init__(self, k): self.k = k
    def __hash__(self): return 1
    def __eq__(self, o): return self.k == o.k
d = {Key(i): i for i in range(20)}
print(len(d), d[Key(7)], Key(20) in d, sum(d.values()))
class BadHash:
    def __hash__(self): return "x"
class BigHash:
    def __hash__(self): return 2**100
class RaiseEq:
    def __hash__(self): return hash(1)
    def __eq__(self, o): raise ValueError("eq raised")
try:
    hash(BadHash())
except TypeError as e:
    print(e)
print(hash(BigHash()) == hash(2**100), hash(True) == hash(1) == hash(1.0))
try:
    {1: 1}[RaiseEq()]
except ValueError as e:
    print(e)
class Ver:
    def __init__(self, s): self.t = tuple(map(int, s.split(".")))
    def __lt__(self, o): return self.t < o.t
    def __le__(self, o): return self.t <= o.t
    def __eq__(self, o): return self.t == o.t
    def __str__(self): return ".".join(map(str, self.t))
print(*sorted(map(Ver, "1.10 1.9 1.2.3 0.1".split())), Ver("1.0") <= Ver("1.0") < Ver("2"), Ver("2") >= Ver("1.5"))
class Child(C):
    pass
print(C(1) == Child(1), Child.__hash__ is C.__hash__)
