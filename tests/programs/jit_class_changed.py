# Class attributes, methods, bases' methods and __class__ changed while a loop over them is hot.
class P:
    k = 1
    def get(self): return self.k
class Q(P): pass
class R:
    k = 100
    def get(self): return self.k
def loop(o, n, at, action):
    s = 0
    for i in range(n):
        s += o.get() + o.k
        if i == at: action(o)
    return s
N = 4000
def set_k(o): P.k = 5
def set_method(o): P.get = lambda self: self.k * 1000
def shadow(o): Q.k = 7
def inst(o): o.k = 11
def override(o): Q.get = lambda self: -1
def unshadow(o): del Q.k
def klass(o): o.__class__ = R
def prop(o): Q.k = property(lambda self: 13)
for act in (set_k, set_method, shadow, inst, override, unshadow):
    print(act.__name__, loop(Q(), N, N // 2, act))
del Q.get
print("klass", loop(Q(), N, N // 2, klass))
print("prop", loop(Q(), N, N // 2, prop))
del Q.k
class Op:
    def __init__(self, v): self.v = v
    def __add__(self, o): return Op(self.v + o.v)
    def __lt__(self, o): return self.v < o.v
def adds(n):
    x, one = Op(0), Op(1)
    for i in range(n):
        x = x + one
        if i == n // 2: Op.__add__ = lambda a, b: Op(a.v + b.v * 2)
    return x.v
print(adds(3000))
def lens(n):
    class L:
        def __len__(self): return 3
        def __getitem__(self, i): return i
        def __call__(self): return 1
        def __bool__(self): return True
    l, s = L(), 0
    for i in range(n):
        if l: s += len(l) + l[i] + l()
        if i == n // 2:
            L.__len__ = lambda self: 30
            L.__getitem__ = lambda self, i: -i
            L.__call__ = lambda self: 100
        if i == n - 100: L.__bool__ = lambda self: False
    return s
print(lens(3000))
def late_getattr(n):
    class G: x = 1
    g, s = G(), 0
    for i in range(n):
        s += g.x
        if i == n // 2:
            G.__getattribute__ = lambda self, k: 50
    return s
print(late_getattr(3000))
