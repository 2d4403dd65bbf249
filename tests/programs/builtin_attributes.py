# getattr, setattr, hasattr, delattr, isinstance, issubclass, type, vars, dir (selected), callable, id identity.
class A:
    x = 1
    def __init__(self): self.y = 2
    def m(self): return "m"
class B(A): pass
a, b = A(), B()
print(getattr(a, "x"), getattr(a, "y"), getattr(a, "z", "dflt"), getattr(a, "m")(), getattr("abc", "upper")(), getattr(5, "bit_length")(), getattr([], "z", None), hasattr(a, "x"), hasattr(a, "zz"), hasattr(5, "real"), hasattr(A, "y"))
setattr(a, "n", 5); setattr(A, "cls", 6); print(a.n, b.cls); delattr(a, "n"); print(hasattr(a, "n"), vars(a), a.__dict__ is vars(a))
print(isinstance(b, A), isinstance(a, B), isinstance(True, int), isinstance(1, bool), isinstance(1, (str, int)), isinstance(1, ((str, (int,)),)), isinstance(None, type(None)), isinstance(A, type), isinstance(int, object), isinstance("", (list, tuple)), isinstance(1, int | str), isinstance(1.0, float), isinstance([], list), isinstance({}, dict), isinstance(len, type(len)))
print(issubclass(B, A), issubclass(A, B), issubclass(bool, int), issubclass(int, (str, object)), issubclass(A, A), issubclass(KeyError, LookupError))
print(type(1), type("a"), type(1.5), type(None), type([]), type({}), type(()), type({1}), type(frozenset()), type(b""), type(True), type(range(1)), type(type), type(len), type(lambda: 0), type(a.m), type(A.m), type(Exception()), type(slice(1)), type(...), type(NotImplemented), type(x for x in []), type(property()), type(super(B, b)), type(object()))
for f in (lambda: getattr(a, "zz"), lambda: getattr(a), lambda: getattr(a, 1), lambda: delattr(a, "zz"), lambda: setattr(a, 1, 2), lambda: setattr(1, "a", 2), lambda: isinstance(1, 5), lambda: isinstance(1), lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: vars(1), lambda: type(1, 2), lambda: type("X", 5, {}), lambda: hasattr(a), lambda: setattr(int, "x", 1), lambda: delattr(5, "real"), lambda: isinstance(1, (int, "a")), lambda: isinstance("", (int, "a"))):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print([n for n in dir(a) if not n.startswith("__")], [n for n in dir(B) if not n.startswith("_")], "append" in dir([]), [n for n in dir() if n in ("a", "b", "A", "B")])
x = y = []; print(x is y, id(x) == id(y), x is not [], id(x) != id([0]), None is None, a is a, a.m is a.m, a.m == a.m, A.m is A.m)
print(callable(A), callable(a), callable(a.m), callable(print), callable(None), callable("a"), callable(type), A.__name__, a.__class__ is A, B.__base__ is A, int.__name__, type(a)().y, len.__name__, "a".upper.__name__, A.m.__name__, a.m.__self__ is a, A.__doc__)
C = type("C", (A,), {"k": lambda self: self.y * 10, "v": [1]})
print(C().k(), C.v, C.__name__, C.__mro__[1] is A, isinstance(C(), A), repr(C), repr(int), str(list), repr(type(None)))
print(int is type(5), list is type([]), (int, str)[1]("x"), [t(5) for t in (str, float, bool, int)], {int: "i", str: "s"}[type("q")], list(map(type, [1, "a"])) == [int, str])
u = int | str; print(u, int | None, isinstance(None, int | None))
