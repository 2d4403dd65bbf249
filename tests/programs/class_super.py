# super() in methods, class methods, static methods, properties, __init__, __getattr__, nested functions, with closures.
# turnstile: stress
class A:
    def __init__(self): self.log = ["A"]
    @classmethod
    def make(cls): return "A.make of " + cls.__name__
    @staticmethod
    def st(): return "A.st"
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return "A[%r]" % (k,)
    def __len__(self): return 3
    attr = "A.attr"
class B(A):
    def __init__(self):
        super().__init__()
        self.log += ["B"]
    @classmethod
    def make(cls): return "B." + super().make()
    @staticmethod
    def st(): return "B." + super(B, B).st()
    @property
    def p(self): return "B." + super().p
    def __getitem__(self, k): return "B." + super().__getitem__(k)
    def __len__(self): return super().__len__() + 1
    def attr_of_super(self): return super().attr
    attr = "B.attr"
    def nested(self):
        def inner():
            return super(B, self).p
        return inner()
    def with_class_cell(self): return __class__.__name__
class C(B): pass
c = C()
print(c.log, C.make(), c.make(), C.st(), c.p, c[1], len(c), c.attr_of_super(), c.nested(), c.with_class_cell())
print(super(B, c).p, super(C, C).make(), super(B, C).make())
for f in (lambda: super(B, 5), lambda: super(int, "s"), lambda: super(5)):
    try:
        f()
    except TypeError as e:
        print(e)
def loose(self): return super().p
try:
    loose(c)
except RuntimeError as e:
    print(e)
class NoArgs:
    def m(): return super().x
try:
    NoArgs.m()
except RuntimeError as e:
    print(e)
class G:
    def f(self):
        s = super()
        try:
            s.nothing
        except AttributeError as e:
            return str(e)
print(G().f())
class Gen(A):
    def items(self):
        yield super().p
        yield from (super(Gen, self).attr for _ in range(1))
print(list(Gen().items()))
class N(A):
    def __new__(cls, *a):
        o = super().__new__(cls)
        o.made = a
        return o
    def __init__(self, *a): super().__init__(); self.log.append(len(a))
n = N(1, 2)
print(n.made, n.log)
class Setter(A):
    def __setattr__(self, k, v): super().__setattr__(k, ("wrapped", v))
    def __getattribute__(self, k):
        if k == "magic": return "intercepted"
        return super().__getattribute__(k)
    def __delattr__(self, k): print("del", k); super().__delattr__(k)
s = Setter(); s.x = 1
print(s.x, s.log, s.magic)
del s.x
print(hasattr(s, "x"))
class X1:
    def who(self): return "X1"
class X2:
    def who(self): return "X2"
class Y(X1, X2):
    def who(self): return [super().who(), super(X1, self).who()]
print(Y().who())
bound = super(B, c).__getitem__
print(bound("k"), isinstance(super(B, c), super))
