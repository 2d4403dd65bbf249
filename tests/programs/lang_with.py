# Context managers: enter/exit order, suppression, exceptions in enter/exit, multiple items, return/break inside.
# turnstile: stress
class CM:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise ValueError("enter failed")
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v, tb is not None)
        if self.fail == "exit":
            raise KeyError("exit failed")
        return self.suppress

with CM("a") as x:
    print("body", x)
with CM("a") as x, CM("b") as y:
    print(x, y)
with (CM("p") as x, CM("q"),):
    print(x)
with CM("s", suppress=True):
    raise RuntimeError("suppressed")
print("after")
try:
    with CM("o"), CM("i"):
        1 / 0
except ZeroDivisionError as e:
    print("caught", e)
try:
    with CM("o", True), CM("f", fail="enter"):
        print("not reached")
    print("suppressed by outer")
    with CM("f", fail="enter"):
        pass
except ValueError as e:
    print("caught", e)
try:
    with CM("x", fail="exit"):
        raise IndexError("inner")
except KeyError as e:
    print(type(e).__name__, e, "context:", repr(e.__context__))
def ret():
    with CM("r"):
        return "returned"
print(ret())
for i in range(3):
    with CM("loop%d" % i):
        if i == 0:
            continue
        break
class T:
    pass
t = T()
with CM("attr") as t.val:
    pass
lst = [0]
with CM("idx") as lst[0]:
    pass
print(t.val, lst)
class Pair:
    def __enter__(self):
        return (1, (2, 3))
    def __exit__(self, *a):
        print(len(a))
with Pair() as (a, (b, c)):
    print(a, b, c)
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
for k in (NoExit, NoEnter, int):
    try:
        with k():
            pass
    except TypeError as e:
        print(type(e).__name__, e)
class InstanceOnly:
    pass
o = InstanceOnly()
o.__enter__ = lambda: 1
o.__exit__ = lambda *a: None
try:
    with o:
        pass
except TypeError as e:
    print(e)
def gen():
    with CM("gen"):
        yield 1
        yield 2
g = gen()
print(next(g))
g.close()
