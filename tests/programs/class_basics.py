# Classes, instances, class vs instance attributes, bound methods, type(), isinstance, __dict__.
# turnstile: stress
class A:
    count = 0
    items = []
    def __init__(self, v):
        self.v = v
        A.count += 1
    def get(self): return self.v
    def set(self, v): self.v = v; return self
a, b = A(1), A(2)
print(A.count, a.count, a.get(), b.set(9).get())
a.count = 100
print(A.count, a.count, b.count)
a.items.append("shared")
print(b.items, A.items is a.items)
print(type(a) is A, type(A) is type, isinstance(a, A), isinstance(a, (int, A)), isinstance(A, type), issubclass(A, object))
print(A.__name__, A.__qualname__, a.__class__.__name__, A.__mro__ == (A, object), A.__bases__ == (object,), A.__module__)
print(sorted(a.__dict__.items()), vars(b))
a.new = lambda: "instance function, not bound"
print(a.new())
A.late = lambda self: ("late", self.v)
print(b.late(), A.get(b), A.__dict__["get"](b))
m = a.get
a.v = "changed"
print(m(), m.__self__ is a, m.__func__ is A.get, a.get == a.get, a.get == b.get)
print(getattr(a, "v"), getattr(a, "nope", "dflt"), hasattr(a, "v"), hasattr(a, "nope"))
setattr(a, "dyn", 5); print(a.dyn); delattr(a, "dyn"); print(hasattr(a, "dyn"))
for f in (lambda: a.nope, lambda: A.nope, lambda: A(), lambda: A(1, 2), lambda: a.get(1), lambda: A.get(), lambda: a(), lambda: object().x, lambda: (5).x, lambda: None.x, lambda: "s".foo(), lambda: A.get.nope, lambda: len.foo, lambda: [].x):
    try:
        print(f())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
for f in (lambda: setattr(5, "x", 1), lambda: setattr("s", "x", 1), lambda: setattr(object(), "x", 1), lambda: setattr(None, "x", 1), lambda: setattr([], "x", 1)):
    try:
        f()
    except AttributeError as e:
        print(e)
class Outer:
    class Inner:
        def m(self): return "inner"
    def make(self): return self.Inner()
print(Outer().make().m(), Outer.Inner.__qualname__, Outer.Inner().__class__.__name__)
def factory(base):
    class Made(base):
        def who(self): return "made from " + base.__name__
    return Made
print(factory(A)(3).who(), factory(list)([1, 2]), factory(A).__qualname__)
class Empty: pass
e = Empty(); e.x, e.y = 1, 2
print(e.__dict__, len(vars(e)))
e.__class__ = type("Dyn", (), {"hello": lambda self: "dyn %d" % self.x})
print(e.hello(), type(e).__name__)
X = type("X", (A,), {"k": 1, "double": lambda self: self.v * 2})
print(X(21).double(), X.k, X.__bases__[0].__name__)
print(A.__init__(a, "reinit"), a.v)
class R:
    def __init__(self): return 5
try:
    R()
except TypeError as e:
    print(e)
