# Tuples: literals, methods, comparison, hashing, immutability, concatenation, nesting, as keys.
# turnstile: stress
t = (1, 2, 3)
print((), (1,), t, 1, 2, tuple(), tuple("ab"), tuple([1]), (1, (2, (3,))), ((),), t[0], t[-1], t[1:], t[::-1], t[5:], t + (4,), t * 2, 2 * t, t * 0, len(t), 2 in t, "x" in t)
print(t.index(2), t.count(1), (1, 2, 1).index(1, 1), min(t), max(t), sum(t), sorted((3, 1)), list(reversed(t)), t == (1, 2, 3), t == [1, 2, 3], t < (1, 2, 4), t < (1, 2), () < (1,), (1, 2) != (1,), hash(t) == hash((1, 2, 3)), hash((1, 1.0)) == hash((True, 1)))
def setitem(): t[0] = 1
def delitem(): del t[0]
def addattr(): t.x = 1
for f in (setitem, delitem, addattr, lambda: t[3], lambda: t[-4], lambda: t["a"], lambda: t.index(9), lambda: t + [1], lambda: t + 1, lambda: t * "a", lambda: hash(([],)), lambda: {([],): 1}, lambda: t.append(1), lambda: tuple(5), lambda: t < 5, lambda: t < (1, "a"), lambda: tuple(1, 2), lambda: t(), lambda: max(()), lambda: t.sort(), lambda: t[1.0], lambda: -t):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d = {(1, 2): "a", (): "empty", ("x", (1,)): "nested"}
print(d[1, 2], d[()], d["x", (1,)], (1.0, 2) in d, (2, 1) in d)
x = t; t += (4,); print(x, t, x is t)
m = ([1], 2); m[0].append(5); print(m)
a, b = b, a = 1, 2
print(a, b, (lambda *a: a)(*t), [*t, 0], (*t, *t[:1]), tuple(i for i in range(3)), tuple({1: 2}), tuple(map(str, t)))
print(repr((1,)), str((1, "a", None, 2.5)), "%s" % (t,), f"{t}", (1, 2)[1], (1, 2)[True], bool(()), bool((0,)), isinstance(t, tuple), type(t[:1]).__name__, tuple(t) is t, t[:] == t)
print(sorted([(2, "b"), (1, "z"), (2, "a")]), max([(1, 9), (2, 0)]), dict([(1, 2), (3, 4)]), list(zip(*[(1, 2), (3, 4)])), [k for k, in [(1,), (2,)]], ((1, 2) == (1, 2)) is True)
print(((1, 2, 3) < (1, 2, 3, 0)), (0, float("nan")) < (1, 0), ("a", 1) < ("b",), len((None,) * 1000), tuple(range(100))[90:], tuple(b"ab"), (1,) + (2,) * 2)
