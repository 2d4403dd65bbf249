# Generators: state, exhaustion, return values, laziness, closures, introspection, as iterators everywhere.
# turnstile: stress
log = []
def g(n):
    log.append("start")
    for i in range(n):
        log.append("y%d" % i)
        yield i
    log.append("end")
    return "result"
it = g(2)
print(log, next(it), log, next(it)); log.clear()
try:
    next(it)
except StopIteration as e:
    print(e.value, log, repr(e))
print(next(it, "done"), list(it), iter(it) is it, type(it).__name__, it.__name__)
print(list(g(3)), tuple(g(2)), sum(g(5)), max(g(3)), dict(zip("ab", g(2))), [*g(2)], sorted(g(3), reverse=True), 2 in g(5), set(g(2)) == {0, 1}, "-".join(map(str, g(3))), list(enumerate(g(2))), list(filter(None, g(3))), all(g(3)), any(g(3)), list(zip(g(3), g(2))))
a, *b = g(4); print(a, b)
def empty():
    return
    yield
print(list(empty()), next(empty(), None))
def inf():
    n = 0
    while True: yield n; n += 1
i = inf(); print([next(i) for _ in range(5)], [x for x, _ in zip(i, range(3))], next(i))
def expr():
    x = yield
    print("got", x)
    y = (yield x) or "default"
    print("y", y)
    z = [(yield 1), (yield 2)]
    return z
e = expr(); print(next(e), e.send("A"), next(e), next(e))
try:
    e.send("last")
except StopIteration as s:
    print(s.value)
for f in (lambda: g(1).send(5), lambda: next(empty()), lambda: g(), lambda: len(g(1)), lambda: g(1)[0], lambda: g(1) + g(1)):
    try:
        print(f())
    except (TypeError, StopIteration) as x:
        print(type(x).__name__, x)
def selfrun():
    yield next(me)
me = selfrun()
try:
    next(me)
except ValueError as x:
    print(x)
def err(): yield 1; raise KeyError("k"); yield 2
it = err(); next(it)
try:
    next(it)
except KeyError as k:
    print(repr(k), next(it, "finished"))
def fin():
    try: yield "a"
    finally: print("cleanup"); yield "from finally"
f = fin(); print(next(f), next(f), next(f, "over"))
class Tree:
    def __init__(self, *k): self.k = k
    def walk(self, d=0):
        yield d
        for c in self.k: yield from c.walk(d + 1)
print(list(Tree(Tree(), Tree(Tree())).walk()))
ge = (x * y for x in range(3) for y in range(x) if x != y); print(next(ge), list(ge))
k = 5; ge = (k * x for x in range(k)); k = 10; print(list(ge))
