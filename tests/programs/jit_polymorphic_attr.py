# Polymorphic attribute access and calls from one hot site: 1, 2, 4 and many classes, instance dict changes.
class A:
    def __init__(self): self.v = 1
    def m(self): return self.v
class B:
    def __init__(self): self.x = 0; self.v = 2
    def m(self): return self.v * 10
class C(A):
    v = 3
    def __init__(self): pass
class D:
    @property
    def v(self): return 4
    def m(self): return 40
class E:
    def __getattr__(self, n): return 5 if n == "v" else (lambda: 50)
class F(B):
    def m(self): return super().m() + 1
def loop(objs, n):
    s = 0
    for i in range(n):
        o = objs[i % len(objs)]
        s += o.v + o.m()
    return s
print(loop([A()], 3000), loop([A(), B()], 3000), loop([A(), B(), C(), D()], 3000), loop([A(), B(), C(), D(), E(), F()], 6000))
many = [type("T%d" % i, (), {"v": i, "m": lambda self, i=i: i})() for i in range(40)]
print(loop(many, 4000))
def sets(objs, n):
    for i in range(n):
        o = objs[i % len(objs)]
        o.acc = getattr(o, "acc", 0) + i
        o.last = i
    return [(o.acc, o.last) for o in objs]
print(sets([A(), B(), C(), D()], 4000))
def shape(n):
    s = 0
    for i in range(n):
        o = A()
        if i % 2: o.extra = i
        if i % 3 == 0: o.other = 1
        if i % 5 == 0: del o.v; o.v = 7
        s += o.v + len(o.__dict__)
    return s
print(shape(3000))
a = A()
def hot(o, n):
    s = 0
    for i in range(n):
        s += o.v
        if i == n // 2: o.v = 0.5
        if i == n - 10: o.v = 2**70
    return s
print(hot(a, 4000))
def missing(o, n):
    for i in range(n):
        x = o.v
        if i == n - 5: del o.v
a = A()
try:
    missing(a, 4000)
except AttributeError as e:
    print(e)
o = C(); print(loop([o], 100)); o.v = 9; print(loop([o], 100)); del o.v; print(loop([o], 100))
a = A(); a.m = lambda: 1000
print(loop([a, A()], 2000))
