# Tuple/list/starred unpacking in assignments, loops, calls and displays.
# turnstile: stress
a, b = 1, 2
a, b = b, a
print(a, b)
(a, (b, c)), d = (1, (2, 3)), 4
print(a, b, c, d)
[a, b, *c] = "hello"
print(a, b, c)
a, *b, c = range(6)
print(a, b, c)
*a, b = [1]
print(a, b)
a, *b = (1,)
print(a, b)
*a, = "xyz"
print(a)
x = y = z = []
x.append(1)
print(y, z is x)
i = 0
arr = [10, 20, 30]
i, arr[i] = 2, "set after i"
print(i, arr)
for k, (l, *m) in [(1, "abc"), (2, [9])]:
    print(k, l, m)
for (a, b), c in zip([(1, 2), (3, 4)], "xy"):
    print(a, b, c)
print([*range(3), *"ab", *[]], (*(1, 2), 3), {*[1, 1, 2]}, {**{"a": 1, "b": 2}, "b": 3, **{"c": 4}})
def f(*args, **kw):
    return args, kw
print(f(*[1], 2, *(3, 4), k=1, **{"z": 2}))
d = {"p": 1, "q": 2}
p, q = d
print(p, q)
(p, q), r = d.items(), "r"
print(p, q, r)
class It:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return iter(range(self.n))
a, b, c = It(3)
print(a, b, c)
tests = {
    "few": lambda: exec_unpack2([1]),
    "none": lambda: exec_unpack2([]),
    "many": lambda: exec_unpack2([1, 2, 3]),
    "star": lambda: exec_star([1]),
    "int": lambda: exec_unpack2(5),
    "None": lambda: exec_unpack2(None),
    "gen": lambda: exec_unpack2(i for i in range(5)),
    "str": lambda: exec_unpack2("abc"),
    "starint": lambda: exec_star(5),
    "display": lambda: [*5],
    "dictdisplay": lambda: {**5},
    "setdisplay": lambda: {*None},
}
def exec_unpack2(v):
    a, b = v
    return a, b
def exec_star(v):
    a, *b, c = v
    return a, b, c
for name, t in tests.items():
    try:
        print(name, t())
    except (ValueError, TypeError) as e:
        print(name, type(e).__name__, e)
class Target:
    pass
t = Target()
t.a, t.b, arr[0], arr[1:3] = 1, 2, 3, (4, 5, 6)
print(t.a, t.b, arr)
a = [1, [2, [3, [4]]]]
w, [x, [y, [z]]] = a
print(w, x, y, z)
def ret():
    t = (2, 3)
    return 1, *t
print(ret())
print(*[1, 2], *"ab", sep="-")
