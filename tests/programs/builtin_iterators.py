# enumerate, zip (strict), map, filter, reversed, iter with a sentinel, next with default.
print(list(enumerate("abc")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate(iterable="x", start=-1)), next(enumerate([7])), list(enumerate("a", 10**20)))
print(list(zip()), list(zip("abc")), list(zip("abc", [1, 2])), list(zip(range(3), "xyz", (True, None, 2.5))), list(zip(*[(1, 2), (3, 4)])), dict(zip("ab", [1, 2])), list(zip([1], [2], strict=True)))
for f in (lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1], [1], [], strict=True)), lambda: zip(1), lambda: zip([1], 5), lambda: map(), lambda: map(len), lambda: list(map(len, [1])), lambda: filter(), lambda: list(filter(5, [1])), lambda: reversed(5), lambda: reversed({1, 2}), lambda: reversed(x for x in "a"), lambda: next(iter([])), lambda: iter(5, 0), lambda: enumerate(), lambda: enumerate([], "a"), lambda: next("abc"), lambda: iter()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(map(None.__class__, [])), list(map(max, [1, 5], [3, 2], [2, 9])), list(map(int, "123")), list(map([10, 20].__getitem__, [1, 0])))
print(list(filter(None, [0, 1, "", "a", [], None, 2.5])), list(filter(str.isdigit, "a1b2")), list(filter(lambda x: x > 1, {1: 0, 2: 0})))
print(list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed(range(0, 9, 4))), list(reversed((1, 2))), list(reversed({"a": 1, "b": 2})), list(reversed(b"ab")))
n = iter(range(10)); print(list(iter(lambda: next(n), 4)), next(n))
class Reader:
    def __init__(self, *l): self.l = list(l)
    def read(self): return self.l.pop(0) if self.l else ""
r = Reader("a", "b", ""); print(list(iter(r.read, "")), [x for x in iter(Reader("q").read, "")])
it = iter([1, 2]); print(next(it), next(it), next(it, "d"), next(it, None))
z = zip([1, 2, 3], it2 := iter("ab")); print(next(z), list(z), list(it2))
a = iter([1, 2, 3, 4]); print(list(zip(a, a)), [*map(lambda p: p, a)])
m = map(lambda x: 10 // x, [5, 0, 2]); print(next(m))
try:
    next(m)
except ZeroDivisionError as e:
    print(e, next(m))
l = [1, 2, 3]; it = iter(l); next(it); l.append(4); print(list(it)); l.append(5); print(list(it))
l = [1, 2, 3]; rv = reversed(l); next(rv); l.pop(); print(list(rv)); it = iter(l); l.clear(); print(list(it))
print(type(zip()).__name__, type(map(str, [])).__name__, type(filter(None, [])).__name__, type(enumerate([])).__name__, type(reversed([])).__name__, type(iter({})).__name__, type(iter("")).__name__, type(iter(())).__name__, type(iter(range(1))).__name__, type(iter(set())).__name__)
for i, (a, b) in enumerate(zip("ab", map(ord, "ab"))): print(i, a, b, end=";")
print()
