# What everyday programs do with builtins, compared with python3.
import random
random.seed(1)
data = [(random.randint(0, 5), i) for i in range(30)]
print(sorted(data, key=lambda p: p[0]) == sorted(data, key=lambda p: (p[0], p[1])), sorted(data, key=lambda p: p[0], reverse=True)[:5])
l = [3, 1, 2]
try: l.sort(key=lambda x: l.append(1) or x)
except ValueError as e: print(e)
try: [1, "a", 2].sort()
except TypeError as e: print(e)
d = {"b": 1, "a": 2}; d["c"] = 3; del d["b"]; d["b"] = 4; print(d, list(d), d.popitem(), dict(reversed(list(d.items()))))
d = {1: "a", True: "b", 1.0: "c"}; print(d)
try:
    for k in d: d[k + 5] = 1
except RuntimeError as e: print(e)
d = {i: i for i in range(3)}
try:
    for k in d: del d[k]
except RuntimeError as e: print(e)
s = {1, 2, 3}
try:
    for x in s: s.add(x + 10)
except RuntimeError as e: print(e)
print({1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} < {1, 2}, {1}.isdisjoint({2}), frozenset([1]) == {1}, {1, 2} >= {1})
print({"a": 1} | {"b": 2}, {**{"a": 1}, "a": 2}, dict(a=1, **{"b": 2}), dict([("x", 1)], y=2), dict.fromkeys("ab", 0))
print({"a": 1}.keys() & {"a", "b"}, {"a": 1}.items() | {("b", 2)} if False else "", list({"a": 1, "b": 2}.values()), {1: 2}.keys() == {1})
a = [1, 2, 3, 4, 5]; a[1:3] = [9]; print(a); a[::2] = [0, 0]; print(a); del a[::2]; print(a)
try: a[::2] = [1, 2, 3]
except ValueError as e: print(e)
a = [[]] * 3; a[0].append(1); print(a); a = [1, 2]; a.extend(a); print(a); a += (3,); print(a); a *= 2; print(a); a.insert(-1, "x"); print(a, a.count(1), a.index(3))
print([1, 2] < [1, 3], [1] < [1, 0], (1, "a") < (1, "b"), [1, [2]] == [1, [2]], [] < [1])
x = [1]; x.append(x); print(x, x == x); t = ([],); t[0].append(t); print(t); dd = {}; dd["d"] = dd; print(dd)
print(*[1, 2], sep="-"); print("a", "b", end="!\n"); print(); print(None, True, 1.0, [1, "a"], {"k": (1,)}, {1}, b"x", range(3), slice(1), ...)
print(f"{3.14159:.2f} {'a':>5} {10:#x} {1000000:,} {0.5:%} {'x'!r} {[1]!s} {3=} {'{}'} {{}} {1:>{5}} {-5:+} {5:05} {True:d} {1e10:g}")
print("%s %r %5.2f %x %e %c %%" % ("a", "b", 3.14159, 255, 12345.678, "z"), "{:>10}|{:^10}|{:<10}".format("a", "b", "c"), "{0} {1} {0}".format(1, 2), "{a.real} {b[0]} {c[k]}".format(a=5, b=[6], c={"k": 7}))
def g():
    x = yield 1
    while x: x = yield x * 2
    return "done"
it = g(); print(next(it), it.send(5), it.send(7))
try: it.send(0)
except StopIteration as e: print(e.value)
def h():
    r = yield from g(); print("got", r)
print(list(h()))
print(sum(x for x in range(5)), max(range(5), key=lambda v: -v), min([3, 1], default=0), max([], default="d"), any([]), all([]), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, ""])), list(zip("ab", [1, 2, 3])), list(enumerate("ab", 1)), sorted("bca", reverse=True), list(reversed([1, 2])))
print(int("ff", 16), int("0b11", 0), int(-3.9), round(-0.5), round(1.5), round(2.5), divmod(-7, 2), -7 // 2, -7 % 3, 7 // -2, 2 ** 100, 10 ** -2, 1_000, 0xff, 0o17, 0b11, 1e3, 5 / 2)
print("abc".upper(), " x ".strip(), "a,b".split(","), "-".join("abc"), "abc".replace("b", "X"), "abc".find("c"), "Hello".swapcase(), "abc"[::-1], "a" in "abc", "abc" * 2, "x".isalpha(), "1".isdigit(), "abc".startswith("ab"), "tEST".capitalize(), "a b".title(), "z".rjust(3, "."), "é".encode(), b"\xc3\xa9".decode())
class A:
    def __init__(self): self.v = 1
    def __repr__(self): return f"A({self.v})"
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
print([A(), A()], {A(): 1}, A() in [A()], {A(), A()}, str(A()), f"{A()}", "%s" % A(), repr([A()]))
import sys
print(sys.maxsize, sys.version_info[:2], sys.byteorder, sys.getrecursionlimit())
