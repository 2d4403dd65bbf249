# What was cached of a class before it changed, on a way that hot code seldom takes since.
class C:
    k = 1

    def __init__(self):
        self.a = 5

    def m(self):
        return "old"


def value(o, rare):
    x = o.a
    if rare is True:
        return o.k
    return x


def method(o, rare):
    x = o.a
    if rare is True:
        return o.m()
    return x


def store(o, rare):
    x = o.a
    if rare is True:
        o.k = x + 1
    return x


def new(self):
    return "new"


o = C()
for i in range(10):
    value(o, True)
    method(o, True)
C.k = 2
C.m = new
for f in (value, method):
    for i in range(1500000):
        f(o, False)
    print(f.__name__, f(o, True))
C.k = 3
print(value(o, True), value(o, False))

p = C()
for i in range(10):
    store(C(), True)
C.k = property(lambda self: 7, lambda self, v: print("set", v))
for i in range(1500000):
    store(p, False)
print(store(p, True), p.k, "k" in p.__dict__)
