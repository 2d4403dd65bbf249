# yield from: delegation of values, send, throw, close and return values; over any iterable; deep nesting.
# turnstile: stress
def inner(name):
    got = []
    try:
        while True:
            x = yield (name, len(got))
            if x == "stop": return got
            got.append(x)
    except KeyError as e:
        yield ("handled", e.args[0])
        return "after key error"
    finally:
        print("inner cleanup", name)
def outer():
    r = yield from inner("a")
    print("a returned", r)
    r = yield from inner("b")
    print("b returned", r)
    return "outer done"
o = outer()
print(next(o), o.send(1), o.send(2), o.send("stop"), o.throw(KeyError("k")))
try:
    next(o)
except StopIteration as e:
    print(e.value)
o = outer(); next(o); o.close()
o = outer(); next(o)
try:
    o.throw(ValueError("not handled"))
except ValueError as e:
    print(repr(e))
def many():
    a = yield from "xy"
    b = yield from [1, 2]
    c = yield from range(2)
    d = yield from {"k": 1}
    e = yield from (i for i in "z")
    return a, b, c, d, e
def show():
    r = yield from many()
    yield r
print(list(show()))
for bad in (5, None):
    def f(bad=bad): yield from bad
    try:
        list(f())
    except TypeError as e:
        print(e)
def send_to_list():
    yield from [1, 2, 3]
s = send_to_list(); next(s)
try:
    s.send("x")
except AttributeError as e:
    print(e)
class It:
    def __iter__(self): return self
    def __init__(self): self.n = 0
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("it result")
        return self.n
    def send(self, v): return ("sent", v)
    def throw(self, *a): return ("thrown", type(a[0]).__name__ if not isinstance(a[0], type) else a[0].__name__)
    def close(self): print("It.close")
def d(): return (yield from It())
x = d(); print(next(x), x.send(5), x.throw(ValueError("v")), next(x)); x.close()
x = d()
try:
    while True: next(x)
except StopIteration as e:
    print(e.value)
def deep(n):
    if n: return 1 + (yield from deep(n - 1))
    yield "bottom"
    return 0
def run(n):
    r = yield from deep(n)
    yield r
print(list(run(100)))
def flat(x):
    for e in x:
        if isinstance(e, (list, tuple)): yield from flat(e)
        else: yield e
print(list(flat([1, [2, (3, [4]), []], 5])))
def hanoi(n, a, b, c):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)
print(" ".join(hanoi(4, "A", "B", "C")))
def tasks():
    def t(name, n):
        for i in range(n): yield "%s%d" % (name, i)
        return name.upper()
    run = [t("a", 2), t("b", 3), t("c", 1)]
    out = []
    while run:
        cur = run.pop(0)
        try:
            out.append(next(cur)); run.append(cur)
        except StopIteration as e:
            out.append(e.value)
    return out
print(tasks())
