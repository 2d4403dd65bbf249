# Closures: cells shared, late binding, nonlocal, nested levels, closures over loop variables and arguments.
# turnstile: stress
def counter(start=0):
    n = start
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    def reset():
        nonlocal n
        n = start
    return inc, get, reset

inc, get, reset = counter(10)
inc2, get2, _ = counter()
print(inc(), inc(5), get(), inc2(), get2())
reset()
print(get(), get2())

fs = [lambda: i for i in range(4)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(4)]
print([f() for f in fs])

def late():
    def g():
        return later
    later = "bound later"
    return g()
print(late())

def unbound():
    def g():
        return never
    if False:
        never = 1
    try:
        g()
    except NameError as e:
        print(type(e).__name__, e)
    try:
        never
    except UnboundLocalError as e:
        print(type(e).__name__, e)
unbound()

def a():
    x = 1
    def b():
        def c():
            nonlocal x
            x *= 3
            return x
        return c
    c1, c2 = b(), b()
    return c1(), c2(), x
print(a())

def compose(*fns):
    def composed(v):
        for f in reversed(fns):
            v = f(v)
        return v
    return composed
print(compose(lambda x: x + 1, lambda x: x * 2, abs)(-7))

def adder(x):
    return lambda y: lambda z: x + y + z
print(adder(1)(2)(3), adder("a")("b")("c"))

def arg_cell(v):
    def setter(new):
        nonlocal v
        old, v = v, new
        return old
    return setter
s = arg_cell("first")
print(s("second"), s("third"), s(None))

def make_accumulators():
    out = []
    for i in range(3):
        def acc(n, total=[i]):
            total.append(total[-1] + n)
            return total
        out.append(acc)
    return out
for acc in make_accumulators():
    print(acc(1), acc(10))

def fact():
    def go(n):
        return 1 if n < 2 else n * go(n - 1)
    return go
print(fact()(25))

def del_cell():
    x = 1
    def g():
        return x
    del x
    try:
        return g()
    except NameError as e:
        return str(e)
print(del_cell())
