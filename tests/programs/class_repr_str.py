# __repr__, __str__, __format__, __bytes__, recursion in containers, default class reprs, inheritance of str.
# turnstile: stress
class R:
    def __repr__(self): return "R!"
class S:
    def __str__(self): return "S?"
    def __repr__(self): return "S!"
class OnlyStr:
    def __str__(self): return "only str"
print(R(), str(R()), repr(R()), [R()], (R(),), {R(): R()}, {1: R()}, "%s %r" % (R(), R()), f"{R()} {R()!s} {R()!r}")
print(S(), [S()], str([S()]), "%s" % S(), "{} {!r}".format(S(), S()), str(S()) + repr(S()))
print(OnlyStr(), str(OnlyStr()))
class F:
    def __format__(self, s): return "fmt[" + s + "]"
print(format(F()), format(F(), ">10"), f"{F():x}", "{:y} {}".format(F(), F()))
for f in (lambda: format(R(), "5"), lambda: f"{R():>5}", lambda: "{:d}".format(R())):
    try:
        print(f())
    except TypeError as e:
        print(e)
print(format(R()), f"{R()!r:>6}|", f"{R()!s:<4}|")
class BadR:
    def __repr__(self): return 5
class BadS:
    def __str__(self): return None
class BadF:
    def __format__(self, s): return 1
for f in (lambda: repr(BadR()), lambda: str(BadS()), lambda: format(BadF()), lambda: print(BadS()), lambda: str(BadR()), lambda: [BadR()].__repr__()):
    try:
        f()
    except TypeError as e:
        print(e)
l = [1]; l.append(l); print(l, str(l))
d = {}; d["self"] = d; print(d)
t = ([],); t[0].append(t); print(t)
class Node:
    def __init__(self): self.kids = [self]
    def __repr__(self): return "Node(%d)" % len(self.kids)
print(Node().kids)
class RaiseRepr:
    def __repr__(self): raise ValueError("in repr")
try:
    print([1, RaiseRepr()])
except ValueError as e:
    print(e)
class A: pass
print(A, [A], int, [str, None, True], type(None), type(A), print, len, [].append.__name__)
def func(): pass
print(repr(A), A.__name__, func.__name__, (lambda: 0).__qualname__, repr(R().__repr__()))
class Outer:
    class In: pass
    def m(self): pass
print(Outer.In, Outer.m.__qualname__, type(Outer().m).__name__, type(func).__name__, type(len).__name__, type([].append).__name__, type(range(1)).__name__, type(x for x in []).__name__, type(iter([])).__name__, type({}.keys()).__name__)
class MyL(list): pass
class MyD(dict): pass
class MyS(set): pass
class MyF(frozenset): pass
print(MyL([1]), MyD(a=1), MyS([1]), MyS(), MyF([2]), {1}, set(), frozenset(), frozenset([1]))
class B:
    def __bytes__(self): return b"as bytes"
print(bytes(B()), str(b"x"), repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\n\t\x00\x7f\xa0é\u200b\U0001f600"), ascii("é\u0100\U0001f600"))
class Sub(R): pass
class Sub2(OnlyStr):
    def __repr__(self): return "Sub2 repr"
print(Sub(), [Sub2()], Sub2())
R.__repr__ = lambda self: "patched"
print(R(), Sub())
class E(Exception):
    def __str__(self): return "custom str"
print(E(1, 2), repr(E(1, 2)), repr(E()), repr(E("x")), [E("a")])
