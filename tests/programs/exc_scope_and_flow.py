# Name unbinding after except, nested try in loops, exceptions in defaults/comprehensions/class bodies, partial effects.
# turnstile: stress
e = "outer"
try:
    raise ValueError("x")
except ValueError as e:
    print(repr(e))
try:
    print(e)
except NameError as n:
    print(n)
def f():
    try:
        raise KeyError
    except KeyError as k:
        saved = k
        del k
    return repr(saved)
print(f())
def order():
    out = []
    for i in range(4):
        try:
            out.append("t%d" % i)
            if i == 1: raise ValueError
            if i == 2: continue
            if i == 3: break
        except ValueError:
            out.append("e%d" % i)
        else:
            out.append("else%d" % i)
        finally:
            out.append("f%d" % i)
    return out
print(order())
try:
    class Bad:
        x = 1
        y = x / 0
except ZeroDivisionError as z:
    print(z)
try:
    print("Bad" in globals(), Bad)
except NameError as n:
    print(n)
try:
    def g(a=[][0]): pass
except IndexError as i:
    print(i)
l = []
try:
    l.extend(1 // (2 - i) for i in range(4))
except ZeroDivisionError:
    print(l)
d = {}
try:
    d.update((k, 1 // (2 - k)) for k in range(4))
except ZeroDivisionError:
    print(d)
x = [1, 2, 3]
try:
    a, b = x
except ValueError as v:
    print(v)
try:
    x[0], x[9], x[1] = 10, 11, 12
except IndexError as i:
    print(i, x)
class Weird(Exception):
    def __init__(self, *a): raise KeyError("in __init__")
try:
    raise Weird
except KeyError as k:
    print(k, k.__context__)
class Counter:
    n = 0
    def __call__(self): Counter.n += 1; return ValueError
c = Counter()
try:
    raise KeyError
except IndexError: pass
except c() if False else KeyError:
    print("matched", c.n)
def lazy():
    print("evaluated")
    return ValueError
try:
    pass
except lazy(): pass
try:
    raise ValueError
except TypeError: pass
except lazy(): print("caught lazily")
def nested(n):
    try:
        if n == 0: raise ValueError("bottom")
        nested(n - 1)
    except ValueError as v:
        if n < 3: raise
        return "stopped at %d: %s" % (n, v)
    finally:
        depth.append(n)
    return "n=%d" % n
depth = []; print(nested(5), depth)
def ret_in_loop():
    while True:
        try:
            try:
                return "value"
            finally:
                print("f1")
        finally:
            print("f2")
print(ret_in_loop())
def swallow():
    for i in range(3):
        try: raise ValueError(i)
        finally:
            if i < 2: continue
            return "swallowed %d" % i
print(swallow())
try:
    assert isinstance("a", int), "type is %s" % type("a").__name__
except AssertionError as a:
    print(a)
import sys
print(sys.exc_info())
