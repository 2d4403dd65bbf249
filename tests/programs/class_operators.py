# Arithmetic dunders: normal, reflected, in-place, NotImplemented, unary, subclass priority.
# turnstile: stress
def show(*a): print(*a)
def make(name):
    def op(self, o): return "%s(%s,%s)" % (name, self.n, getattr(o, "n", o))
    return op
class N:
    def __init__(self, n): self.n = n
for n in "add sub mul truediv floordiv mod lshift rshift and or xor matmul divmod".split():
    setattr(N, "__%s__" % n, make(n))
    setattr(N, "__r%s__" % n, make("r" + n))
N.__pow__ = lambda s, o, m=None: "pow(%s,%s,%s)" % (s.n, getattr(o, "n", o), m)
N.__rpow__ = make("rpow")
a, b = N("a"), N("b")
print(a + b, a - 1, 1 - a, a * b, 2 * a, a / b, 1.5 / a, a // b, "s" // a, a % b, None % a)
print(a << 1, 1 << a, a >> 1, 1 >> a, a & b, 1 & a, a | b, [] | a, a ^ b, 1 ^ a, a @ b, 1 @ a, divmod(a, b), divmod(1, a))
print(a ** b, 2 ** a, pow(a, 2, 5), [1] + a if hasattr(a, "__radd__") else "")
class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __round__(self, n=None): return "round %s" % n
    def __trunc__(self): return 7
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __int__(self): return 11
    def __float__(self): return 2.5
    def __index__(self): return 3
    def __bool__(self): return False
u = U()
import math
print(-u, +u, ~u, abs(u), round(u), round(u, 2), math.trunc(u), math.floor(u), math.ceil(u), int(u), float(u), [0, 1, 2, 3][u], bool(u), hex(u), range(10)[u:], "abcd"[u])
class V:
    def __init__(self, *c): self.c = c
    def __add__(self, o):
        if not isinstance(o, V): return NotImplemented
        return V(*(x + y for x, y in zip(self.c, o.c)))
    def __mul__(self, k):
        if isinstance(k, V): return sum(x * y for x, y in zip(self.c, k.c))
        if isinstance(k, (int, float)): return V(*(x * k for x in self.c))
        return NotImplemented
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -o
    def __radd__(self, o):
        if o == 0: return self
        return NotImplemented
    def __repr__(self): return "V%r" % (self.c,)
print(V(1, 2) + V(3, 4), V(1, 2) * 3, 3 * V(1, 2), V(1, 2) * V(3, 4), V(5, 5) - V(1, 2), sum([V(1, 1), V(2, 2)]))
for f in (lambda: V(1) + 1, lambda: 1 + V(1), lambda: V(1) * "s", lambda: "s" * V(1), lambda: V(1) / 2, lambda: -object(), lambda: V(1) ** 2, lambda: V(1) < V(2), lambda: ~V(1), lambda: divmod(V(1), 2), lambda: [] + V(1), lambda: V(1) @ V(2), lambda: abs(V(1)), lambda: round(V(1)), lambda: int(V(1)), lambda: float(V(1)), lambda: [1][V(1)]):
    try:
        print(f())
    except TypeError as e:
        print(e)
class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Derived(Base):
    def __radd__(self, o): return "Derived.radd"
class Same(Base): pass
print(Base() + Derived(), Derived() + Base(), Base() + Same(), Base() + Base(), 1 + Derived())
class Half:
    def __add__(self, o): return NotImplemented
class Other:
    def __radd__(self, o): return "other radd"
print(Half() + Other())
